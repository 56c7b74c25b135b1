//! `district connect`: districts share something with apps; all of the tokens that this takes are made at once.

use rand::CryptoRng;

use super::{
    create::issue,
    district::{self, Order},
    grant_app::{Terms, draft, insert_for_pickup},
};
use crate::{
    domain::{
        account::Account,
        app::App,
        credential::Credential,
        district::{District, ExternalId},
        name::Name,
        reference::Reference,
    },
    ops::{
        Change, Delivery, Desk, OpError,
        parties::{named_app, named_district},
    },
    store::Register,
};

/// What is asked for: a token for each app and each district.
#[derive(Clone, Debug)]
pub struct Connection {
    /// The apps: their names, ids or client ids.
    pub apps: Vec<Reference>,
    /// The districts.
    pub districts: Vec<Entry>,
    /// What each token is to be.
    pub terms: Terms,
}

/// A district, and where it was named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The line of a file.
    pub line: Option<u64>,
    /// Which it is.
    pub district: Whom,
}

/// How a district is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whom {
    /// One that is there: its name, id or external id.
    Known(Reference),
    /// By its name; one that is not there yet is added.
    Named(Name, Option<ExternalId>),
}

/// Makes the tokens, all or none; without a `delivery` they get no secrets, and their apps pick them up. `each` hears
/// of every one.
///
/// # Errors
/// [`OpError::NoSuchApp`]; [`OpError::NoSuchDistrict`], [`OpError::TokenGranted`], [`OpError::ExternalIdTaken`] or
/// [`OpError::OtherExternalId`] for the first district that fails, within [`OpError::Line`] if it stands in a file; or
/// that a secret could not be delivered ahead.
pub fn connect(
    desk: &Desk<'_>,
    connection: Connection,
    entropy: &mut dyn CryptoRng,
    mut delivery: Option<&mut dyn Delivery>,
    mut each: impl FnMut(Credential),
) -> Result<Account, OpError> {
    let Connection { apps, districts, terms } = connection;
    let mut change = desk.begin()?;
    let account = change.account()?;
    let apps = all_apps(&change, &account, &apps)?;
    for entry in districts {
        let located = |error| at_line(entry.line, error);
        let district =
            find_or_add(&mut change, &account, entry.district, entropy).map_err(located)?;
        for app in &apps {
            let draft = draft(&mut change, app, &district, terms.clone()).map_err(located)?;
            each(match &mut delivery {
                None => insert_for_pickup(&mut change, &account, draft, entropy)?,
                Some(delivery) => {
                    issue(&mut change, &account, draft, entropy, *delivery)?.credential
                }
            });
        }
    }
    delivery.map_or(Ok(()), |delivery| delivery.settle()).map_err(OpError::Delivery)?;
    change.commit()?;
    Ok(account)
}

/// The apps that are named, each once.
fn all_apps(
    change: &Change<'_>,
    account: &Account,
    references: &[Reference],
) -> Result<Vec<App>, OpError> {
    let mut apps: Vec<App> = Vec::new();
    for reference in references {
        let app = named_app(change, account, reference)?;
        if apps.iter().all(|other| other.seq != app.seq) {
            apps.push(app);
        }
    }
    Ok(apps)
}

fn find_or_add(
    change: &mut Change<'_>,
    account: &Account,
    district: Whom,
    entropy: &mut dyn CryptoRng,
) -> Result<District, OpError> {
    let (name, external_id) = match district {
        Whom::Known(reference) => return named_district(change, account, &reference),
        Whom::Named(name, external_id) => (name, external_id),
    };
    let there = change.tx.find_district_held(account.key, Register::Districts, &name.key())?;
    let Some(there) = there else {
        return district::insert(change, account, Order { name, external_id }, entropy);
    };
    let key = |id: &ExternalId| id.key();
    let is_other = external_id.is_some()
        && external_id.as_ref().map(key) != there.external_id.as_ref().map(key);
    match external_id.filter(|_| is_other) {
        None => Ok(there),
        Some(given) => Err(OpError::OtherExternalId {
            name: there.name.to_string(),
            has: there.external_id.map(|has| has.to_string()),
            given: given.to_string(),
        }),
    }
}

/// What is wrong with a line of a file says which; what is wrong with the store does not.
fn at_line(line: Option<u64>, error: OpError) -> OpError {
    match (line, error) {
        (Some(line), error) if !matches!(error, OpError::Store(_)) => {
            OpError::Line { line, why: Box::new(error) }
        }
        (_, error) => error,
    }
}
