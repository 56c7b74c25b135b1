//! Where an app is told of its tokens, and the key that it verifies that with.

use zeroize::Zeroizing;

use super::{
    registration::{EditAppRequest, apply_edits},
    summary::AppSummary,
};
use crate::{
    delivery::SigningKey,
    domain::{
        audit::Action,
        credential::display_name::SubjectNames,
        directory::{
            account::Account,
            app::{App, Webhook},
            reference::Reference,
        },
        instant::Instant,
        notice::WebhookUrl,
    },
    ops::{
        DirectoryError, NewSecret, OpContext, OpError, SecretSink, WriteTx,
        outbox::enqueue::cancel_pending,
    },
    store::{StoreError, Transaction},
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
    pub summary: AppSummary,
    /// When that happened.
    pub at: Instant,
    /// The text of the new key, if there is one: it is shown now and never again.
    pub key: Option<Zeroizing<Vec<u8>>>,
    /// How many messages will not be sent any more.
    pub cancelled: usize,
}

/// Changes an app, its webhook included. A new key is handed over as secrets are.
///
/// # Errors
/// [`DirectoryError::NoSuchApp`], [`DirectoryError::NameTaken`]; [`DirectoryError::NoWebhook`]; or that the key could not be delivered
/// ahead.
pub fn edit_webhook(
    context: &OpContext<'_>,
    reference: &Reference,
    request: EditAppRequest<'_>,
    edit: &WebhookEdit,
    sink: &mut dyn SecretSink,
) -> Result<EditedWebhook, OpError> {
    let mut write = context.begin()?;
    let (app, account) = apply_edits(&write, reference, request)?;
    let mut forgotten = 0;
    let (webhook, key) = match edit {
        WebhookEdit::Clear => {
            forgotten = cancel_pending(&mut write, &app)?;
            (None, None)
        }
        edit => {
            let (webhook, key) = apply_webhook_edit(&write, &app, edit)?;
            (Some(webhook), key)
        }
    };
    let audit = write.audit_context(Action::AppEdit);
    let app = write.tx.update_app(&audit, App { webhook, ..app })?;
    let (holds, at) = (AppSummary::load(&write.tx, &app)?, write.now);
    let edited = EditedWebhook { app, account, summary: holds, at, key, cancelled: forgotten };
    if let Some(parcel) = edited.new_secret() {
        sink.write(&parcel).map_err(OpError::SecretNotWritten)?;
        sink.sync().map_err(OpError::SecretNotWritten)?;
    }
    write.commit()?;
    Ok(edited)
}

impl EditedWebhook {
    /// The key for whoever takes it.
    pub fn new_secret(&self) -> Option<NewSecret<'_>> {
        let (id, name) = (self.app.id.to_string(), self.app.name.as_str().into());
        let secret = self.key.as_ref()?;
        Some(NewSecret { id, name, names: SubjectNames::default(), secret, expires_at: None })
    }
}

type WebhookAndKey = (Webhook, Option<Zeroizing<Vec<u8>>>);

fn apply_webhook_edit(
    write: &WriteTx<'_>,
    app: &App,
    edit: &WebhookEdit,
) -> Result<WebhookAndKey, OpError> {
    let present = app.webhook.as_ref();
    let url = match (edit, present) {
        (WebhookEdit::Set(url) | WebhookEdit::SetAndRotate(url), _) => url.clone(),
        (_, Some(present)) => present.url.clone(),
        (_, None) => return Err(DirectoryError::NoWebhook { app: app.name.to_string() }.into()),
    };
    if let (WebhookEdit::Set(_), Some(present)) = (edit, present) {
        return Ok((Webhook { url, generation: present.generation }, None));
    }
    // The number of the record that will tell of it: it never comes again, whatever was taken away before.
    let generation = u32::try_from(write.tx.head().audit_seq + 1)
        .map_err(|_| StoreError::integrity("it has too many audit records"))?;
    let key = signing_key(&write.tx, app, generation)?.text();
    Ok((Webhook { url, generation }, Some(key)))
}

/// The key that signs what an app is told, in one of its generations.
pub(in crate::ops) fn signing_key(
    tx: &Transaction<'_>,
    app: &App,
    generation: u32,
) -> Result<SigningKey, StoreError> {
    let key = tx.signing_key(app.id, generation);
    SigningKey::new(&key[..]).map_err(|_| StoreError::integrity("a key has the wrong length"))
}
