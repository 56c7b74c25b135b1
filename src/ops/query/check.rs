//! `check`: what an admin should act on soon, for monitoring.

use std::collections::BTreeMap;

use super::{
    filter::{Filter, ListItem, Page},
    list::list,
    narrowed::is_recently_used,
};
use crate::{
    domain::{
        credential::{CredentialKind, State, lifetime::Expiry},
        decision::{Reason, policy_refusal},
        directory::account::{Account, AccountId},
        duration::Duration,
        instant::Instant,
        seq::CredentialSeq,
    },
    ops::{context::ReadTx, error::OpError},
    store::{IntegrityIssue, Order, SortBy, StoreError},
};

/// The most credentials that a report lists.
const MAX_ITEMS: usize = 100;

/// When credentials are reported.
#[derive(Clone, Copy, Debug)]
pub struct CheckThresholds {
    /// A credential that expires within this time is a warning.
    pub warning: Duration,
    /// A credential that expires within this time is critical.
    pub critical: Duration,
}

/// What is wrong with a store or will be soon.
#[derive(Debug, Default)]
pub struct CheckReport {
    /// Credentials that have expired and are neither revoked nor deleted.
    pub expired: u64,
    /// Credentials that expire within the critical threshold.
    pub critical: u64,
    /// Credentials that expire within the warning threshold, without the critical ones.
    pub warning: u64,
    /// The display name and the expiry of the next credential to expire.
    pub next: Option<(String, Instant)>,
    /// Valid credentials that were used in the last 30 days, but that the policy of their account refuses now.
    pub refused_by_policy: u64,
    /// The first of the credentials that are counted above, in the order of their expiry.
    pub items: BTreeMap<(Expiry, CredentialSeq), CheckItem>,
    /// Why the store does not verify; empty if it does. The report covers only what was read before.
    pub issues: Vec<IntegrityIssue>,
}

/// A credential that a report lists.
#[derive(Debug)]
pub struct CheckItem {
    /// Its id.
    pub id: String,
    /// Its kind.
    pub kind: CredentialKind,
    /// The account that it belongs to.
    pub account: AccountId,
    /// Its display name.
    pub label: String,
    /// Its state.
    pub state: State,
    /// When it expires; `None` if it never does.
    pub expires_at: Option<Instant>,
    /// How urgent it is.
    pub level: CheckLevel,
    /// Why its account refuses it although it is valid; `None` if it accepts it.
    pub refused_by_policy: Option<Reason>,
}

/// How urgent a report is, or a credential in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CheckLevel {
    /// There is nothing to do.
    Ok,
    /// Something should be done soon.
    Warning,
    /// Something should be done now.
    Critical,
}

impl CheckLevel {
    /// Returns the level in the words of monitoring plugins.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "OK",
            Self::Warning => "WARNING",
            Self::Critical => "CRITICAL",
        }
    }
}

/// Counts and lists the credentials that have expired or expire soon, and those that are in use but refused. A record or a
/// sum that does not verify becomes an issue of the report.
///
/// # Errors
/// If the account does not exist, or the store can't be read.
pub fn check(
    read: &mut ReadTx<'_>,
    account: Option<AccountId>,
    thresholds: CheckThresholds,
) -> Result<CheckReport, OpError> {
    let mut report = CheckReport::default();
    let read_all = report
        .add_expiring(read, account, thresholds)
        .and_then(|()| report.add_refused(read, account));
    match read_all {
        Err(OpError::Store(StoreError::Integrity(what))) => {
            report.issues.push(IntegrityIssue(what));
        }
        read_all => read_all?,
    }
    Ok(report)
}

impl CheckReport {
    /// Returns the most urgent level of all that is reported.
    pub fn level(&self) -> CheckLevel {
        match self {
            _ if !self.issues.is_empty() || self.expired + self.critical > 0 => {
                CheckLevel::Critical
            }
            _ if self.warning + self.refused_by_policy > 0 => CheckLevel::Warning,
            _ => CheckLevel::Ok,
        }
    }

    fn add_expiring(
        &mut self,
        read: &mut ReadTx<'_>,
        account: Option<AccountId>,
        thresholds: CheckThresholds,
    ) -> Result<(), OpError> {
        let expiring_within = Some(thresholds.warning.max(thresholds.critical));
        let filter = Filter { account, expiring_within, ..Filter::default() };
        list(read, &filter, ALL, |item| {
            let ListItem { credential, now, display_name, .. } = item;
            let level = match credential.state(now) {
                State::Expired => {
                    self.expired += 1;
                    CheckLevel::Critical
                }
                _ if credential.expiry.is_within(thresholds.critical, now) => {
                    self.critical += 1;
                    CheckLevel::Critical
                }
                _ => {
                    self.warning += 1;
                    CheckLevel::Warning
                }
            };
            let expiry = credential.expiry.instant().filter(|expiry| {
                *expiry > now && self.next.as_ref().is_none_or(|(_, next)| expiry < next)
            });
            if let Some(expiry) = expiry {
                self.next = Some((display_name.to_string(), expiry));
            }
            self.add_item(item, level);
            Ok(())
        })?;
        Ok(())
    }

    fn add_refused(
        &mut self,
        read: &mut ReadTx<'_>,
        account: Option<AccountId>,
    ) -> Result<(), OpError> {
        let (now, accounts) = (read.now, read.accounts(account)?);
        let refuses = |kind: &CredentialKind| {
            accounts.iter().any(|account: &Account| policy_refusal(*kind, account, now).is_some())
        };
        let kinds: Vec<_> = CredentialKind::ALL.into_iter().filter(refuses).collect();
        if kinds.is_empty() {
            return Ok(());
        }
        let filter = Filter {
            account,
            kinds,
            states: vec![State::Active, State::Expiring],
            ..Filter::default()
        };
        list(read, &filter, ALL, |item| {
            let ListItem { credential, last_use, account, now, .. } = item;
            let is_refused = policy_refusal(credential.kind(), account, now).is_some();
            if is_refused && is_recently_used(last_use, now) {
                self.refused_by_policy += 1;
                self.add_item(item, CheckLevel::Warning);
            }
            Ok(())
        })?;
        Ok(())
    }

    /// Adds a credential, unless it is listed already or enough others expire before it.
    fn add_item(&mut self, item: ListItem<'_>, level: CheckLevel) {
        let ListItem { credential, account, now, display_name, .. } = item;
        let key = (credential.expiry, credential.seq);
        let is_full = self.items.len() >= MAX_ITEMS;
        if is_full && self.items.last_key_value().is_some_and(|(last, _)| *last < key) {
            return;
        }
        let state = credential.state(now);
        self.items.entry(key).or_insert_with(|| CheckItem {
            id: credential.id.to_string(),
            kind: credential.kind(),
            account: account.id,
            label: display_name.to_string(),
            state,
            expires_at: credential.expiry.instant(),
            level,
            refused_by_policy: policy_refusal(credential.kind(), account, now)
                .filter(|_| state.is_valid()),
        });
        if self.items.len() > MAX_ITEMS {
            self.items.pop_last();
        }
    }
}

/// All credentials, in the order that an index answers.
const ALL: Page = Page { order: Order { by: SortBy::Created, is_reversed: false }, limit: None };
