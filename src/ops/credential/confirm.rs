//! What follows the commit of a new secret: it was delivered, or it is withdrawn.

use super::reset::after_reset;
use crate::{
    domain::{
        audit::Action,
        credential::{Credential, ResetOptions, Revocation, RevocationReason, Undelivered},
    },
    ops::{
        context::{OpContext, WriteTx},
        error::OpError,
    },
    store::Access,
};

/// Records that the new secret was delivered.
///
/// # Errors
/// [`OpError::ConcurrentChange`], or if the store can't be written; the secret is valid all the same.
pub fn mark_delivered(context: &OpContext<'_>, credential: &Credential) -> Result<(), OpError> {
    let mut write = context.begin_follow_up(Access::WriteRelaxed)?;
    let present = find_unchanged(&mut write, credential)?;
    let now = write.now;
    write.tx.mark_delivered(&present, now)?;
    Ok(write.commit()?)
}

/// Revokes a new credential whose secret could not be shown.
///
/// # Errors
/// [`OpError::ConcurrentChange`], or if the store can't be written; the credential then exists, and its secret is lost.
pub fn revoke_undelivered(context: &OpContext<'_>, credential: &Credential) -> Result<(), OpError> {
    context.follow_up(|write| {
        let mut after = find_unchanged(write, credential)?;
        let reason = Some(RevocationReason::NotDelivered);
        after.revoked = Some(Revocation { at: write.now, by: write.actor_label(), reason });
        write.update_credential(Action::Revoke, after)?;
        Ok(())
    })
}

/// Completes a reset whose new secret was delivered: that becomes the current one, and the old ones end as requested.
/// `issued` is the credential that [`reset`](super::reset::reset) returned for these options.
///
/// # Errors
/// [`OpError::ConcurrentChange`], or if the store can't be written; the old and the new secret then stay valid.
pub fn complete_reset(
    context: &OpContext<'_>,
    issued: &Credential,
    options: ResetOptions,
) -> Result<(), OpError> {
    context.follow_up(|write| {
        let (present, new) = find_undelivered(write, issued)?;
        let mut after = after_reset(&present, new.digest, options, new.created_at)?;
        after.secrets.delivered_at = Some(write.now);
        write.update_credential(Action::Reset, after)?;
        Ok(())
    })
}

/// Withdraws the new secret of a reset that could not be shown. The credential is as it was before the reset.
///
/// # Errors
/// [`OpError::ConcurrentChange`], or if the store can't be written; the new secret is then valid, and lost.
pub fn withdraw_reset(context: &OpContext<'_>, issued: &Credential) -> Result<(), OpError> {
    context.follow_up(|write| {
        let (mut after, _) = find_undelivered(write, issued)?;
        after.secrets.discard_undelivered();
        write.update_credential(Action::Withdraw, after)?;
        Ok(())
    })
}

/// Returns the present record and the undelivered secret of the reset that `issued` is the result of.
fn find_undelivered(
    write: &mut WriteTx<'_>,
    issued: &Credential,
) -> Result<(Credential, Undelivered), OpError> {
    let present = write.tx.get_credential(issued.seq)?;
    let undelivered = present
        .secrets
        .undelivered
        .filter(|new| Some(new.digest) == issued.secrets.current && present.is_unrevoked());
    let found = undelivered.map(|new| (present, new));
    found.ok_or_else(|| OpError::ConcurrentChange { id: issued.id.to_string() })
}

/// Returns the present record, if its secret is still the one that was issued.
fn find_unchanged(write: &mut WriteTx<'_>, credential: &Credential) -> Result<Credential, OpError> {
    let present = write.tx.get_credential(credential.seq)?;
    let is_same = present.secrets.generation == credential.secrets.generation
        && present.secrets.current == credential.secrets.current;
    if is_same {
        Ok(present)
    } else {
        Err(OpError::ConcurrentChange { id: credential.id.to_string() })
    }
}
