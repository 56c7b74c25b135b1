//! `legacy report`: which apps still depend on their legacy keys, and what keeps them from giving them up.

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
    ops::{OpError, ReadTx},
    store::StoreError,
};

/// For how long after its last use a key counts as in use, in seconds: 7 days.
pub const IN_USE: i64 = 7 * DAY;

/// An app that has a live legacy key.
#[derive(Debug)]
pub struct LegacyDependency<'a> {
    /// The app.
    pub app: &'a App,
    /// Its account.
    pub account: &'a Account,
    /// Its key.
    pub key: Credential,
    /// The last use of that, if it was ever used.
    pub last_use: Option<LastUse>,
    /// How often it was used on each of the days that were asked for, the last of which is today.
    pub days: Vec<u64>,
    /// The districts for which the app has a live token, picked up or not.
    pub with_token: Vec<&'a District>,
    /// Those for which it has none.
    pub without_token: Vec<&'a District>,
    /// The instant of the report.
    pub now: Instant,
}

impl LegacyDependency<'_> {
    /// Whether its key was used within the last seven days.
    pub fn is_in_use(&self) -> bool {
        self.last_use.as_ref().is_some_and(|last_use| self.now.since(last_use.at) < IN_USE)
    }

    /// Whether some district would be lost to it if its key ended now.
    pub fn lacks_tokens(&self) -> bool {
        !self.without_token.is_empty()
    }

    /// Whether something would break if its key ended now.
    pub fn blocks_sunset(&self) -> bool {
        self.is_in_use() || self.lacks_tokens()
    }

    /// What its account's policy says now; nothing where there is none.
    pub fn stage(&self) -> Option<LegacyStage> {
        self.account.legacy.as_ref().map(|policy| policy.stage(self.now))
    }
}

/// What a report did not say line by line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LegacyReportTotals {
    /// How many apps have a live legacy key.
    pub listed: u64,
    /// How many of them still use it.
    pub in_use: u64,
    /// How many of them lack tokens.
    pub lacking_tokens: u64,
    /// How many of them do either.
    pub blocking: u64,
}

/// Calls `each` with every app that has a live legacy key, oldest first, and the uses of its last `days` days.
///
/// # Errors
/// What `each` answers, or that a record does not verify.
pub fn legacy_report(
    read: &ReadTx<'_>,
    chosen: Option<AccountId>,
    days: u32,
    mut each: impl FnMut(&LegacyDependency<'_>) -> Result<(), OpError>,
) -> Result<LegacyReportTotals, OpError> {
    let accounts = read.accounts(chosen)?;
    let districts = active_districts(read)?;
    let mut totals = LegacyReportTotals::default();
    for app in read.tx.apps()?.iter() {
        let Some(account) = accounts.iter().find(|account| account.key == app.account) else {
            continue;
        };
        let key = read.tx.find_holder(
            account.key,
            CredentialKind::Legacy,
            &Subject::App(app.id).unique_key(),
        )?;
        let Some(key) = key.filter(|key| key.state(read.now).is_valid()) else {
            continue;
        };
        let has_token = districts_with_token(read, app)?;
        let (with_token, without_token) = districts
            .iter()
            .filter(|district| district.account == account.key)
            .partition(|district| has_token.contains(&district.id));
        let last_use = read.tx.find_last_use(key.seq)?;
        let days = usage_by_day(read, &key, days)?;
        let now = read.now;
        let one =
            LegacyDependency { app, account, key, last_use, days, with_token, without_token, now };
        totals.listed += 1;
        totals.in_use += u64::from(one.is_in_use());
        totals.lacking_tokens += u64::from(one.lacks_tokens());
        totals.blocking += u64::from(one.blocks_sunset());
        each(&one)?;
    }
    Ok(totals)
}

/// All districts that were not removed.
fn active_districts(read: &ReadTx<'_>) -> Result<Vec<District>, StoreError> {
    let mut all = Vec::new();
    read.tx.scan_districts(|district| {
        all.extend(Some(district).filter(|district| district.removed.is_none()));
        Ok::<_, StoreError>(ControlFlow::Continue(()))
    })?;
    Ok(all)
}

fn districts_with_token(read: &ReadTx<'_>, app: &App) -> Result<HashSet<ObjectId>, StoreError> {
    let tokens = read.tx.list_tokens(app)?;
    let live = tokens.iter().filter(|token| token.state(read.now).is_valid());
    Ok(live.filter_map(|token| token.subject.district()).collect())
}

fn usage_by_day(read: &ReadTx<'_>, key: &Credential, days: u32) -> Result<Vec<u64>, StoreError> {
    let today = read.now.day();
    let first = today - i64::from(days) + 1;
    let mut counts = vec![0; days as usize];
    for used in read.tx.list_daily_usage(key.seq, first..=today)? {
        counts[(used.day - first) as usize] = used.count;
    }
    Ok(counts)
}
