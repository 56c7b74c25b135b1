//! `reset`: a new secret for the same credential.

use rand::CryptoRng;

use super::edit::set_lifetime;
use crate::{
    domain::{
        account::Account,
        audit::Action,
        credential::{Credential, State},
        lifetime::{Lifetime, Overlap},
        reference::Reference,
        secret::Plaintext,
    },
    ops::{
        Change, Delivery, Desk, Issued, Names, OpError,
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
        still_open(credential)?;
        if let (State::Expired, None, Some(at)) =
            (credential.state(change.now), terms.lifetime, credential.expiry.instant())
        {
            return Err(OpError::Expired { id: credential.id, at });
        }
    }
    let mut all = Vec::with_capacity(named.len());
    for before in named {
        let issued = reset_one(&mut change, &account, &before, terms, entropy, delivery)?;
        delivery.take(&issued.parcel()?).map_err(OpError::Delivery)?;
        all.push(issued);
    }
    delivery.settle().map_err(OpError::Delivery)?;
    change.commit()?;
    Ok(all)
}

pub(super) fn reset_one(
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
    let names = Names::of(&change.tx, [&credential])?;
    Ok(Issued { credential, last_use, account: account.clone(), names, secret })
}
