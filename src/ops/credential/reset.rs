//! `reset`: a new secret for the same credential.

use rand::CryptoRng;

use super::{edit::set_lifetime, revoke::ensure_unrevoked};
use crate::{
    domain::{
        audit::Action,
        credential::{
            Credential, CredentialKind, MAX_APP_OVERLAP, Overlap, State,
            lifetime::{Lifetime, LifetimeError},
            secret::Plaintext,
        },
        directory::{account::Account, reference::Reference},
    },
    ops::{
        CredentialError, IssuedCredential, OpContext, OpError, SecretSink, WriteTx,
        query::resolve::{PartialIds, resolve_all},
        secret_sink::InResponse,
    },
};

/// What is asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct ResetOptions {
    /// How long the old secret lives on.
    pub overlap: Overlap,
    /// A new lifetime, counted from now; without one the end stays as it was.
    pub lifetime: Option<Lifetime>,
}

/// Gives credentials new secrets, all or none.
///
/// # Errors
/// [`CredentialError::Expired`] without a new lifetime, that one is revoked or deleted, or that a secret could not be
/// delivered ahead.
pub fn reset(
    context: &OpContext<'_>,
    references: &[Reference],
    partial_ids: PartialIds,
    options: ResetOptions,
    entropy: &mut dyn CryptoRng,
    sink: &mut dyn SecretSink,
) -> Result<Vec<IssuedCredential>, OpError> {
    let mut write = context.begin()?;
    let account = write.account()?;
    let credentials =
        resolve_all(&write.tx, std::slice::from_ref(&account), references, partial_ids)?;
    for credential in &credentials {
        ensure_resettable(&write, credential, options)?;
    }
    let mut all = Vec::with_capacity(credentials.len());
    for before in credentials {
        let issued = reset_one(&mut write, &account, &before, options, entropy, sink)?;
        sink.write(&issued.new_secret()).map_err(OpError::SecretNotWritten)?;
        all.push(issued);
    }
    sink.sync().map_err(OpError::SecretNotWritten)?;
    write.commit()?;
    Ok(all)
}

/// Gives the token with this number a new secret, as its app may do by itself: the old one lives on for `overlap`
/// seconds, seven days at most. `None` when there is no such token.
///
/// # Errors
/// [`LifetimeError::OwnOverlap`]; as for [`reset`].
pub fn reset_own(
    context: &OpContext<'_>,
    token: i64,
    overlap: Option<i64>,
    entropy: &mut dyn CryptoRng,
) -> Result<Option<IssuedCredential>, OpError> {
    if overlap.is_some_and(|seconds| !(0..=MAX_APP_OVERLAP).contains(&seconds)) {
        return Err(LifetimeError::AppOverlapTooLong.into());
    }
    let mut write = context.begin()?;
    let found = write.tx.find_credential(token)?;
    let Some(before) = found.filter(|found| found.kind() == CredentialKind::Token) else {
        return Ok(None);
    };
    let account = write.tx.account_of(&before)?;
    let options =
        ResetOptions { overlap: Overlap { seconds: overlap, until_used: false }, lifetime: None };
    ensure_resettable(&write, &before, options)?;
    let issued = reset_one(&mut write, &account, &before, options, entropy, &InResponse)?;
    write.commit()?;
    Ok(Some(issued))
}

fn ensure_resettable(
    write: &WriteTx<'_>,
    credential: &Credential,
    options: ResetOptions,
) -> Result<(), OpError> {
    ensure_unrevoked(credential)?;
    match (credential.state(write.now), options.lifetime, credential.expiry.instant()) {
        (State::Expired, None, Some(at)) => {
            Err(CredentialError::Expired { id: credential.id, at }.into())
        }
        _ => Ok(()),
    }
}

fn reset_one(
    write: &mut WriteTx<'_>,
    account: &Account,
    before: &Credential,
    options: ResetOptions,
    entropy: &mut dyn CryptoRng,
    sink: &dyn SecretSink,
) -> Result<IssuedCredential, OpError> {
    let now = write.now;
    let kind = before.kind().secret_kind().ok_or(CredentialError::LegacyKeyCannotBeReset)?;
    let secret = Plaintext::generate(kind, entropy);
    let mut after = before.clone();
    if let Some(lifetime) = options.lifetime {
        set_lifetime(write, &mut after, lifetime)?;
    }
    // A secret that had ended by itself is not brought back by a longer life of its successor.
    let overlap = if before.state(now).is_valid() { options.overlap } else { Overlap::default() };
    let digest = write.tx.digest(secret.expose());
    after.secrets.replace(digest, now, overlap, before.expiry.min(after.expiry));
    after.secrets.delivered_at = sink.is_before_commit().then_some(now);
    let last_use = write.tx.find_last_use(before.seq)?;
    let credential = write.update_credential(Action::Reset, after)?;
    let names = write.tx.display_names(&credential.subject)?;
    Ok(IssuedCredential { credential, last_use, account: account.clone(), names, secret })
}
