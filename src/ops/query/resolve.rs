//! Resolves references to credentials.

use super::display_names::DisplayNames;
use crate::{
    domain::{
        credential::{Credential, CredentialKind, subject::AppDistrict},
        directory::{account::Account, reference::Reference},
    },
    ops::{
        context::{account_id, selected_accounts},
        error::{
            OpError,
            credential::{Candidate, CredentialError},
        },
    },
    store::{StoreError, Transaction},
};

/// Candidates that an error lists.
const MAX_CANDIDATES: usize = 10;

/// Whether a reference may be the unique beginning of an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartialIds {
    /// It may.
    Allowed,
    /// It may not: without a prompt, a change of the wrong credential would go unnoticed.
    Rejected,
}

/// Returns the credential of one of `accounts` that a reference names. The reference is, in order of precedence: an id, a
/// name, a user's email address, `APP/DISTRICT`, or the unique beginning of an id.
///
/// # Errors
/// [`CredentialError::NotFound`], [`CredentialError::Ambiguous`] or [`CredentialError::PartialIdRejected`].
pub fn resolve(
    tx: &mut Transaction<'_>,
    accounts: &[Account],
    reference: &Reference,
    partial_ids: PartialIds,
) -> Result<Credential, OpError> {
    let missing =
        || OpError::from(CredentialError::NotFound { reference: reference.as_str().to_owned() });
    let covers = |credential: &Credential| account_id(accounts, credential.account).is_some();
    if let Some(id) = reference.id() {
        return tx.find_credential_by_id(id)?.filter(covers).ok_or_else(missing);
    }
    let key = reference.folded();
    let kinds = CredentialKind::ALL.into_iter();
    let names = kinds.flat_map(|kind| accounts.iter().map(move |account| (account.key, kind)));
    tx.prefetch_names(names.map(|(account, kind)| (account, kind, key.as_str())))?;
    for kind in CredentialKind::ALL {
        let mut found = Vec::new();
        for account in accounts {
            found.extend(tx.find_holder(account.key, kind, &key)?);
        }
        if let Some(one) = ensure_unique(tx, reference, found)? {
            return Ok(one);
        }
    }
    let tokens = tokens_by_app_and_district(tx, accounts, reference.as_str())?;
    if let Some(one) = ensure_unique(tx, reference, tokens)? {
        return Ok(one);
    }
    let Some(prefix) = reference.partial_id() else {
        return Err(missing());
    };
    let mut found = tx.list_credentials_by_partial_id(prefix, MAX_CANDIDATES)?;
    found.retain(covers);
    let one = ensure_unique(tx, reference, found)?.ok_or_else(missing)?;
    match partial_ids {
        PartialIds::Allowed => Ok(one),
        PartialIds::Rejected => Err(CredentialError::PartialIdRejected {
            reference: reference.as_str().to_owned(),
            id: one.id,
        }
        .into()),
    }
}

/// Returns the tokens that `APP/DISTRICT` names. Both names may contain a `/`, so every split is tried.
fn tokens_by_app_and_district(
    tx: &mut Transaction<'_>,
    accounts: &[Account],
    text: &str,
) -> Result<Vec<Credential>, StoreError> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('/') {
        let (app, district) = (&text[..at], &text[at + 1..]);
        for account in accounts {
            let Some(app) = tx.find_app_by_reference(account.key, app)? else { continue };
            let Some(district) = tx.find_district_by_reference(account.key, district)? else {
                continue;
            };
            let pair = AppDistrict::new(app.id, district.id);
            found.extend(tx.find_holder(account.key, CredentialKind::Token, pair.as_str())?);
        }
    }
    Ok(found)
}

/// Returns the credentials that the references name, each once, in the order of the references.
///
/// # Errors
/// As for [`resolve`], for the first reference that fails.
pub fn resolve_all(
    tx: &mut Transaction<'_>,
    accounts: &[Account],
    references: &[Reference],
    partial_ids: PartialIds,
) -> Result<Vec<Credential>, OpError> {
    let mut all: Vec<Credential> = Vec::new();
    for reference in references {
        let credential = resolve(tx, accounts, reference, partial_ids)?;
        if all.iter().all(|other| other.seq != credential.seq) {
            all.push(credential);
        }
    }
    Ok(all)
}

/// Returns the only credential found, or `None` if none was found.
///
/// # Errors
/// [`CredentialError::Ambiguous`] if several were found.
fn ensure_unique(
    tx: &mut Transaction<'_>,
    reference: &Reference,
    mut found: Vec<Credential>,
) -> Result<Option<Credential>, OpError> {
    if found.len() < 2 {
        return Ok(found.pop());
    }
    let accounts = selected_accounts(tx, None)?;
    let names = DisplayNames::for_credentials(tx, &found)?;
    let mut candidates = Vec::with_capacity(found.len());
    for credential in &found {
        let Some(account) = account_id(&accounts, credential.account) else { continue };
        let name = names.display_name(credential)?.to_string();
        candidates.push(Candidate { id: credential.id, name, account });
    }
    Err(CredentialError::Ambiguous { reference: reference.as_str().to_owned(), candidates }.into())
}
