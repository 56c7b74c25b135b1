//! `list`: every credential that fits a filter, one at a time.

use std::ops::ControlFlow;

use super::{
    filter::{Filter, ListItem, Page},
    indexed::run_indexed_query,
};
use crate::{
    domain::{credential::Credential, directory::account::AccountId, usage::LastUse},
    ops::{DisplayNames, OpError, ReadTx, read_tx::account_id},
};

/// What a list did not say line by line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListSummary {
    /// How many fitted the filter.
    pub matched: u64,
    /// How many of them were listed.
    pub listed: u64,
    /// How many there are in each state, in the order of [`State::ALL`](crate::domain::credential::State::ALL); only known where all were looked at.
    pub states: Option<[u64; 5]>,
    /// For each account: its number and how many places under the cap are taken.
    pub slots_used: Vec<(AccountId, i64)>,
}

/// Calls `each` with every credential that fits.
///
/// # Errors
/// What `each` answers; an integrity error ends the list where it stands.
pub fn list(
    read: &ReadTx<'_>,
    filter: &Filter,
    page: Page,
    mut each: impl FnMut(ListItem<'_>) -> Result<(), OpError> + Send,
) -> Result<ListSummary, OpError> {
    let now = filter.as_of.unwrap_or(read.now);
    let accounts = read.accounts(filter.account)?;
    let mut summary = ListSummary::default();
    for account in &accounts {
        summary.slots_used.push((account.id, read.tx.count_used_slots(account.key)?));
    }
    let indexed = run_indexed_query(read, filter, page, now)?;
    let all_names = match &indexed {
        Some(_) => DisplayNames::default(),
        None => DisplayNames::all(&read.tx)?,
    };
    let names = indexed.as_ref().map_or(&all_names, |gathered| &gathered.names);
    let mut states = [0; 5];
    let mut visit = |credential: &Credential, last_use: Option<LastUse>| {
        let Some(account) = account_id(&accounts, credential.account) else { return Ok(()) };
        states[credential.state(now) as usize] += 1;
        let (called, last_use) = (names.display_name(credential)?, last_use.as_ref());
        let item = ListItem { credential, last_use, account, now, display_name: called };
        if filter.matches(&item) {
            summary.matched += 1;
            if page.limit.is_none_or(|limit| summary.listed < limit) {
                summary.listed += 1;
                each(item)?;
            }
        }
        Ok::<_, OpError>(())
    };
    match &indexed {
        Some(indexed) => {
            let has_uses = read.tx.has_last_uses()?;
            for credential in &indexed.credentials {
                let last_use = if has_uses { read.tx.find_last_use(credential.seq)? } else { None };
                visit(credential, last_use)?;
            }
            summary.matched += indexed.omitted;
        }
        None => {
            read.tx.scan_with_usage(page.sort_by, |credential, last_use| {
                visit(&credential, last_use)?;
                Ok::<_, OpError>(ControlFlow::Continue(()))
            })?;
            summary.states = Some(states);
        }
    }
    Ok(summary)
}
