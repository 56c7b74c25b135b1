//! `app`: programs of others, and the secrets with which they authenticate.

use rand::CryptoRng;

use super::{
    delete_checks::revoke_all,
    legacy::{LegacyKeyImport, import_legacy_key},
    summary::AppSummary,
};
use crate::{
    domain::{
        audit::Action,
        credential::{
            Credential, CredentialKind, Deletion, Overlap, Secrets,
            display_name::SubjectNames,
            lifetime::Expiry,
            rate_limit::RateLimit,
            secret::{Plaintext, SecretKind},
        },
        directory::{
            account::Account,
            app::App,
            id::{ClientId, ObjectId},
            name::Name,
            reference::Reference,
        },
    },
    ops::{
        AppOrDistrict, DirectoryError, DisplayNames, NewSecret, OpContext, OpError, SecretSink,
        WriteTx, query::resolve_directory::resolve_app_exact,
    },
    store::Access,
};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct AddAppRequest<'a> {
    /// Its name.
    pub name: Name,
    /// How many requests a minute each of its tokens is good for.
    pub limit: RateLimit,
    /// The key that it has had so far, if that is to be good here.
    pub legacy: Option<&'a LegacyKeyImport>,
}

/// What is to become different.
#[derive(Clone, Debug, Default)]
pub struct EditAppRequest<'a> {
    /// A new name.
    pub name: Option<Name>,
    /// How many requests a minute each of its tokens is good for.
    pub limit: Option<RateLimit>,
    /// The key that it has had so far, if that is to be good here.
    pub legacy: Option<&'a LegacyKeyImport>,
}

/// An app and the client secret that was just made for it.
#[derive(Debug)]
pub struct IssuedApp {
    /// The app.
    pub app: App,
    /// Its account.
    pub account: Account,
    /// What it holds.
    pub summary: AppSummary,
    /// The secret.
    pub secret: Plaintext,
}

/// An app that was removed, and what ended with it.
#[derive(Debug)]
pub struct RemovedApp {
    /// The app.
    pub app: App,
    /// Its account.
    pub account: Account,
    /// What it holds.
    pub summary: AppSummary,
    /// The tokens and the legacy key that were revoked.
    pub revoked: Vec<Credential>,
    /// What those are called.
    pub names: DisplayNames,
}

