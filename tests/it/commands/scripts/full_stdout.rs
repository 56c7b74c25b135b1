//! A stdout that can't be written, as in `gatepass list >/dev/full`.

use std::io;

use super::samples::{Effect, SAMPLES, sample_env};

const MADE: &str = "the change was made, but the output could not be written";

#[test]
fn a_change_whose_output_fails_says_that_it_was_made() {
    for sample in SAMPLES.iter().filter(|sample| !sample.shows_secret()) {
        let formats = ["", "--json", "--format jsonl", "--format csv", "-q"];
        for format in if sample.has_formats() { &formats[..] } else { &[""] } {
            let mut env = sample_env();
            let before = env.run_ok("audit checkpoint --field seq");
            (env.stdout_limit, env.stdout_error) = (Some(0), io::ErrorKind::StorageFull);
            let output = sample.run_in(&mut env, format);
            env.stdout_limit = None;
            // Deliveries have no audit records.
            let is_changed =
                sample.verb == "deliver" || env.run_ok("audit checkpoint --field seq") != before;
            let line = format!("{} {format}\n{output}", sample.line());
            let has_failed = output.stderr.contains("no storage space");
            assert_eq!(output.stderr.contains(MADE), has_failed && is_changed, "{line}");
            assert!(!is_changed || sample.effect != Effect::Reads, "{line}");
            assert!(!is_changed || !output.stderr.contains("nothing was changed"), "{line}");
            assert!(output.exit != 0 || !has_failed, "{line}");
        }
    }
}

#[test]
fn a_dry_run_whose_output_fails_says_nothing_of_a_change() {
    for sample in SAMPLES.iter().filter(|sample| sample.effect != Effect::Reads) {
        let mut env = sample_env();
        (env.stdout_limit, env.stdout_error) = (Some(0), io::ErrorKind::StorageFull);
        let output = sample.run_in(&mut env, "--dry-run");
        assert!(!output.stderr.contains(MADE), "{}\n{output}", sample.line());
    }
}

#[test]
fn the_file_of_a_secret_is_named_although_the_output_fails() {
    let mut env = sample_env();
    (env.stdout_limit, env.stdout_error) = (Some(0), io::ErrorKind::StorageFull);
    let output = env.run("create newco --days 9 --out ~/newco --json");
    assert_eq!(output.exit, 1, "{output}");
    assert!(
        output.stderr.contains(MADE) && output.stderr.contains("The secret is in "),
        "{output}"
    );
    env.stdout_limit = None;
    let secret = std::fs::read(env.path("newco")).unwrap();
    assert_eq!(env.run_with_input("verify", secret).exit, 0);
}
