//! `check`: what has expired and what soon will, for monitoring.

use crate::{
    domain::{
        account::AccountId,
        credential::State,
        instant::{DAY, Instant},
    },
    ops::{
        Look, OpError,
        filter::{Filter, Item, Page},
        list::list,
    },
    store::Order,
};

/// How things stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outlook {
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
    look: &Look<'_>,
    account: Option<AccountId>,
    warn: u32,
    crit: u32,
) -> Result<Outlook, OpError> {
    let mut outlook = Outlook::default();
    let filter = Filter { account, expiring: Some(warn.max(crit)), ..Filter::default() };
    let page = Page { order: Order::Created, limit: None };
    list(look, &filter, page, |Item { credential, now, called, .. }| {
        if credential.state(now) == State::Expired {
            outlook.expired += 1;
            return Ok(());
        }
        if credential.expiry.is_over(now.plus(i64::from(crit) * DAY)) {
            outlook.critical += 1;
        } else {
            outlook.warning += 1;
        }
        let end = credential
            .expiry
            .instant()
            .filter(|end| outlook.next.as_ref().is_none_or(|(_, next)| end < next));
        if let Some(end) = end {
            outlook.next = Some((called.to_string(), end));
        }
        Ok(())
    })?;
    Ok(outlook)
}
