//! The credentials from which a change of their account or app takes something away.

use std::ops::ControlFlow;

use crate::{
    domain::{
        decision::{CredentialContext, narrows},
        directory::{account::Account, app::App},
        instant::{DAY, Instant},
        usage::LastUse,
    },
    ops::{context::ReadTx, error::OpError},
    store::SortBy,
};

/// How long ago a use is recent, in seconds: 30 days.
const RECENT: i64 = 30 * DAY;

/// Returns whether the credential was used in the last 30 days.
pub fn is_recently_used(last_use: Option<&LastUse>, now: Instant) -> bool {
    last_use.is_some_and(|last_use| now.since(last_use.at) <= RECENT)
}

/// How many credentials a change takes something away from: requests that are accepted before it fail after it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NarrowedCount {
    /// The credentials.
    pub credentials: u64,
    /// Those of them that were used in the last 30 days.
    pub recently_used: u64,
}

impl NarrowedCount {
    fn add(&mut self, last_use: Option<&LastUse>, now: Instant) {
        self.credentials += 1;
        self.recently_used += u64::from(is_recently_used(last_use, now));
    }
}

/// Counts the credentials that a change of their account narrows.
///
/// # Errors
/// If the store can't be read.
pub fn count_narrowed_by_account(
    read: &mut ReadTx<'_>,
    before: &Account,
    after: &Account,
) -> Result<NarrowedCount, OpError> {
    let (now, apps) = (read.now, read.tx.apps()?);
    let mut narrowed = NarrowedCount::default();
    read.tx.scan_with_usage(SortBy::Created, |credential, last_use| {
        if credential.account == before.key {
            let id = credential.subject.app();
            let app = apps.iter().find(|app| Some(app.id) == id);
            let context = |account| CredentialContext { credential: &credential, account, app };
            if narrows(context(before), context(after), now).is_any() {
                narrowed.add(last_use.as_ref(), now);
            }
        }
        Ok::<_, OpError>(ControlFlow::Continue(()))
    })?;
    Ok(narrowed)
}

/// Counts the tokens that a change of their app narrows.
///
/// # Errors
/// If the store can't be read.
pub fn count_narrowed_by_app(
    read: &mut ReadTx<'_>,
    account: &Account,
    before: &App,
    after: &App,
) -> Result<NarrowedCount, OpError> {
    let now = read.now;
    let tokens = read.tx.list_tokens(before)?;
    let mut seqs = Vec::new();
    for token in &tokens {
        let context = |app| CredentialContext { credential: token, account, app: Some(app) };
        if narrows(context(before), context(after), now).is_any() {
            seqs.push(token.seq);
        }
    }
    let last_uses = read.tx.find_last_uses(&seqs)?;
    let mut narrowed = NarrowedCount::default();
    seqs.iter().for_each(|seq| narrowed.add(last_uses.get(seq), now));
    Ok(narrowed)
}
