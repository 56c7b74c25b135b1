//! `list`: every credential that meets a filter, one at a time.

use std::{collections::BTreeSet, ops::ControlFlow};

use super::{
    display_names::DisplayNames,
    filter::{Filter, ListItem, Page},
    indexed::{IndexedQueryResult, run_indexed_query},
    resolve::{PartialIds, resolve_all},
    state_counts::StateCounts,
};
use crate::{
    domain::{
        credential::Credential,
        directory::{
            account::{Account, AccountId},
            reference::Reference,
        },
        instant::Instant,
        usage::LastUse,
    },
    ops::{context::ReadTx, error::OpError},
};

/// The totals of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListSummary {
    /// Credentials that meet the filter.
    pub matched: u64,
    /// Credentials that were listed; fewer than `matched` if the page has a limit.
    pub listed: u64,
    /// The numbers of credentials in each state, whether they meet the filter or not; `None` if only some were read.
    pub states: Option<StateCounts>,
    /// The number of used slots of each account.
    pub slots_used: Vec<(AccountId, i64)>,
    /// The accounts of the credentials that were listed.
    pub listed_accounts: BTreeSet<AccountId>,
}

/// Calls `each` with every credential that meets the filter, up to the limit of the page.
///
/// # Errors
/// The error that `each` returns, or if a record can't be verified. The credentials before it were listed.
pub fn list(
    read: &mut ReadTx<'_>,
    filter: &Filter,
    page: Page,
    each: impl FnMut(ListItem<'_>) -> Result<(), OpError> + Send,
) -> Result<ListSummary, OpError> {
    let now = filter.as_of.unwrap_or(read.now);
    let accounts = read.accounts(filter.account)?;
    let mut summary = ListSummary::default();
    for account in &accounts {
        summary.slots_used.push((account.id, read.tx.count_used_slots(account.key)?));
    }
    let counts = StateCounts::default();
    let mut visitor = ListVisitor { filter, page, now, accounts, summary, counts, each };
    match run_indexed_query(read, filter, page, now)? {
        Some(indexed) => visitor.visit_indexed(&indexed)?,
        None => visitor.scan_all(read)?,
    }
    Ok(visitor.summary)
}

/// Calls `each` with the credentials of `accounts` that the references name, in the order of the references.
///
/// # Errors
/// As for [`resolve_all`]; the error that `each` returns.
pub fn list_named(
    read: &mut ReadTx<'_>,
    accounts: &[Account],
    references: &[Reference],
    mut each: impl FnMut(ListItem<'_>) -> Result<(), OpError>,
) -> Result<ListSummary, OpError> {
    let credentials = resolve_all(&mut read.tx, accounts, references, PartialIds::Allowed)?;
    let names = DisplayNames::for_credentials(&mut read.tx, &credentials)?;
    let seqs: Vec<_> = credentials.iter().map(|credential| credential.seq).collect();
    let last_uses = read.tx.find_last_uses(&seqs)?;
    let mut summary = ListSummary::default();
    for account in accounts {
        summary.slots_used.push((account.id, read.tx.count_used_slots(account.key)?));
    }
    for credential in &credentials {
        let account = accounts.iter().find(|account| account.key == credential.account);
        let Some(account) = account else { continue };
        let (last_use, now) = (last_uses.get(&credential.seq), read.now);
        let display_name = names.display_name(credential)?;
        summary.matched += 1;
        summary.listed += 1;
        each(ListItem { credential, last_use, account, now, display_name })?;
    }
    Ok(summary)
}

/// The state of a list that is being written.
struct ListVisitor<'a, F> {
    filter: &'a Filter,
    page: Page,
    now: Instant,
    accounts: Vec<Account>,
    summary: ListSummary,
    counts: StateCounts,
    each: F,
}

impl<F: FnMut(ListItem<'_>) -> Result<(), OpError> + Send> ListVisitor<'_, F> {
    fn visit_indexed(&mut self, indexed: &IndexedQueryResult) -> Result<(), OpError> {
        for credential in &indexed.credentials {
            self.visit(&indexed.names, credential, indexed.last_uses.get(&credential.seq))?;
        }
        self.summary.matched += indexed.omitted;
        Ok(())
    }

    fn scan_all(&mut self, read: &mut ReadTx<'_>) -> Result<(), OpError> {
        let names = DisplayNames::all(&mut read.tx)?;
        read.tx.scan_with_usage(self.page.order, |credential, last_use| {
            self.visit(&names, &credential, last_use.as_ref())?;
            Ok::<_, OpError>(ControlFlow::Continue(()))
        })?;
        self.summary.states = Some(self.counts);
        Ok(())
    }

    fn visit(
        &mut self,
        names: &DisplayNames,
        credential: &Credential,
        last_use: Option<&LastUse>,
    ) -> Result<(), OpError> {
        let account = self.accounts.iter().find(|account| account.key == credential.account);
        let Some(account) = account else { return Ok(()) };
        let now = self.now;
        self.counts.add(credential.state(now));
        let display_name = names.display_name(credential)?;
        let item = ListItem { credential, last_use, account, now, display_name };
        if self.filter.matches(&item) {
            self.summary.matched += 1;
            if self.page.limit.is_none_or(|limit| self.summary.listed < limit) {
                self.summary.listed += 1;
                self.summary.listed_accounts.insert(account.id);
                (self.each)(item)?;
            }
        }
        Ok(())
    }
}
