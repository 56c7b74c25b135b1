//! `check`: expired and soon-to-expire credentials, for monitoring.

use super::{
    filter::{Filter, ListItem, Page},
    list::list,
};
use crate::{
    domain::{
        credential::State, directory::account::AccountId, duration::Duration, instant::Instant,
    },
    ops::{context::ReadTx, error::OpError},
    store::SortBy,
};

/// The numbers of credentials that have expired or will soon.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckReport {
    /// Credentials that have expired and are neither revoked nor deleted.
    pub expired: u64,
    /// Credentials that expire within the critical threshold.
    pub critical: u64,
    /// Credentials that expire within the warning threshold, without the critical ones.
    pub warning: u64,
    /// The display name and the expiry of the next credential to expire.
    pub next: Option<(String, Instant)>,
}

/// Counts the credentials that have expired, or that expire within `warning` or `critical`.
///
/// # Errors
/// If the store can't be read.
pub fn check(
    read: &mut ReadTx<'_>,
    account: Option<AccountId>,
    warning: Duration,
    critical: Duration,
) -> Result<CheckReport, OpError> {
    let mut report = CheckReport::default();
    let filter =
        Filter { account, expiring_within: Some(warning.max(critical)), ..Filter::default() };
    let page = Page { sort_by: SortBy::Created, limit: None };
    list(read, &filter, page, |ListItem { credential, now, display_name, .. }| {
        if credential.state(now) == State::Expired {
            report.expired += 1;
            return Ok(());
        }
        if credential.expiry.is_within(critical, now) {
            report.critical += 1;
        } else {
            report.warning += 1;
        }
        let expiry = credential
            .expiry
            .instant()
            .filter(|expiry| report.next.as_ref().is_none_or(|(_, next)| expiry < next));
        if let Some(expiry) = expiry {
            report.next = Some((display_name.to_string(), expiry));
        }
        Ok(())
    })?;
    Ok(report)
}
