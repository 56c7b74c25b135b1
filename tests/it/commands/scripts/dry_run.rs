//! Dry runs: nobody takes their output for that of a change.

use serde_json::{Value, json};

use super::samples::{Effect, SAMPLES, Sample, sample_env};
use crate::support::json_schemas::documents;

/// The message of a dry run on stderr, which may be followed by what would have changed.
const MESSAGE: &str = "This was a dry run: nothing was changed.";

fn changing_samples() -> impl Iterator<Item = &'static Sample> {
    SAMPLES.iter().filter(|sample| sample.effect != Effect::Reads)
}

#[test]
fn every_dry_run_says_so_without_a_terminal_and_changes_nothing() {
    for sample in changing_samples() {
        let mut env = sample_env();
        let before = env.run_ok("audit list --format jsonl");
        for format in ["", "--json", "--format jsonl", "--format csv", "-q"] {
            let output = sample.run_in(&mut env, &format!("--dry-run {format}"));
            let line = sample.line();
            assert_eq!(output.exit, 0, "{line} {format}\n{output}");
            let messages = output.stderr.matches(MESSAGE).count();
            assert_eq!(messages, 1, "{line} {format}\n{output}");
        }
        assert_eq!(env.run_ok("audit list --format jsonl"), before, "{}", sample.line());
    }
}

#[test]
fn json_of_a_dry_run_says_so_and_has_no_id_of_what_does_not_exist() {
    for sample in changing_samples().filter(|sample| sample.has_formats()) {
        for format in ["--json", "--format jsonl"] {
            let output = sample.run(&format!("--dry-run {format}"));
            let documents = documents(&output.stdout);
            let line = format!("{} {format}\n{output}", sample.line());
            assert!(!documents.is_empty(), "{line}");
            for document in documents.iter().flat_map(with_items) {
                assert_eq!(document["dry_run"], json!(true), "{line}");
                assert_ne!(document["created"], json!(true), "{line}");
                let has_id = document["id"].is_string();
                let is_new = sample.effect == Effect::Creates;
                assert!(!(is_new && has_id), "{line}");
            }
        }
    }
}

#[test]
fn json_of_a_change_has_an_id_and_says_that_it_is_no_dry_run() {
    for sample in changing_samples().filter(|sample| sample.has_formats()) {
        let output = sample.run("--json");
        assert_eq!(output.exit, 0, "{}\n{output}", sample.line());
        for document in documents(&output.stdout).iter().flat_map(with_items) {
            assert_eq!(document["dry_run"], json!(false), "{}\n{output}", sample.line());
            assert!(!document["id"].is_null() || document.get("id").is_none(), "{output}");
        }
    }
}

#[test]
fn ids_of_a_dry_run_are_those_of_what_exists() {
    for sample in changing_samples().filter(|sample| sample.has_formats()) {
        let output = sample.run("--dry-run -q");
        match sample.effect {
            Effect::Creates => assert_eq!(output.stdout, "", "{}", sample.line()),
            _ if sample.shows_secret() => {}
            _ => assert_eq!(output.stdout, sample.run("-q").stdout, "{}", sample.line()),
        }
    }
    assert_eq!(sample_env().run("create newco --days 9 --dry-run --field id").stdout, "\n");
    let id = sample_env().run_ok("show acme --field id");
    assert_eq!(sample_env().run("revoke acme --dry-run -q").stdout, id);
}

#[test]
fn a_district_that_would_be_added_has_no_id() {
    let line = "district connect --from ~/districts.csv --app Roster --scope read:x --days 9";
    let output = sample_env().run(&format!("{line} --pickup --dry-run --format jsonl"));
    let districts = documents(&output.stdout).into_iter().map(|item| {
        (item["district_name"].as_str().unwrap().to_owned(), item["district"].is_string())
    });
    assert_eq!(
        Vec::from_iter(districts),
        [("Lincoln".to_owned(), true), ("East".to_owned(), false)]
    );
}

#[test]
fn a_passcode_that_exists_keeps_its_id_in_a_dry_run() {
    let mut env = sample_env();
    let id = env.run_ok("show acme --field id");
    let output = env.run("create acme --days 9 --if-missing --dry-run --json");
    let issued = &documents(&output.stdout)[0];
    assert_eq!((&issued["id"], &issued["created"]), (&json!(id.trim_end()), &json!(false)));
}

/// Returns a document and the items of its list.
fn with_items(document: &Value) -> Vec<&Value> {
    let items = document["items"].as_array().into_iter().flatten();
    [document].into_iter().chain(items).collect()
}
