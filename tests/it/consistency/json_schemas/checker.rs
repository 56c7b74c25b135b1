//! Checks the output of commands against the schemas.

use std::collections::{BTreeMap, BTreeSet};

use jsonschema::Validator;
use serde_json::{Map, Value, json};

use super::schema::{parsed, required, resolved};
use crate::support::test_env::CommandOutput;

/// Checks documents against the schemas that they name.
pub struct SchemaChecker {
    schemas: BTreeMap<&'static str, (Value, Validator)>,
    seen: BTreeSet<&'static str>,
}

impl SchemaChecker {
    pub fn new() -> Self {
        let compile = |schema: &Value| {
            jsonschema::options().should_validate_formats(true).build(schema).unwrap()
        };
        let schemas = parsed().into_iter().map(|(name, schema)| {
            let validator = compile(&schema);
            (name, (schema, validator))
        });
        Self { schemas: schemas.collect(), seen: BTreeSet::new() }
    }

    /// Checks that a command printed a result on stdout or an error on stderr, never both.
    pub fn check_output(&mut self, line: &str, exit: u8, output: &CommandOutput) {
        assert_eq!(output.exit, exit, "gatepass {line}\n{output}");
        if output.stdout.is_empty() {
            self.validate(line, &output.stderr);
            assert_ne!(exit, 0, "gatepass {line} prints nothing");
        } else {
            self.validate(line, &output.stdout);
            assert!(!output.stderr.contains("gatepass.error/v1"), "gatepass {line}\n{output}");
        }
    }

    pub fn validate(&mut self, line: &str, text: &str) {
        let document: Value = serde_json::from_str(text)
            .unwrap_or_else(|why| panic!("gatepass {line}: {why}\n{text}"));
        let name = document["schema"].as_str().unwrap();
        let (name, (schema, validator)) = self
            .schemas
            .get_key_value(name)
            .unwrap_or_else(|| panic!("gatepass {line}: {name} is not published"));
        let errors: Vec<String> =
            validator.iter_errors(&document).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "gatepass {line}: {errors:#?}\n{text}");
        assert_same_fields(schema, schema, &document, name);
        self.seen.insert(name);
    }

    /// Returns the schemas that no document named.
    pub fn unseen(&self) -> Vec<&str> {
        self.schemas.keys().copied().filter(|name| !self.seen.contains(name)).collect()
    }
}

/// Fails unless the document's objects have exactly the fields that the schema requires.
fn assert_same_fields(root: &Value, schema: &Value, document: &Value, path: &str) {
    let schema = resolved(root, schema);
    match document {
        Value::Object(fields) if schema["properties"].is_object() => {
            let present: BTreeSet<String> = fields.keys().cloned().collect();
            assert_eq!(present, required(schema), "{path}");
            for (name, value) in fields {
                let property = &schema["properties"][name];
                assert_same_fields(root, property, value, &format!("{path}.{name}"));
            }
        }
        Value::Array(items) => {
            for item in items {
                assert_same_fields(root, &schema["items"], item, &format!("{path}[]"));
            }
        }
        _ => {}
    }
}

#[test]
fn the_checker_notices_a_missing_and_a_new_field() {
    let schemas = parsed();
    let schema = &schemas["gatepass.check/v1"];
    let mut fields: Map<String, Value> =
        required(schema).into_iter().map(|name| (name, Value::Null)).collect();
    let differs = |fields: &Map<String, Value>| {
        let document = Value::Object(fields.clone());
        std::panic::catch_unwind(|| assert_same_fields(schema, schema, &document, "")).is_err()
    };
    assert!(!differs(&fields));
    fields.insert("news".to_owned(), json!(1));
    assert!(differs(&fields));
    fields.remove("news");
    fields.remove("level");
    assert!(differs(&fields));
}
