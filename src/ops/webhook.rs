//! Where an app is told of its tokens, and the key that it verifies that with.

use zeroize::Zeroizing;

use super::{
    announce::forget,
    app::{Edits, edited},
    holds::Holds,
};
use crate::{
    domain::{
        account::Account,
        app::{App, Webhook},
        audit::Action,
        called::Names,
        instant::Instant,
        reference::Reference,
        webhook::WebhookUrl,
    },
    ops::{Change, Delivery, Desk, OpError, Parcel},
    store::{StoreError, Transaction},
    webhook::SigningKey,
};

/// What is to become of an app's webhook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WebhookEdit {
    /// It is at this address; the key stays, if there is one.
    Set(WebhookUrl),
    /// It is at this address, with a new key.
    SetAndRotate(WebhookUrl),
    /// Its address stays, and it gets a new key.
    Rotate,
    /// There is none any more: what was still to be told is not told.
    Clear,
}

/// An app with another webhook.
#[derive(Debug)]
pub struct EditedWebhook {
    /// The app.
    pub app: App,
    /// Its account.
    pub account: Account,
    /// What it holds.
    pub holds: Holds,
    /// When that happened.
    pub at: Instant,
    /// The text of the new key, if there is one: it is shown now and never again.
    pub key: Option<Zeroizing<Vec<u8>>>,
    /// How many messages will not be sent any more.
    pub forgotten: usize,
}

/// Changes an app, its webhook included. A new key is handed over as secrets are.
///
/// # Errors
/// [`OpError::NoSuchApp`], [`OpError::PartyNameTaken`]; [`OpError::NoWebhook`]; or that the key could not be delivered
/// ahead.
pub fn edit_webhook(
    desk: &Desk<'_>,
    reference: &Reference,
    edits: Edits<'_>,
    edit: &WebhookEdit,
    delivery: &mut dyn Delivery,
) -> Result<EditedWebhook, OpError> {
    let mut change = desk.begin()?;
    let (app, account) = edited(&change, reference, edits)?;
    let mut forgotten = 0;
    let (webhook, key) = match edit {
        WebhookEdit::Clear => {
            forgotten = forget(&mut change, &app)?;
            (None, None)
        }
        edit => {
            let (webhook, key) = altered(&change, &app, edit)?;
            (Some(webhook), key)
        }
    };
    let stamp = change.stamp(Action::AppEdit);
    let app = change.tx.update_app(&stamp, App { webhook, ..app })?;
    let (holds, at) = (Holds::of(&change.tx, &app)?, change.now);
    let edited = EditedWebhook { app, account, holds, at, key, forgotten };
    if let Some(parcel) = edited.parcel() {
        delivery.take(&parcel).map_err(OpError::Delivery)?;
        delivery.settle().map_err(OpError::Delivery)?;
    }
    change.commit()?;
    Ok(edited)
}

impl EditedWebhook {
    /// The key for whoever takes it.
    pub fn parcel(&self) -> Option<Parcel<'_>> {
        let (id, name) = (self.app.id.to_string(), self.app.name.as_str().into());
        let secret = self.key.as_ref()?;
        Some(Parcel { id, name, names: Names::default(), secret, ends: None })
    }
}

type WithKey = (Webhook, Option<Zeroizing<Vec<u8>>>);

fn altered(change: &Change<'_>, app: &App, edit: &WebhookEdit) -> Result<WithKey, OpError> {
    let present = app.webhook.as_ref();
    let url = match (edit, present) {
        (WebhookEdit::Set(url) | WebhookEdit::SetAndRotate(url), _) => url.clone(),
        (_, Some(present)) => present.url.clone(),
        (_, None) => return Err(OpError::NoWebhook { app: app.name.to_string() }),
    };
    if let (WebhookEdit::Set(_), Some(present)) = (edit, present) {
        return Ok((Webhook { url, generation: present.generation }, None));
    }
    // The number of the record that will tell of it: it never comes again, whatever was taken away before.
    let generation = u32::try_from(change.tx.head().audit_seq + 1)
        .map_err(|_| StoreError::integrity("it has too many audit records"))?;
    let key = signing_key(&change.tx, app, generation)?.text();
    Ok((Webhook { url, generation }, Some(key)))
}

/// The key that signs what an app is told, in one of its generations.
pub(super) fn signing_key(
    tx: &Transaction<'_>,
    app: &App,
    generation: u32,
) -> Result<SigningKey, StoreError> {
    let key = tx.signing_key(app.id, generation);
    SigningKey::new(&key[..]).map_err(|_| StoreError::integrity("a key has the wrong length"))
}
