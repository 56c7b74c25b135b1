//! `district connect`: tokens for several apps and districts in one transaction.

use std::collections::BTreeSet;

use rand::CryptoRng;

use super::district::{self, AddDistrictRequest};
use crate::{
    domain::directory::{
        account::Account,
        app::App,
        district::{District, ExternalId},
        name::Name,
        reference::Reference,
    },
    ops::{
        context::{OpContext, WriteTx},
        credential::{
            changed::ChangedCredentials,
            grant_app::{TokenSettings, new_token},
            issue::{insert_for_pickup, issue},
        },
        error::{OpError, directory::DirectoryError},
        query::resolve_directory::{resolve_app_exact, resolve_district_exact},
        secret_sink::SecretSink,
    },
    store::Namespace,
};

/// A request for one token for each pair of an app and a district.
#[derive(Clone, Debug)]
pub struct ConnectRequest {
    /// The names, ids or client ids of the apps.
    pub apps: Vec<Reference>,
    /// The districts; missing ones may be added.
    pub districts: Vec<DistrictEntry>,
    /// The settings of each token.
    pub settings: TokenSettings,
}

/// A district, and where the request names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DistrictEntry {
    /// The line number in the input file, from 1; `None` if it is an argument.
    pub line: Option<u64>,
    /// The district.
    pub district: DistrictReference,
}

/// How a request names a district.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DistrictReference {
    /// The name, id or external id of an existing district.
    Existing(Reference),
    /// The name and the external id of a district, which is added if it does not exist.
    ByName(Name, Option<ExternalId>),
}

/// Grants the tokens, all or none, and calls `each` with every one. Without a `sink` they get no secrets; the apps pick
/// those up.
///
/// # Errors
/// - [`DirectoryError::NoSuchApp`], [`OpError::SecretNotWritten`];
/// - for the first district that fails, within [`OpError::AtLine`] if it is in a file:
///   [`DirectoryError::NoSuchDistrict`], [`DirectoryError::ExternalIdTaken`], [`DirectoryError::ExternalIdMismatch`],
///   [`CredentialError::AppHasToken`](crate::ops::CredentialError::AppHasToken).
pub fn connect(
    context: &OpContext<'_>,
    request: ConnectRequest,
    entropy: &mut dyn CryptoRng,
    mut sink: Option<&mut dyn SecretSink>,
    mut each: impl FnMut(),
) -> Result<ChangedCredentials, OpError> {
    let ConnectRequest { apps, districts, settings } = request;
    let mut write = context.begin()?;
    let account = write.account()?;
    let apps = resolve_apps(&mut write, &account, &apps)?;
    let mut granted = Vec::with_capacity(apps.len() * districts.len());
    let (last, mut new_districts) = (write.tx.head().audit_seq, BTreeSet::new());
    for entry in districts {
        let located = |error| at_line(entry.line, error);
        let district =
            find_or_add(&mut write, &account, entry.district, entropy).map_err(located)?;
        if district.audit_seq > last {
            new_districts.insert(district.id);
        }
        for app in &apps {
            let new = new_token(&mut write, app, &district, settings.clone()).map_err(located)?;
            granted.push(match &mut sink {
                None => insert_for_pickup(&mut write, &account, new, entropy)?,
                Some(sink) => issue(&mut write, &account, new, entropy, *sink)?.credential,
            });
            each();
        }
    }
    let granted = ChangedCredentials::new_ones(&mut write, account, granted, new_districts)?;
    match sink {
        Some(sink) => write.commit_secrets(sink)?,
        None => write.commit()?,
    }
    Ok(granted)
}

/// Returns the apps that the references name, each once.
fn resolve_apps(
    write: &mut WriteTx<'_>,
    account: &Account,
    references: &[Reference],
) -> Result<Vec<App>, OpError> {
    let mut apps: Vec<App> = Vec::new();
    for reference in references {
        let app = resolve_app_exact(&mut write.tx, account, reference)?;
        if apps.iter().all(|other| other.seq != app.seq) {
            apps.push(app);
        }
    }
    Ok(apps)
}

/// Returns the district, or adds it if it is named by name and does not exist.
fn find_or_add(
    write: &mut WriteTx<'_>,
    account: &Account,
    district: DistrictReference,
    entropy: &mut dyn CryptoRng,
) -> Result<District, OpError> {
    let (name, external_id) = match district {
        DistrictReference::Existing(reference) => {
            return resolve_district_exact(&mut write.tx, account, &reference);
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
    ensure_same_external_id(&existing, external_id.as_ref())?;
    Ok(existing)
}

/// Fails if an external id is given and differs from the district's in more than the case of letters.
fn ensure_same_external_id(
    district: &District,
    given: Option<&ExternalId>,
) -> Result<(), DirectoryError> {
    let key = |id: &ExternalId| id.folded();
    match given.filter(|given| district.external_id.as_ref().map(key) != Some(given.folded())) {
        None => Ok(()),
        Some(given) => Err(DirectoryError::ExternalIdMismatch {
            name: district.name.to_string(),
            current: district.external_id.as_ref().map(ExternalId::to_string),
            given: given.to_string(),
        }),
    }
}

/// Adds the line number to an error about a line of a file. Errors of the store have nothing to do with the line.
fn at_line(line: Option<u64>, error: OpError) -> OpError {
    match (line, error) {
        (Some(line), error) if !matches!(error, OpError::Store(_)) => {
            OpError::AtLine { line, why: Box::new(error) }
        }
        (_, error) => error,
    }
}
