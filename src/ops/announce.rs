//! Announcements: what an app is told of its tokens is put into the outbox with the change itself.

use std::ops::ControlFlow;

use crate::{
    domain::{
        app::App,
        audit::Action,
        credential::{Credential, EXPIRING, State},
        webhook::{Event, Outcome, body},
    },
    ops::{Change, Desk, Look, OpError},
    store::{StoreError, Telling},
};

/// How many coming expiries are announced in one transaction.
const TOGETHER: usize = 500;

/// Puts what an action did to a token into the outbox of its app, if that has a webhook.
///
/// # Errors
/// When the store can't be written.
pub(super) fn announce(
    change: &mut Change<'_>,
    action: Action,
    before: Option<&Credential>,
    after: &Credential,
) -> Result<(), StoreError> {
    let event = match action {
        Action::Create => Event::TokenGranted,
        Action::Edit if before.is_some_and(|before| is_the_same(before, after)) => return Ok(()),
        Action::Edit => Event::TokenEdited,
        Action::Reset => Event::TokenReset,
        Action::Revoke => Event::TokenRevoked,
        Action::Delete => Event::TokenDeleted,
        _ => return Ok(()),
    };
    tell(change, event, after)
}

/// Announces that tokens will expire within 30 days, each once for the same end; answers how many. An admin is not asked
/// which account: it concerns all.
///
/// # Errors
/// As for [`Desk::begin`], or when the store can't be written.
pub(super) fn announce_expiring(desk: &Desk<'_>) -> Result<usize, OpError> {
    let look = Look::begin_founded(desk.store, desk.clock)?;
    if look.tx.apps()?.iter().all(|app| app.webhook.is_none()) {
        return Ok(0);
    }
    let mut owed = Vec::new();
    for credential in look.tx.list_ending(look.now.plus(EXPIRING))? {
        if credential.state(look.now) == State::Expiring
            && listener(&look.tx.apps()?, &credential).is_some()
            && !look.tx.was_told(Event::TokenExpiring, &credential)?
        {
            owed.push(credential.seq);
        }
    }
    drop(look);
    let mut told = 0;
    for some in owed.chunks(TOGETHER) {
        let mut change = desk.begin()?;
        for seq in some {
            // Somebody else may have changed or announced it meanwhile.
            let token = change.tx.by_seq(*seq)?;
            let is_owed = token.state(change.now) == State::Expiring
                && !change.tx.was_told(Event::TokenExpiring, &token)?;
            if is_owed {
                tell(&mut change, Event::TokenExpiring, &token)?;
                told += 1;
            }
        }
        change.commit()?;
    }
    Ok(told)
}

/// Ends what an app was still to be told; answers how much.
///
/// # Errors
/// When the store can't be written.
pub(super) fn forget(change: &mut Change<'_>, app: &App) -> Result<usize, StoreError> {
    let mut pending = Vec::new();
    change.tx.scan_pending_messages(|message| {
        pending.extend(Some(message).filter(|message| message.app == app.seq));
        Ok::<_, StoreError>(ControlFlow::Continue(()))
    })?;
    let count = pending.len();
    for message in pending {
        let ended = message.end(change.now, Outcome::NoWebhook);
        change.tx.update_message(ended)?;
    }
    Ok(count)
}

fn tell(change: &mut Change<'_>, event: Event, token: &Credential) -> Result<(), StoreError> {
    let apps = change.tx.apps()?;
    let Some(app) = listener(&apps, token) else { return Ok(()) };
    let Some(district) = token.owner.district() else { return Ok(()) };
    let district = change.tx.find_whole_district(district)?;
    let at = change.now;
    let body = body(event, at, token, app, district.as_ref());
    change.tx.insert_message(Telling { app, event, token, body, at })?;
    Ok(())
}

/// The app of a token, if it wants to hear of it. A legacy key is no token, and has no district to tell of.
fn listener<'a>(apps: &'a [App], token: &Credential) -> Option<&'a App> {
    token.owner.district()?;
    let app = token.owner.app()?;
    apps.iter().find(|one| one.id == app && one.webhook.is_some())
}

/// Whether nothing changed that is the app's business: a note is not.
fn is_the_same(before: &Credential, after: &Credential) -> bool {
    (&before.scopes, before.limit, before.expiry) == (&after.scopes, after.limit, after.expiry)
}
