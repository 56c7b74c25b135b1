//! Where an app is told of its tokens, and the key that it verifies that with.

use zeroize::Zeroizing;

use super::announce::forget;
use crate::{
    domain::{
        app::{App, Webhook},
        audit::Action,
        webhook::WebhookUrl,
    },
    ops::{Change, OpError},
    store::StoreError,
    webhook::SigningKey,
};

/// What is to become of an app's webhook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WebhookEdit {
    /// It is at this address. Its key stays, if it has one and no new one is asked for.
    Set {
        /// The address.
        url: WebhookUrl,
        /// Whether to make a new key.
        rotate: bool,
    },
    /// Its address stays, and it gets a new key.
    Rotate,
    /// There is none any more.
    Clear,
}

/// What came of it.
#[derive(Debug)]
pub struct WebhookEdited {
    /// The app, not stored yet.
    pub app: App,
    /// The text of the new key, if there is one: it is shown now and never again.
    pub key: Option<Zeroizing<Vec<u8>>>,
    /// How many messages will not be sent any more.
    pub forgotten: usize,
}

/// Changes an app's webhook within a change; the caller stores the app, as what else it changes of it, with
/// [`Action::AppEdit`].
///
/// # Errors
/// [`OpError::NoWebhook`], or when the store can't be written.
pub fn edit_webhook(
    change: &mut Change<'_>,
    app: App,
    edit: &WebhookEdit,
) -> Result<WebhookEdited, OpError> {
    let present = app.webhook.clone();
    let (url, rotates) = match (edit, &present) {
        (WebhookEdit::Clear, _) => {
            let forgotten = forget(change, &app)?;
            let app = App { webhook: None, ..app };
            return Ok(WebhookEdited { app, key: None, forgotten });
        }
        (WebhookEdit::Set { url, rotate }, present) => (url.clone(), *rotate || present.is_none()),
        (WebhookEdit::Rotate, Some(present)) => (present.url.clone(), true),
        (WebhookEdit::Rotate, None) => {
            return Err(OpError::NoWebhook { app: app.name.to_string() });
        }
    };
    let generation = match present.filter(|_| !rotates) {
        Some(webhook) => webhook.generation,
        // The number of the record that will tell of it: it never comes again, whatever was taken away before.
        None => u32::try_from(change.tx.head().audit_seq + 1)
            .map_err(|_| StoreError::integrity("it has too many audit records"))?,
    };
    let key = rotates.then(|| signing_key_text(change, &app, generation)).transpose()?;
    let app = App { webhook: Some(Webhook { url, generation }), ..app };
    Ok(WebhookEdited { app, key, forgotten: 0 })
}

/// The same as a change of its own.
///
/// # Errors
/// As for [`edit_webhook`].
pub fn set_webhook(
    mut change: Change<'_>,
    app: App,
    edit: &WebhookEdit,
) -> Result<WebhookEdited, OpError> {
    let edited = edit_webhook(&mut change, app, edit)?;
    let stamp = change.stamp(Action::AppEdit);
    let app = change.tx.update_app(&stamp, edited.app)?;
    change.commit()?;
    Ok(WebhookEdited { app, ..edited })
}

fn signing_key_text(
    change: &Change<'_>,
    app: &App,
    generation: u32,
) -> Result<Zeroizing<Vec<u8>>, StoreError> {
    let key = change.tx.signing_key(app.id, generation);
    let key = SigningKey::new(&key[..]).map_err(|_| StoreError::integrity("a bad key"))?;
    Ok(key.text())
}
