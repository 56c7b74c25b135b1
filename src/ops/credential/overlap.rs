//! The first use of a new secret during an overlap.

use crate::{
    domain::{audit::Action, credential::secret::Digest, seq::CredentialSeq},
    ops::{context::OpContext, error::OpError},
};

/// Records that the secret with the digest `used`, of the credential with this number, was used while the one before it
/// is retiring. After a reset with `--until-used`, this ends the old secret. Returns whether it did.
///
/// There is nothing to record if the overlap is over, or if another reset came in between. The old secret also stays if
/// the new one was withdrawn, because it is the only one left then.
///
/// # Errors
/// As for [`OpContext::begin`], or if the store can't be written.
pub fn record_first_use(
    context: &OpContext<'_>,
    credential: CredentialSeq,
    used: &Digest,
) -> Result<bool, OpError> {
    let mut write = context.begin()?;
    let Some(mut after) = write.tx.find_credential(credential)? else {
        return Ok(false);
    };
    let is_current = after.secrets.current.is_some_and(|current| current == *used);
    let retiring = after.retiring(write.now).copied();
    let Some(retiring) = retiring.filter(|_| is_current && after.is_unrevoked()) else {
        return Ok(false);
    };
    if retiring.until_used {
        after.secrets.retiring = None;
        write.update_credential(Action::OverlapEnd, after)?;
    } else if !retiring.replacement_used {
        write.tx.mark_replacement_used(&after)?;
    }
    write.commit()?;
    Ok(retiring.until_used)
}
