//! The published schemas, and the objects in them.

use std::collections::{BTreeMap, BTreeSet};

use gatepass::view::schema::SCHEMAS;
use serde_json::Value;

/// Returns all schemas by name.
pub fn parsed() -> BTreeMap<&'static str, Value> {
    let parse = |text| serde_json::from_str(text).unwrap();
    SCHEMAS.iter().map(|schema| (schema.name, parse(schema.text))).collect()
}

/// Visits a schema's objects, with the path of each.
pub fn each_object(root: &Value, schema: &Value, path: &str, visit: &mut impl FnMut(&str, &Value)) {
    let schema = resolved(root, schema);
    if let Some(properties) = schema["properties"].as_object() {
        visit(path, schema);
        for (name, property) in properties {
            each_object(root, property, &format!("{path}.{name}"), visit);
        }
    }
    if schema["items"].is_object() {
        each_object(root, &schema["items"], &format!("{path}[]"), visit);
    }
}

/// Returns what a `$ref` points to, or the schema itself.
pub fn resolved<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some(reference) => root.pointer(reference.trim_start_matches('#')).unwrap(),
        None => schema,
    }
}

/// Returns the names of the required fields.
pub fn required(schema: &Value) -> BTreeSet<String> {
    let names = schema["required"].as_array().unwrap();
    names.iter().map(|name| name.as_str().unwrap().to_owned()).collect()
}
