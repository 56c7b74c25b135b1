//! What errors about apps and districts come to.

use serde_json::{Value, json};

use super::{Told, quote};
use crate::{
    domain::id::{CredentialId, ObjectId},
    exit::Exit,
    ops::{OpError, Party},
};

/// What such an error comes to.
pub(super) fn tell(error: &OpError) -> Told {
    match error {
        OpError::NoSuchApp { reference } => no_such(Party::App, reference),
        OpError::NoSuchDistrict { reference } => no_such(Party::District, reference),
        OpError::TokenGranted { id, state, .. } => Told::new(Exit::Conflict, "already_granted")
            .hint(format!(
                "gatepass edit {id} --scope SCOPE changes what is shared; gatepass reset {id} makes a new secret"
            ))
            .details(json!({"id": id.to_string(), "state": state.as_str()})),
        OpError::OtherExternalId { name, .. } => Told::new(Exit::Conflict, "other_external_id")
            .hint(format!("gatepass district edit {} --external-id ID changes it", quote(name))),
        OpError::AmbiguousParty { party, candidates, .. } => ambiguous(*party, candidates),
        OpError::PartyNameTaken { party, id, .. } => {
            let word = party.as_str();
            let hint = format!("take another name, or gatepass {word} edit {id} --name OTHER");
            Told::new(Exit::Conflict, "name_taken").hint(hint).details(json!({ word: id.as_str() }))
        }
        OpError::ExternalIdTaken { id, .. } => Told::new(Exit::Conflict, "external_id_taken")
            .hint(format!("gatepass district edit {id} --no-external-id frees it"))
            .details(json!({ "id": id.as_str() })),
        OpError::StillLive { party, name, count, some, .. } => still_live((*party, name), *count, some),
        OpError::NoWebhook { app } => Told::new(Exit::Conflict, "no_webhook")
            .hint(format!("give it one: gatepass app edit {} --webhook URL", quote(app))),
        _ => Told::new(Exit::Failed, "failed"),
    }
}

fn no_such(party: Party, reference: &str) -> Told {
    let (code, hint) = match party {
        Party::App => ("no_such_app", "gatepass app list shows what there is"),
        Party::District => ("no_such_district", "gatepass district list shows what there is"),
    };
    Told::new(Exit::NotFound, code).hint(hint).details(json!({ "reference": reference }))
}

fn ambiguous(party: Party, candidates: &[(ObjectId, String)]) -> Told {
    let list: Vec<String> = candidates.iter().map(|(id, name)| format!("{id} ({name})")).collect();
    let details: Vec<Value> =
        candidates.iter().map(|(id, name)| json!({"id": id.as_str(), "name": name})).collect();
    Told::new(Exit::Conflict, "ambiguous")
        .hint(format!("name one {} by its id: {}", party.as_str(), list.join(", ")))
        .details(json!({ "candidates": details }))
}

fn still_live((party, name): (Party, &str), count: usize, some: &[(CredentialId, String)]) -> Told {
    let list: Vec<String> = some.iter().map(|(id, name)| format!("{id} ({name})")).collect();
    let more = match count - some.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let details: Vec<Value> =
        some.iter().map(|(id, name)| json!({"id": id.to_string(), "name": name})).collect();
    Told::new(Exit::Conflict, "still_live")
        .hint(format!(
            "gatepass {} remove {} --revoke-tokens ends {}{more}",
            party.as_str(),
            quote(name),
            list.join(", "),
        ))
        .details(json!({"count": count, "tokens": details}))
}
