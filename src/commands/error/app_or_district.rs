//! Reports of errors about apps and districts.

use serde_json::{Value, json};

use super::{error_report::ErrorReport, quote::shell_quote};
use crate::{
    domain::directory::id::CredentialId,
    exit::Exit,
    ops::{AppOrDistrict, DirectoryError},
};

/// Maps an error about an app or a district to its code, hint and exit code.
pub(super) fn describe(error: &DirectoryError) -> ErrorReport {
    match error {
        DirectoryError::NoSuchApp { reference } => not_found(AppOrDistrict::App, reference),
        DirectoryError::NoSuchDistrict { reference } => {
            not_found(AppOrDistrict::District, reference)
        }
        DirectoryError::ExternalIdMismatch { name, .. } => {
            ErrorReport::new(Exit::Conflict, "other_external_id").with_hint(format!(
                "to change it: gatepass district edit {} --external-id ID",
                shell_quote(name)
            ))
        }
        DirectoryError::NameTaken { kind, id, .. } => {
            let word = kind.as_str();
            let hint = format!(
                "choose another name, or rename that one: gatepass {word} edit {id} --name NAME"
            );
            ErrorReport::new(Exit::Conflict, "name_taken")
                .with_hint(hint)
                .with_details(json!({ word: id.as_str() }))
        }
        DirectoryError::ExternalIdTaken { id, .. } => {
            ErrorReport::new(Exit::Conflict, "external_id_taken")
                .with_hint(format!("to free it: gatepass district edit {id} --no-external-id"))
                .with_details(json!({ "id": id.as_str() }))
        }
        DirectoryError::HasLiveCredentials { kind, name, count, first, .. } => {
            let remove = format!("gatepass {} remove {}", kind.as_str(), shell_quote(name));
            has_live_credentials(&remove, *count, first)
        }
        DirectoryError::NoWebhook { app } => ErrorReport::new(Exit::Conflict, "no_webhook")
            .with_hint(format!("to set one: gatepass app edit {} --webhook URL", shell_quote(app))),
    }
}

fn not_found(kind: AppOrDistrict, reference: &str) -> ErrorReport {
    let (code, hint) = match kind {
        AppOrDistrict::App => ("no_such_app", "to list apps: gatepass app list"),
        AppOrDistrict::District => {
            ("no_such_district", "to list districts: gatepass district list")
        }
    };
    ErrorReport::new(Exit::NotFound, code)
        .with_hint(hint)
        .with_details(json!({ "reference": reference }))
}

/// `remove` is the command that was refused, `first` the first of its `count` active credentials.
fn has_live_credentials(
    remove: &str,
    count: usize,
    first: &[(CredentialId, String)],
) -> ErrorReport {
    let list: Vec<String> = first.iter().map(|(id, name)| format!("{id} ({name})")).collect();
    let more = match count - first.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let details: Vec<Value> =
        first.iter().map(|(id, name)| json!({"id": id.to_string(), "name": name})).collect();
    ErrorReport::new(Exit::Conflict, "still_live")
        .with_hint(format!("{remove} --revoke-tokens also revokes {}{more}", list.join(", ")))
        .with_details(json!({"count": count, "tokens": details}))
}
