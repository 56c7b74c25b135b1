//! Announcements: what an app is told of its tokens is put into the outbox with the change itself.

use std::ops::ControlFlow;

use crate::{
    domain::{
        audit::Action,
        credential::{Credential, EXPIRING_WINDOW, State},
        directory::app::App,
        notice::{DeliveryResult, Event, message_body},
    },
    ops::{OpContext, OpError, ReadTx, WriteTx},
    store::{NewMessage, StoreError},
};

/// How many coming expiries are announced in one transaction.
const BATCH_SIZE: usize = 500;

/// Puts what an action did to a token into the outbox of its app, if that has a webhook.
///
/// # Errors
/// When the store can't be written.
pub(in crate::ops) fn enqueue_for_action(
    write: &mut WriteTx<'_>,
    action: Action,
    before: Option<&Credential>,
    after: &Credential,
) -> Result<(), StoreError> {
    let event = match action {
        Action::Create => Event::TokenGranted,
        Action::Edit if before.is_some_and(|before| is_unchanged_for_app(before, after)) => {
            return Ok(());
        }
        Action::Edit => Event::TokenEdited,
        Action::Reset => Event::TokenReset,
        Action::Revoke => Event::TokenRevoked,
        Action::Delete => Event::TokenDeleted,
        _ => return Ok(()),
    };
    enqueue(write, event, after)
}

/// Announces that tokens will expire within 30 days, each once for the same end; answers how many. An admin is not asked
/// which account: it concerns all.
///
/// # Errors
/// As for [`Desk::begin`], or when the store can't be written.
pub(in crate::ops) fn enqueue_expiring(context: &OpContext<'_>) -> Result<usize, OpError> {
    let read = ReadTx::begin_initialized(context.store, context.clock)?;
    if read.tx.apps()?.iter().all(|app| app.webhook.is_none()) {
        return Ok(0);
    }
    let mut owed = Vec::new();
    for credential in read.tx.list_expiring_by(read.now.plus(EXPIRING_WINDOW))? {
        if credential.state(read.now) == State::Expiring
            && subscribed_app(&read.tx.apps()?, &credential).is_some()
            && !read.tx.has_message(Event::TokenExpiring, &credential)?
        {
            owed.push(credential.seq);
        }
    }
    drop(read);
    let mut enqueued = 0;
    for some in owed.chunks(BATCH_SIZE) {
        let mut write = context.begin()?;
        for seq in some {
            // Somebody else may have changed or announced it meanwhile.
            let token = write.tx.get_credential(*seq)?;
            let is_owed = token.state(write.now) == State::Expiring
                && !write.tx.has_message(Event::TokenExpiring, &token)?;
            if is_owed {
                enqueue(&mut write, Event::TokenExpiring, &token)?;
                enqueued += 1;
            }
        }
        write.commit()?;
    }
    Ok(enqueued)
}

/// Ends what an app was still to be told; answers how much.
///
/// # Errors
/// When the store can't be written.
pub(in crate::ops) fn cancel_pending(
    write: &mut WriteTx<'_>,
    app: &App,
) -> Result<usize, StoreError> {
    let mut pending = Vec::new();
    write.tx.scan_pending_messages(|message| {
        pending.extend(Some(message).filter(|message| message.app == app.seq));
        Ok::<_, StoreError>(ControlFlow::Continue(()))
    })?;
    let count = pending.len();
    for message in pending {
        let ended = message.end(write.now, DeliveryResult::NoWebhook);
        write.tx.update_message(ended)?;
    }
    Ok(count)
}

fn enqueue(write: &mut WriteTx<'_>, event: Event, token: &Credential) -> Result<(), StoreError> {
    let apps = write.tx.apps()?;
    let Some(app) = subscribed_app(&apps, token) else { return Ok(()) };
    let Some(district) = token.subject.district() else { return Ok(()) };
    let district = write.tx.find_valid_district(district)?;
    let at = write.now;
    let body = message_body(event, at, token, app, district.as_ref());
    write.tx.insert_message(NewMessage { app, event, token, body, at })?;
    Ok(())
}

/// The app of a token, if it wants to hear of it. A legacy key is no token, and has no district to tell of.
fn subscribed_app<'a>(apps: &'a [App], token: &Credential) -> Option<&'a App> {
    token.subject.district()?;
    let app = token.subject.app()?;
    apps.iter().find(|one| one.id == app && one.webhook.is_some())
}

/// Whether nothing changed that is the app's business: a note is not.
fn is_unchanged_for_app(before: &Credential, after: &Credential) -> bool {
    (&before.scopes, before.limit, before.expiry) == (&after.scopes, after.limit, after.expiry)
}
