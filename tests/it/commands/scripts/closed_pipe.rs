//! A reader that stops early, as in `gatepass list | head -1`.

use super::samples::{Effect, SAMPLES, sample_env};

const FORMATS: [&str; 7] = [
    "--format table",
    "--format json",
    "--format jsonl",
    "--format csv",
    "-q",
    "--field schema",
    "--help",
];

#[test]
fn every_command_is_silent_and_keeps_its_exit_code_in_every_format() {
    for sample in SAMPLES.iter().filter(|sample| !sample.shows_secret()) {
        let formats = if sample.has_formats() { &FORMATS[..] } else { &["", "--help"] };
        for format in formats {
            let expected = sample.run(format);
            // What fails with an open pipe has no output that could be lost.
            if expected.stderr.contains("error: ") {
                continue;
            }
            let mut env = sample_env();
            env.stdout_limit = Some(0);
            let output = sample.run_in(&mut env, format);
            let line = format!("{} {format}\n{output}", sample.line());
            assert_eq!((output.exit, output.stdout.as_str()), (expected.exit, ""), "{line}");
            assert!(expected.stderr.starts_with(&output.stderr), "{line}");
        }
    }
}

#[test]
fn a_job_that_only_reads_writes_nothing_to_stderr() {
    for sample in SAMPLES.iter().filter(|sample| sample.effect == Effect::Reads) {
        for format in if sample.has_formats() { &FORMATS[..5] } else { &[""] } {
            let output = sample.run(format);
            assert_eq!(output.stderr, "", "{} {format}\n{output}", sample.line());
        }
    }
}
