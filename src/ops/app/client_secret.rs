//! Client secrets of apps: issue, reset, confirmation and withdrawal.

use rand::CryptoRng;

use super::summary::AppSummary;
use crate::{
    domain::{
        audit::Action,
        credential::{
            Overlap,
            display_name::SubjectNames,
            lifetime::Expiry,
            secret::{Plaintext, SecretKind},
        },
        directory::{account::Account, app::App, reference::Reference},
    },
    ops::{
        context::{OpContext, WriteTx},
        error::OpError,
        query::resolve_directory::resolve_app_exact,
        secret_sink::{NewSecret, SecretSink},
    },
    store::Access,
};

/// An app and its new client secret.
#[derive(Debug)]
pub struct IssuedApp {
    /// The app.
    pub app: App,
    /// The account that it belongs to.
    pub account: Account,
    /// Its tokens, legacy key and messages.
    pub summary: AppSummary,
    /// The new client secret.
    pub secret: Plaintext,
}

impl IssuedApp {
    /// Returns the secret as a [`SecretSink`] takes it.
    pub fn new_secret(&self) -> NewSecret<'_> {
        let Self { app, secret, .. } = self;
        let (id, name) = (app.id.to_string(), app.name.as_str().into());
        NewSecret {
            id,
            name,
            names: SubjectNames::default(),
            secret: secret.expose(),
            expires_at: None,
        }
    }
}

/// Gives an app a new client secret. The old one stays valid for the overlap.
///
/// # Errors
/// [`DirectoryError::NoSuchApp`](crate::ops::DirectoryError::NoSuchApp), [`OpError::SecretNotWritten`].
pub fn reset(
    context: &OpContext<'_>,
    reference: &Reference,
    overlap: Overlap,
    entropy: &mut dyn CryptoRng,
    sink: &mut dyn SecretSink,
) -> Result<IssuedApp, OpError> {
    let mut write = context.begin()?;
    let account = write.account()?;
    let mut app = resolve_app_exact(&mut write.tx, &account, reference)?;
    let (now, secret) = (write.now, Plaintext::generate(SecretKind::AppSecret, entropy));
    let digest = write.tx.digest(secret.expose());
    app.secrets.replace(digest, now, overlap, Expiry::Never);
    app.secrets.delivered_at = sink.delivered_at(now);
    let audit = write.audit_context(Action::AppReset);
    let app = write.tx.update_app(&audit, app)?;
    let issued =
        IssuedApp { summary: AppSummary::load(&mut write.tx, &app)?, app, account, secret };
    commit_with_secret(write, issued, sink)
}

/// Writes a new client secret to the sink, then commits.
///
/// # Errors
/// [`OpError::SecretNotWritten`], or if the store can't be written; nothing was changed then.
pub(super) fn commit_with_secret(
    write: WriteTx<'_>,
    issued: IssuedApp,
    sink: &mut dyn SecretSink,
) -> Result<IssuedApp, OpError> {
    sink.write(&issued.new_secret()).map_err(OpError::SecretNotWritten)?;
    write.commit_secrets(sink)?;
    Ok(issued)
}

/// Records that the new client secret was delivered.
///
/// # Errors
/// [`OpError::ConcurrentChange`], or if the store can't be written; the secret is valid all the same.
pub fn mark_delivered(context: &OpContext<'_>, app: &App) -> Result<(), OpError> {
    let mut write = context.begin_follow_up(Access::WriteRelaxed)?;
    let present = find_unchanged(&mut write, app)?;
    let now = write.now;
    write.tx.mark_app_delivered(&present, now)?;
    Ok(write.commit()?)
}

/// Withdraws a new client secret that could not be shown. An old one expires as the reset set it to.
///
/// # Errors
/// [`OpError::ConcurrentChange`], or if the store can't be written; the new secret is then current, and lost.
pub fn withdraw_undelivered(context: &OpContext<'_>, app: &App) -> Result<(), OpError> {
    let mut write = context.begin_follow_up(Access::Write)?;
    let mut after = find_unchanged(&mut write, app)?;
    after.secrets.current = None;
    let audit = write.audit_context(Action::Withdraw);
    write.tx.update_app(&audit, after)?;
    Ok(write.commit()?)
}

/// Returns the present record, if its secret is still the one that was issued.
fn find_unchanged(write: &mut WriteTx<'_>, app: &App) -> Result<App, OpError> {
    let present = write.tx.find_app(app.id)?;
    let is_same = |present: &App| {
        present.removed.is_none()
            && present.secrets.generation == app.secrets.generation
            && present.secrets.current == app.secrets.current
    };
    present.filter(is_same).ok_or_else(|| OpError::ConcurrentChange { id: app.id.to_string() })
}
