//! `revoke`: dead at once, and still listed with who, when and why.

use crate::{
    domain::{
        account::Account,
        audit::Action,
        credential::{Credential, Revocation, RevocationReason},
        reference::Reference,
    },
    ops::{
        Desk, OpError,
        resolve::{Prefixes, resolve_all},
    },
};

/// Revokes credentials, all or none; answers them as they are then.
///
/// # Errors
/// [`OpError::AlreadyRevoked`] or [`OpError::AlreadyDeleted`] for the first that is.
pub fn revoke(
    desk: &Desk<'_>,
    references: &[Reference],
    prefixes: Prefixes,
    reason: Option<RevocationReason>,
) -> Result<(Vec<Credential>, Account), OpError> {
    let mut change = desk.begin()?;
    let account = change.account()?;
    let named = resolve_all(&change.tx, std::slice::from_ref(&account), references, prefixes)?;
    named.iter().try_for_each(still_open)?;
    let mut all = Vec::with_capacity(named.len());
    for mut credential in named {
        credential.revoked = Some(Revocation { at: change.now, by: change.by(), reason });
        all.push(change.update(Action::Revoke, credential)?);
    }
    change.commit()?;
    Ok((all, account))
}

/// That a credential was neither revoked nor deleted.
pub(super) fn still_open(credential: &Credential) -> Result<(), OpError> {
    let id = credential.id;
    still_listed(credential)?;
    match &credential.revoked {
        Some(revocation) => Err(OpError::AlreadyRevoked { id, revocation: revocation.clone() }),
        None => Ok(()),
    }
}

/// That a credential was not deleted.
pub(super) fn still_listed(credential: &Credential) -> Result<(), OpError> {
    match &credential.deleted {
        Some(deletion) => Err(OpError::AlreadyDeleted {
            id: credential.id,
            at: deletion.at,
            by: deletion.by.clone(),
        }),
        None => Ok(()),
    }
}
