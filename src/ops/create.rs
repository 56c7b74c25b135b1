//! `create`: a passcode of an account, for one partner.

use rand::CryptoRng;

use crate::{
    domain::{
        account::{Account, CAP},
        audit::Action,
        credential::{Credential, Deletion, Kind, Secrets, State},
        id::CredentialId,
        lifetime::{Expiry, Lifetime},
        limit::Limit,
        name::{Name, Note},
        owner::Owner,
        scope::Scopes,
        secret::Plaintext,
    },
    ops::{Change, Delivery, Desk, Issued, OpError, Outcome},
};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Order {
    /// The partner's name.
    pub name: Name,
    /// A free text.
    pub note: Option<Note>,
    /// How long it lives.
    pub lifetime: Lifetime,
    /// Whether one that is there already is as good.
    pub if_missing: bool,
}

/// Makes an account passcode.
///
/// # Errors
/// [`OpError::NameTaken`], [`OpError::CapReached`], or that the secret could not be delivered ahead.
pub fn create(
    desk: &Desk<'_>,
    order: Order,
    entropy: &mut dyn CryptoRng,
    delivery: &mut dyn Delivery,
) -> Result<Outcome, OpError> {
    let mut change = desk.begin()?;
    let account = change.account()?;
    if let Some(holder) = change.tx.find_holder(account.key, Kind::Account, &order.name.key())? {
        let state = holder.state(change.now);
        if order.if_missing && state.is_live() {
            return Ok(Outcome::Present(Box::new((holder, account))));
        }
        return Err(OpError::NameTaken { name: order.name.to_string(), id: holder.id, state });
    }
    let Some(slot) = change.tx.free_slot(account.key, CAP)? else {
        return Err(cap_reached(&change, &account)?);
    };
    let owner = Owner::Partner(order.name);
    let draft = Draft { slot: Some(slot), ..Draft::new(owner, order.note, order.lifetime) };
    let issued = issue(&mut change, &account, draft, entropy, delivery)?;
    delivery.settle().map_err(OpError::Delivery)?;
    change.commit()?;
    Ok(Outcome::Issued(Box::new(issued)))
}

/// What a new credential is to be.
pub(super) struct Draft {
    pub owner: Owner,
    pub note: Option<Note>,
    pub lifetime: Lifetime,
    pub slot: Option<u8>,
    pub previous: Option<i64>,
    pub scopes: Scopes,
    pub limit: Option<Limit>,
}

impl Draft {
    /// A credential without anything that not every kind of it has.
    pub(super) fn new(owner: Owner, note: Option<Note>, lifetime: Lifetime) -> Self {
        let (slot, previous, scopes, limit) = (None, None, Scopes::NONE, None);
        Self { owner, note, lifetime, slot, previous, scopes, limit }
    }
}

/// What a holder had before, as far as it stays listed: a revoked one does, an expired one is deleted now. One that is
/// still good stands in the way, which `taken` tells.
pub(super) fn make_way(
    change: &mut Change<'_>,
    holder: Option<Credential>,
    taken: impl FnOnce(&Credential, State) -> OpError,
) -> Result<Option<i64>, OpError> {
    let Some(mut holder) = holder else { return Ok(None) };
    match holder.state(change.now) {
        State::Revoked => Ok(Some(holder.seq)),
        State::Expired => {
            holder.deleted = Some(Deletion { at: change.now, by: change.by() });
            Ok(change.update(Action::Delete, holder)?.previous)
        }
        state => Err(taken(&holder, state)),
    }
}

/// Makes a credential and its secret within a change.
pub(super) fn issue(
    change: &mut Change<'_>,
    account: &Account,
    draft: Draft,
    entropy: &mut dyn CryptoRng,
    delivery: &mut dyn Delivery,
) -> Result<Issued, OpError> {
    let secret = Plaintext::generate(
        draft.owner.kind().secret_kind().ok_or(OpError::LegacyIsNotIssued)?,
        entropy,
    );
    let secrets = Secrets {
        generation: 1,
        current: Some(change.tx.digest(secret.expose())),
        made_at: change.now,
        delivered_at: delivery.is_ahead().then_some(change.now),
        retiring: None,
    };
    let credential = insert(change, account, draft, secrets, entropy)?;
    let names = change.tx.names_of(&credential.owner)?;
    let issued = Issued { credential, last_use: None, account: account.clone(), names, secret };
    delivery.take(&issued.parcel()).map_err(OpError::Delivery)?;
    Ok(issued)
}

/// Inserts a credential with these secrets within a change.
pub(super) fn insert(
    change: &mut Change<'_>,
    account: &Account,
    draft: Draft,
    secrets: Secrets,
    entropy: &mut dyn CryptoRng,
) -> Result<Credential, OpError> {
    let Draft { owner, note, lifetime, slot, previous, scopes, limit } = draft;
    let now = change.now;
    let expiry = lifetime.expiry(now)?;
    if owner.kind() == Kind::User && expiry == Expiry::Never {
        return Err(OpError::UserForever);
    }
    let credential = Credential {
        seq: 0,
        id: CredentialId::generate(owner.kind().class(), entropy),
        account: account.key,
        owner,
        slot,
        note,
        previous,
        created_at: now,
        created_by: change.by(),
        lifetime,
        expiry,
        secrets,
        introspect: false,
        scopes,
        limit,
        revoked: None,
        deleted: None,
        audit_seq: 0,
    };
    Ok(change.insert(credential)?)
}

/// The error that says which of the hundred could go.
fn cap_reached(change: &Change<'_>, account: &Account) -> Result<OpError, OpError> {
    let mut expired = Vec::new();
    for credential in change.tx.list_ending(change.now)? {
        let takes_place = credential.account == account.key && credential.slot.is_some();
        if takes_place && credential.state(change.now) == State::Expired {
            expired.push(credential.owner.as_str().to_owned());
        }
    }
    Ok(OpError::CapReached { account: account.id, expired })
}
