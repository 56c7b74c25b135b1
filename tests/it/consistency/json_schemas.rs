//! The published JSON Schemas: the output of every command matches them and has exactly the fields that they require,
//! and no released field is ever removed.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, DirEntry},
    path::Path,
};

use gatepass::view::schema::SCHEMAS;
use jsonschema::Validator;
use serde_json::{Map, Value, json};

use crate::support::test_env::{CommandOutput, TestEnv};

/// One file for each released schema, with the paths of its required fields. Fields are added, never removed.
const RELEASED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/schemas/v1");

fn parsed() -> BTreeMap<&'static str, Value> {
    let parse = |text| serde_json::from_str(text).unwrap();
    SCHEMAS.iter().map(|schema| (schema.name, parse(schema.text))).collect()
}

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
        ("gatepass.schemas/v1", "gatepass.schema/v1"),
    ] {
        let mut whole = schemas[item].as_object().unwrap().clone();
        whole.retain(|name, _| name != "$schema" && name != "$id");
        assert_eq!(schemas[list]["$defs"]["item"], Value::Object(whole), "{list}");
    }
    for (issued, one) in [
        ("gatepass.issued/v1", "gatepass.credential/v1"),
        ("gatepass.issued-app/v1", "gatepass.app/v1"),
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
    #[allow(clippy::disallowed_methods, reason = "a test has no host to ask")]
    let is_accepted = std::env::var_os("UPDATE_GENERATED").is_some();
    if is_accepted {
        for (file, text) in present {
            fs::write(Path::new(RELEASED).join(file), text).unwrap();
        }
        return;
    }
    assert!(present == released, "a schema has grown: accept it with UPDATE_GENERATED=1");
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

#[test]
fn every_json_output_matches_its_schema() {
    let mut checker = SchemaChecker::new();
    check_webhook_outputs(&mut checker);
    let mut env = TestEnv::new();
    // Each command with its exit code.
    let (csv, jsonl) = (env.path("many.csv"), env.path("many.jsonl"));
    env.file("users.csv", "email,lifetime,note\nbob@x.org,90,\neve@x.org,infinite,hello\n");
    let users = env.path("users.csv").display().to_string();
    env.file("legacy", "DEMO_KEY\n");
    let (csv, jsonl) = (csv.display().to_string(), jsonl.display().to_string());
    for (exit, line) in [
        (3, "list"),
        (0, "create partner-a --days 90 --note '=1+1'"),
        (0, "create partner-a --days 90 --if-missing"),
        (4, "create partner-a --days 90"),
        (0, "create partner-b --forever"),
        (0, "create partner-c --until 2027-01-31 --dry-run"),
        (0, "create partner-c --infinite"),
        (0, "create soon --days 3"),
        (0, "grant-user ann@x.org --days 30"),
        (4, "grant-user ann@x.org --days 30"),
        (0, &format!("grant-user --from {users} --out {jsonl}")),
        (0, &format!("reset bob@x.org eve@x.org --yes --out {csv}")),
        (0, "edit partner-a --name partner-z --no-note"),
        (0, "edit partner-z --note text --dry-run"),
        (0, "reset partner-z --overlap 7d --until-used --yes"),
        (0, "show partner-z"),
        (0, "revoke ann@x.org partner-c --reason superseded --yes"),
        (4, "revoke ann@x.org --yes"),
        (0, "delete partner-c --yes"),
        (0, "delete --expired --yes"),
        (0, "list"),
        (0, "list --all"),
        (0, "list --kind user --state active,revoked --limit 1"),
        (0, "list --expiring 7 --sort expires --at 2026-11-23"),
        (0, "list --name 'no*such'"),
        (2, "check"),
        (1, "check --crit 0"),
        (0, "check --crit 0 --warn 0"),
        (3, "check --warn x"),
        (0, "app add Roster"),
        (0, "app reset Roster --yes"),
        (4, "app add roster"),
        (0, "district add Lincoln --external-id 0607"),
        (4, "district add Other --external-id 0607"),
        (0, "grant-app Roster --district Lincoln --scope read:students --days 90"),
        (4, "app remove Roster --yes"),
        (0, "app list"),
        (0, "district list"),
        (0, "district show 0607"),
        (0, "district remove 0607 --revoke-tokens --yes"),
        (0, "app remove Roster --yes"),
        (3, "app show Roster"),
        (3, "district show Lincoln"),
        (0, "account list"),
        (0, "account show"),
        (0, "account edit --region in1 --require-user-passcode on"),
        (0, "account add second --id TEST-948-4KK-444Z"),
        (4, "account add third --id TEST-948-4KK-444Z"),
        (2, "create partner-d --days 3"),
        (3, "show nobody"),
        (3, "show nobody --account 111-111-1111"),
        (2, "show"),
        (2, "create x --days 366"),
        (2, "nonsense"),
        (0, "audit list"),
        (0, "audit list --of partner-z"),
        (0, "audit verify"),
        (0, "audit checkpoint"),
        (0, "legacy policy --account TEST-948-4KK-444Z"),
        (
            0,
            "legacy policy --account TEST-948-4KK-444Z --announce 2026-12-01 --limit-from 2027-01-01 --limit 200 --sunset 2027-02-01",
        ),
        (0, "legacy policy --account TEST-948-4KK-444Z --clear --yes"),
        (4, "legacy policy --account TEST-948-4KK-444Z --clear --yes"),
        (
            0,
            "app add 'Roster Sync' --account TEST-948-4KK-444Z --allow-weak --legacy-key-file ~/legacy",
        ),
        (
            4,
            "app edit 'Roster Sync' --account TEST-948-4KK-444Z --allow-weak --legacy-key-file ~/legacy",
        ),
        (0, "legacy report"),
        (0, "doctor"),
        (0, "schema list"),
        (2, "schema show gatepass.nothing/v1"),
    ] {
        let output = env.run(&format!("{line} --json"));
        checker.check_output(line, exit, &output);
    }
    for line in [
        "legacy report",
        "list --all",
        "app list --all",
        "district list --all",
        "audit list",
        "account list",
        "show partner-z",
        "schema list",
    ] {
        let output = env.run(&format!("{line} --format jsonl"));
        for each in output.stdout.lines() {
            checker.validate(line, each);
        }
    }
    for line in fs::read_to_string(env.path("many.jsonl")).unwrap().lines() {
        checker.validate("--out", line);
    }
    checker.check_verifications();
    checker.check_errors();
    let unseen: Vec<_> =
        checker.schemas.keys().filter(|name| !checker.seen.contains(*name)).collect();
    assert!(unseen.is_empty(), "no command printed {unseen:?}");
}

/// Checks the output of commands about webhooks.
fn check_webhook_outputs(checker: &mut SchemaChecker) {
    let mut env = TestEnv::new();
    for (exit, line) in [
        (0, "app add Reader"),
        (0, "district add North"),
        (0, "app edit Reader --webhook https://127.0.0.1:1/ --allow-private-webhooks"),
        (0, "app edit Reader --rotate-webhook-key --yes --out key"),
        (0, "app edit Reader --rotate-webhook-key --dry-run"),
        (0, "grant-app Reader --district North --scope read:students --days 9"),
        (0, "deliver --dry-run"),
        (0, "deliver"),
        (0, "app show Reader"),
        (0, "app edit Reader --no-webhook --yes"),
        (4, "app edit Reader --rotate-webhook-key --yes"),
        (2, "app edit Reader --webhook ftp://x/"),
    ] {
        let key = env.path("key").display().to_string();
        let line = line.replace("--out key", &format!("--out {key}"));
        let output = env.run(&format!("{line} --json"));
        checker.check_output(&line, exit, &output);
    }
    env.run_ok("app edit Reader --webhook https://127.0.0.1:1/ --allow-private-webhooks");
    env.run_ok("revoke Reader/North --yes");
    for each in env.run("deliver --format jsonl").stdout.lines() {
        checker.validate("deliver", each);
    }
}

/// Checks documents against the schemas that they name.
struct SchemaChecker {
    schemas: BTreeMap<&'static str, (Value, Validator)>,
    seen: BTreeSet<&'static str>,
}

impl SchemaChecker {
    fn new() -> Self {
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
    fn check_output(&mut self, line: &str, exit: u8, output: &CommandOutput) {
        assert_eq!(output.exit, exit, "gatepass {line}\n{output}");
        if output.stdout.is_empty() {
            self.validate(line, &output.stderr);
            assert_ne!(exit, 0, "gatepass {line} prints nothing");
        } else {
            self.validate(line, &output.stdout);
            assert!(!output.stderr.contains("gatepass.error/v1"), "gatepass {line}\n{output}");
        }
    }

    fn validate(&mut self, line: &str, text: &str) {
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

    /// Checks the output of `verify` for valid, rejected and malformed secrets.
    fn check_verifications(&mut self) {
        let mut env = TestEnv::new();
        let [valid, revoked, expired, replaced] = ["valid", "revoked", "expired", "replaced"]
            .map(|name| env.run_for_secret(&format!("create {name} --days 9")));
        env.run_ok("revoke revoked --yes");
        env.run_ok("edit expired --days 1 --yes");
        env.run_ok("reset replaced --yes");
        env.advance_days(2);
        for (exit, secret) in [(0, &valid), (12, &revoked), (11, &expired), (13, &replaced)] {
            let output = env.run_with_input("verify --json", secret);
            self.check_output("verify", exit, &output);
        }
        let output = env.run_with_input("verify --json", "nonsense");
        self.check_output("verify", 10, &output);
        let output = env.run_with_input("verify --headers --json", "X-CleverTap-Passcode: x\n\n");
        self.check_output("verify --headers", 10, &output);
        let output = env.run_with_input("verify --region in1 --json", &valid);
        self.check_output("verify --region", 14, &output);
    }

    /// Checks the errors of a store that was tampered with.
    fn check_errors(&mut self) {
        let mut env = TestEnv::new();
        env.run_ok("create partner-a --days 9");
        let database = rusqlite::Connection::open(env.store()).unwrap();
        database.execute("update credential set note = 'planted'", []).unwrap();
        drop(database);
        for line in ["doctor", "show partner-a"] {
            let output = env.run(&format!("{line} --json"));
            self.check_output(line, 8, &output);
        }
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

/// Visits a schema's objects, with the path of each.
fn each_object(root: &Value, schema: &Value, path: &str, visit: &mut impl FnMut(&str, &Value)) {
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

fn resolved<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some(reference) => root.pointer(reference.trim_start_matches('#')).unwrap(),
        None => schema,
    }
}

fn required(schema: &Value) -> BTreeSet<String> {
    let names = schema["required"].as_array().unwrap();
    names.iter().map(|name| name.as_str().unwrap().to_owned()).collect()
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
