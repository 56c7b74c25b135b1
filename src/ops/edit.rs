//! `edit`: a new name, note, lifetime or limit, other scopes, or the right to introspect; the secret stays.

use crate::{
    domain::{
        account::Account,
        audit::Action,
        called::Names,
        credential::{Credential, Kind},
        last_use::LastUse,
        lifetime::{Expiry, Lifetime},
        limit::Limit,
        name::{Name, Note},
        owner::Owner,
        reference::Reference,
        scope::{Scopes, covers},
    },
    ops::{
        Change, Desk, OpError,
        resolve::{Prefixes, resolve},
        revoke::still_open,
    },
};

/// What is to become different.
#[derive(Clone, Debug, Default)]
pub struct Edits {
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
    pub limit: Option<Option<Limit>>,
}

/// A credential before and after.
#[derive(Debug)]
pub struct Edited {
    /// As it was.
    pub before: Credential,
    /// As it is.
    pub after: Credential,
    /// Its last use, if it was ever used.
    pub last_use: Option<LastUse>,
    /// Its account.
    pub account: Account,
    /// The names of its holder.
    pub names: Names,
}

impl Edited {
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
/// [`OpError::NameTaken`], [`OpError::HasNoName`], [`OpError::UserForever`], [`OpError::MayNotIntrospect`],
/// [`OpError::OnlyTokens`], or that it is revoked or deleted.
pub fn edit(
    desk: &Desk<'_>,
    reference: &Reference,
    prefixes: Prefixes,
    edits: Edits,
) -> Result<Edited, OpError> {
    let mut change = desk.begin()?;
    let account = change.account()?;
    let before = resolve(&change.tx, std::slice::from_ref(&account), reference, prefixes)?;
    still_open(&before)?;
    let after = apply(&change, &account, &before, edits)?;
    // Before the commit: what can't be shown afterwards is not changed.
    let last_use = change.tx.last_use(before.seq)?;
    let after = change.update(Action::Edit, after)?;
    let names = change.tx.names_of(&after.owner)?;
    change.commit()?;
    Ok(Edited { before, after, last_use, account, names })
}

fn apply(
    change: &Change<'_>,
    account: &Account,
    before: &Credential,
    edits: Edits,
) -> Result<Credential, OpError> {
    let mut after = before.clone();
    if let Some(name) = edits.name {
        if before.kind() != Kind::Account {
            return Err(OpError::HasNoName { id: before.id, kind: before.kind() });
        }
        let holder = change.tx.find_holder(account.key, Kind::Account, &name.key())?;
        if let Some(holder) = holder.filter(|holder| holder.seq != before.seq) {
            let state = holder.state(change.now);
            return Err(OpError::NameTaken { name: name.to_string(), id: holder.id, state });
        }
        after.owner = Owner::Partner(name);
    }
    if let Some(note) = edits.note {
        after.note = note;
    }
    if let Some(lifetime) = edits.lifetime {
        set_lifetime(change, &mut after, lifetime)?;
    }
    if let Some(introspect) = edits.introspect {
        if before.kind() != Kind::Account {
            return Err(OpError::MayNotIntrospect { id: before.id, kind: before.kind() });
        }
        after.introspect = introspect;
    }
    if let Some(scopes) = edits.scopes {
        only_tokens(before, "scopes")?;
        after.scopes = scopes;
    }
    if let Some(limit) = edits.limit {
        only_tokens(before, "limits of their own")?;
        after.limit = limit;
    }
    Ok(after)
}

fn only_tokens(credential: &Credential, what: &'static str) -> Result<(), OpError> {
    match credential.kind() {
        Kind::Token => Ok(()),
        _ => Err(OpError::OnlyTokens { id: credential.id, what }),
    }
}

/// Gives a credential a new end, counted from now; a retiring secret never outlives it.
pub(super) fn set_lifetime(
    change: &Change<'_>,
    credential: &mut Credential,
    lifetime: Lifetime,
) -> Result<(), OpError> {
    let expiry = lifetime.expiry(change.now)?;
    if credential.kind() == Kind::User && expiry == Expiry::Never {
        return Err(OpError::UserForever);
    }
    (credential.lifetime, credential.expiry) = (lifetime, expiry);
    if let (Some(retiring), Some(end)) = (&mut credential.secrets.retiring, expiry.instant()) {
        retiring.until = retiring.until.min(end);
    }
    Ok(())
}
