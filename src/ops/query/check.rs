//! `check`: what has expired and what soon will, for monitoring.

use super::{
    filter::{Filter, ListItem, Page},
    list::list,
};
use crate::{
    domain::{
        credential::State,
        directory::account::AccountId,
        instant::{DAY, Instant},
    },
    ops::{OpError, ReadTx},
    store::SortBy,
};

/// How things stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckReport {
    /// How many have expired and are neither revoked nor deleted.
    pub expired: u64,
    /// How many end within the critical days.
    pub critical: u64,
    /// How many end within the days of a warning, the critical ones not counted.
    pub warning: u64,
    /// The next to end, of those that have not.
    pub next: Option<(String, Instant)>,
}

/// Looks at everything that ends within `warn` days.
///
/// # Errors
/// When the store can't be read.
pub fn check(
    read: &ReadTx<'_>,
    account: Option<AccountId>,
    warn_days: u32,
    critical_days: u32,
) -> Result<CheckReport, OpError> {
    let mut report = CheckReport::default();
    let filter =
        Filter { account, expiring_days: Some(warn_days.max(critical_days)), ..Filter::default() };
    let page = Page { sort_by: SortBy::Created, limit: None };
    list(read, &filter, page, |ListItem { credential, now, display_name: called, .. }| {
        if credential.state(now) == State::Expired {
            report.expired += 1;
            return Ok(());
        }
        if credential.expiry.has_passed(now.plus(i64::from(critical_days) * DAY)) {
            report.critical += 1;
        } else {
            report.warning += 1;
        }
        let end = credential
            .expiry
            .instant()
            .filter(|end| report.next.as_ref().is_none_or(|(_, next)| end < next));
        if let Some(end) = end {
            report.next = Some((called.to_string(), end));
        }
        Ok(())
    })?;
    Ok(report)
}
