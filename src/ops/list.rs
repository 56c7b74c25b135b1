//! `list`: every credential that fits a filter, one at a time.

use std::ops::ControlFlow;

use crate::{
    domain::{
        account::AccountId,
        app::App,
        called::Called,
        credential::{Credential, Kind, State},
        district::District,
        instant::{DAY, Instant},
        last_use::LastUse,
    },
    ops::{Directory, Look, OpError, gather::gather, look::account_id},
    store::Order,
};

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
    /// Only the tokens and the legacy key of this app.
    pub app: Option<App>,
    /// Only the tokens for this district.
    pub district: Option<District>,
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
            && self.takes_all_tokens()
            && self.app.is_none()
            && self.district.is_none()
    }

    /// Whether no token is left out but those of other apps and districts.
    pub(super) fn takes_all_tokens(&self) -> bool {
        (self.kinds.is_empty() || self.kinds.contains(&Kind::Token))
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
            && self.app.as_ref().is_none_or(|app| credential.owner.app() == Some(app.id))
            && self.district.as_ref().is_none_or(|one| credential.owner.district() == Some(one.id))
            && self.name.as_ref().is_none_or(|fits| is_called(item.called, fits))
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

/// Whether the name of its holder fits, or that of the app or of the district alone.
fn is_called(called: Called<'_>, fits: &NameTest) -> bool {
    let parts = [called.app(), called.district()];
    fits(&called.text()) || parts.into_iter().flatten().any(fits)
}
