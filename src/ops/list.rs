//! `list`: every credential that fits a filter, one at a time.

use std::ops::ControlFlow;

use crate::{
    domain::{
        account::AccountId,
        credential::{Credential, Kind, State},
        instant::{DAY, Instant},
        last_use::LastUse,
    },
    ops::{Called, Look, Names, OpError, look::account_id},
    store::Order,
};

/// Up to how many credentials are fetched one by one through the index of what ends; past that a scan is faster,
/// and needs no list of their numbers.
const FEW: i64 = 20_000;

/// Whether a name or address fits.
pub type NameTest = Box<dyn Fn(&str) -> bool + Send + Sync>;

/// Which credentials are listed.
#[derive(Default)]
pub struct Filter {
    /// Of this account only.
    pub account: Option<AccountId>,
    /// Of these kinds only; empty means all.
    pub kinds: Vec<Kind>,
    /// In these states only; empty means all that are not deleted.
    pub states: Vec<State>,
    /// Only those, neither revoked nor deleted, that end within so many days or have ended.
    pub expiring: Option<u32>,
    /// Only those that were not used for so many days; one that never was counts from when it was made.
    pub unused: Option<u32>,
    /// Only the user with this address, case folded.
    pub user: Option<String>,
    /// Only names or addresses that fit.
    pub name: Option<NameTest>,
    /// Deleted ones too.
    pub all: bool,
    /// As of this instant instead of now.
    pub at: Option<Instant>,
}

/// In which order, and how many at most.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// The order.
    pub order: Order,
    /// At most so many.
    pub limit: Option<u64>,
}

/// What a list did not say line by line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many fitted the filter.
    pub matched: u64,
    /// How many of them were listed.
    pub listed: u64,
    /// How many there are in each state, in the order of [`State::ALL`]; only known where all were looked at.
    pub states: Option<[u64; 5]>,
    /// For each account: its number and how many places under the cap are taken.
    pub places: Vec<(AccountId, i64)>,
}

impl Filter {
    /// Whether everything that is not deleted is listed.
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty()
            && self.states.is_empty()
            && self.expiring.is_none()
            && self.unused.is_none()
            && self.user.is_none()
            && self.name.is_none()
    }

    fn fits(&self, item: &Item<'_>) -> bool {
        let Item { credential, now, .. } = *item;
        let state = credential.state(now);
        let listed = if self.states.is_empty() {
            self.all || state != State::Deleted
        } else {
            self.states.contains(&state)
        };
        listed
            && (self.kinds.is_empty() || self.kinds.contains(&credential.kind()))
            && self.expiring.is_none_or(|days| ends_within(credential, now, days))
            && self.unused.is_none_or(|days| is_unused(item, days))
            && self.user.as_ref().is_none_or(|user| is_user(credential, user))
            && self.name.as_ref().is_none_or(|fits| fits(&item.called.text()))
    }
}

/// A credential of a list.
#[derive(Clone, Copy, Debug)]
pub struct Item<'a> {
    /// The credential.
    pub credential: &'a Credential,
    /// Its last use, if it was ever used.
    pub last_use: Option<&'a LastUse>,
    /// Its account.
    pub account: AccountId,
    /// The instant as of which it is listed.
    pub now: Instant,
    /// What its holder is called.
    pub called: Called<'a>,
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
    let few = few_ending(look, filter, page, now)?;
    let names = match &few {
        Some(few) => Names::of(&look.tx, few)?,
        None => Names::all(&look.tx)?,
    };
    let mut states = [0; 5];
    let mut visit = |credential: Credential, last_use: Option<LastUse>| {
        let Some(account) = account_id(&accounts, credential.account) else {
            return Ok(ControlFlow::Continue(()));
        };
        states[credential.state(now) as usize] += 1;
        let (called, last_use) = (names.called(&credential)?, last_use.as_ref());
        let item = Item { credential: &credential, last_use, account, now, called };
        if filter.fits(&item) {
            summary.matched += 1;
            if page.limit.is_none_or(|limit| summary.listed < limit) {
                summary.listed += 1;
                each(item)?;
            }
        }
        Ok::<_, OpError>(ControlFlow::Continue(()))
    };
    match few {
        Some(few) => {
            for credential in few {
                let last_use = look.tx.last_use(credential.seq)?;
                let _all_are_visited = visit(credential, last_use)?;
            }
        }
        None => {
            look.tx.scan_with_uses(page.order, visit)?;
            summary.states = Some(states);
        }
    }
    Ok(summary)
}

/// What ends in time, where the index answers faster than a scan.
fn few_ending(
    look: &Look<'_>,
    filter: &Filter,
    page: Page,
    now: Instant,
) -> Result<Option<Vec<Credential>>, OpError> {
    let (Some(days), Order::Created) = (filter.expiring, page.order) else {
        return Ok(None);
    };
    let end = now.plus(i64::from(days) * DAY);
    let is_few = look.tx.count_ending(end)? <= FEW;
    Ok(if is_few { Some(look.tx.list_ending(end)?) } else { None })
}

fn ends_within(credential: &Credential, now: Instant, days: u32) -> bool {
    credential.is_open() && credential.expiry.is_over(now.plus(i64::from(days) * DAY))
}

fn is_unused(item: &Item<'_>, days: u32) -> bool {
    let since = item.last_use.map_or(item.credential.created_at, |last_use| last_use.at);
    since.plus(i64::from(days) * DAY) <= item.now
}

fn is_user(credential: &Credential, key: &str) -> bool {
    credential.kind() == Kind::User && credential.owner.key() == key
}
