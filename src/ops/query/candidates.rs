//! What a reference can mean: exactly one record, or an error that lists all candidates.

use super::display_names::DisplayNames;
use crate::{
    domain::{
        credential::Credential,
        directory::{account::Account, app::App, district::District, reference::Reference},
    },
    ops::{
        context::account_id,
        error::{
            OpError,
            directory::AppOrDistrict,
            reference::{AmbiguousReference, Candidate, CandidateKind},
        },
    },
    store::{StoreError, Transaction},
};

/// Candidates that an error lists.
const MAX_CANDIDATES: usize = 10;

/// Returns the only record that a reference can mean, or `None` if there is none. `describe` describes the first ones for
/// the error.
///
/// # Errors
/// [`OpError::Ambiguous`] if it can mean several.
pub(super) fn ensure_unique<T>(
    reference: &Reference,
    mut meant: Vec<T>,
    describe: impl FnOnce(&[T]) -> Result<Vec<Candidate>, StoreError>,
) -> Result<Option<T>, OpError> {
    if meant.len() < 2 {
        return Ok(meant.pop());
    }
    let candidates = describe(&meant[..meant.len().min(MAX_CANDIDATES)])?;
    let reference = reference.as_str().to_owned();
    Err(AmbiguousReference { reference, count: meant.len(), candidates }.into())
}

/// Describes credentials of these accounts.
///
/// # Errors
/// If the apps can't be verified.
pub(super) fn describe_credentials(
    tx: &mut Transaction<'_>,
    accounts: &[Account],
    credentials: &[Credential],
) -> Result<Vec<Candidate>, StoreError> {
    let names = DisplayNames::for_credentials_best_effort(tx, credentials)?;
    let mut candidates = Vec::with_capacity(credentials.len());
    for credential in credentials {
        let Some(account) = account_id(accounts, credential.account) else { continue };
        let (kind, id) = (CandidateKind::Credential(credential.kind()), credential.id.to_string());
        let name = names.display_name(credential)?.to_string();
        candidates.push(Candidate { kind, id, name, account });
    }
    Ok(candidates)
}

/// Describes accounts.
pub(super) fn describe_accounts(accounts: &[Account]) -> Vec<Candidate> {
    let describe = |one: &Account| {
        let (kind, id, name) = (CandidateKind::Account, one.id.to_string(), one.name.to_string());
        Candidate { kind, id, name, account: one.id }
    };
    accounts.iter().map(describe).collect()
}

/// Describes apps of these accounts.
pub(super) fn describe_apps(accounts: &[Account], apps: &[App]) -> Vec<Candidate> {
    let describe = |app: &App| {
        let account = account_id(accounts, app.account)?;
        let kind = CandidateKind::Directory(AppOrDistrict::App);
        Some(Candidate { kind, id: app.id.to_string(), name: app.name.to_string(), account })
    };
    apps.iter().filter_map(describe).collect()
}

/// Describes districts of these accounts.
pub(super) fn describe_districts(accounts: &[Account], districts: &[District]) -> Vec<Candidate> {
    let describe = |one: &District| {
        let account = account_id(accounts, one.account)?;
        let kind = CandidateKind::Directory(AppOrDistrict::District);
        Some(Candidate { kind, id: one.id.to_string(), name: one.name.to_string(), account })
    };
    districts.iter().filter_map(describe).collect()
}
