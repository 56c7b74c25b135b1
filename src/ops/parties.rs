//! From references to apps and districts.

use std::ops::ControlFlow;

use crate::{
    domain::{account::Account, app::App, district::District, id::ObjectId, reference::Reference},
    ops::{Change, OpError, Party, look::account_id, resolve::Prefixes},
    store::{StoreError, Transaction},
};

/// How many candidates an error lists.
const LISTED: usize = 10;
/// How many digits of an id name an app or a district, if no other begins so.
const LEAST_DIGITS: usize = 4;

/// The app that a reference names among those of `accounts`: by its id, its client id, its name, or, where those are
/// taken, the unique beginning of its id. One that was removed is found by its whole id alone, and by nobody who
/// changes something.
///
/// # Errors
/// That there is none, or several.
pub fn resolve_app(
    tx: &Transaction<'_>,
    accounts: &[Account],
    reference: &Reference,
    prefixes: Prefixes,
) -> Result<App, OpError> {
    let text = reference.as_str();
    let mut found = Vec::new();
    for account in accounts {
        found.extend(tx.find_app_named(account.key, text)?);
    }
    if found.is_empty() && prefixes == Prefixes::Taken {
        found = tx
            .apps()?
            .iter()
            .filter(|app| begins(app.id, app.removed.is_some(), text))
            .cloned()
            .collect();
        found.retain(|app| account_id(accounts, app.account).is_some());
    }
    only(Party::App, reference, found, |app| (app.id, app.name.to_string()))
}

/// The district that a reference names among those of `accounts`: by its id, its name, its external id, or, where those
/// are taken, the unique beginning of its id. One that was removed is found as a removed app is.
///
/// # Errors
/// That there is none, or several.
pub fn resolve_district(
    tx: &Transaction<'_>,
    accounts: &[Account],
    reference: &Reference,
    prefixes: Prefixes,
) -> Result<District, OpError> {
    let text = reference.as_str();
    let mut found = Vec::new();
    for account in accounts {
        found.extend(tx.find_district_named(account.key, text)?);
    }
    if found.is_empty() && prefixes == Prefixes::Taken {
        found = match ObjectId::parse(text) {
            Some(id) => tx.find_district_by_id(id)?.into_iter().collect(),
            None => beginning(tx, text)?,
        };
        found.retain(|district| account_id(accounts, district.account).is_some());
    }
    only(Party::District, reference, found, |one| (one.id, one.name.to_string()))
}

/// The app that a change is about, among those of its account.
///
/// # Errors
/// As for [`resolve_app`].
pub(super) fn named_app(
    change: &Change<'_>,
    account: &Account,
    reference: &Reference,
) -> Result<App, OpError> {
    resolve_app(&change.tx, std::slice::from_ref(account), reference, Prefixes::Refused)
}

/// The district that a change is about, among those of its account.
///
/// # Errors
/// As for [`resolve_district`].
pub(super) fn named_district(
    change: &Change<'_>,
    account: &Account,
    reference: &Reference,
) -> Result<District, OpError> {
    resolve_district(&change.tx, std::slice::from_ref(account), reference, Prefixes::Refused)
}

/// The districts whose ids begin so.
fn beginning(tx: &Transaction<'_>, text: &str) -> Result<Vec<District>, StoreError> {
    let mut found = Vec::new();
    if !is_beginning(text) {
        return Ok(found);
    }
    tx.scan_districts(|district| {
        if begins(district.id, district.removed.is_some(), text) {
            found.push(district);
        }
        Ok::<_, StoreError>(ControlFlow::Continue(()))
    })?;
    Ok(found)
}

fn begins(id: ObjectId, is_removed: bool, text: &str) -> bool {
    match is_removed {
        true => id.as_str() == text,
        false => is_beginning(text) && id.as_str().starts_with(text),
    }
}

fn is_beginning(text: &str) -> bool {
    text.len() >= LEAST_DIGITS && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn only<T>(
    party: Party,
    reference: &Reference,
    mut found: Vec<T>,
    candidate: impl Fn(&T) -> (ObjectId, String),
) -> Result<T, OpError> {
    let reference = reference.as_str().to_owned();
    match (found.pop(), found.is_empty()) {
        (Some(one), true) => Ok(one),
        (None, _) => Err(match party {
            Party::App => OpError::NoSuchApp { reference },
            Party::District => OpError::NoSuchDistrict { reference },
        }),
        (Some(last), false) => {
            let candidates = found.iter().chain([&last]).take(LISTED).map(candidate).collect();
            Err(OpError::AmbiguousParty { party, reference, candidates })
        }
    }
}
