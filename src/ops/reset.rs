//! `reset`: a new secret for the same credential.

use rand::CryptoRng;

use super::edit::set_lifetime;
use crate::{
    domain::{
        account::Account,
        audit::Action,
        credential::{Credential, Kind, State},
        lifetime::{LONGEST_OWN_OVERLAP, Lifetime, LifetimeError, Overlap},
        reference::Reference,
        secret::Plaintext,
    },
    ops::{
        Change, Delivery, Desk, Issued, OpError,
        delivery::InAnswer,
        resolve::{Prefixes, resolve_all},
        revoke::still_open,
    },
};

/// What is asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Terms {
    /// How long the old secret lives on.
    pub overlap: Overlap,
    /// A new lifetime, counted from now; without one the end stays as it was.
    pub lifetime: Option<Lifetime>,
}

/// Gives credentials new secrets, all or none.
///
/// # Errors
/// [`OpError::Expired`] without a new lifetime, that one is revoked or deleted, or that a secret could not be
/// delivered ahead.
pub fn reset(
    desk: &Desk<'_>,
    references: &[Reference],
    prefixes: Prefixes,
    terms: Terms,
    entropy: &mut dyn CryptoRng,
    delivery: &mut dyn Delivery,
) -> Result<Vec<Issued>, OpError> {
    let mut change = desk.begin()?;
    let account = change.account()?;
    let named = resolve_all(&change.tx, std::slice::from_ref(&account), references, prefixes)?;
    for credential in &named {
        can_be_reset(&change, credential, terms)?;
    }
    let mut all = Vec::with_capacity(named.len());
    for before in named {
        let issued = reset_one(&mut change, &account, &before, terms, entropy, delivery)?;
        delivery.take(&issued.parcel()).map_err(OpError::Delivery)?;
        all.push(issued);
    }
    delivery.settle().map_err(OpError::Delivery)?;
    change.commit()?;
    Ok(all)
}

/// Gives the token with this number a new secret, as its app may do by itself: the old one lives on for `overlap`
/// seconds, seven days at most. `None` when there is no such token.
///
/// # Errors
/// [`LifetimeError::OwnOverlap`]; as for [`reset`].
pub fn reset_own(
    desk: &Desk<'_>,
    token: i64,
    overlap: Option<i64>,
    entropy: &mut dyn CryptoRng,
) -> Result<Option<Issued>, OpError> {
    if overlap.is_some_and(|seconds| !(0..=LONGEST_OWN_OVERLAP).contains(&seconds)) {
        return Err(LifetimeError::OwnOverlap.into());
    }
    let mut change = desk.begin()?;
    let found = change.tx.find_by_seq(token)?;
    let Some(before) = found.filter(|found| found.kind() == Kind::Token) else { return Ok(None) };
    let account = change.tx.account_of(&before)?;
    let terms = Terms { overlap: Overlap { seconds: overlap, until_used: false }, lifetime: None };
    can_be_reset(&change, &before, terms)?;
    let issued = reset_one(&mut change, &account, &before, terms, entropy, &InAnswer)?;
    change.commit()?;
    Ok(Some(issued))
}

fn can_be_reset(change: &Change<'_>, credential: &Credential, terms: Terms) -> Result<(), OpError> {
    still_open(credential)?;
    match (credential.state(change.now), terms.lifetime, credential.expiry.instant()) {
        (State::Expired, None, Some(at)) => Err(OpError::Expired { id: credential.id, at }),
        _ => Ok(()),
    }
}

fn reset_one(
    change: &mut Change<'_>,
    account: &Account,
    before: &Credential,
    terms: Terms,
    entropy: &mut dyn CryptoRng,
    delivery: &dyn Delivery,
) -> Result<Issued, OpError> {
    let now = change.now;
    let kind = before.kind().secret_kind().ok_or(OpError::LegacyIsNotIssued)?;
    let secret = Plaintext::generate(kind, entropy);
    let mut after = before.clone();
    if let Some(lifetime) = terms.lifetime {
        set_lifetime(change, &mut after, lifetime)?;
    }
    // A secret that had ended by itself is not brought back by a longer life of its successor.
    let overlap = if before.state(now).is_live() { terms.overlap } else { Overlap::default() };
    let digest = change.tx.digest(secret.expose());
    after.secrets.replace(digest, now, overlap, before.expiry.min(after.expiry));
    after.secrets.delivered_at = delivery.is_ahead().then_some(now);
    let last_use = change.tx.last_use(before.seq)?;
    let credential = change.update(Action::Reset, after)?;
    let names = change.tx.names_of(&credential.owner)?;
    Ok(Issued { credential, last_use, account: account.clone(), names, secret })
}
