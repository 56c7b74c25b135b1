//! Resolves references to apps and districts.

use std::ops::ControlFlow;

use super::resolve::PartialIds;
use crate::{
    domain::directory::{
        account::Account, app::App, district::District, id::ObjectId, reference::Reference,
    },
    ops::{
        context::account_id,
        error::{
            OpError,
            directory::{AppOrDistrict, DirectoryError},
        },
    },
    store::{StoreError, Transaction},
};

/// Candidates that an error lists.
const MAX_CANDIDATES: usize = 10;
/// The minimum number of digits of a partial id.
const MIN_ID_DIGITS: usize = 4;

/// Returns the app of one of `accounts` that a reference names: by its id, its client id, its name or, if allowed, the
/// unique beginning of its id. A removed app is only found by its whole id, and only if partial ids are allowed.
///
/// # Errors
/// [`DirectoryError::NoSuchApp`], [`DirectoryError::Ambiguous`].
pub fn resolve_app(
    tx: &mut Transaction<'_>,
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

/// Returns the district of one of `accounts` that a reference names: by its id, its name, its external id or, if
/// allowed, the unique beginning of its id. A removed district is only found by its whole id, and only if partial ids
/// are allowed.
///
/// # Errors
/// [`DirectoryError::NoSuchDistrict`], [`DirectoryError::Ambiguous`].
pub fn resolve_district(
    tx: &mut Transaction<'_>,
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

/// Returns the app of one account that a change is about; partial ids are rejected.
///
/// # Errors
/// As for [`resolve_app`].
pub(in crate::ops) fn resolve_app_exact(
    tx: &mut Transaction<'_>,
    account: &Account,
    reference: &Reference,
) -> Result<App, OpError> {
    resolve_app(tx, std::slice::from_ref(account), reference, PartialIds::Rejected)
}

/// Returns the district of one account that a change is about; partial ids are rejected.
///
/// # Errors
/// As for [`resolve_district`].
pub(in crate::ops) fn resolve_district_exact(
    tx: &mut Transaction<'_>,
    account: &Account,
    reference: &Reference,
) -> Result<District, OpError> {
    resolve_district(tx, std::slice::from_ref(account), reference, PartialIds::Rejected)
}

/// Returns the districts whose ids begin with a text.
fn districts_by_partial_id(
    tx: &mut Transaction<'_>,
    text: &str,
) -> Result<Vec<District>, StoreError> {
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

/// Returns whether a text is the beginning of an id or, for a removed app or district, the whole id.
fn matches_partial_id(id: ObjectId, is_removed: bool, text: &str) -> bool {
    match is_removed {
        true => id.as_str() == text,
        false => is_partial_id(text) && id.as_str().starts_with(text),
    }
}

fn is_partial_id(text: &str) -> bool {
    text.len() >= MIN_ID_DIGITS && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Returns the only app or district found; `candidate` describes one for an error.
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
