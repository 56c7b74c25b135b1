//! The rules that decide whether a known secret is accepted.

use super::{
    input::DecisionInput, policy::refusal, reason::Reason, requirements::Requirements,
    role::SecretRole,
};
use crate::domain::{
    credential::{CredentialKind, scope::covers},
    directory::id::ObjectId,
    instant::Instant,
};

/// Decides about an intact record. The first check that fails gives the reason:
///
/// 1. The caller named no account, or the account of the credential.
/// 2. The credential is not deleted.
/// 3. It is not revoked, and its app is not removed.
/// 4. No reset replaced the secret.
/// 5. The credential has not expired.
/// 6. If the account requires user passcodes, it is not an account passcode.
/// 7. After the sunset of the account's legacy keys, it is not a legacy key.
/// 8. The account belongs to the required region.
/// 9. The credential belongs to the required app.
/// 10. It is a token for the required district, or a legacy key.
/// 11. It is a token with all required scopes, or a legacy key.
pub fn evaluate(requirements: &Requirements, input: &DecisionInput<'_>, now: Instant) -> Reason {
    if requirements.account.is_some_and(|named| named != input.account) {
        return Reason::WrongAccount;
    }
    if input.is_deleted {
        return Reason::Deleted;
    }
    if input.is_revoked || input.is_orphaned {
        return Reason::Revoked;
    }
    if input.role == SecretRole::Replaced {
        return Reason::Replaced;
    }
    if input.expiry.has_passed(now) {
        return Reason::Expired;
    }
    let DecisionInput { require_user_passcode, legacy_sunset_has_passed, .. } = *input;
    if let Some(reason) = refusal(input.kind, require_user_passcode, legacy_sunset_has_passed) {
        return reason;
    }
    if requirements.region.is_some_and(|region| region != input.region) {
        return Reason::WrongRegion;
    }
    check_token_requirements(requirements, input)
}

/// Checks the requirements that only tokens and legacy keys can meet. Passcodes carry no app, district or scopes, so
/// any such requirement rejects them. A legacy key has access to all districts of its app, with every scope.
fn check_token_requirements(requirements: &Requirements, input: &DecisionInput<'_>) -> Reason {
    let is_other = |required: &Option<Box<str>>, own: Option<ObjectId>| {
        let is_own = |required: &str| own.as_ref().is_some_and(|own| own.as_str() == required);
        required.as_deref().is_some_and(|required| !is_own(required))
    };
    if is_other(&requirements.app, input.app) {
        return Reason::WrongApp;
    }
    if input.kind == CredentialKind::Legacy {
        return Reason::Allowed;
    }
    if is_other(&requirements.district, input.district) {
        return Reason::WrongDistrict;
    }
    if requirements.scopes.as_deref().is_some_and(|required| !covers(input.scopes, required)) {
        return Reason::ScopeMissing;
    }
    Reason::Allowed
}
