//! `revoke`: the credential stops working, but stays listed with who revoked it, when and why.

use super::{changed::ChangedCredentials, rules::ensure_unrevoked};
use crate::{
    domain::{
        audit::Action,
        credential::{Revocation, RevocationReason},
        directory::reference::Reference,
    },
    ops::{
        context::OpContext,
        error::OpError,
        query::resolve::{PartialIds, resolve_all},
    },
};

/// Revokes credentials, all or none. Returns them as they are afterwards.
///
/// # Errors
/// [`CredentialError::AlreadyRevoked`](crate::ops::CredentialError::AlreadyRevoked) or
/// [`CredentialError::AlreadyDeleted`](crate::ops::CredentialError::AlreadyDeleted) for the first one that is.
pub fn revoke(
    context: &OpContext<'_>,
    references: &[Reference],
    partial_ids: PartialIds,
    reason: Option<RevocationReason>,
) -> Result<ChangedCredentials, OpError> {
    let mut write = context.begin()?;
    let account = write.account()?;
    let credentials =
        resolve_all(&mut write.tx, std::slice::from_ref(&account), references, partial_ids)?;
    credentials.iter().try_for_each(ensure_unrevoked)?;
    write.tx.prefetch_districts(&credentials)?;
    let mut revoked = Vec::with_capacity(credentials.len());
    for mut credential in credentials {
        credential.revoked = Some(Revocation { at: write.now, by: write.actor_label(), reason });
        revoked.push(write.update_credential(Action::Revoke, credential)?);
    }
    let changed = ChangedCredentials::existing(&mut write, account, revoked)?;
    write.commit()?;
    Ok(changed)
}
