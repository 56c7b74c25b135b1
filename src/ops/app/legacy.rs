//! Legacy keys: an app's own key is imported, and the account says how such keys come to an end.

use rand::CryptoRng;

use crate::{
    domain::{
        audit::Action,
        credential::{
            Credential, CredentialKind, Secrets, lifetime::Lifetime, rate_limit::RateLimit,
            subject::Subject,
        },
        decision::SecretLookup,
        directory::{account::Account, app::App},
        instant::Instant,
        legacy::{LegacyKey, LegacyPolicy, STRONG_KEY_BITS},
    },
    ops::{
        LegacyError, OpContext, OpError, WriteTx,
        credential::create::{NewCredential, insert_new_credential},
    },
    store::StoreError,
};

/// A key that is to be imported.
#[derive(Debug)]
pub struct LegacyKeyImport {
    /// The key.
    pub key: LegacyKey,
    /// Whether it may be one that can be guessed.
    pub allow_weak: bool,
}

/// Imports the key that an app has had so far, within a change.
///
/// # Errors
/// A [`LegacyError`].
pub(in crate::ops) fn import_legacy_key(
    write: &mut WriteTx<'_>,
    account: &Account,
    app: &App,
    import: &LegacyKeyImport,
    entropy: &mut dyn CryptoRng,
) -> Result<Credential, OpError> {
    let bits = import.key.entropy_bits();
    if bits < STRONG_KEY_BITS && !import.allow_weak {
        return Err(LegacyError::Weak { bits }.into());
    }
    let owner = Subject::App(app.id);
    let holder = write.tx.find_holder(account.key, CredentialKind::Legacy, &owner.unique_key())?;
    if let Some(holder) = holder.as_ref().filter(|holder| holder.is_unrevoked()) {
        let (app, state) = (app.name.to_string(), holder.state(write.now));
        return Err(LegacyError::AlreadyHasKey { app, id: holder.id, state }.into());
    }
    let digest = write.tx.digest(import.key.expose());
    match write.tx.find_by_digest(&digest)? {
        SecretLookup::Unknown => {}
        SecretLookup::Tampered => {
            let why = "what is known of this key was altered".to_owned();
            return Err(StoreError::Integrity(why).into());
        }
        SecretLookup::Known(known) => {
            let (one, state) = (&known.credential, known.credential.state(write.now));
            return Err(LegacyError::SecretInUse { id: one.id, kind: one.kind(), state }.into());
        }
    }
    // The app has it already, so nobody need be shown it.
    let secrets = Secrets {
        generation: 1,
        current: Some(digest),
        created_at: write.now,
        delivered_at: Some(write.now),
        retiring: None,
    };
    let previous = holder.map(|holder| holder.seq);
    let new = NewCredential { previous, ..NewCredential::new(owner, None, Lifetime::Forever) };
    insert_new_credential(write, account, new, secrets, entropy)
}

/// What is to become of the policy for legacy keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PolicyChange {
    /// It says this, and what it said before about the rest.
    Set(PolicyEdits),
    /// There is to be none.
    Clear,
}

/// What a policy is to say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PolicyEdits {
    /// From when on every answer tells that such keys are deprecated.
    pub announced_at: Option<Instant>,
    /// From when on they are limited.
    pub limited_at: Option<Instant>,
    /// To how many requests a minute.
    pub limit: Option<RateLimit>,
    /// When they end.
    pub sunset_at: Option<Instant>,
    /// Where to read more; `Some(None)` takes it away.
    pub link: Option<Option<String>>,
}

impl PolicyEdits {
    /// Whether nothing is to become different.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn apply(self, before: Option<&LegacyPolicy>) -> Result<LegacyPolicy, LegacyError> {
        let link = self.link.unwrap_or_else(|| before.and_then(|before| before.link.clone()));
        let announced_at = self.announced_at.or(before.map(|before| before.announced_at));
        let limited_at = self.limited_at.or(before.map(|before| before.limited_at));
        let limit = self.limit.or(before.map(|before| before.limit));
        let sunset_at = self.sunset_at.or(before.map(|before| before.sunset_at));
        let (Some(announced_at), Some(limited_at), Some(limit), Some(sunset_at)) =
            (announced_at, limited_at, limit, sunset_at)
        else {
            let parts = [
                ("--announce", announced_at.is_none()),
                ("--limit-from", limited_at.is_none()),
                ("--limit", limit.is_none()),
                ("--sunset", sunset_at.is_none()),
            ];
            let missing = parts.into_iter().filter(|(_, is_missing)| *is_missing);
            return Err(LegacyError::IncompletePolicy {
                missing: missing.map(|(flag, _)| flag).collect(),
            });
        };
        if limited_at < announced_at {
            return Err(LegacyError::LimitBeforeAnnouncement { announced_at, limited_at });
        }
        if sunset_at < limited_at {
            return Err(LegacyError::SunsetBeforeLimit { limited_at, sunset_at });
        }
        Ok(LegacyPolicy { announced_at, limited_at, limit, sunset_at, link })
    }
}

/// An account before and after its policy was changed.
#[derive(Debug)]
pub struct UpdatedPolicy {
    /// As it was.
    pub before: Account,
    /// As it is.
    pub after: Account,
    /// When it was changed.
    pub now: Instant,
}

impl UpdatedPolicy {
    /// When keys that are good now will end, if that is sooner than it was.
    pub fn new_sunset(&self) -> Option<Instant> {
        let sunset = |account: &Account| account.legacy.as_ref().map(|policy| policy.sunset_at);
        match (sunset(&self.before), sunset(&self.after)?) {
            (Some(before), after) if self.now < before && after < before => Some(after),
            (None, after) if after <= self.now => Some(after),
            _ => None,
        }
    }
}

/// Changes the policy for the legacy keys of the chosen account.
///
/// # Errors
/// A [`LegacyError`]: a first policy that lacks something, instants that are not in their order, or nothing to clear.
pub fn set_policy(
    context: &OpContext<'_>,
    request: PolicyChange,
) -> Result<UpdatedPolicy, OpError> {
    let mut write = context.begin()?;
    let before = write.account()?;
    let legacy = match request {
        PolicyChange::Set(edits) => Some(edits.apply(before.legacy.as_ref())?),
        PolicyChange::Clear if before.legacy.is_none() => {
            return Err(LegacyError::NoPolicy(before.id).into());
        }
        PolicyChange::Clear => None,
    };
    let audit = write.audit_context(Action::AccountEdit);
    let updated = Account { legacy, ..before.clone() };
    let after = write.tx.update_account(&audit, &before, updated)?;
    let now = write.now;
    write.commit()?;
    Ok(UpdatedPolicy { before, after, now })
}
