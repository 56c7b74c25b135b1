//! `app add`, `app edit` and `app remove`.

use rand::CryptoRng;

use super::{
    client_secret::{IssuedApp, commit_with_secret},
    delete_checks::{RemovalTarget, revoke_all},
    legacy_key::{LegacyKeyImport, import_legacy_key},
    summary::AppSummary,
};
use crate::{
    domain::{
        audit::Action,
        credential::{
            Credential, CredentialKind, Deletion, Secrets,
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
        instant::Instant,
        seq::{AppSeq, AuditSeq},
    },
    ops::{
        context::{OpContext, WriteTx},
        credential::issue::IssueOutcome,
        error::{
            OpError,
            directory::{AppOrDistrict, DirectoryError},
        },
        outbox::cancel::cancel_pending,
        query::{
            display_names::DisplayNames,
            resolve_directory::{resolve_app_exact, resolve_app_to_remove},
        },
        secret_sink::SecretSink,
    },
    store::StoreError,
};

/// A request to add an app.
#[derive(Clone, Debug)]
pub struct AddAppRequest<'a> {
    /// The app's name.
    pub name: Name,
    /// The requests per minute that each of its tokens allows.
    pub limit: RateLimit,
    /// The legacy key to import, if any.
    pub legacy: Option<&'a LegacyKeyImport>,
    /// Whether to do nothing if an app of that name exists.
    pub if_missing: bool,
}

/// An app that exists already.
#[derive(Debug)]
pub struct ExistingApp {
    /// The app.
    pub app: App,
    /// The account that it belongs to.
    pub account: Account,
    /// Its tokens, legacy key and messages.
    pub summary: AppSummary,
    /// When it was found.
    pub at: Instant,
}

/// The properties to change; `None` leaves a property as it is.
#[derive(Clone, Debug, Default)]
pub struct EditAppRequest<'a> {
    /// The new name.
    pub name: Option<Name>,
    /// The requests per minute that each of its tokens allows.
    pub limit: Option<RateLimit>,
    /// The legacy key to import, if any.
    pub legacy: Option<&'a LegacyKeyImport>,
}

/// An app that was edited.
#[derive(Debug)]
pub struct EditedApp {
    /// The app.
    pub app: App,
    /// The account that it belongs to.
    pub account: Account,
    /// Its tokens, legacy key and messages.
    pub summary: AppSummary,
    /// When it was edited.
    pub at: Instant,
}

/// An app that was removed.
#[derive(Debug)]
pub struct RemovedApp {
    /// The app.
    pub app: App,
    /// The account that it belongs to.
    pub account: Account,
    /// Its tokens, legacy key and messages.
    pub summary: AppSummary,
    /// The live tokens and the live legacy key that were revoked with it.
    pub revoked: Vec<Credential>,
    /// The display names of those.
    pub names: DisplayNames,
    /// When it was looked at.
    pub at: Instant,
    /// Its earlier removal, if it had been removed before and stays as it is.
    pub removed_before: Option<Deletion>,
}

/// Adds an app with its first client secret.
///
/// # Errors
/// [`DirectoryError::NameTaken`], a [`LegacyError`](crate::ops::LegacyError), [`OpError::SecretNotWritten`].
pub fn add(
    context: &OpContext<'_>,
    request: AddAppRequest<'_>,
    entropy: &mut dyn CryptoRng,
    sink: &mut dyn SecretSink,
) -> Result<IssueOutcome<IssuedApp, ExistingApp>, OpError> {
    let mut write = context.begin()?;
    let account = write.account()?;
    if request.if_missing
        && let Some(existing) = find_existing(&mut write, &account, &request.name)?
    {
        return Ok(IssueOutcome::Existing(Box::new(existing)));
    }
    ensure_name_free(&mut write, &account, &request.name, None)?;
    let (now, secret) = (write.now, Plaintext::generate(SecretKind::AppSecret, entropy));
    let new = App {
        seq: AppSeq::NONE,
        id: ObjectId::generate(entropy),
        client_id: ClientId::generate(entropy),
        account: account.key,
        name: request.name,
        secrets: Secrets::new(write.tx.digest(secret.expose()), now, sink.delivered_at(now)),
        limit: request.limit,
        webhook: None,
        created_at: now,
        created_by: write.actor_label(),
        removed: None,
        audit_seq: AuditSeq::NONE,
    };
    let audit = write.audit_context(Action::AppAdd);
    let app = write.tx.insert_app(&audit, new)?;
    if let Some(key) = request.legacy {
        import_legacy_key(&mut write, &account, &app, key, entropy)?;
    }
    let summary = AppSummary::load(&mut write.tx, &app)?;
    let issued = IssuedApp {
        app,
        account,
        summary,
        secret,
        is_new: true,
        pending_reset: None,
        ended_retiring: None,
    };
    Ok(commit_with_secret(write, issued, sink)?.into())
}

