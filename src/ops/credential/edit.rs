//! `edit`: a new name, note, lifetime or limit, other scopes, or the right to introspect; the secret stays.

use super::revoke::ensure_unrevoked;
use crate::{
    domain::{
        audit::Action,
        credential::{
            Credential, CredentialKind,
            display_name::SubjectNames,
            lifetime::{Expiry, Lifetime},
            rate_limit::RateLimit,
            scope::{Scopes, covers},
            subject::Subject,
        },
        directory::{
            account::Account,
            name::{Name, Note},
            reference::Reference,
        },
        usage::LastUse,
    },
    ops::{
        CredentialError, OpContext, OpError, WriteTx,
        query::resolve::{PartialIds, resolve},
    },
};

/// What is to become different.
#[derive(Clone, Debug, Default)]
pub struct EditRequest {
    /// A new name.
    pub name: Option<Name>,
    /// A new note; `Some(None)` takes it away.
    pub note: Option<Option<Note>>,
    /// A new lifetime, counted from now.
    pub lifetime: Option<Lifetime>,
    /// Whether its holder may ask the gate whose secret another one is.
    pub introspect: Option<bool>,
    /// What a token is good for from now on: all of it.
    pub scopes: Option<Scopes>,
    /// How many requests a minute a token is good for; `Some(None)` leaves that to its app.
    pub limit: Option<Option<RateLimit>>,
}

/// A credential before and after.
#[derive(Debug)]
pub struct EditedCredential {
    /// As it was.
    pub before: Credential,
    /// As it is.
    pub after: Credential,
    /// Its last use, if it was ever used.
    pub last_use: Option<LastUse>,
    /// Its account.
    pub account: Account,
    /// The names of its holder.
    pub names: SubjectNames,
}

impl EditedCredential {
    /// Whether it ends sooner than it did.
    pub fn is_shortened(&self) -> bool {
        self.after.expiry < self.before.expiry
    }

    /// Whether it is no longer good for something that it was good for.
    pub fn is_narrowed(&self) -> bool {
        let after = self.after.scopes.as_str();
        self.before.scopes.iter().any(|scope| !covers(after, scope))
    }
}

/// Changes a credential.
///
/// # Errors
/// [`CredentialError::NameTaken`], [`CredentialError::CannotRename`], [`CredentialError::UserPasscodeNeedsExpiry`], [`CredentialError::CannotIntrospect`],
/// [`CredentialError::NotAToken`], or that it is revoked or deleted.
pub fn edit(
    context: &OpContext<'_>,
    reference: &Reference,
    partial_ids: PartialIds,
    request: EditRequest,
) -> Result<EditedCredential, OpError> {
    let mut write = context.begin()?;
    let account = write.account()?;
    let before = resolve(&write.tx, std::slice::from_ref(&account), reference, partial_ids)?;
    ensure_unrevoked(&before)?;
    let after = apply(&write, &account, &before, request)?;
    // Before the commit: what can't be shown afterwards is not changed.
    let last_use = write.tx.find_last_use(before.seq)?;
    let after = write.update_credential(Action::Edit, after)?;
    let names = write.tx.display_names(&after.subject)?;
    write.commit()?;
    Ok(EditedCredential { before, after, last_use, account, names })
}

fn apply(
    write: &WriteTx<'_>,
    account: &Account,
    before: &Credential,
    request: EditRequest,
) -> Result<Credential, OpError> {
    let mut after = before.clone();
    if let Some(name) = request.name {
        if before.kind() != CredentialKind::Account {
            return Err(CredentialError::CannotRename { id: before.id, kind: before.kind() }.into());
        }
        let holder = write.tx.find_holder(account.key, CredentialKind::Account, &name.folded())?;
        if let Some(holder) = holder.filter(|holder| holder.seq != before.seq) {
            let state = holder.state(write.now);
            return Err(CredentialError::NameTaken {
                name: name.to_string(),
                id: holder.id,
                state,
            }
            .into());
        }
        after.subject = Subject::Partner(name);
    }
    if let Some(note) = request.note {
        after.note = note;
    }
    if let Some(lifetime) = request.lifetime {
        set_lifetime(write, &mut after, lifetime)?;
    }
    if let Some(introspect) = request.introspect {
        if before.kind() != CredentialKind::Account {
            return Err(
                CredentialError::CannotIntrospect { id: before.id, kind: before.kind() }.into()
            );
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

fn ensure_token(credential: &Credential, what: &'static str) -> Result<(), OpError> {
    match credential.kind() {
        CredentialKind::Token => Ok(()),
        _ => Err(CredentialError::NotAToken { id: credential.id, what }.into()),
    }
}

/// Gives a credential a new end, counted from now; a retiring secret never outlives it.
pub(in crate::ops) fn set_lifetime(
    write: &WriteTx<'_>,
    credential: &mut Credential,
    lifetime: Lifetime,
) -> Result<(), OpError> {
    let expiry = lifetime.expiry(write.now)?;
    if credential.kind() == CredentialKind::User && expiry == Expiry::Never {
        return Err(CredentialError::UserPasscodeNeedsExpiry.into());
    }
    (credential.lifetime, credential.expiry) = (lifetime, expiry);
    if let (Some(retiring), Some(end)) = (&mut credential.secrets.retiring, expiry.instant()) {
        retiring.until = retiring.until.min(end);
    }
    Ok(())
}
