//! `legacy report`: which apps still depend on their legacy keys, and what keeps them from giving them up.

use std::{collections::HashSet, ops::ControlFlow};

use crate::{
    domain::{
        account::{Account, AccountId},
        app::App,
        credential::{Credential, Kind},
        district::District,
        id::ObjectId,
        instant::{DAY, Instant},
        last_use::LastUse,
        legacy::Stage,
        owner::Owner,
    },
    ops::{Look, OpError},
    store::StoreError,
};

/// For how long after its last use a key counts as in use, in seconds: 7 days.
pub const IN_USE: i64 = 7 * DAY;

/// An app that has a live legacy key.
#[derive(Debug)]
pub struct Dependent<'a> {
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

impl Dependent<'_> {
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
    pub fn stage(&self) -> Option<Stage> {
        self.account.legacy.as_ref().map(|policy| policy.stage(self.now))
    }
}

/// What a report did not say line by line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
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
    look: &Look<'_>,
    chosen: Option<AccountId>,
    days: u32,
    mut each: impl FnMut(&Dependent<'_>) -> Result<(), OpError>,
) -> Result<Totals, OpError> {
    let accounts = look.accounts(chosen)?;
    let districts = districts(look)?;
    let mut totals = Totals::default();
    for app in look.tx.apps()?.iter() {
        let Some(account) = accounts.iter().find(|account| account.key == app.account) else {
            continue;
        };
        let key = look.tx.find_holder(account.key, Kind::Legacy, &Owner::App(app.id).key())?;
        let Some(key) = key.filter(|key| key.state(look.now).is_live()) else {
            continue;
        };
        let has_token = districts_with_token(look, app)?;
        let (with_token, without_token) = districts
            .iter()
            .filter(|district| district.account == account.key)
            .partition(|district| has_token.contains(&district.id));
        let last_use = look.tx.last_use(key.seq)?;
        let days = uses_by_day(look, &key, days)?;
        let now = look.now;
        let one = Dependent { app, account, key, last_use, days, with_token, without_token, now };
        totals.listed += 1;
        totals.in_use += u64::from(one.is_in_use());
        totals.lacking_tokens += u64::from(one.lacks_tokens());
        totals.blocking += u64::from(one.blocks_sunset());
        each(&one)?;
    }
    Ok(totals)
}

/// All districts that were not removed.
fn districts(look: &Look<'_>) -> Result<Vec<District>, StoreError> {
    let mut all = Vec::new();
    look.tx.scan_districts(|district| {
        all.extend(Some(district).filter(|district| district.removed.is_none()));
        Ok::<_, StoreError>(ControlFlow::Continue(()))
    })?;
    Ok(all)
}

fn districts_with_token(look: &Look<'_>, app: &App) -> Result<HashSet<ObjectId>, StoreError> {
    let tokens = look.tx.list_tokens(app)?;
    let live = tokens.iter().filter(|token| token.state(look.now).is_live());
    Ok(live.filter_map(|token| token.owner.district()).collect())
}

fn uses_by_day(look: &Look<'_>, key: &Credential, days: u32) -> Result<Vec<u64>, StoreError> {
    let today = look.now.day();
    let first = today - i64::from(days) + 1;
    let mut counts = vec![0; days as usize];
    for used in look.tx.daily_uses(key.seq, first..=today)? {
        counts[(used.day - first) as usize] = used.count;
    }
    Ok(counts)
}
