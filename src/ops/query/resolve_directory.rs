//! Resolves references to apps and districts.

use std::{collections::BTreeSet, ops::ControlFlow};

use super::{
    candidates::{describe_apps, describe_districts, ensure_unique},
    directory_lookup::{find_districts, is_app},
    resolve::PartialIds,
};
use crate::{
    domain::directory::{
        account::Account, app::App, district::District, id::ObjectId, reference::Reference,
    },
    ops::{
        context::account_id,
        error::{OpError, directory::DirectoryError},
    },
    store::{StoreError, Transaction},
};

/// The minimum number of digits of a partial id.
const MIN_ID_DIGITS: usize = 4;

/// Returns the app of one of `accounts` that a reference names: by its id, its client id, its name or, if allowed, the
/// unique beginning of its id. No meaning takes precedence. A removed app is only found by its whole id, and only if
/// partial ids are allowed.
///
/// # Errors
/// [`DirectoryError::NoSuchApp`], [`OpError::Ambiguous`].
pub fn resolve_app(
    tx: &mut Transaction<'_>,
    accounts: &[Account],
    reference: &Reference,
    partial_ids: PartialIds,
) -> Result<App, OpError> {
    let meant = apps_meant_by(tx, accounts, reference, partial_ids)?;
    let found = ensure_unique(reference, meant, |found| Ok(describe_apps(accounts, found)))?;
    let missing = || DirectoryError::NoSuchApp { reference: reference.as_str().to_owned() };
    found.ok_or_else(|| missing().into())
}

/// Returns the district of one of `accounts` that a reference names: by its id, its name, its external id or, if
/// allowed, the unique beginning of its id. No meaning takes precedence. A removed district is only found by its whole
/// id, and only if partial ids are allowed.
///
/// # Errors
/// [`DirectoryError::NoSuchDistrict`], [`OpError::Ambiguous`].
pub fn resolve_district(
    tx: &mut Transaction<'_>,
    accounts: &[Account],
    reference: &Reference,
    partial_ids: PartialIds,
) -> Result<District, OpError> {
    let meant = districts_meant_by(tx, accounts, reference, partial_ids)?;
    let found = ensure_unique(reference, meant, |found| Ok(describe_districts(accounts, found)))?;
    let missing = || DirectoryError::NoSuchDistrict { reference: reference.as_str().to_owned() };
    found.ok_or_else(|| missing().into())
}

/// Returns all apps of `accounts` that a reference can mean.
///
/// # Errors
/// If an app can't be verified.
pub(super) fn apps_meant_by(
    tx: &mut Transaction<'_>,
    accounts: &[Account],
    reference: &Reference,
    partial_ids: PartialIds,
) -> Result<Vec<App>, StoreError> {
    let text = reference.as_str();
    let allows_partial = partial_ids == PartialIds::Allowed;
    let is_meant = |app: &&App| {
        account_id(accounts, app.account).is_some()
            && (is_app(app, text)
                || allows_partial && matches_partial_id(app.id, app.removed.is_some(), text))
    };
    Ok(tx.apps()?.iter().filter(is_meant).cloned().collect())
}

/// Returns all districts of `accounts` that a reference can mean, each once.
///
/// # Errors
/// If one of them can't be verified.
pub(super) fn districts_meant_by(
    tx: &mut Transaction<'_>,
    accounts: &[Account],
    reference: &Reference,
    partial_ids: PartialIds,
) -> Result<Vec<District>, StoreError> {
    let text = reference.as_str();
    let texts: Vec<_> = accounts.iter().map(|account| (account.key, text)).collect();
    let mut meant = find_districts(tx, &texts)?.concat();
    if partial_ids == PartialIds::Allowed {
        meant.extend(match ObjectId::parse(text) {
            Some(id) => tx.find_district_by_id(id)?.into_iter().collect(),
            None => districts_by_partial_id(tx, text)?,
        });
    }
    let mut seen = BTreeSet::new();
    meant.retain(|one| account_id(accounts, one.account).is_some() && seen.insert(one.seq));
    Ok(meant)
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

/// Returns the app of one account to remove: like [`resolve_app_exact`], but also one that was removed before, by its
/// whole id.
///
/// # Errors
/// As for [`resolve_app`].
pub(in crate::ops) fn resolve_app_to_remove(
    tx: &mut Transaction<'_>,
    account: &Account,
    reference: &Reference,
) -> Result<App, OpError> {
    resolve_app(tx, std::slice::from_ref(account), reference, whole_ids(reference))
}

/// Returns the district of one account to remove: like [`resolve_district_exact`], but also one that was removed before,
/// by its whole id.
///
/// # Errors
/// As for [`resolve_district`].
pub(in crate::ops) fn resolve_district_to_remove(
    tx: &mut Transaction<'_>,
    account: &Account,
    reference: &Reference,
) -> Result<District, OpError> {
    resolve_district(tx, std::slice::from_ref(account), reference, whole_ids(reference))
}

/// Allows ids only if the reference is a whole one, which is the beginning of no other.
fn whole_ids(reference: &Reference) -> PartialIds {
    match ObjectId::parse(reference.as_str()) {
        Some(_) => PartialIds::Allowed,
        None => PartialIds::Rejected,
    }
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
