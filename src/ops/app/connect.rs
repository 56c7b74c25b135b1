//! `district connect`: districts share something with apps; all of the tokens that this takes are made at once.

use rand::CryptoRng;

use super::district::{self, AddDistrictRequest};
use crate::{
    domain::{
        credential::Credential,
        directory::{
            account::Account,
            app::App,
            district::{District, ExternalId},
            name::Name,
            reference::Reference,
        },
    },
    ops::{
        DirectoryError, OpContext, OpError, SecretSink, WriteTx,
        credential::{
            create::issue,
            grant_app::{TokenSettings, insert_for_pickup, new_token},
        },
        query::resolve_directory::{resolve_app_exact, resolve_district_exact},
    },
    store::Namespace,
};

/// What is asked for: a token for each app and each district.
#[derive(Clone, Debug)]
pub struct ConnectRequest {
    /// The apps: their names, ids or client ids.
    pub apps: Vec<Reference>,
    /// The districts.
    pub districts: Vec<DistrictEntry>,
    /// What each token is to be.
    pub settings: TokenSettings,
}

/// A district, and where it was named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DistrictEntry {
    /// The line of a file.
    pub line: Option<u64>,
    /// Which it is.
    pub district: DistrictReference,
}

/// How a district is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DistrictReference {
    /// One that is there: its name, id or external id.
    Existing(Reference),
    /// By its name; one that is not there yet is added.
    ByName(Name, Option<ExternalId>),
}

/// Makes the tokens, all or none; without a `delivery` they get no secrets, and their apps pick them up. `each` hears
/// of every one.
///
/// # Errors
/// [`DirectoryError::NoSuchApp`]; [`DirectoryError::NoSuchDistrict`], [`CredentialError::AppHasToken`](crate::ops::CredentialError::AppHasToken), [`DirectoryError::ExternalIdTaken`] or
/// [`DirectoryError::ExternalIdMismatch`] for the first district that fails, within [`OpError::AtLine`] if it stands in a file; or
/// that a secret could not be delivered ahead.
pub fn connect(
    context: &OpContext<'_>,
    request: ConnectRequest,
    entropy: &mut dyn CryptoRng,
    mut sink: Option<&mut dyn SecretSink>,
    mut each: impl FnMut(Credential),
) -> Result<Account, OpError> {
    let ConnectRequest { apps, districts, settings: terms } = request;
    let mut write = context.begin()?;
    let account = write.account()?;
    let apps = resolve_apps(&write, &account, &apps)?;
    for entry in districts {
        let located = |error| at_line(entry.line, error);
        let district =
            find_or_add(&mut write, &account, entry.district, entropy).map_err(located)?;
        for app in &apps {
            let new = new_token(&mut write, app, &district, terms.clone()).map_err(located)?;
            each(match &mut sink {
                None => insert_for_pickup(&mut write, &account, new, entropy)?,
                Some(sink) => issue(&mut write, &account, new, entropy, *sink)?.credential,
            });
        }
    }
    sink.map_or(Ok(()), |delivery| delivery.sync()).map_err(OpError::SecretNotWritten)?;
    write.commit()?;
    Ok(account)
}

/// The apps that are named, each once.
fn resolve_apps(
    write: &WriteTx<'_>,
    account: &Account,
    references: &[Reference],
) -> Result<Vec<App>, OpError> {
    let mut apps: Vec<App> = Vec::new();
    for reference in references {
        let app = resolve_app_exact(write, account, reference)?;
        if apps.iter().all(|other| other.seq != app.seq) {
            apps.push(app);
        }
    }
    Ok(apps)
}

fn find_or_add(
    write: &mut WriteTx<'_>,
    account: &Account,
    district: DistrictReference,
    entropy: &mut dyn CryptoRng,
) -> Result<District, OpError> {
    let (name, external_id) = match district {
        DistrictReference::Existing(reference) => {
            return resolve_district_exact(write, account, &reference);
        }
        DistrictReference::ByName(name, external_id) => (name, external_id),
    };
    let existing =
        write.tx.find_district_by_key(account.key, Namespace::Districts, &name.folded())?;
    let Some(existing) = existing else {
        return district::insert_district(
            write,
            account,
            AddDistrictRequest { name, external_id },
            entropy,
        );
    };
    let key = |id: &ExternalId| id.folded();
    let is_other = external_id.is_some()
        && external_id.as_ref().map(key) != existing.external_id.as_ref().map(key);
    match external_id.filter(|_| is_other) {
        None => Ok(existing),
        Some(given) => Err(DirectoryError::ExternalIdMismatch {
            name: existing.name.to_string(),
            current: existing.external_id.map(|current| current.to_string()),
            given: given.to_string(),
        }
        .into()),
    }
}

/// What is wrong with a line of a file says which; what is wrong with the store does not.
fn at_line(line: Option<u64>, error: OpError) -> OpError {
    match (line, error) {
        (Some(line), error) if !matches!(error, OpError::Store(_)) => {
            OpError::AtLine { line, why: Box::new(error) }
        }
        (_, error) => error,
    }
}
