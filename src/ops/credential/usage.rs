//! Uses: what a gate saw, noted every now and then and all at once.

use crate::{
    domain::usage::{DailyUse, LastUse},
    ops::OpError,
    store::{Access, Store},
};

/// Adds uses to those that the store knows of; each says when and from where the last of `count` new ones came. Those
/// of a credential that the store does not have are left out. They may be lost with the power, all together. Those of
/// legacy keys are counted by day, too: by the day of the last of those that come together.
///
/// # Errors
/// When the store can't be written, or the last use of one of them does not verify: then none was noted.
pub fn record_usage(store: &Store, usage: &[LastUse]) -> Result<(), OpError> {
    if usage.is_empty() {
        return Ok(());
    }
    let mut transaction = store.begin_initialized(Access::WriteRelaxed)?;
    // Credentials are numbered without gaps, and none is ever taken away.
    let credentials = 1..=transaction.head().credentials;
    let legacy = transaction.list_legacy_key_seqs()?;
    for used in usage {
        if credentials.contains(&used.credential) {
            transaction.record_last_use(used.clone())?;
        }
        if legacy.contains(&used.credential) {
            transaction.record_daily_use(DailyUse::from(used))?;
        }
    }
    Ok(transaction.commit()?)
}
