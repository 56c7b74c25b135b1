//! Which credentials a list shows, and in which order.

use crate::{
    domain::{
        credential::{Credential, CredentialKind, State, display_name::DisplayName},
        directory::{
            account::{Account, AccountId},
            app::App,
            district::District,
            name::{Note, fold},
        },
        duration::Duration,
        instant::Instant,
        usage::LastUse,
    },
    store::Order,
};

/// Returns whether a name or an email address matches a pattern.
pub type NameMatcher = Box<dyn Fn(&str) -> bool + Send + Sync>;

/// The credentials to list: those that meet all conditions.
#[derive(Default)]
pub struct Filter {
    /// Only credentials of this account; `None` lists all accounts.
    pub account: Option<AccountId>,
    /// Only credentials of these kinds; empty lists all kinds.
    pub kinds: Vec<CredentialKind>,
    /// Only credentials in these states; empty lists all that are not deleted.
    pub states: Vec<State>,
    /// Only credentials that have expired or expire within this time, and are neither revoked nor deleted.
    pub expiring_within: Option<Duration>,
    /// Only credentials unused for this long; those that were never used count from their creation.
    pub unused_for: Option<Duration>,
    /// Only the passcode of the user with this email address, in folded case.
    pub user: Option<String>,
    /// Only the tokens and the legacy keys of this app.
    pub app: Option<App>,
    /// Only tokens for this district.
    pub district: Option<District>,
    /// Only credentials whose display name, app or district matches.
    pub name: Option<NameMatcher>,
    /// Only credentials whose display name, app, district or note contains this text, in folded case.
    pub search: Option<String>,
    /// Whether to include deleted credentials.
    pub include_deleted: bool,
    /// The time for which states are computed; `None` means now.
    pub as_of: Option<Instant>,
}

/// The order and the length of a list.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// The order of the credentials.
    pub order: Order,
    /// The maximum number of credentials; `None` lists all.
    pub limit: Option<u64>,
}

/// A credential as a list shows it.
#[derive(Clone, Copy, Debug)]
pub struct ListItem<'a> {
    /// The credential.
    pub credential: &'a Credential,
    /// Its last use; `None` if it was never used.
    pub last_use: Option<&'a LastUse>,
    /// The account that it belongs to.
    pub account: &'a Account,
    /// The time for which its state is computed.
    pub now: Instant,
    /// Its display name.
    pub display_name: DisplayName<'a>,
}

impl Filter {
    /// Returns whether no condition but account, deletion and time is set.
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty()
            && self.includes_all_tokens()
            && self.app.is_none()
            && self.district.is_none()
    }

    /// Returns whether tokens need to meet no condition but account, app, district and deletion.
    pub(in crate::ops) fn includes_all_tokens(&self) -> bool {
        (self.kinds.is_empty() || self.kinds.contains(&CredentialKind::Token))
            && self.states.is_empty()
            && self.expiring_within.is_none()
            && self.unused_for.is_none()
            && self.user.is_none()
            && self.name.is_none()
            && self.search.is_none()
    }

    /// Returns whether a credential meets all conditions but the account.
    pub(in crate::ops) fn matches(&self, item: &ListItem<'_>) -> bool {
        let ListItem { credential, now, .. } = *item;
        let state = credential.state(now);
        let has_state = if self.states.is_empty() {
            self.include_deleted || state != State::Deleted
        } else {
            self.states.contains(&state)
        };
        has_state
            && (self.kinds.is_empty() || self.kinds.contains(&credential.kind()))
            && self.expiring_within.is_none_or(|time| expires_within(credential, now, time))
            && self.unused_for.is_none_or(|time| is_unused(item, time))
            && self.user.as_ref().is_none_or(|user| is_user(credential, user))
            && self.app.as_ref().is_none_or(|app| credential.subject.app() == Some(app.id))
            && self
                .district
                .as_ref()
                .is_none_or(|one| credential.subject.district() == Some(one.id))
            && self.name.as_ref().is_none_or(|matcher| name_matches(item.display_name, matcher))
            && self.search.as_ref().is_none_or(|text| contains(item, text))
    }
}

fn expires_within(credential: &Credential, now: Instant, time: Duration) -> bool {
    credential.is_unrevoked() && credential.expiry.is_within(time, now)
}

fn is_unused(item: &ListItem<'_>, time: Duration) -> bool {
    let since = item.last_use.map_or(item.credential.created_at, |last_use| last_use.at);
    since.plus(time.seconds()) <= item.now
}

fn is_user(credential: &Credential, key: &str) -> bool {
    credential.kind() == CredentialKind::User && credential.subject.unique_key() == key
}

/// Returns whether the display name matches, or the app or the district alone.
fn name_matches(name: DisplayName<'_>, matcher: &NameMatcher) -> bool {
    let parts = [name.app(), name.district()];
    matcher(&name.text()) || parts.into_iter().flatten().any(matcher)
}

/// Returns whether the display name or the note contains a text, given in folded case.
fn contains(item: &ListItem<'_>, text: &str) -> bool {
    let note = item.credential.note.as_ref().map(Note::as_str);
    fold(&item.display_name.text()).contains(text)
        || note.is_some_and(|note| fold(note).contains(text))
}
