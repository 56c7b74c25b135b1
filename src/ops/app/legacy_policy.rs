//! `legacy policy`: when an account's legacy keys are announced as deprecated, limited and refused.

use crate::{
    domain::{
        audit::Action, credential::rate_limit::RateLimit, directory::account::Account,
        instant::Instant, legacy::LegacyPolicy,
    },
    ops::{
        context::OpContext,
        error::{OpError, legacy::LegacyError},
    },
};

/// A change of the policy for legacy keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PolicyChange {
    /// Sets the policy, or changes parts of it.
    Set(PolicyEdits),
    /// Removes the policy.
    Clear,
}

/// The parts of the policy to set; `None` leaves a part as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PolicyEdits {
    /// From when on responses say that legacy keys are deprecated.
    pub announced_at: Option<Instant>,
    /// From when on legacy keys are limited.
    pub limited_at: Option<Instant>,
    /// The requests per minute that a limited key allows.
    pub limit: Option<RateLimit>,
    /// When legacy keys stop working.
    pub sunset_at: Option<Instant>,
    /// An http or https URL with more information; `Some(None)` removes it.
    pub link: Option<Option<String>>,
}

impl PolicyEdits {
    /// Returns whether there is nothing to change.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Returns the policy after the change.
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
        ensure_order(LegacyPolicy { announced_at, limited_at, limit, sunset_at, link })
    }
}

/// Fails unless announcement, limit and sunset follow one another.
fn ensure_order(policy: LegacyPolicy) -> Result<LegacyPolicy, LegacyError> {
    let LegacyPolicy { announced_at, limited_at, sunset_at, .. } = policy;
    if limited_at < announced_at {
        return Err(LegacyError::LimitBeforeAnnouncement { announced_at, limited_at });
    }
    if sunset_at < limited_at {
        return Err(LegacyError::SunsetBeforeLimit { limited_at, sunset_at });
    }
    Ok(policy)
}

/// An account before and after a change of its policy.
#[derive(Debug)]
pub struct UpdatedPolicy {
    /// The account before the change.
    pub before: Account,
    /// The account after the change.
    pub after: Account,
    /// When the policy was changed.
    pub now: Instant,
}

/// Changes the policy for the legacy keys of the selected account.
///
/// # Errors
/// [`LegacyError::IncompletePolicy`], [`LegacyError::LimitBeforeAnnouncement`], [`LegacyError::SunsetBeforeLimit`].
pub fn set_policy(
    context: &OpContext<'_>,
    request: PolicyChange,
) -> Result<UpdatedPolicy, OpError> {
    let mut write = context.begin()?;
    let before = write.account()?;
    let legacy = match request {
        PolicyChange::Set(edits) => Some(edits.apply(before.legacy.as_ref())?),
        PolicyChange::Clear => None,
    };
    let audit = write.audit_context(Action::AccountEdit);
    let updated = Account { legacy, ..before.clone() };
    let after = write.tx.update_account(&audit, &before, updated)?;
    let now = write.now;
    write.commit_if_changed()?;
    Ok(UpdatedPolicy { before, after, now })
}
