//! The filter: which credentials a list is of, and in which order.

use crate::{
    domain::{
        credential::{Credential, CredentialKind, State, display_name::DisplayName},
        directory::{account::AccountId, app::App, district::District},
        instant::{DAY, Instant},
        usage::LastUse,
    },
    store::SortBy,
};

/// Whether a name or address fits.
pub type NameMatcher = Box<dyn Fn(&str) -> bool + Send + Sync>;

/// Which credentials are listed.
#[derive(Default)]
pub struct Filter {
    /// Of this account only.
    pub account: Option<AccountId>,
    /// Of these kinds only; empty means all.
    pub kinds: Vec<CredentialKind>,
    /// In these states only; empty means all that are not deleted.
    pub states: Vec<State>,
    /// Only those, neither revoked nor deleted, that end within so many days or have ended.
    pub expiring_days: Option<u32>,
    /// Only those that were not used for so many days; one that never was counts from when it was made.
    pub unused_days: Option<u32>,
    /// Only the user with this address, case folded.
    pub user: Option<String>,
    /// Only the tokens and the legacy key of this app.
    pub app: Option<App>,
    /// Only the tokens for this district.
    pub district: Option<District>,
    /// Only names or addresses that fit.
    pub name: Option<NameMatcher>,
    /// Deleted ones too.
    pub include_deleted: bool,
    /// As of this instant instead of now.
    pub as_of: Option<Instant>,
}

/// In which order, and how many at most.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// The order.
    pub sort_by: SortBy,
    /// At most so many.
    pub limit: Option<u64>,
}

/// A credential of a list.
#[derive(Clone, Copy, Debug)]
pub struct ListItem<'a> {
    /// The credential.
    pub credential: &'a Credential,
    /// Its last use, if it was ever used.
    pub last_use: Option<&'a LastUse>,
    /// Its account.
    pub account: AccountId,
    /// The instant as of which it is listed.
    pub now: Instant,
    /// What its holder is called.
    pub display_name: DisplayName<'a>,
}

impl Filter {
    /// Whether everything that is not deleted is listed.
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty()
            && self.includes_all_tokens()
            && self.app.is_none()
            && self.district.is_none()
    }

    /// Whether no token is left out but those of other apps and districts.
    pub(in crate::ops) fn includes_all_tokens(&self) -> bool {
        (self.kinds.is_empty() || self.kinds.contains(&CredentialKind::Token))
            && self.states.is_empty()
            && self.expiring_days.is_none()
            && self.unused_days.is_none()
            && self.user.is_none()
            && self.name.is_none()
    }

    /// Whether a credential is one that is asked for.
    pub(in crate::ops) fn matches(&self, item: &ListItem<'_>) -> bool {
        let ListItem { credential, now, .. } = *item;
        let state = credential.state(now);
        let listed = if self.states.is_empty() {
            self.include_deleted || state != State::Deleted
        } else {
            self.states.contains(&state)
        };
        listed
            && (self.kinds.is_empty() || self.kinds.contains(&credential.kind()))
            && self.expiring_days.is_none_or(|days| expires_within(credential, now, days))
            && self.unused_days.is_none_or(|days| is_unused(item, days))
            && self.user.as_ref().is_none_or(|user| is_user(credential, user))
            && self.app.as_ref().is_none_or(|app| credential.subject.app() == Some(app.id))
            && self
                .district
                .as_ref()
                .is_none_or(|one| credential.subject.district() == Some(one.id))
            && self.name.as_ref().is_none_or(|fits| name_matches(item.display_name, fits))
    }
}

fn expires_within(credential: &Credential, now: Instant, days: u32) -> bool {
    credential.is_unrevoked() && credential.expiry.has_passed(now.plus(i64::from(days) * DAY))
}

fn is_unused(item: &ListItem<'_>, days: u32) -> bool {
    let since = item.last_use.map_or(item.credential.created_at, |last_use| last_use.at);
    since.plus(i64::from(days) * DAY) <= item.now
}

fn is_user(credential: &Credential, key: &str) -> bool {
    credential.kind() == CredentialKind::User && credential.subject.unique_key() == key
}

/// Whether the name of its holder fits, or that of the app or of the district alone.
fn name_matches(name: DisplayName<'_>, matcher: &NameMatcher) -> bool {
    let parts = [name.app(), name.district()];
    matcher(&name.text()) || parts.into_iter().flatten().any(matcher)
}
