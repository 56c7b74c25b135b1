//! Eval

use super::{input::DecisionInput, reason::Reason, requirements::Requirements, role::SecretRole};
use crate::domain::{
    credential::{CredentialKind, scope::covers},
    directory::id::ObjectId,
    instant::Instant,
};

/// Judges an intact record, in the order that `product.md` of the design gives: the named account's, not deleted,
/// revoked, replaced or expired, within the account's policy, for the app and the district and with the scopes that are
/// demanded.
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
    if input.require_user_passcode && input.kind == CredentialKind::Account {
        return Reason::UserPasscodeRequired;
    }
    if input.legacy_sunset_has_passed && input.kind == CredentialKind::Legacy {
        return Reason::LegacySunset;
    }
    if requirements.region.is_some_and(|region| region != input.region) {
        return Reason::WrongRegion;
    }
    check_token_requirements(requirements, input)
}

/// A passcode is good for no app and no district and has no scopes: what demands one is meant for tokens. A legacy key
/// is good for all that is shared with its app, as it always was: that is why it has to go.
fn check_token_requirements(requirements: &Requirements, input: &DecisionInput<'_>) -> Reason {
    let is_other = |demanded: &Option<Box<str>>, own: Option<ObjectId>| {
        let is_own = |demanded: &str| own.as_ref().is_some_and(|own| own.as_str() == demanded);
        demanded.as_deref().is_some_and(|demanded| !is_own(demanded))
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
    if requirements.scopes.as_deref().is_some_and(|demanded| !covers(input.scopes, demanded)) {
        return Reason::ScopeMissing;
    }
    Reason::Allowed
}
