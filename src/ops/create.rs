//! `create`: a passcode of an account, for one partner.

use rand::CryptoRng;

use crate::{
    domain::{
        account::{Account, CAP},
        credential::{Credential, Kind, Owner, Secrets, State},
        id::CredentialId,
        lifetime::{Expiry, Lifetime},
        name::{Name, Note},
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
    let draft =
        Draft { owner: Owner::Partner(order.name), note: order.note, lifetime: order.lifetime };
    let issued = issue(&mut change, &account, draft, Some(slot), None, entropy, delivery)?;
    delivery.settle().map_err(OpError::Delivery)?;
    change.commit()?;
    Ok(Outcome::Issued(Box::new(issued)))
}

/// What a new credential is to be.
pub(super) struct Draft {
    pub owner: Owner,
    pub note: Option<Note>,
    pub lifetime: Lifetime,
}

/// Makes a credential and its secret within a change.
pub(super) fn issue(
    change: &mut Change<'_>,
    account: &Account,
    draft: Draft,
    slot: Option<u8>,
    previous: Option<i64>,
    entropy: &mut dyn CryptoRng,
    delivery: &mut dyn Delivery,
) -> Result<Issued, OpError> {
    let Draft { owner, note, lifetime } = draft;
    let now = change.now;
    let expiry = lifetime.expiry(now)?;
    if owner.kind() == Kind::User && expiry == Expiry::Never {
        return Err(OpError::UserForever);
    }
    let secret = Plaintext::generate(owner.kind().secret_kind(), entropy);
    let credential = Credential {
        seq: 0,
        id: CredentialId::generate(entropy),
        account: account.key,
        owner,
        slot,
        note,
        previous,
        created_at: now,
        created_by: change.by(),
        lifetime,
        expiry,
        secrets: Secrets {
            generation: 1,
            current: Some(change.tx.digest(&secret)),
            made_at: now,
            delivered_at: delivery.is_ahead().then_some(now),
            retiring: None,
        },
        introspect: false,
        revoked: None,
        deleted: None,
        audit_seq: 0,
    };
    let credential = change.insert(credential)?;
    let issued = Issued { credential, last_use: None, account: account.clone(), secret };
    delivery.take(&issued).map_err(OpError::Delivery)?;
    Ok(issued)
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
