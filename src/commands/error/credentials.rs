//! What errors about credentials come to.

use serde_json::{Value, json};

use super::{Told, quote};
use crate::{
    domain::credential::State,
    exit::Exit,
    ops::{Candidate, OpError},
};

/// What such an error comes to.
pub(super) fn tell(error: &OpError) -> Told {
    match error {
        OpError::NoSuchCredential { reference } => Told::new(Exit::NotFound, "no_such_credential")
            .details(json!({ "reference": reference }))
            .hint("gatepass list shows what there is; --all shows deleted ones too"),
        OpError::Ambiguous { candidates, .. } => ambiguous(candidates),
        OpError::PrefixNotTaken { id, .. } => {
            Told::new(Exit::Usage, "prefix_not_taken").hint(format!("give the whole id: {id}"))
        }
        OpError::NameTaken { name, id, state } => {
            let hint = match state {
                State::Active | State::Expiring => {
                    format!("gatepass reset {id} for a new secret, or take another name")
                }
                _ => format!("gatepass delete {} frees the name", quote(name)),
            };
            Told::new(Exit::Conflict, "name_taken")
                .hint(hint)
                .details(json!({"id": id.to_string(), "state": state.as_str()}))
        }
        OpError::AlreadyGranted { email, id, state } => {
            Told::new(Exit::Conflict, "already_granted")
                .hint(format!(
                    "gatepass reset {email} for a new secret, or gatepass revoke {email}"
                ))
                .details(json!({"id": id.to_string(), "state": state.as_str()}))
        }
        OpError::CapReached { expired, .. } => cap_reached(expired),
        OpError::AlreadyRevoked { revocation, .. } => Told::new(Exit::Conflict, "already_revoked")
            .hint("delete it, then create or grant again")
            .details(json!({
                "revoked_at": revocation.at.to_string(),
                "revoked_by": revocation.by,
                "reason": revocation.reason.map(|reason| reason.as_str()),
            })),
        OpError::AlreadyDeleted { at, by, .. } => Told::new(Exit::Conflict, "already_deleted")
            .details(json!({"deleted_at": at.to_string(), "deleted_by": by})),
        OpError::Expired { id, .. } => Told::new(Exit::Conflict, "expired")
            .hint(format!("give it a lifetime: gatepass reset {id} --days N")),
        OpError::Lifetime(_) | OpError::UserForever => Told::new(Exit::Usage, "bad_lifetime"),
        OpError::HasNoName { .. } => Told::new(Exit::Usage, "has_no_name").hint("give it a --note"),
        OpError::OnlyTokens { .. } => Told::new(Exit::Usage, "only_tokens")
            .hint("gatepass list --kind token shows which there are"),
        OpError::LegacyIsNotIssued => Told::new(Exit::Conflict, "legacy_is_not_issued")
            .hint("gatepass grant-app APP --district DISTRICT --scope SCOPE"),
        OpError::MayNotIntrospect { .. } => Told::new(Exit::Usage, "may_not_introspect")
            .hint("create a passcode for the service that introspects"),
        _ => Told::new(Exit::Failed, "failed"),
    }
}

fn ambiguous(candidates: &[Candidate]) -> Told {
    let list: Vec<String> = candidates
        .iter()
        .map(|one| format!("{} ({} of {})", one.id, one.owner, one.account))
        .collect();
    let details: Vec<Value> = candidates
        .iter()
        .map(|one| json!({"id": one.id.to_string(), "owner": one.owner, "account": one.account.as_str()}))
        .collect();
    Told::new(Exit::Conflict, "ambiguous")
        .hint(format!("name one by its id: {}", list.join(", ")))
        .details(json!({ "candidates": details }))
}

fn cap_reached(expired: &[String]) -> Told {
    let told = Told::new(Exit::CapReached, "cap_reached").details(json!({ "expired": expired }));
    match expired {
        [] => told.hint("gatepass delete one that is no longer needed"),
        names => told.hint(format!(
            "gatepass delete --expired frees the places of {}",
            names.iter().map(|name| quote(name)).collect::<Vec<_>>().join(", ")
        )),
    }
}
