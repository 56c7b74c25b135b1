//! Reports of errors about credentials.

use serde_json::json;

use super::{error_report::ErrorReport, quote::shell_quote};
use crate::{
    domain::{
        credential::{Revocation, State},
        directory::id::CredentialId,
    },
    exit::Exit,
    ops::CredentialError,
};

/// Maps an error about a credential to its code, hint and exit code.
pub(super) fn describe(error: &CredentialError) -> ErrorReport {
    match error {
        CredentialError::NotFound { reference } => not_found(reference),
        CredentialError::PartialIdRejected { id, .. } => {
            ErrorReport::new(Exit::Usage, "prefix_not_taken")
                .with_hint(format!("use the full id: {id}"))
        }
        CredentialError::NameTaken { name, id, state } => name_taken(name, *id, *state),
        CredentialError::UserHasPasscode { id, state: state @ State::Revoked, .. }
        | CredentialError::AppHasToken { id, state: state @ State::Revoked, .. } => {
            already_granted(*id, *state).with_hint(format!(
                "--if-missing does not replace what was revoked; to grant it again, run gatepass delete {id} or leave the flag out"
            ))
        }
        CredentialError::UserHasPasscode { email, id, state } => already_granted(*id, *state)
            .with_hint(format!(
                "gatepass reset {email} for a new secret, or gatepass revoke {email}"
            )),
        CredentialError::AddressTaken { id, state, .. } => already_granted(*id, *state)
            .with_hint(format!("gatepass delete {id} frees the address")),
        CredentialError::HasNoAddress(_) => {
            ErrorReport::new(Exit::Usage, "has_no_address").with_hint("use --name or --note instead")
        }
        CredentialError::AppHasToken { id, state, .. } => already_granted(*id, *state)
            .with_hint(format!(
                "gatepass edit {id} --scope SCOPE changes its scopes; gatepass reset {id} rotates its secret"
            )),
        CredentialError::CapReached { expired, .. } => cap_reached(expired),
        CredentialError::AlreadyRevoked { revocation, .. } => already_revoked(revocation),
        CredentialError::AlreadyDeleted { at, by, .. } => {
            ErrorReport::new(Exit::Conflict, "already_deleted")
                .with_details(json!({"deleted_at": at.to_string(), "deleted_by": by}))
        }
        CredentialError::Expired { id, .. } => ErrorReport::new(Exit::Conflict, "expired")
            .with_hint(format!("set a new lifetime: gatepass reset {id} --days N")),
        CredentialError::Lifetime(_) | CredentialError::UserPasscodeNeedsExpiry => {
            ErrorReport::new(Exit::Usage, "bad_lifetime")
        }
        CredentialError::CannotRename { .. } => {
            ErrorReport::new(Exit::Usage, "has_no_name").with_hint("use --note instead")
        }
        CredentialError::NotAToken { .. } => ErrorReport::new(Exit::Usage, "only_tokens")
            .with_hint("to list tokens: gatepass list --kind token"),
        CredentialError::LegacyKeyCannotBeReset => {
            ErrorReport::new(Exit::Conflict, "legacy_is_not_issued")
                .with_hint("gatepass grant-app APP --district DISTRICT --scope SCOPE")
        }
        CredentialError::CannotIntrospect { .. } => {
            ErrorReport::new(Exit::Usage, "may_not_introspect")
                .with_hint("create a passcode for the service that introspects")
        }
    }
}

fn not_found(reference: &str) -> ErrorReport {
    ErrorReport::new(Exit::NotFound, "no_such_credential")
        .with_details(json!({ "reference": reference }))
        .with_hint("to list credentials, including deleted ones: gatepass list --all")
}

fn name_taken(name: &str, id: CredentialId, state: State) -> ErrorReport {
    let hint = match state {
        State::Active | State::Expiring => {
            format!("gatepass reset {id} for a new secret, or choose another name")
        }
        State::Expired | State::Revoked | State::Deleted => {
            format!("to free the name: gatepass delete {}", shell_quote(name))
        }
    };
    ErrorReport::new(Exit::Conflict, "name_taken")
        .with_hint(hint)
        .with_details(json!({"id": id.to_string(), "state": state.as_str()}))
}

fn already_granted(id: CredentialId, state: State) -> ErrorReport {
    ErrorReport::new(Exit::Conflict, "already_granted")
        .with_details(json!({"id": id.to_string(), "state": state.as_str()}))
}

fn already_revoked(revocation: &Revocation) -> ErrorReport {
    ErrorReport::new(Exit::Conflict, "already_revoked")
        .with_hint("to issue it again, delete it first, then create or grant it")
        .with_details(json!({
            "revoked_at": revocation.at.to_string(),
            "revoked_by": revocation.by,
            "reason": revocation.reason.map(|reason| reason.as_str()),
        }))
}

fn cap_reached(expired: &[String]) -> ErrorReport {
    let report = ErrorReport::new(Exit::CapReached, "cap_reached")
        .with_details(json!({ "expired": expired }));
    match expired {
        [] => report.with_hint("delete one that is no longer needed: gatepass delete NAME"),
        names => report.with_hint(format!(
            "gatepass delete --expired frees the slots of {}",
            names.iter().map(|name| shell_quote(name)).collect::<Vec<_>>().join(", ")
        )),
    }
}
