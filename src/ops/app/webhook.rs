//! `app edit --webhook`: where an app's messages are sent, and the key that signs them.

use zeroize::Zeroizing;

use super::{
    registration::{EditAppRequest, apply_edits, ensure_name_free},
    summary::AppSummary,
};
use crate::{
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
        seq::AuditSeq,
    },
    ops::{
        context::{OpContext, WriteTx},
        error::{OpError, directory::DirectoryError},
        outbox::{cancel::cancel_pending, signing_key::signing_key},
        secret_sink::{NewSecret, SecretSink},
    },
    store::StoreError,
};

/// A change of an app's webhook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WebhookEdit {
    /// Sets the URL. An existing signing key stays; otherwise a new one is generated.
    Set(WebhookUrl),
    /// Sets the URL and generates a new signing key.
    SetAndRotate(WebhookUrl),
    /// Keeps the URL and generates a new signing key.
    Rotate,
    /// Removes the webhook and cancels its pending messages.
    Clear,
}

/// An app after a change of its webhook.
pub struct EditedWebhook {
    /// The app.
    pub app: App,
    /// The account that it belongs to.
    pub account: Account,
    /// Its tokens, legacy key and messages.
    pub summary: AppSummary,
    /// When the webhook was changed.
    pub at: Instant,
    /// The text of the new signing key, which is shown only now; `None` if no key was generated.
    pub key: Option<Zeroizing<Vec<u8>>>,
    /// The number of messages that were cancelled.
    pub cancelled: usize,
    /// The number of the app's last audit record before the change.
    before: AuditSeq,
}

/// A webhook and the text of its signing key, if that is new.
struct WebhookAndKey {
    webhook: Webhook,
    key: Option<Zeroizing<Vec<u8>>>,
}

/// Edits an app and its webhook. A new signing key goes to the sink. If the sink delivers it later, nothing is changed
/// before [`complete_edit`]: until the recipient has the new key, messages are signed with the old one.
///
/// # Errors
/// [`DirectoryError::NoSuchApp`], [`DirectoryError::NameTaken`], [`DirectoryError::NoWebhook`],
/// [`OpError::SecretNotWritten`].
pub fn edit_webhook(
    context: &OpContext<'_>,
    reference: &Reference,
    request: EditAppRequest<'_>,
    edit: &WebhookEdit,
    sink: &mut dyn SecretSink,
) -> Result<EditedWebhook, OpError> {
    let mut write = context.begin()?;
    let (app, account) = apply_edits(&mut write, reference, request)?;
    let (at, before) = (write.now, app.audit_seq);
    let (webhook, key, cancelled) = match edit {
        WebhookEdit::Clear => (None, None, cancel_pending(&mut write.tx, at, &app)?),
        edit => {
            let WebhookAndKey { webhook, key } = apply_webhook_edit(&mut write, &app, edit)?;
            (Some(webhook), key, 0)
        }
    };
    let audit = write.audit_context(Action::AppEdit);
    let app = write.tx.update_app(&audit, App { webhook, ..app })?;
    let summary = AppSummary::load(&mut write.tx, &app)?;
    let edited = EditedWebhook { app, account, summary, at, key, cancelled, before };
    match edited.new_secret() {
        Some(_) if !sink.is_before_commit() => {}
        Some(secret) => {
            sink.write(&secret).map_err(OpError::SecretNotWritten)?;
            write.commit_secrets(sink)?;
        }
        None => write.commit_if_changed()?,
    }
    Ok(edited)
}

/// Makes the change that [`edit_webhook`] returned, after the new signing key was delivered.
///
/// # Errors
/// [`OpError::ConcurrentChange`] if the app was changed since, [`DirectoryError::NameTaken`], or if the store can't be
/// written.
pub fn complete_edit(context: &OpContext<'_>, edited: &EditedWebhook) -> Result<(), OpError> {
    let EditedWebhook { app, account, before, .. } = edited;
    let is_unchanged = |present: &App| present.audit_seq == *before && present.removed.is_none();
    context.follow_up(|write| {
        if !write.tx.find_app(app.id)?.as_ref().is_some_and(is_unchanged) {
            return Err(OpError::ConcurrentChange { id: app.id.to_string() });
        }
        ensure_name_free(write, account, &app.name, Some(app.id))?;
        let audit = write.audit_context(Action::AppEdit);
        write.tx.update_app(&audit, app.clone())?;
        Ok(())
    })
}

impl EditedWebhook {
    /// Returns the new signing key as a [`SecretSink`] takes it; `None` if no key was generated.
    pub fn new_secret(&self) -> Option<NewSecret<'_>> {
        let (id, name) = (self.app.id.to_string(), self.app.name.as_str().into());
        let secret = self.key.as_ref()?;
        Some(NewSecret { id, name, names: SubjectNames::default(), secret, expires_at: None })
    }
}

fn apply_webhook_edit(
    write: &mut WriteTx<'_>,
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
        let webhook = Webhook { url, generation: present.generation };
        return Ok(WebhookAndKey { webhook, key: None });
    }
    // Higher than that of every earlier change, so that no number is used again, whatever was removed before.
    let generation = u32::try_from(write.tx.head().audit_seq.next().0)
        .map_err(|_| StoreError::integrity("it has too many audit records"))?;
    let key = signing_key(&mut write.tx, app, generation)?.text();
    Ok(WebhookAndKey { webhook: Webhook { url, generation }, key: Some(key) })
}
