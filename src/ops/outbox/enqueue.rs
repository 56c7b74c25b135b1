//! Queues messages to apps, in the transaction of the change that they are about.

use crate::{
    domain::{
        audit::Action,
        credential::Credential,
        directory::app::App,
        instant::Instant,
        notice::{Event, message_body},
    },
    store::{NewMessage, StoreError, Transaction},
};

/// Queues the message about an action on a token, if the app has a webhook.
///
/// # Errors
/// If the store can't be read or written.
pub(in crate::ops) fn enqueue_for_action(
    tx: &mut Transaction<'_>,
    at: Instant,
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
    enqueue(tx, at, event, after)
}

/// Queues the message about an event of a token, if the app has a webhook.
///
/// # Errors
/// If the store can't be read or written.
pub(super) fn enqueue(
    tx: &mut Transaction<'_>,
    at: Instant,
    event: Event,
    token: &Credential,
) -> Result<(), StoreError> {
    // Before the apps are read: most credentials are no tokens.
    let Some(district) = token.subject.district() else { return Ok(()) };
    let apps = tx.apps()?;
    let Some(app) = subscribed_app(&apps, token) else { return Ok(()) };
    let district = tx.find_valid_district(district)?;
    let body = message_body(event, at, token, app, district.as_ref());
    tx.insert_message(NewMessage { app, event, token, body, at })?;
    Ok(())
}

/// Returns the app of a token, if it has a webhook and was not removed; `None` for credentials that are not tokens.
pub(super) fn subscribed_app<'a>(apps: &'a [App], token: &Credential) -> Option<&'a App> {
    // A legacy key belongs to an app, too, but has no district that a message could name.
    token.subject.district()?;
    let app = token.subject.app()?;
    apps.iter().find(|one| one.id == app && one.active_webhook().is_some())
}

/// Returns whether an edit changed nothing that concerns the app: notes do not.
fn is_unchanged_for_app(before: &Credential, after: &Credential) -> bool {
    (&before.scopes, before.limit, before.expiry) == (&after.scopes, after.limit, after.expiry)
}
