//! What a change did to the fields of an object, from the fields that its audit record keeps.

use std::{collections::BTreeMap, fmt};

use serde_json::{Map, Value as Json};

use crate::{
    domain::{audit::AuditRecord, instant::Instant},
    render::{Record, Value},
    view::value::optional_text,
};

/// A field that a change set, replaced or cleared.
pub(super) struct FieldChange {
    /// The name of the field in the record; of a field of a policy, `legacy.` and its name.
    field: String,
    /// The value before, as text; `None` if there was none.
    before: Option<String>,
    /// The value after; `None` if there is none.
    after: Option<String>,
}

/// The fields that follow from the action, its time and other fields. [`summary`] leaves them out.
const IMPLIED: [&str; 5] = ["revoked_at", "deleted_at", "removed_at", "slot", "lifetime"];

/// The fields whose names a person would not understand, and other words for them.
const LABELS: [(&str, &str); 9] = [
    ("owner", "name"),
    ("expires_at", "expires"),
    ("generation", "secret"),
    ("retiring_until", "old secret until"),
    ("retiring_until_used", "until the new one is used"),
    ("undelivered_reset_at", "undelivered reset"),
    ("revocation_reason", "reason"),
    ("require_user_passcode", "require user passcode"),
    ("webhook_generation", "signing key"),
];

/// Returns the fields that a change set, replaced or cleared, by name. Empty for a new object.
pub(super) fn changes(record: &AuditRecord) -> Vec<FieldChange> {
    let Some(before) = &record.before else { return Vec::new() };
    let (mut before, after) =
        (flat_fields(before), flat_fields(record.after.as_deref().unwrap_or("")));
    let mut changes = Vec::new();
    for (field, after) in after {
        let before = before.remove(&field);
        if before.as_ref() != Some(&after) {
            changes.push(FieldChange { field, before, after: Some(after) });
        }
    }
    changes.extend(before.into_iter().map(|(field, before)| FieldChange {
        field,
        before: Some(before),
        after: None,
    }));
    changes.sort_by(|one, other| one.field.cmp(&other.field));
    changes
}

/// Returns the fields of a new object that have a value, each as `field value`.
pub(super) fn fields_of(record: &AuditRecord) -> Vec<String> {
    let fields = flat_fields(record.after.as_deref().unwrap_or(""));
    fields.iter().map(|(field, value)| format!("{} {value}", label(field))).collect()
}

/// Returns the changes in one line, with dates instead of instants where that is enough to tell them apart.
pub(super) fn summary(changes: &[FieldChange]) -> String {
    let shown = changes.iter().filter(|change| !IMPLIED.contains(&change.field.as_str()));
    shown.map(FieldChange::short).collect::<Vec<_>>().join("; ")
}

impl FieldChange {
    fn short(&self) -> String {
        let [before, after] =
            [&self.before, &self.after].map(|value| value.as_deref().unwrap_or("none"));
        let (old, new) = (date(before), date(after));
        let (old, new) = if old == new { (before, after) } else { (old, new) };
        format!("{} {old} → {new}", label(&self.field))
    }
}

impl fmt::Display for FieldChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [before, after] =
            [&self.before, &self.after].map(|value| value.as_deref().unwrap_or("none"));
        write!(f, "{} {before} → {after}", label(&self.field))
    }
}

impl Record for FieldChange {
    fn fields<'a>(&'a self, field: &mut dyn FnMut(&'static str, Value<'a>)) {
        field("field", Value::Text(&self.field));
        field("before", optional_text(self.before.as_deref()));
        field("after", optional_text(self.after.as_deref()));
    }
}

fn label(field: &str) -> &str {
    LABELS.iter().find(|(known, _)| *known == field).map_or(field, |(_, label)| label)
}

/// Returns the date of an instant, and any other text as it is.
fn date(text: &str) -> &str {
    if Instant::parse_rfc3339(text).is_some() { &text[..10] } else { text }
}

/// Returns the fields of a JSON object that have a value, those of nested objects too.
fn flat_fields(json: &str) -> BTreeMap<String, String> {
    let mut flat = BTreeMap::new();
    if let Ok(Json::Object(fields)) = serde_json::from_str(json) {
        flatten("", fields, &mut flat);
    }
    flat
}

fn flatten(prefix: &str, fields: Map<String, Json>, flat: &mut BTreeMap<String, String>) {
    for (name, value) in fields {
        let is_instant = name.ends_with("_at") || name.ends_with("_until");
        let text = match value {
            Json::Null => continue,
            Json::Object(nested) => {
                flatten(&format!("{prefix}{name}."), nested, flat);
                continue;
            }
            Json::Number(number) if is_instant => number
                .as_i64()
                .map_or_else(|| number.to_string(), |at| Instant::from_unix(at).to_string()),
            Json::String(text) => text,
            other => other.to_string(),
        };
        flat.insert(format!("{prefix}{name}"), text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        actor::{Actor, Principal, Process},
        audit::Action,
        seq::AuditSeq,
    };

    fn record(before: Option<&str>, after: &str) -> AuditRecord {
        let (user, host) = ("ann".to_owned(), "host".to_owned());
        let process = Process { uid: 1, login_uid: None, user, sudo_user: None, host };
        AuditRecord {
            seq: AuditSeq(1),
            at: Instant::EPOCH,
            actor: Actor { process, principal: Principal::Os },
            version: "1".to_owned(),
            action: Action::Edit,
            subject: "pc_1".to_owned(),
            name: None,
            before: before.map(str::to_owned),
            after: Some(after.to_owned()),
        }
    }

    #[test]
    fn changes_are_shown_as_before_and_after() {
        let before = r#"{"owner":"acme","expires_at":1803600000,"note":null,"limit":5,"slot":1,"introspect":true}"#;
        let after = r#"{"owner":"acme","expires_at":1796256000,"note":"a b","slot":2,"introspect":false,"legacy":{"sunset_at":0}}"#;
        let changes = changes(&record(Some(before), after));
        assert_eq!(
            summary(&changes),
            "expires 2027-02-26 → 2026-12-03; introspect true → false; legacy.sunset_at none → 1970-01-01; limit 5 → none; \
             note none → a b"
        );
        assert_eq!(changes[0].to_string(), "expires 2027-02-26T00:00:00Z → 2026-12-03T00:00:00Z");
    }

    #[test]
    fn instants_on_one_day_keep_their_time() {
        let changes = changes(&record(Some(r#"{"expires_at":60}"#), r#"{"expires_at":120}"#));
        assert_eq!(summary(&changes), "expires 1970-01-01T00:01:00Z → 1970-01-01T00:02:00Z");
    }

    #[test]
    fn a_new_object_has_fields_but_no_changes() {
        let new = record(None, r#"{"owner":"acme","note":null,"expires_at":0}"#);
        assert!(changes(&new).is_empty());
        assert_eq!(fields_of(&new), ["expires 1970-01-01T00:00:00Z", "name acme"]);
    }
}
