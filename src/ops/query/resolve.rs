//! Resolves references to credentials.

use std::{
    collections::{BTreeMap, BTreeSet},
    slice,
};

use super::{
    candidates::{describe_credentials, ensure_unique},
    directory_lookup::find_pairs,
};
use crate::{
    domain::{
        credential::{Credential, CredentialKind},
        directory::{
            account::{Account, AccountKey},
            id::CredentialId,
            reference::Reference,
        },
    },
    ops::{
        context::account_id,
        error::{OpError, credential::CredentialError},
    },
    store::{Namespace, StoreError, Transaction, UniqueNameKey},
};

/// The most credentials that are read to find out whether a partial id is unique, those of all accounts together.
const MAX_PARTIAL_MATCHES: usize = 1_000;

/// Whether a reference may be the unique beginning of an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartialIds {
    /// It may.
    Allowed,
    /// It may not: without a prompt, a change of the wrong credential would go unnoticed.
    Rejected,
}

/// Returns the credential of one of `accounts` that a reference names. It can be an id, a name, a user's email address,
/// `APP/DISTRICT` or the unique beginning of an id. No meaning takes precedence over another.
///
/// # Errors
/// [`CredentialError::NotFound`], [`OpError::Ambiguous`] or [`CredentialError::PartialIdRejected`].
pub fn resolve(
    tx: &mut Transaction<'_>,
    accounts: &[Account],
    reference: &Reference,
    partial_ids: PartialIds,
) -> Result<Credential, OpError> {
    let meant = credentials_meant_by(tx, accounts, reference)?;
    ensure_one(tx, accounts, reference, partial_ids, meant)
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
    let (mut all, mut seen) = (Vec::with_capacity(references.len()), BTreeSet::new());
    let meant = credentials_meant(tx, accounts, references)?;
    for (reference, meant) in references.iter().zip(meant) {
        let credential = ensure_one(tx, accounts, reference, partial_ids, meant)?;
        if seen.insert(credential.seq) {
            all.push(credential);
        }
    }
    Ok(all)
}

fn ensure_one(
    tx: &mut Transaction<'_>,
    accounts: &[Account],
    reference: &Reference,
    partial_ids: PartialIds,
    meant: Vec<Credential>,
) -> Result<Credential, OpError> {
    let describe = |found: &[Credential]| describe_credentials(tx, accounts, found);
    let Some(one) = ensure_unique(reference, meant, describe)? else {
        return Err(not_found(reference).into());
    };
    let is_partial = reference.id().is_none()
        && reference.partial_id().is_some_and(|beginning| beginning.matches(one.id));
    if is_partial && partial_ids == PartialIds::Rejected {
        let reference = reference.as_str().to_owned();
        return Err(CredentialError::PartialIdRejected { reference, id: one.id }.into());
    }
    Ok(one)
}

pub(super) fn not_found(reference: &Reference) -> CredentialError {
    CredentialError::NotFound { reference: reference.as_str().to_owned() }
}

/// Returns all credentials of `accounts` that a reference can mean, each once.
///
/// # Errors
/// If one of them can't be verified, since it can be the one that was meant. Another credential is no obstacle.
pub(super) fn credentials_meant_by(
    tx: &mut Transaction<'_>,
    accounts: &[Account],
    reference: &Reference,
) -> Result<Vec<Credential>, StoreError> {
    Ok(credentials_meant(tx, accounts, slice::from_ref(reference))?.concat())
}

/// Does the same for each of the references, with as few queries as one of them needs. Only partial ids need a query
/// each.
fn credentials_meant(
    tx: &mut Transaction<'_>,
    accounts: &[Account],
    references: &[Reference],
) -> Result<Vec<Vec<Credential>>, StoreError> {
    let mut names: Vec<_> = references.iter().map(|one| names_of(accounts, one)).collect();
    for found in find_pairs(tx, accounts, references)? {
        let key = found.pair.as_str();
        names[found.reference].push(name_key(found.account, CredentialKind::Token, key));
    }
    let holders = tx.find_holders(&names.concat())?;
    let by_id = find_by_id(tx, references)?;
    let mut all = Vec::with_capacity(references.len());
    for (reference, names) in references.iter().zip(names) {
        let mut meant: Vec<Credential> =
            names.iter().filter_map(|name| holders.get(name).cloned()).collect();
        match (reference.id(), reference.partial_id()) {
            (Some(id), _) => meant.extend(by_id.get(&id).cloned()),
            (None, Some(beginning)) => {
                meant.extend(tx.list_credentials_by_partial_id(beginning, MAX_PARTIAL_MATCHES)?);
            }
            (None, None) => {}
        }
        let mut seen = BTreeSet::new();
        meant.retain(|one| account_id(accounts, one.account).is_some() && seen.insert(one.seq));
        all.push(meant);
    }
    Ok(all)
}

/// Returns the unique names that a reference can be. An id is none, because no name looks like one.
fn names_of(accounts: &[Account], reference: &Reference) -> Vec<UniqueNameKey> {
    if reference.id().is_some() {
        return Vec::new();
    }
    let key = reference.folded();
    let kinds = CredentialKind::ALL.into_iter();
    kinds
        .flat_map(|kind| accounts.iter().map(move |account| (account.key, kind)))
        .map(|(account, kind)| name_key(account, kind, &key))
        .collect()
}

fn name_key(account: AccountKey, kind: CredentialKind, key: &str) -> UniqueNameKey {
    UniqueNameKey { account, namespace: Namespace::Credentials(kind), key: key.to_owned() }
}

/// Finds the credentials whose ids are among the references.
fn find_by_id(
    tx: &mut Transaction<'_>,
    references: &[Reference],
) -> Result<BTreeMap<CredentialId, Credential>, StoreError> {
    let ids: Vec<_> = references.iter().filter_map(Reference::id).collect();
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let found = tx.find_credentials_by_id(&ids)?;
    Ok(found.into_iter().map(|credential| (credential.id, credential)).collect())
}
