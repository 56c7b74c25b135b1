//! Usage: the gate reports from time to time which credentials were used, and how often.

use crate::{
    domain::{
        seq::CredentialSeq,
        usage::{DailyUse, LastUse, UsageReport},
    },
    ops::error::OpError,
    store::{Access, Store},
};

/// Adds uses to the stored ones, all or none. Each report has the time, the source and the number of a credential's uses
/// since the previous report.
///
/// Credentials that the store does not have are left out. The uses of legacy keys are also counted by day; all uses of
/// one report count for the day of the last one. The transaction is relaxed: a power failure may lose it.
///
/// # Errors
/// If the store can't be written, or if a stored use can't be verified.
pub fn record_usage(store: &Store, reports: &[UsageReport]) -> Result<(), OpError> {
    if reports.is_empty() {
        return Ok(());
    }
    let mut tx = store.begin(Access::WriteRelaxed)?;
    // Credentials are numbered without gaps, and none is ever removed from the store.
    let existing = CredentialSeq::FIRST..=tx.head().credentials;
    let known = || reports.iter().filter(|report| existing.contains(&report.last_use.credential));
    let last_uses: Vec<LastUse> = known().map(|report| report.last_use.clone()).collect();
    tx.record_last_uses(&last_uses)?;
    let by_day = known().filter(|report| report.by_day);
    let daily_uses: Vec<_> = by_day.map(|report| DailyUse::from(&report.last_use)).collect();
    tx.record_daily_uses(&daily_uses)?;
    Ok(tx.commit()?)
}
