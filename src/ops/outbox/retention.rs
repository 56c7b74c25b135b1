//! Removal of messages that ended long ago.

use crate::{
    domain::notice::RETENTION,
    ops::{
        context::{OpContext, ReadTx},
        error::OpError,
    },
};

/// Messages removed per transaction, so that other writers get their turn.
const REMOVE_BATCH: usize = 1_000;

/// Removes the messages that ended more than 30 days ago.
///
/// # Errors
/// As for [`OpContext::begin`], or if the store can't be read or written.
pub(super) fn remove_ended(context: &OpContext<'_>) -> Result<(), OpError> {
    let mut read = ReadTx::begin(context.store, context.clock)?;
    let before = read.now.plus(-RETENTION);
    let mut has_more = read.tx.has_ended_messages(before)?;
    drop(read);
    while has_more {
        let mut write = context.begin()?;
        has_more = write.tx.remove_ended_messages(before, REMOVE_BATCH)? == REMOVE_BATCH
            && !context.dry_run;
        write.commit()?;
    }
    Ok(())
}
