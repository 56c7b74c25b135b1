//! The schemas themselves: their form, their shared definitions, and what was released of them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, DirEntry},
    path::Path,
};

use gatepass::view::schema::SCHEMAS;
use serde_json::Value;

use crate::{
    consistency::update::{UPDATE_COMMAND, is_update_requested},
    support::json_schemas::{each_object, parsed, required},
};

/// One file for each released schema, with the paths of its required fields. Fields are added, never removed.
const RELEASED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/schemas/v1");

#[test]
fn every_schema_is_valid_and_documented() {
    for schema in SCHEMAS {
        let text: Value = serde_json::from_str(schema.text).unwrap();
        assert!(jsonschema::meta::is_valid(&text), "{}", schema.name);
        assert_eq!(text["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert_eq!(text["$id"], schema.name);
        assert_eq!(text["title"], schema.title, "{}", schema.name);
        assert_eq!(text["properties"]["schema"]["const"], schema.name);
        each_object(&text, &text, schema.name, &mut |path, object| {
            let fields = required(object);
            let properties = object["properties"].as_object().unwrap();
            assert_eq!(fields, properties.keys().cloned().collect(), "{path}: all are required");
            assert_ne!(object["additionalProperties"], false, "{path}: it may grow");
            for (name, property) in properties {
                let is_documented =
                    property["description"].is_string() || property["$ref"].is_string();
                assert!(is_documented, "{path}.{name} has no description");
            }
        });
    }
    assert!(SCHEMAS.is_sorted_by_key(|schema| schema.name));
}

#[test]
fn shared_definitions_are_identical() {
    let schemas = parsed();
    for (list, item) in [
        ("gatepass.accounts/v1", "gatepass.account/v1"),
        ("gatepass.apps/v1", "gatepass.app/v1"),
        ("gatepass.audit/v1", "gatepass.audit-record/v1"),
        ("gatepass.changed/v1", "gatepass.credential/v1"),
        ("gatepass.credentials/v1", "gatepass.credential/v1"),
        ("gatepass.districts/v1", "gatepass.district/v1"),
        ("gatepass.legacy-report/v1", "gatepass.legacy-app/v1"),
        ("gatepass.deliveries/v1", "gatepass.delivery/v1"),
        ("gatepass.findings/v1", "gatepass.finding/v1"),
        ("gatepass.schemas/v1", "gatepass.schema/v1"),
    ] {
        let mut whole = schemas[item].as_object().unwrap().clone();
        whole.retain(|name, _| name != "$schema" && name != "$id");
        assert_eq!(schemas[list]["$defs"]["item"], Value::Object(whole), "{list}");
    }
    for (issued, one) in [
        ("gatepass.issued/v1", "gatepass.credential/v1"),
        ("gatepass.issued-app/v1", "gatepass.app/v1"),
        ("gatepass.finding/v1", "gatepass.decision/v1"),
    ] {
        let fields = schemas[one]["properties"].as_object().unwrap();
        for (name, property) in fields.iter().filter(|(name, _)| *name != "schema") {
            assert_eq!(&schemas[issued]["properties"][name], property, "{issued}: {name}");
        }
    }
}

#[test]
fn v1_schemas_only_gain_fields() {
    let (released, present) = (released_files(), present_files());
    for (file, text) in &released {
        let kept = present.get(file).unwrap_or_else(|| panic!("the schema of {file} was removed"));
        let [released, kept]: [BTreeSet<String>; 2] =
            [text, kept].map(|text| serde_json::from_str(text).unwrap());
        let lost: Vec<_> = released.difference(&kept).collect();
        assert!(lost.is_empty(), "{file} has lost {lost:?}");
    }
    if is_update_requested() {
        for (file, text) in present {
            fs::write(Path::new(RELEASED).join(file), text).unwrap();
        }
        return;
    }
    assert!(present == released, "a schema has grown: {UPDATE_COMMAND}");
}

fn released_files() -> BTreeMap<String, String> {
    let entries = fs::read_dir(RELEASED).unwrap().map(Result::unwrap);
    let name = |entry: &DirEntry| entry.file_name().into_string().unwrap();
    entries.map(|entry| (name(&entry), fs::read_to_string(entry.path()).unwrap())).collect()
}

/// Returns the files that describe the present schemas.
fn present_files() -> BTreeMap<String, String> {
    let file = |(name, schema): (&str, Value)| {
        let mut fields = BTreeSet::new();
        each_object(&schema, &schema, "", &mut |path, object| {
            fields.extend(required(object).into_iter().map(|field| format!("{path}.{field}")));
        });
        let stem = name.strip_prefix("gatepass.").and_then(|name| name.strip_suffix("/v1"));
        (format!("{}.json", stem.unwrap()), serde_json::to_string_pretty(&fields).unwrap() + "\n")
    };
    parsed().into_iter().map(file).collect()
}
