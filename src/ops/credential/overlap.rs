//! The end of an overlap: the first use of a reset's new secret ends the old one, where that was asked for.

use crate::{
    domain::{audit::Action, credential::secret::Digest},
    ops::{OpContext, OpError},
};

/// Ends the old secret of the credential with this number, whose secret with this digest was just used; answers
/// whether there was one to end. There is none when the overlap was to last its time, is over already, or when a reset
/// came in between; nor when the new secret was withdrawn, for then the old one is all that is left.
///
/// # Errors
/// As for [`Desk::begin`], or when the store can't be written.
pub fn end_overlap(
    context: &OpContext<'_>,
    credential: i64,
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
