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
            Credential, CredentialKind, DuringOverlap, MAX_APP_OVERLAP, Overlap, ResetOptions,
            State,
            lifetime::LifetimeError,
            secret::{Digest, Plaintext},
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
    /// Overlaps and lifetime.
    pub options: ResetOptions,
}

/// Gives credentials new secrets, all or none. Secrets that are delivered after the commit are valid in addition to the
/// old ones, until [`complete_reset`](super::confirm::complete_reset) ends those.
///
/// # Errors
/// [`CredentialError::Expired`] without a new lifetime, [`OpError::OverlapPending`], [`OpError::SecretNotWritten`], or
/// that a credential is revoked or deleted.
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
        let issued = reset_one(&mut write, before, options, entropy, sink)?;
        sink.write(&issued.new_secret()).map_err(OpError::SecretNotWritten)?;
        all.push(issued);
    }
    write.commit_secrets(sink)?;
    Ok(all)
}

/// Gives the token with this number a new secret on request of its app. The old secret stays valid for `overlap`
/// seconds, at most seven days. In the overlap of an earlier reset, an app whose current secret was never used may have
/// lost it: then the new secret replaces that one, and the retiring secret keeps its date. Returns `None` if there is no
/// such token.
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
    let options = ResetOptions {
        overlap: Overlap { seconds: overlap, until_used: false },
        lifetime: None,
        during_overlap: DuringOverlap::ReplaceUnused,
    };
    ensure_resettable(&before, options, write.now)?;
    let issued = reset_one(&mut write, &before, options, entropy, sink)?;
    write.commit_secrets(sink)?;
    Ok(Some(issued))
}

fn ensure_resettable(
    credential: &Credential,
    options: ResetOptions,
    now: Instant,
) -> Result<(), OpError> {
    ensure_unrevoked(credential)?;
    if let (State::Expired, None, Some(at)) =
        (credential.state(now), options.lifetime, credential.expiry.instant())
    {
        return Err(CredentialError::Expired { id: credential.id, at }.into());
    }
    let blocking = credential.secrets.blocking_overlap(now, options.during_overlap);
    blocking.map_or(Ok(()), |retiring| Err(OpError::overlap_pending(&credential.id, retiring)))
}

fn reset_one(
    write: &mut WriteTx<'_>,
    before: &Credential,
    options: ResetOptions,
    entropy: &mut dyn CryptoRng,
    sink: &dyn SecretSink,
) -> Result<IssuedCredential, OpError> {
    let now = write.now;
    let kind = before.kind().secret_kind().ok_or(CredentialError::LegacyKeyCannotBeReset)?;
    let secret = Plaintext::generate(kind, entropy);
    let digest = write.tx.digest(secret.expose());
    let mut after = after_reset(before, digest, options, now)?;
    let account = write.tx.account_of(before)?;
    let last_use = write.tx.find_last_use(before.seq)?;
    let pending_reset = match sink.delivered_at(now) {
        Some(delivered_at) => {
            after.secrets.delivered_at = Some(delivered_at);
            after = write.update_credential(Action::Reset, after)?;
            None
        }
        None => {
            let mut begun = before.clone();
            begun.secrets.add_undelivered(digest, now);
            write.update_credential(Action::ResetBegin, begun)?;
            Some(options)
        }
    };
    let names = write.tx.display_names(&after.subject)?;
    Ok(IssuedCredential {
        ended_retiring: before.secrets.ended_retiring(now, &after.secrets),
        shortened_from: Some(before.expiry).filter(|old| after.expiry < *old),
        credential: after,
        last_use,
        account,
        names,
        secret,
        is_new: false,
        pending_reset,
    })
}

/// Returns the credential after a reset at `at`, with a secret that was not delivered yet.
///
/// # Errors
/// As for [`set_lifetime`].
pub(super) fn after_reset(
    before: &Credential,
    digest: Digest,
    options: ResetOptions,
    at: Instant,
) -> Result<Credential, CredentialError> {
    let mut after = before.clone();
    if let Some(lifetime) = options.lifetime {
        set_lifetime(&mut after, lifetime, at)?;
    }
    // A new lifetime does not make the old secret of an expired credential valid again.
    let overlap = if before.state(at).is_valid() { options.overlap } else { Overlap::default() };
    let options = ResetOptions { overlap, ..options };
    let end = before.expiry.min(after.expiry);
    let retiring = after.secrets.retiring_after_reset(at, options, end);
    after.secrets.replace(digest, at, retiring);
    Ok(after)
}
