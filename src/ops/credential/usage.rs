//! Usage: the gate reports from time to time which credentials were used, and how often.

use crate::{
    domain::{
        seq::CredentialSeq,
        usage::{DailyUse, LastUse},
    },
    ops::error::OpError,
    store::{Access, Store},
};

/// Adds uses to the stored ones, all or none. Each entry has the time, the source and the number of a credential's uses
/// since the previous report.
///
/// Credentials that the store does not have are left out. The uses of legacy keys are also counted by day; all uses of
/// one entry count for the day of the last one. The transaction is relaxed: a power failure may lose it.
///
/// # Errors
/// If the store can't be written, or if a stored use can't be verified.
pub fn record_usage(store: &Store, usage: &[LastUse]) -> Result<(), OpError> {
    if usage.is_empty() {
        return Ok(());
    }
    let mut transaction = store.begin_initialized(Access::WriteRelaxed)?;
    // Credentials are numbered without gaps, and none is ever removed from the store.
    let credentials = CredentialSeq::FIRST..=transaction.head().credentials;
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
