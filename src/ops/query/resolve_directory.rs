//! From references to apps and districts.

use std::ops::ControlFlow;

use super::resolve::PartialIds;
use crate::{
    domain::directory::{
        account::Account, app::App, district::District, id::ObjectId, reference::Reference,
    },
    ops::{AppOrDistrict, DirectoryError, OpError, WriteTx, read_tx::account_id},
    store::{StoreError, Transaction},
};

/// How many candidates an error lists.
const MAX_CANDIDATES: usize = 10;
/// How many digits of an id name an app or a district, if no other begins so.
const MIN_ID_DIGITS: usize = 4;

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
    partial_ids: PartialIds,
) -> Result<App, OpError> {
    let text = reference.as_str();
    let mut found = Vec::new();
    for account in accounts {
        found.extend(tx.find_app_by_reference(account.key, text)?);
    }
    if found.is_empty() && partial_ids == PartialIds::Allowed {
        found = tx
            .apps()?
            .iter()
            .filter(|app| matches_partial_id(app.id, app.removed.is_some(), text))
            .cloned()
            .collect();
        found.retain(|app| account_id(accounts, app.account).is_some());
    }
    ensure_unique(AppOrDistrict::App, reference, found, |app| (app.id, app.name.to_string()))
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
    partial_ids: PartialIds,
) -> Result<District, OpError> {
    let text = reference.as_str();
    let mut found = Vec::new();
    for account in accounts {
        found.extend(tx.find_district_by_reference(account.key, text)?);
    }
    if found.is_empty() && partial_ids == PartialIds::Allowed {
        found = match ObjectId::parse(text) {
            Some(id) => tx.find_district_by_id(id)?.into_iter().collect(),
            None => districts_by_partial_id(tx, text)?,
        };
        found.retain(|district| account_id(accounts, district.account).is_some());
    }
    ensure_unique(AppOrDistrict::District, reference, found, |one| (one.id, one.name.to_string()))
}

/// The app that a change is about, among those of its account.
///
/// # Errors
/// As for [`resolve_app`].
pub(in crate::ops) fn resolve_app_exact(
    write: &WriteTx<'_>,
    account: &Account,
    reference: &Reference,
) -> Result<App, OpError> {
    resolve_app(&write.tx, std::slice::from_ref(account), reference, PartialIds::Rejected)
}

/// The district that a change is about, among those of its account.
///
/// # Errors
/// As for [`resolve_district`].
pub(in crate::ops) fn resolve_district_exact(
    write: &WriteTx<'_>,
    account: &Account,
    reference: &Reference,
) -> Result<District, OpError> {
    resolve_district(&write.tx, std::slice::from_ref(account), reference, PartialIds::Rejected)
}

/// The districts whose ids begin so.
fn districts_by_partial_id(tx: &Transaction<'_>, text: &str) -> Result<Vec<District>, StoreError> {
    let mut found = Vec::new();
    if !is_partial_id(text) {
        return Ok(found);
    }
    tx.scan_districts(|district| {
        if matches_partial_id(district.id, district.removed.is_some(), text) {
            found.push(district);
        }
        Ok::<_, StoreError>(ControlFlow::Continue(()))
    })?;
    Ok(found)
}

fn matches_partial_id(id: ObjectId, is_removed: bool, text: &str) -> bool {
    match is_removed {
        true => id.as_str() == text,
        false => is_partial_id(text) && id.as_str().starts_with(text),
    }
}

fn is_partial_id(text: &str) -> bool {
    text.len() >= MIN_ID_DIGITS && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn ensure_unique<T>(
    kind: AppOrDistrict,
    reference: &Reference,
    mut found: Vec<T>,
    candidate: impl Fn(&T) -> (ObjectId, String),
) -> Result<T, OpError> {
    let reference = reference.as_str().to_owned();
    match (found.pop(), found.is_empty()) {
        (Some(one), true) => Ok(one),
        (None, _) => Err(OpError::from(match kind {
            AppOrDistrict::App => DirectoryError::NoSuchApp { reference },
            AppOrDistrict::District => DirectoryError::NoSuchDistrict { reference },
        })),
        (Some(last), false) => {
            let candidates =
                found.iter().chain([&last]).take(MAX_CANDIDATES).map(candidate).collect();
            Err(DirectoryError::Ambiguous { kind, reference, candidates }.into())
        }
    }
}
