//! `reset`: a new secret for an existing credential.

use rand::CryptoRng;

use super::{
    issue::IssuedCredential,
    rules::{ensure_unrevoked, set_lifetime},
};
use crate::{
    domain::{
        audit::Action,
        credential::{
            Credential, CredentialKind, MAX_APP_OVERLAP, Overlap, State,
            lifetime::{Lifetime, LifetimeError},
            secret::Plaintext,
        },
        directory::reference::Reference,
        instant::Instant,
        seq::CredentialSeq,
    },
    ops::{
        context::{OpContext, WriteTx},
        error::{OpError, credential::CredentialError},
        query::resolve::{PartialIds, resolve_all},
        secret_sink::SecretSink,
    },
};

/// The credentials to reset, and how.
#[derive(Clone, Copy, Debug)]
pub struct ResetRequest<'a> {
    /// The credentials.
    pub references: &'a [Reference],
    /// Whether references may be partial ids.
    pub partial_ids: PartialIds,
    /// Overlap and lifetime.
    pub options: ResetOptions,
}

/// The options of a reset.
#[derive(Clone, Copy, Debug, Default)]
pub struct ResetOptions {
    /// How long the old secret stays valid.
    pub overlap: Overlap,
    /// The new lifetime, which starts now; `None` keeps the expiry.
    pub lifetime: Option<Lifetime>,
}

/// Gives credentials new secrets, all or none.
///
/// # Errors
/// [`CredentialError::Expired`] without a new lifetime, [`OpError::SecretNotWritten`], or that a credential is revoked
/// or deleted.
pub fn reset(
    context: &OpContext<'_>,
    request: ResetRequest<'_>,
    entropy: &mut dyn CryptoRng,
    sink: &mut dyn SecretSink,
) -> Result<Vec<IssuedCredential>, OpError> {
    let ResetRequest { references, partial_ids, options } = request;
    let mut write = context.begin()?;
    let account = write.account()?;
    let credentials =
        resolve_all(&mut write.tx, std::slice::from_ref(&account), references, partial_ids)?;
    for credential in &credentials {
        ensure_resettable(credential, options, write.now)?;
    }
    let mut all = Vec::with_capacity(credentials.len());
    for before in &credentials {
        let delivered_at = sink.delivered_at(write.now);
        let issued = reset_one(&mut write, before, options, delivered_at, entropy)?;
        sink.write(&issued.new_secret()).map_err(OpError::SecretNotWritten)?;
        all.push(issued);
    }
    write.commit_secrets(sink)?;
    Ok(all)
}

/// Gives the token with this number a new secret on request of its app. The old secret stays valid for `overlap`
/// seconds, at most seven days. Returns `None` if there is no such token.
///
/// # Errors
/// [`LifetimeError::AppOverlapTooLong`]; as for [`reset`].
pub fn reset_own(
    context: &OpContext<'_>,
    token: CredentialSeq,
    overlap: Option<i64>,
    entropy: &mut dyn CryptoRng,
    sink: &mut dyn SecretSink,
) -> Result<Option<IssuedCredential>, OpError> {
    if overlap.is_some_and(|seconds| !(0..=MAX_APP_OVERLAP).contains(&seconds)) {
        return Err(LifetimeError::AppOverlapTooLong.into());
    }
    let mut write = context.begin()?;
    let found = write.tx.find_credential(token)?;
    let Some(before) = found.filter(|found| found.kind() == CredentialKind::Token) else {
        return Ok(None);
    };
    let options =
        ResetOptions { overlap: Overlap { seconds: overlap, until_used: false }, lifetime: None };
    ensure_resettable(&before, options, write.now)?;
    let delivered_at = sink.delivered_at(write.now);
    let issued = reset_one(&mut write, &before, options, delivered_at, entropy)?;
    write.commit_secrets(sink)?;
    Ok(Some(issued))
}

fn ensure_resettable(
    credential: &Credential,
    options: ResetOptions,
    now: Instant,
) -> Result<(), CredentialError> {
    ensure_unrevoked(credential)?;
    match (credential.state(now), options.lifetime, credential.expiry.instant()) {
        (State::Expired, None, Some(at)) => Err(CredentialError::Expired { id: credential.id, at }),
        _ => Ok(()),
    }
}

fn reset_one(
    write: &mut WriteTx<'_>,
    before: &Credential,
    options: ResetOptions,
    delivered_at: Option<Instant>,
    entropy: &mut dyn CryptoRng,
) -> Result<IssuedCredential, OpError> {
    let now = write.now;
    let kind = before.kind().secret_kind().ok_or(CredentialError::LegacyKeyCannotBeReset)?;
    let secret = Plaintext::generate(kind, entropy);
    let mut after = before.clone();
    if let Some(lifetime) = options.lifetime {
        set_lifetime(&mut after, lifetime, now)?;
    }
    // A new lifetime does not make the old secret of an expired credential valid again.
    let overlap = if before.state(now).is_valid() { options.overlap } else { Overlap::default() };
    let digest = write.tx.digest(secret.expose());
    after.secrets.replace(digest, now, overlap, before.expiry.min(after.expiry));
    after.secrets.delivered_at = delivered_at;
    let account = write.tx.account_of(before)?;
    let last_use = write.tx.find_last_use(before.seq)?;
    let credential = write.update_credential(Action::Reset, after)?;
    let names = write.tx.display_names(&credential.subject)?;
    Ok(IssuedCredential { credential, last_use, account, names, secret })
}