impl IssuedApp {
    /// The secret for whoever takes it.
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

/// Adds an app, with its first client secret.
///
/// # Errors
/// [`DirectoryError::NameTaken`], a [`LegacyError`](super::legacy::LegacyError), or that the secret could not be delivered
/// ahead.
pub fn add(
    context: &OpContext<'_>,
    request: AddAppRequest<'_>,
    entropy: &mut dyn CryptoRng,
    sink: &mut dyn SecretSink,
) -> Result<IssuedApp, OpError> {
    let mut write = context.begin()?;
    let account = write.account()?;
    ensure_name_free(&write, &account, &request.name, None)?;
    let (now, secret) = (write.now, Plaintext::generate(SecretKind::AppSecret, entropy));
    let new = App {
        seq: 0,
        id: ObjectId::generate(entropy),
        client_id: ClientId::generate(entropy),
        account: account.key,
        name: request.name,
        secrets: Secrets {
            generation: 1,
            current: Some(write.tx.digest(secret.expose())),
            created_at: now,
            delivered_at: sink.is_before_commit().then_some(now),
            retiring: None,
        },
        limit: request.limit,
        webhook: None,
        created_at: now,
        created_by: write.actor_label(),
        removed: None,
        audit_seq: 0,
    };
    let audit = write.audit_context(Action::AppAdd);
    let app = write.tx.insert_app(&audit, new)?;
    if let Some(key) = request.legacy {
        import_legacy_key(&mut write, &account, &app, key, entropy)?;
    }
    let issued = IssuedApp { summary: AppSummary::load(&write.tx, &app)?, app, account, secret };
    commit_with_secret(write, issued, sink)
}

/// Changes an app.
///
/// # Errors
/// [`DirectoryError::NoSuchApp`], [`DirectoryError::NameTaken`], a [`LegacyError`](super::legacy::LegacyError).
pub fn edit(
    context: &OpContext<'_>,
    reference: &Reference,
    request: EditAppRequest<'_>,
    entropy: &mut dyn CryptoRng,
) -> Result<(App, Account), OpError> {
    let mut write = context.begin()?;
    let key = request.legacy;
    // A key that is imported has a record of its own, and is no change of the app.
    let is_change = request.name.is_some() || request.limit.is_some();
    let (mut app, account) = apply_edits(&write, reference, request)?;
    if let Some(key) = key {
        import_legacy_key(&mut write, &account, &app, key, entropy)?;
    }
    if is_change {
        let audit = write.audit_context(Action::AppEdit);
        app = write.tx.update_app(&audit, app)?;
    }
    write.commit()?;
    Ok((app, account))
}

/// An app as it will be.
pub(in crate::ops) fn apply_edits(
    write: &WriteTx<'_>,
    reference: &Reference,
    request: EditAppRequest<'_>,
) -> Result<(App, Account), OpError> {
    let account = write.account()?;
    let mut app = resolve_app_exact(write, &account, reference)?;
    if let Some(name) = request.name {
        ensure_name_free(write, &account, &name, Some(app.id))?;
        app.name = name;
    }
    app.limit = request.limit.unwrap_or(app.limit);
    Ok((app, account))
}

/// Gives an app a new client secret; the old one lives on through the overlap.
///
/// # Errors
/// [`DirectoryError::NoSuchApp`], or that the secret could not be delivered ahead.
pub fn reset(
    context: &OpContext<'_>,
    reference: &Reference,
    overlap: Overlap,
    entropy: &mut dyn CryptoRng,
    sink: &mut dyn SecretSink,
) -> Result<IssuedApp, OpError> {
    let mut write = context.begin()?;
    let account = write.account()?;
    let mut app = resolve_app_exact(&write, &account, reference)?;
    let (now, secret) = (write.now, Plaintext::generate(SecretKind::AppSecret, entropy));
    let digest = write.tx.digest(secret.expose());
    app.secrets.replace(digest, now, overlap, Expiry::Never);
    app.secrets.delivered_at = sink.is_before_commit().then_some(now);
    let audit = write.audit_context(Action::AppReset);
    let app = write.tx.update_app(&audit, app)?;
    let issued = IssuedApp { summary: AppSummary::load(&write.tx, &app)?, app, account, secret };
    commit_with_secret(write, issued, sink)
}

/// Removes an app; its name is free again. What of its tokens has expired is revoked with it, so that nothing brings
/// it back.
///
/// # Errors
/// [`DirectoryError::NoSuchApp`]; [`DirectoryError::HasLiveCredentials`] unless live tokens are to be revoked, too.
pub fn remove(
    context: &OpContext<'_>,
    reference: &Reference,
    revoke_tokens: bool,
) -> Result<RemovedApp, OpError> {
    let mut write = context.begin()?;
    let account = write.account()?;
    let mut app = resolve_app_exact(&write, &account, reference)?;
    let mut credentials = write.tx.list_tokens(&app)?;
    credentials.extend(write.tx.find_holder(
        account.key,
        CredentialKind::Legacy,
        app.id.as_str(),
    )?);
    let target = (AppOrDistrict::App, app.name.to_string());
    let (revoked, names) = revoke_all(&mut write, target, credentials, revoke_tokens)?;
    app.removed = Some(Deletion { at: write.now, by: write.actor_label() });
    // Nobody authenticates with it any more.
    app.secrets.retiring = None;
    let audit = write.audit_context(Action::AppRemove);
    let app = write.tx.update_app(&audit, app)?;
    let holds = AppSummary::load(&write.tx, &app)?;
    write.commit()?;
    Ok(RemovedApp { app, account, summary: holds, revoked, names })
}

/// Notes that the client secret was handed over.
///
/// # Errors
/// When the store can't be written; the secret is good all the same.
pub fn mark_delivered(context: &OpContext<'_>, app: &App) -> Result<(), OpError> {
    let mut write = context.begin_follow_up(Access::WriteRelaxed)?;
    let present = find_unchanged(&write, app)?;
    let now = write.now;
    write.tx.mark_app_delivered(&present, now)?;
    Ok(write.commit()?)
}

/// Takes back a new client secret that could not be shown; an old one ends as it was told.
///
/// # Errors
/// When the store can't be written: the new secret is current and nobody has it.
pub fn withdraw_undelivered(context: &OpContext<'_>, app: &App) -> Result<(), OpError> {
    let mut write = context.begin_follow_up(Access::Write)?;
    let mut after = find_unchanged(&write, app)?;
    after.secrets.current = None;
    let audit = write.audit_context(Action::Withdraw);
    write.tx.update_app(&audit, after)?;
    Ok(write.commit()?)
}

fn commit_with_secret(
    write: WriteTx<'_>,
    issued: IssuedApp,
    sink: &mut dyn SecretSink,
) -> Result<IssuedApp, OpError> {
    sink.write(&issued.new_secret()).map_err(OpError::SecretNotWritten)?;
    sink.sync().map_err(OpError::SecretNotWritten)?;
    write.commit()?;
    Ok(issued)
}

fn ensure_name_free(
    write: &WriteTx<'_>,
    account: &Account,
    name: &Name,
    except: Option<ObjectId>,
) -> Result<(), OpError> {
    let holder = write.tx.find_app_by_reference(account.key, name.as_str())?;
    match holder.filter(|holder| Some(holder.id) != except) {
        None => Ok(()),
        Some(App { id, .. }) => {
            Err(DirectoryError::NameTaken { kind: AppOrDistrict::App, name: name.to_string(), id }
                .into())
        }
    }
}

/// The record as it is now, if its secret is still the one that was made.
fn find_unchanged(write: &WriteTx<'_>, app: &App) -> Result<App, OpError> {
    let present = write.tx.find_app(app.id)?;
    let is_same = |present: &App| {
        present.removed.is_none()
            && present.secrets.generation == app.secrets.generation
            && present.secrets.current == app.secrets.current
    };
    present.filter(is_same).ok_or_else(|| OpError::ConcurrentChange { id: app.id.to_string() })
}
