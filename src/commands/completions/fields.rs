//! The values of `--field` and `--columns`.

use serde_json::Value;

use crate::view::schema::SCHEMAS;

/// Returns the names of the fields that a subcommand prints; empty if it prints no record.
pub fn fields_of(path: &[String]) -> Vec<String> {
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    let schema = SCHEMAS.iter().find(|schema| Some(schema.name) == schema_of(&path));
    let schema = schema.and_then(|schema| serde_json::from_str::<Value>(schema.text).ok());
    let fields = schema.as_ref().and_then(|schema| schema["properties"].as_object());
    fields.into_iter().flat_map(|fields| fields.keys().cloned()).collect()
}

/// Returns the name of the schema of a record that a subcommand prints.
fn schema_of(path: &[&str]) -> Option<&'static str> {
    Some(match path {
        ["create" | "grant-user" | "grant-app" | "reset"] => "gatepass.issued/v1",
        ["district", "connect"] => "gatepass.issued/v1",
        ["list" | "show" | "edit" | "revoke" | "delete"] => "gatepass.credential/v1",
        ["verify"] => "gatepass.decision/v1",
        ["check"] => "gatepass.check/v1",
        ["deliver"] => "gatepass.delivery/v1",
        ["status"] => "gatepass.status/v1",
        ["doctor"] => "gatepass.doctor/v1",
        ["app", "add" | "reset"] => "gatepass.issued-app/v1",
        ["app", _] => "gatepass.app/v1",
        ["district", _] => "gatepass.district/v1",
        ["account", _] => "gatepass.account/v1",
        ["legacy", "policy"] => "gatepass.legacy-policy/v1",
        ["legacy", "report"] => "gatepass.legacy-app/v1",
        ["audit", "verify"] => "gatepass.audit-verification/v1",
        ["audit", "checkpoint"] => "gatepass.audit-checkpoint/v1",
        ["audit", _] => "gatepass.audit-record/v1",
        ["store", "migrate"] => "gatepass.store-migration/v1",
        ["store", "repair"] => "gatepass.store-repair/v1",
        ["schema", "list"] => "gatepass.schema/v1",
        _ => return None,
    })
}
