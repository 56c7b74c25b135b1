//! Client secrets of apps: reset, confirmation and withdrawal.

use rand::CryptoRng;

use super::summary::AppSummary;
use crate::{
    domain::{
        audit::Action,
        credential::{
            ResetOptions, Retiring, Undelivered,
            display_name::SubjectNames,
            lifetime::Expiry,
            secret::{Digest, Plaintext, SecretKind},
        },
        directory::{account::Account, app::App, reference::Reference},
        instant::Instant,
    },
    ops::{
        context::{OpContext, WriteTx},
        error::OpError,
        query::resolve_directory::resolve_app_exact,
        secret_sink::{NewSecret, SecretSink},
    },
    store::{Access, StoreError},
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
    /// Whether the app was added with it.
    pub is_new: bool,
    /// The options of a reset that is still to be completed, once the secret was delivered. Until then, the store has
    /// the app as it was before, and the new secret beside its old ones.
    pub pending_reset: Option<ResetOptions>,
    /// The retiring secret of an earlier reset that this one ends before its date.
    pub ended_retiring: Option<Retiring>,
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

/// Gives an app a new client secret. The old one stays valid for the overlap. If the new one is delivered after the
/// commit, both are valid until [`complete_reset`].
///
/// # Errors
/// [`DirectoryError::NoSuchApp`](crate::ops::DirectoryError::NoSuchApp), [`OpError::OverlapPending`],
/// [`OpError::SecretNotWritten`].
pub fn reset(
    context: &OpContext<'_>,
    reference: &Reference,
    options: ResetOptions,
    entropy: &mut dyn CryptoRng,
    sink: &mut dyn SecretSink,
) -> Result<IssuedApp, OpError> {
    let mut write = context.begin()?;
    let account = write.account()?;
    let before = resolve_app_exact(&mut write.tx, &account, reference)?;
    let now = write.now;
    if let Some(retiring) = before.secrets.blocking_overlap(now, options.during_overlap) {
        return Err(OpError::overlap_pending(&before.id, retiring));
    }
    let secret = Plaintext::generate(SecretKind::AppSecret, entropy);
    let digest = write.tx.digest(secret.expose());
    let mut app = after_reset(&before, digest, options, now);
    let ended_retiring = before.secrets.ended_retiring(now, &app.secrets);
    let pending_reset = match sink.delivered_at(now) {
        Some(delivered_at) => {
            app.secrets.delivered_at = Some(delivered_at);
            app = update(&mut write, Action::AppReset, app)?;
            None
        }
        None => {
            let mut begun = before;
            begun.secrets.add_undelivered(digest, now);
            update(&mut write, Action::AppResetBegin, begun)?;
            Some(options)
        }
    };
    let summary = AppSummary::load(&mut write.tx, &app)?;
    let issued =
        IssuedApp { app, account, summary, secret, is_new: false, pending_reset, ended_retiring };
    commit_with_secret(write, issued, sink)
}

/// Returns the app after a reset at `at`, with a client secret that was not delivered yet.
fn after_reset(before: &App, digest: Digest, options: ResetOptions, at: Instant) -> App {
    let mut after = before.clone();
    let retiring = before.secrets.retiring_after_reset(at, options, Expiry::Never);
    after.secrets.replace(digest, at, retiring);
    after
}

fn update(write: &mut WriteTx<'_>, action: Action, app: App) -> Result<App, StoreError> {
    let audit = write.audit_context(action);
    write.tx.update_app(&audit, app)
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

/// Completes a reset whose new client secret was delivered: that becomes the current one, and the old ones end as
/// requested. `issued` is the app that [`reset`] returned for these options.
///
/// # Errors
/// [`OpError::ConcurrentChange`], or if the store can't be written; the old and the new secret then stay valid.
pub fn complete_reset(
    context: &OpContext<'_>,
    issued: &App,
    options: ResetOptions,
) -> Result<(), OpError> {
    context.follow_up(|write| {
        let (present, new) = find_undelivered(write, issued)?;
        let mut after = after_reset(&present, new.digest, options, new.created_at);
        after.secrets.delivered_at = Some(write.now);
        update(write, Action::AppReset, after)?;
        Ok(())
    })
}

/// Withdraws the new client secret of a reset that could not be shown. The app is as it was before the reset.
///
/// # Errors
/// [`OpError::ConcurrentChange`], or if the store can't be written; the new secret is then valid, and lost.
pub fn withdraw_reset(context: &OpContext<'_>, issued: &App) -> Result<(), OpError> {
    context.follow_up(|write| {
        let (mut after, _) = find_undelivered(write, issued)?;
        after.secrets.discard_undelivered();
        update(write, Action::Withdraw, after)?;
        Ok(())
    })
}

/// Withdraws the first client secret of an app, which could not be shown.
///
/// # Errors
/// [`OpError::ConcurrentChange`], or if the store can't be written; the secret is then valid, and lost.
pub fn withdraw_undelivered(context: &OpContext<'_>, app: &App) -> Result<(), OpError> {
    context.follow_up(|write| {
        let mut after = find_unchanged(write, app)?;
        after.secrets.current = None;
        update(write, Action::Withdraw, after)?;
        Ok(())
    })
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

/// Returns the present record and the undelivered secret of the reset that `issued` is the result of.
fn find_undelivered(write: &mut WriteTx<'_>, issued: &App) -> Result<(App, Undelivered), OpError> {
    let found = write.tx.find_app(issued.id)?.and_then(|present| {
        let undelivered = present.secrets.undelivered?;
        let is_same = Some(undelivered.digest) == issued.secrets.current;
        (is_same && present.removed.is_none()).then_some((present, undelivered))
    });
    found.ok_or_else(|| OpError::ConcurrentChange { id: issued.id.to_string() })
}
