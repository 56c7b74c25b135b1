//! `edit`: a new name, address, note, lifetime or limit, other scopes, or the permission to introspect. The secret stays.

use std::slice;

use super::rules::{ensure_token, ensure_unrevoked, set_lifetime};
use crate::{
    domain::{
        audit::Action,
        credential::{
            Credential, CredentialKind, display_name::SubjectNames, lifetime::Lifetime,
            rate_limit::RateLimit, scope::Scopes, subject::Subject,
        },
        decision::{CredentialContext, Narrowing, narrows},
        directory::{
            account::Account,
            name::{Email, Name, Note},
            reference::Reference,
        },
        instant::Instant,
        usage::LastUse,
    },
    ops::{
        context::{OpContext, WriteTx},
        error::{OpError, credential::CredentialError},
        query::resolve::{PartialIds, resolve, resolve_all},
    },
};

/// The properties to change; `None` leaves a property as it is.
#[derive(Clone, Debug, Default)]
pub struct EditRequest {
    /// The new name of an account passcode.
    pub name: Option<Name>,
    /// The new address of a user.
    pub email: Option<Email>,
    /// The new note; `Some(None)` removes it.
    pub note: Option<Option<Note>>,
    /// The new lifetime, which starts now.
    pub lifetime: Option<Lifetime>,
    /// Whether the holder of an account passcode may use `POST /introspect`.
    pub introspect: Option<bool>,
    /// The new scopes of a token, in place of all old ones.
    pub scopes: Option<Scopes>,
    /// The requests per minute that a token allows; `Some(None)` applies the limit of its app.
    pub limit: Option<Option<RateLimit>>,
}

/// A credential before and after an edit.
#[derive(Debug)]
pub struct EditedCredential {
    /// The credential before the edit.
    pub before: Credential,
    /// The credential after the edit.
    pub after: Credential,
    /// What the edit takes away from its holder.
    pub narrowing: Narrowing,
    /// Its last use; `None` if it was never used.
    pub last_use: Option<LastUse>,
    /// The account that it belongs to.
    pub account: Account,
    /// The names of its app and its district.
    pub names: SubjectNames,
    /// When it was edited.
    pub at: Instant,
}

/// Edits a credential.
///
/// # Errors
/// [`CredentialError::NameTaken`], [`CredentialError::CannotRename`], [`CredentialError::AddressTaken`],
/// [`CredentialError::HasNoAddress`], [`CredentialError::CannotIntrospect`],
/// [`CredentialError::NotAToken`], [`CredentialError::UserPasscodeNeedsExpiry`], or that the credential is revoked or
/// deleted.
pub fn edit(
    context: &OpContext<'_>,
    reference: &Reference,
    partial_ids: PartialIds,
    request: EditRequest,
) -> Result<EditedCredential, OpError> {
    let mut write = context.begin()?;
    let account = write.account()?;
    let before = resolve(&mut write.tx, slice::from_ref(&account), reference, partial_ids)?;
    ensure_unrevoked(&before)?;
    let edited = edit_one(&mut write, &account, before, request)?;
    write.commit_if_changed()?;
    Ok(edited)
}

/// Makes the same edit to several credentials, all or none. There must be at least one reference.
///
/// # Errors
/// As for [`edit`], for the first credential that fails.
pub fn edit_all(
    context: &OpContext<'_>,
    references: &[Reference],
    partial_ids: PartialIds,
    request: &EditRequest,
) -> Result<Vec<EditedCredential>, OpError> {
    let mut write = context.begin()?;
    let account = write.account()?;
    let credentials =
        resolve_all(&mut write.tx, slice::from_ref(&account), references, partial_ids)?;
    credentials.iter().try_for_each(ensure_unrevoked)?;
    let mut edited = Vec::with_capacity(credentials.len());
    for before in credentials {
        edited.push(edit_one(&mut write, &account, before, request.clone())?);
    }
    write.commit_if_changed()?;
    Ok(edited)
}

fn edit_one(
    write: &mut WriteTx<'_>,
    account: &Account,
    before: Credential,
    request: EditRequest,
) -> Result<EditedCredential, OpError> {
    let after = apply(write, account, &before, request)?;
    // Read before the commit: if it can't be shown, nothing is changed.
    let last_use = write.tx.find_last_use(before.seq)?;
    let after = write.update_credential(Action::Edit, after)?;
    let names = write.tx.display_names(&after.subject)?;
    let at = write.now;
    let app = after.subject.app().map(|id| write.tx.find_app(id)).transpose()?.flatten();
    let context = |credential| CredentialContext { credential, account, app: app.as_ref() };
    let narrowing = narrows(context(&before), context(&after), at);
    let account = account.clone();
    Ok(EditedCredential { before, after, narrowing, last_use, account, names, at })
}

fn apply(
    write: &mut WriteTx<'_>,
    account: &Account,
    before: &Credential,
    request: EditRequest,
) -> Result<Credential, OpError> {
    let mut after = before.clone();
    if let Some(name) = request.name {
        ensure_can_be_named(write, account, before, &name)?;
        after.subject = Subject::Partner(name);
    }
    if let Some(email) = request.email {
        set_email(write, account, &mut after, email)?;
    }
    if let Some(note) = request.note {
        after.note = note;
    }
    if let Some(lifetime) = request.lifetime {
        set_lifetime(&mut after, lifetime, write.now)?;
    }
    if let Some(introspect) = request.introspect {
        if before.kind() != CredentialKind::Account {
            let (id, kind) = (before.id, before.kind());
            return Err(CredentialError::CannotIntrospect { id, kind }.into());
        }
        after.introspect = introspect;
    }
    if let Some(scopes) = request.scopes {
        ensure_token(before, "scopes")?;
        after.scopes = scopes;
    }
    if let Some(limit) = request.limit {
        ensure_token(before, "limits of their own")?;
        after.limit = limit;
    }
    Ok(after)
}

/// Gives a user another address. Passcodes that were revoked earlier keep the old one.
fn set_email(
    write: &mut WriteTx<'_>,
    account: &Account,
    credential: &mut Credential,
    email: Email,
) -> Result<(), OpError> {
    let kind = credential.kind();
    if kind != CredentialKind::User {
        return Err(CredentialError::HasNoAddress(credential.id).into());
    }
    if credential.subject.unique_key() != email.folded() {
        let holder = write.tx.find_holder(account.key, kind, &email.folded())?;
        if let Some(holder) = holder {
            let (email, state) = (email.to_string(), holder.state(write.now));
            return Err(CredentialError::AddressTaken { email, id: holder.id, state }.into());
        }
        credential.previous = None;
    }
    credential.subject = Subject::User(email);
    Ok(())
}

/// Fails if the credential has no name of its own, or if another one has this name.
fn ensure_can_be_named(
    write: &mut WriteTx<'_>,
    account: &Account,
    credential: &Credential,
    name: &Name,
) -> Result<(), OpError> {
    if credential.kind() != CredentialKind::Account {
        let (id, kind) = (credential.id, credential.kind());
        return Err(CredentialError::CannotRename { id, kind }.into());
    }
    let holder = write.tx.find_holder(account.key, CredentialKind::Account, &name.folded())?;
    match holder.filter(|holder| holder.seq != credential.seq) {
        None => Ok(()),
        Some(holder) => {
            let (name, state) = (name.to_string(), holder.state(write.now));
            Err(CredentialError::NameTaken { name, id: holder.id, state }.into())
        }
    }
}
