//! `revoke`: dead at once, and still listed with who, when and why.

use crate::{
    domain::{
        audit::Action,
        credential::{Credential, Revocation, RevocationReason},
        directory::{account::Account, reference::Reference},
    },
    ops::{
        CredentialError, OpContext, OpError,
        query::resolve::{PartialIds, resolve_all},
    },
};

/// Revokes credentials, all or none; answers them as they are then.
///
/// # Errors
/// [`CredentialError::AlreadyRevoked`] or [`CredentialError::AlreadyDeleted`] for the first that is.
pub fn revoke(
    context: &OpContext<'_>,
    references: &[Reference],
    partial_ids: PartialIds,
    reason: Option<RevocationReason>,
) -> Result<(Vec<Credential>, Account), OpError> {
    let mut write = context.begin()?;
    let account = write.account()?;
    let credentials =
        resolve_all(&write.tx, std::slice::from_ref(&account), references, partial_ids)?;
    credentials.iter().try_for_each(ensure_unrevoked)?;
    let mut all = Vec::with_capacity(credentials.len());
    for mut credential in credentials {
        credential.revoked = Some(Revocation { at: write.now, by: write.actor_label(), reason });
        all.push(write.update_credential(Action::Revoke, credential)?);
    }
    write.commit()?;
    Ok((all, account))
}

/// That a credential was neither revoked nor deleted.
pub(in crate::ops) fn ensure_unrevoked(credential: &Credential) -> Result<(), OpError> {
    let id = credential.id;
    ensure_not_deleted(credential)?;
    match &credential.revoked {
        Some(revocation) => {
            Err(CredentialError::AlreadyRevoked { id, revocation: revocation.clone() }.into())
        }
        None => Ok(()),
    }
}

/// That a credential was not deleted.
pub(in crate::ops) fn ensure_not_deleted(credential: &Credential) -> Result<(), OpError> {
    match &credential.deleted {
        Some(deletion) => Err(CredentialError::AlreadyDeleted {
            id: credential.id,
            at: deletion.at,
            by: deletion.by.clone(),
        }
        .into()),
        None => Ok(()),
    }
}
