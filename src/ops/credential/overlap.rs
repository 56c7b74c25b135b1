//! The early end of an overlap: after a reset with `--until-used`, the first use of the new secret ends the old one.

use crate::{
    domain::{audit::Action, credential::secret::Digest, seq::CredentialSeq},
    ops::{context::OpContext, error::OpError},
};

/// Ends the old secret of the credential with this number, after a secret with the digest `used` was used. Returns
/// whether an old secret was ended.
///
/// There is none to end if the overlap lasts a fixed time, if it is over, or if another reset came in between. The old
/// secret also stays if the new one was withdrawn, because it is the only one left then.
///
/// # Errors
/// As for [`OpContext::begin`], or if the store can't be written.
pub fn end_overlap(
    context: &OpContext<'_>,
    credential: CredentialSeq,
    used: &Digest,
) -> Result<bool, OpError> {
    let mut write = context.begin()?;
    let Some(mut after) = write.tx.find_credential(credential)? else {
        return Ok(false);
    };
    let is_used = after.secrets.current.is_some_and(|current| current == *used);
    let waits = after.retiring(write.now).is_some_and(|retiring| retiring.until_used);
    if !(is_used && waits && after.is_unrevoked()) {
        return Ok(false);
    }
    after.secrets.retiring = None;
    write.update_credential(Action::OverlapEnd, after)?;
    write.commit()?;
    Ok(true)
}
