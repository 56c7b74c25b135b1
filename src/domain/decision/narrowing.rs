//! Whether a change makes requests fail that succeed without it.

use super::{
    context::CredentialContext,
    policy::{policy_refusal, rate_limit},
};
use crate::domain::{
    credential::{CredentialKind, lifetime::Expiry, scope::covers, secret::Digest},
    instant::Instant,
};

/// What a change takes away from the holder of a credential. Nothing is taken away from a credential that is not accepted
/// before the change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Narrowing {
    /// A secret stops working earlier.
    pub expiry: bool,
    /// The API of the account runs in another region.
    pub region: bool,
    /// The token loses a scope.
    pub scopes: bool,
    /// Fewer requests per minute are allowed, now or at a later time.
    pub limit: bool,
    /// The holder may no longer use `POST /introspect`.
    pub introspect: bool,
}

impl Narrowing {
    /// Returns whether the change takes anything away.
    pub fn is_any(self) -> bool {
        self != Self::default()
    }
}

/// Compares a credential before and after a change at `now`. A request that is accepted before the change, now or later,
/// and refused after it is a narrowing. Both contexts are of the same credential.
pub fn narrows(
    before: CredentialContext<'_>,
    after: CredentialContext<'_>,
    now: Instant,
) -> Narrowing {
    let mut narrowing = Narrowing::default();
    for digest in before.credential.secrets.digests() {
        let (old_end, end) =
            (accepted_until(before, digest, now), accepted_until(after, digest, now));
        if old_end.has_passed(now) {
            continue;
        }
        narrowing.expiry |= end < old_end
            || ends_with_use(after, digest, now) && !ends_with_use(before, digest, now);
        if end.has_passed(now) {
            continue;
        }
        narrowing.region |= before.account.region != after.account.region;
        let scopes = after.credential.scopes.as_str();
        narrowing.scopes |= before.credential.scopes.iter().any(|scope| !covers(scopes, scope));
        narrowing.limit |= is_limited_more(before, after, now, end.min(old_end));
        narrowing.introspect |= before.credential.introspect && !after.credential.introspect;
    }
    narrowing
}

/// Returns until when requests with a secret are accepted. `now` or an earlier instant means that they are refused.
fn accepted_until(context: CredentialContext<'_>, digest: &Digest, now: Instant) -> Expiry {
    let CredentialContext { credential, account, .. } = context;
    let secrets = &credential.secrets;
    let of_secret = match &secrets.retiring {
        _ if secrets.current.as_ref() == Some(digest) => Expiry::Never,
        _ if secrets.undelivered.is_some_and(|new| new.digest == *digest) => Expiry::Never,
        Some(retiring) if retiring.digest == *digest => Expiry::At(retiring.until),
        _ => Expiry::At(now),
    };
    let is_refused = !credential.is_unrevoked()
        || context.is_orphaned()
        || policy_refusal(credential.kind(), account, now).is_some();
    if is_refused {
        return Expiry::At(now);
    }
    let sunset = account.legacy.as_ref().filter(|_| credential.kind() == CredentialKind::Legacy);
    let sunset = sunset.map_or(Expiry::Never, |policy| Expiry::At(policy.sunset_at));
    of_secret.min(credential.expiry).min(sunset)
}

/// Returns whether the first use of the new secret ends this one.
fn ends_with_use(context: CredentialContext<'_>, digest: &Digest, now: Instant) -> bool {
    let retiring = context.credential.retiring(now);
    retiring.is_some_and(|retiring| retiring.until_used && retiring.digest == *digest)
}

/// Returns whether the rate limit is lower after the change, at any time from `now` until `end`, when the secret ends
/// with or without the change.
fn is_limited_more(
    before: CredentialContext<'_>,
    after: CredentialContext<'_>,
    now: Instant,
    end: Expiry,
) -> bool {
    let limit = |context: CredentialContext<'_>, at| {
        let of_token = context.credential.limit.or(context.app.map(|app| app.limit));
        rate_limit(context.account, context.credential.kind(), of_token, at)
    };
    // Limits change only when the limit of a legacy policy begins.
    let starts = [before, after]
        .map(|context| context.account.legacy.as_ref().map(|policy| policy.limited_at));
    let times = starts.into_iter().flatten().filter(|start| *start > now).chain([now]);
    times.filter(|at| !end.has_passed(*at)).any(|at| match (limit(before, at), limit(after, at)) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(before), Some(after)) => after < before,
    })
}
