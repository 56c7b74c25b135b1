//! The filter: which credentials a list is of, and in which order.

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

    /// Whether a credential is one that is asked for.
    pub(super) fn fits(&self, item: &Item<'_>) -> bool {
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
