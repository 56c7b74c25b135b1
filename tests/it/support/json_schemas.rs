//! The published JSON Schemas. Every JSON document that a command prints in a test is held against its schema.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use gatepass::view::schema::SCHEMAS;
use jsonschema::Validator;
use serde_json::Value;

/// The schemas by name, each with its validator.
static VALIDATORS: LazyLock<BTreeMap<&str, (Value, Validator)>> = LazyLock::new(|| {
    let compile = |schema: Value| {
        let options = jsonschema::options().should_validate_formats(true);
        let validator = options.build(&schema).unwrap();
        (schema, validator)
    };
    parsed().into_iter().map(|(name, schema)| (name, compile(schema))).collect()
});

/// Returns all schemas by name.
pub fn parsed() -> BTreeMap<&'static str, Value> {
    let parse = |text| serde_json::from_str(text).unwrap();
    SCHEMAS.iter().map(|schema| (schema.name, parse(schema.text))).collect()
}

/// Panics if an output contains a JSON document that does not match the schema that it names.
pub fn assert_documents_valid(output: &str) {
    for document in documents(output) {
        let violations = violations(&document);
        assert!(violations.is_empty(), "{violations:#?}\n{output}");
    }
}

/// Returns the JSON documents in an output that name a schema of gatepass: the whole output, or some of its lines.
pub fn documents(output: &str) -> Vec<Value> {
    if !output.contains("gatepass.") {
        return Vec::new();
    }
    let parse = |text: &str| serde_json::from_str::<Value>(text).ok();
    let all =
        parse(output).map_or_else(|| output.lines().filter_map(parse).collect(), |one| vec![one]);
    all.into_iter().filter(|document| schema_name(document).is_some()).collect()
}

/// Returns the name of the schema that a document of gatepass names.
pub fn schema_name(document: &Value) -> Option<&str> {
    document["schema"].as_str().filter(|name| name.starts_with("gatepass."))
}

/// Returns how a document differs from the schema that it names. It must have exactly the fields that the schema requires.
fn violations(document: &Value) -> Vec<String> {
    let name = schema_name(document).unwrap_or_default();
    let Some((schema, validator)) = VALIDATORS.get(name) else {
        return vec![format!("{name} is not published")];
    };
    let mut violations: Vec<String> = validator
        .iter_errors(document)
        .map(|error| format!("{error} at {}", error.instance_path()))
        .collect();
    find_unknown_fields(schema, schema, document, name, &mut violations);
    violations
}

/// Adds the fields of the document's objects that the schema does not have.
fn find_unknown_fields(
    root: &Value,
    schema: &Value,
    document: &Value,
    path: &str,
    violations: &mut Vec<String>,
) {
    let schema = resolved(root, schema);
    match document {
        Value::Object(fields) if schema["properties"].is_object() => {
            for (name, value) in fields {
                let path = format!("{path}.{name}");
                match schema["properties"].get(name) {
                    Some(property) => find_unknown_fields(root, property, value, &path, violations),
                    None => violations.push(format!("{path} is not in the schema")),
                }
            }
        }
        Value::Array(items) => {
            let path = format!("{path}[]");
            for item in items {
                find_unknown_fields(root, &schema["items"], item, &path, violations);
            }
        }
        _ => {}
    }
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
fn resolved<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
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
