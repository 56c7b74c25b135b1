//! What follows the commit of a new secret: a note that it was delivered, or the withdrawal of an undelivered one.

use crate::{
    domain::{
        audit::Action,
        credential::{Credential, Revocation, RevocationReason},
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
    undo_issue(context, credential, Action::Revoke, |write, after| {
        let reason = Some(RevocationReason::NotDelivered);
        after.revoked = Some(Revocation { at: write.now, by: write.actor_label(), reason });
    })
}

/// Withdraws the new secret of a reset that could not be shown. The old secret expires as the reset set it to.
///
/// # Errors
/// [`OpError::ConcurrentChange`], or if the store can't be written; the new secret is then current, and lost.
pub fn withdraw_undelivered(
    context: &OpContext<'_>,
    credential: &Credential,
) -> Result<(), OpError> {
    undo_issue(context, credential, Action::Withdraw, |_, after| after.secrets.current = None)
}

fn undo_issue(
    context: &OpContext<'_>,
    credential: &Credential,
    action: Action,
    edit: impl FnOnce(&WriteTx<'_>, &mut Credential),
) -> Result<(), OpError> {
    let mut write = context.begin_follow_up(Access::Write)?;
    let mut after = find_unchanged(&mut write, credential)?;
    edit(&write, &mut after);
    write.update_credential(action, after)?;
    Ok(write.commit()?)
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
