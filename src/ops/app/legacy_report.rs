//! `legacy report`: which apps still depend on their legacy keys, and which districts they lack a token for.

use std::{collections::HashSet, ops::ControlFlow};

use crate::{
    domain::{
        credential::{Credential, CredentialKind, subject::Subject},
        directory::{
            account::{Account, AccountId},
            app::App,
            district::District,
            id::ObjectId,
        },
        instant::{DAY, Instant},
        legacy::LegacyStage,
        usage::LastUse,
    },
    ops::{context::ReadTx, error::OpError},
    store::StoreError,
};

/// Seconds for which a key counts as in use after its last use: 7 days.
pub const IN_USE: i64 = 7 * DAY;

/// An app that has a valid legacy key.
#[derive(Debug)]
pub struct LegacyDependency<'a> {
    /// The app.
    pub app: &'a App,
    /// The account that it belongs to.
    pub account: &'a Account,
    /// Its legacy key.
    pub key: Credential,
    /// The last use of the key; `None` if it was never used.
    pub last_use: Option<LastUse>,
    /// The uses of the key on each day of the report, oldest first; the last one is today.
    pub uses_by_day: Vec<u64>,
    /// The districts that the app has a valid token for, whether it was picked up or not.
    pub with_token: Vec<&'a District>,
    /// The districts that the app has no valid token for.
    pub without_token: Vec<&'a District>,
    /// The time of the report.
    pub now: Instant,
}

impl LegacyDependency<'_> {
    /// Returns whether the key was used within the last seven days.
    pub fn is_in_use(&self) -> bool {
        self.last_use.as_ref().is_some_and(|last_use| self.now.since(last_use.at) < IN_USE)
    }

    /// Returns whether the app would lose access to a district if the key stopped working now.
    pub fn lacks_tokens(&self) -> bool {
        !self.without_token.is_empty()
    }

    /// Returns whether something would break if the key stopped working now.
    pub fn blocks_sunset(&self) -> bool {
        self.is_in_use() || self.lacks_tokens()
    }

    /// Returns the stage of the account's policy; `None` if it has no policy.
    pub fn stage(&self) -> Option<LegacyStage> {
        self.account.legacy.as_ref().map(|policy| policy.stage(self.now))
    }
}

/// The totals of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LegacyReportTotals {
    /// Apps that have a valid legacy key.
    pub listed: u64,
    /// Apps that still use it.
    pub in_use: u64,
    /// Apps that lack a token for a district.
    pub lacking_tokens: u64,
    /// Apps that do either.
    pub blocking: u64,
}

/// Calls `each` with every app that has a valid legacy key, oldest first, and with the key's uses on the last `days`
/// days.
///
/// # Errors
/// The error that `each` returns, or if a record can't be verified.
pub fn legacy_report(
    read: &mut ReadTx<'_>,
    selected: Option<AccountId>,
    days: u32,
    mut each: impl FnMut(&LegacyDependency<'_>) -> Result<(), OpError>,
) -> Result<LegacyReportTotals, OpError> {
    let accounts = read.accounts(selected)?;
    let districts = active_districts(read)?;
    let mut totals = LegacyReportTotals::default();
    for app in read.tx.apps()?.iter() {
        let Some(account) = accounts.iter().find(|account| account.key == app.account) else {
            continue;
        };
        let Some(key) = valid_legacy_key(read, app)? else { continue };
        let has_token = districts_with_token(read, app)?;
        let (with_token, without_token) = districts
            .iter()
            .filter(|district| district.account == account.key)
            .partition(|district| has_token.contains(&district.id));
        let last_use = read.tx.find_last_use(key.seq)?;
        let uses_by_day = usage_by_day(read, &key, days)?;
        let one = LegacyDependency {
            app,
            account,
            key,
            last_use,
            uses_by_day,
            with_token,
            without_token,
            now: read.now,
        };
        totals.listed += 1;
        totals.in_use += u64::from(one.is_in_use());
        totals.lacking_tokens += u64::from(one.lacks_tokens());
        totals.blocking += u64::from(one.blocks_sunset());
        each(&one)?;
    }
    Ok(totals)
}

fn valid_legacy_key(read: &mut ReadTx<'_>, app: &App) -> Result<Option<Credential>, StoreError> {
    let subject = Subject::App(app.id);
    let key = read.tx.find_holder(app.account, CredentialKind::Legacy, &subject.unique_key())?;
    Ok(key.filter(|key| key.state(read.now).is_valid()))
}

/// Returns the districts that are not removed.
fn active_districts(read: &mut ReadTx<'_>) -> Result<Vec<District>, StoreError> {
    let mut all = Vec::new();
    read.tx.scan_districts(|district| {
        all.extend(Some(district).filter(|district| district.removed.is_none()));
        Ok::<_, StoreError>(ControlFlow::Continue(()))
    })?;
    Ok(all)
}

fn districts_with_token(read: &mut ReadTx<'_>, app: &App) -> Result<HashSet<ObjectId>, StoreError> {
    let tokens = read.tx.list_tokens(app)?;
    let valid = tokens.iter().filter(|token| token.state(read.now).is_valid());
    Ok(valid.filter_map(|token| token.subject.district()).collect())
}

fn usage_by_day(
    read: &mut ReadTx<'_>,
    key: &Credential,
    days: u32,
) -> Result<Vec<u64>, StoreError> {
    let today = read.now.day();
    let first = today.plus(1 - i64::from(days));
    let mut counts = vec![0; days as usize];
    for used in read.tx.list_daily_usage(key.seq, first..=today)? {
        counts[used.day.since(first) as usize] = used.count;
    }
    Ok(counts)
}