/// Returns the app of that name, if there is one.
fn find_existing(
    write: &mut WriteTx<'_>,
    account: &Account,
    name: &Name,
) -> Result<Option<ExistingApp>, OpError> {
    let Some(app) = find_by_name(write, account, name)? else { return Ok(None) };
    let summary = AppSummary::load(&mut write.tx, &app)?;
    Ok(Some(ExistingApp { app, account: account.clone(), summary, at: write.now_for_readers }))
}

/// Edits an app.
///
/// # Errors
/// [`DirectoryError::NoSuchApp`], [`DirectoryError::NameTaken`], a [`LegacyError`](crate::ops::LegacyError).
pub fn edit(
    context: &OpContext<'_>,
    reference: &Reference,
    request: EditAppRequest<'_>,
    entropy: &mut dyn CryptoRng,
) -> Result<EditedApp, OpError> {
    let mut write = context.begin()?;
    let key = request.legacy;
    let (app, account) = apply_edits(&mut write, reference, request)?;
    if let Some(key) = key {
        import_legacy_key(&mut write, &account, &app, key, entropy)?;
    }
    let audit = write.audit_context(Action::AppEdit);
    let app = write.tx.update_app(&audit, app)?;
    let (summary, at) = (AppSummary::load(&mut write.tx, &app)?, write.now);
    write.commit_if_changed()?;
    Ok(EditedApp { app, account, summary, at })
}

/// Returns the app with the new name and limit, not yet stored, and its account.
///
/// # Errors
/// [`DirectoryError::NoSuchApp`], [`DirectoryError::NameTaken`].
pub(super) fn apply_edits(
    write: &mut WriteTx<'_>,
    reference: &Reference,
    request: EditAppRequest<'_>,
) -> Result<(App, Account), OpError> {
    let account = write.account()?;
    let mut app = resolve_app_exact(&mut write.tx, &account, reference)?;
    if let Some(name) = request.name {
        ensure_name_free(write, &account, &name, Some(app.id))?;
        app.name = name;
    }
    app.limit = request.limit.unwrap_or(app.limit);
    Ok((app, account))
}

/// Removes an app, and frees its name. Its expired tokens are revoked, too, so that no edit makes them valid again. An
/// app that is removed already stays as it is; only its id names it.
///
/// # Errors
/// [`DirectoryError::NoSuchApp`]; [`DirectoryError::HasLiveCredentials`] unless `revoke_tokens` is set.
pub fn remove(
    context: &OpContext<'_>,
    reference: &Reference,
    revoke_tokens: bool,
) -> Result<RemovedApp, OpError> {
    let mut write = context.begin()?;
    let account = write.account()?;
    let mut app = resolve_app_to_remove(&mut write.tx, &account, reference)?;
    if let removed_before @ Some(_) = app.removed.clone() {
        let (summary, at) = (AppSummary::load(&mut write.tx, &app)?, write.now_for_readers);
        let (revoked, names) = (Vec::new(), DisplayNames::default());
        return Ok(RemovedApp { app, account, summary, revoked, names, at, removed_before });
    }
    let mut credentials = write.tx.list_tokens(&app)?;
    credentials.extend(write.tx.find_holder(
        account.key,
        CredentialKind::Legacy,
        app.id.as_str(),
    )?);
    let target = RemovalTarget { kind: AppOrDistrict::App, name: app.name.to_string() };
    // The app first: nobody is notified of the revocations below.
    app.removed = Some(Deletion { at: write.now, by: write.actor_label() });
    // A removed app no longer authenticates, so its retiring secret ends now.
    app.secrets.retiring = None;
    let audit = write.audit_context(Action::AppRemove);
    let app = write.tx.update_app(&audit, app)?;
    let now = write.now;
    cancel_pending(&mut write.tx, now, &app)?;
    let (revoked, names) = revoke_all(&mut write, target, credentials, revoke_tokens)?;
    let summary = AppSummary::load(&mut write.tx, &app)?;
    write.commit()?;
    Ok(RemovedApp { app, account, summary, revoked, names, at: now, removed_before: None })
}

/// Fails if another app than `except` has the name.
pub(super) fn ensure_name_free(
    write: &mut WriteTx<'_>,
    account: &Account,
    name: &Name,
    except: Option<ObjectId>,
) -> Result<(), OpError> {
    match find_by_name(write, account, name)?.filter(|app| Some(app.id) != except) {
        None => Ok(()),
        Some(app) => {
            let (kind, name) = (AppOrDistrict::App, name.to_string());
            Err(DirectoryError::NameTaken { kind, name, id: app.id }.into())
        }
    }
}

/// Returns the app that has a name.
fn find_by_name(
    write: &mut WriteTx<'_>,
    account: &Account,
    name: &Name,
) -> Result<Option<App>, StoreError> {
    let key = name.folded();
    let has_name = |app: &&App| {
        app.account == account.key && app.removed.is_none() && app.name.folded() == key
    };
    Ok(write.tx.apps()?.iter().find(has_name).cloned())
}
