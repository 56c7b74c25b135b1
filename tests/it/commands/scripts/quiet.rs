//! `--quiet` with a format, and the field that names every record.

use super::samples::{Effect, SAMPLES, Sample, sample_env};
use crate::support::json_schemas::documents;

/// Commands that print nothing on success with `--quiet`.
const SILENT: &[&str] = &["check", "doctor", "audit verify"];

/// Commands whose output describes no record of the store.
const WITHOUT_LABEL: &[&str] =
    &["check", "doctor", "status", "verify", "store", "schema", "audit verify", "audit checkpoint"];

#[test]
fn a_format_decides_what_quiet_prints() {
    for sample in reading_samples() {
        for format in
            ["--json", "--format jsonl", "--format csv", "--format table", "--field schema"]
        {
            let expected = sample.run(format);
            let output = sample.run(&format!("--quiet {format}"));
            let is_silent = SILENT.contains(&sample.verb) && expected.exit == 0;
            let stdout = if is_silent { "" } else { &expected.stdout };
            let line = format!("{} --quiet {format}\n{output}", sample.line());
            assert_eq!((output.exit, output.stdout.as_str()), (expected.exit, stdout), "{line}");
        }
    }
}

#[test]
fn every_record_has_a_label() {
    let has_label = |sample: &&Sample| {
        sample.has_formats() && !WITHOUT_LABEL.iter().any(|verb| sample.verb.starts_with(verb))
    };
    for sample in SAMPLES.iter().filter(has_label) {
        let output = sample.run("--format jsonl");
        for document in documents(&output.stdout) {
            let label = document["label"].as_str();
            assert!(label.is_some_and(|label| !label.is_empty()), "{}\n{output}", sample.line());
        }
    }
}

#[test]
fn a_label_is_what_people_call_a_record() {
    let mut env = sample_env();
    let labels = env.run_ok("list --all --field label");
    for label in ["acme", "ann@x.org", "Grades", "Grades → Lincoln"] {
        assert!(labels.lines().any(|line| line == label), "{label} is not in\n{labels}");
    }
    assert_eq!(env.run_ok("district show 0607 --field label"), "Lincoln\n");
    assert_eq!(env.run_ok("audit show 1 --field label"), "School\n");
}

fn reading_samples() -> impl Iterator<Item = &'static Sample> {
    SAMPLES.iter().filter(|sample| sample.effect == Effect::Reads && sample.has_formats())
}
