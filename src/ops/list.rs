//! `list`: every credential that fits a filter, one at a time.

use std::ops::ControlFlow;

use crate::{
    domain::{account::AccountId, credential::Credential, last_use::LastUse},
    ops::{
        Directory, Look, OpError,
        filter::{Filter, Item, Page},
        gather::gather,
        look::account_id,
    },
};

/// What a list did not say line by line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many fitted the filter.
    pub matched: u64,
    /// How many of them were listed.
    pub listed: u64,
    /// How many there are in each state, in the order of [`State::ALL`](crate::domain::credential::State::ALL); only known where all were looked at.
    pub states: Option<[u64; 5]>,
    /// For each account: its number and how many places under the cap are taken.
    pub places: Vec<(AccountId, i64)>,
}

/// Calls `each` with every credential that fits.
///
/// # Errors
/// What `each` answers; an integrity error ends the list where it stands.
pub fn list(
    look: &Look<'_>,
    filter: &Filter,
    page: Page,
    mut each: impl FnMut(Item<'_>) -> Result<(), OpError> + Send,
) -> Result<Summary, OpError> {
    let now = filter.at.unwrap_or(look.now);
    let accounts = look.accounts(filter.account)?;
    let mut summary = Summary::default();
    for account in &accounts {
        summary.places.push((account.id, look.tx.places_taken(account.key)?));
    }
    let gathered = gather(look, filter, page, now)?;
    let all_names = match &gathered {
        Some(_) => Directory::default(),
        None => Directory::all(&look.tx)?,
    };
    let names = gathered.as_ref().map_or(&all_names, |gathered| &gathered.names);
    let mut states = [0; 5];
    let mut visit = |credential: &Credential, last_use: Option<LastUse>| {
        let Some(account) = account_id(&accounts, credential.account) else { return Ok(()) };
        states[credential.state(now) as usize] += 1;
        let (called, last_use) = (names.called(credential)?, last_use.as_ref());
        let item = Item { credential, last_use, account, now, called };
        if filter.fits(&item) {
            summary.matched += 1;
            if page.limit.is_none_or(|limit| summary.listed < limit) {
                summary.listed += 1;
                each(item)?;
            }
        }
        Ok::<_, OpError>(())
    };
    match &gathered {
        Some(gathered) => {
            let has_uses = look.tx.has_last_uses()?;
            for credential in &gathered.credentials {
                let last_use = if has_uses { look.tx.last_use(credential.seq)? } else { None };
                visit(credential, last_use)?;
            }
            summary.matched += gathered.beyond;
        }
        None => {
            look.tx.scan_with_uses(page.order, |credential, last_use| {
                visit(&credential, last_use)?;
                Ok::<_, OpError>(ControlFlow::Continue(()))
            })?;
            summary.states = Some(states);
        }
    }
    Ok(summary)
}
