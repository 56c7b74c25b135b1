//! Errors as JSON: whenever the output is JSON, and safe to print.

use serde_json::{Value, json};

use super::samples::{SAMPLES, Sample, sample_env};
use crate::support::{json_schemas::documents, test_env::TestEnv};

/// Lines that fail before and after the arguments are parsed.
const FAILURES: &[(u8, &str)] = &[
    (2, "nonsense"),
    (2, ""),
    (2, "app"),
    (2, "show"),
    (2, "create x --days 366"),
    (2, "list --state none"),
    (2, "list --field nothing"),
    (2, "delete acme"),
    (2, "show gpa_0123456789abcdef0123456789abcdef"),
    (3, "show nobody"),
    (3, "list --app nobody"),
    (4, "create acme --days 9"),
];

#[test]
fn errors_are_json_if_a_flag_a_variable_or_the_configuration_says_so() {
    let mut env = sample_env();
    let config = env.file("config.toml", "format = 'json'\n");
    for &(exit, line) in FAILURES {
        for format in ["--json", "--format json", "--format=jsonl"] {
            assert_json_error(&mut env, &format!("{format} {line}"), exit);
        }
        for (variable, value) in [
            ("GATEPASS_FORMAT", "json"),
            ("GATEPASS_FORMAT", "jsonl"),
            ("GATEPASS_CONFIG", config.to_str().unwrap()),
        ] {
            env.env.insert(variable.into(), value.into());
            assert_json_error(&mut env, line, exit);
            env.env.remove(std::ffi::OsStr::new(variable));
        }
        let output = env.run(line);
        assert_eq!((output.exit, documents(&output.stderr).len()), (exit, 0), "{line}\n{output}");
    }
}

#[test]
fn errors_in_the_settings_are_json_too() {
    let mut env = TestEnv::new();
    env.run_ok("create acme --days 9");
    for (text, variables, exit) in [
        ("format = 'json'\nunknown-key = 1\n", &[][..], 2),
        ("format = 'json'\naccount = 'no account'\n", &[], 3),
        ("not toml", &[("GATEPASS_FORMAT", "json")], 2),
        ("", &[("GATEPASS_FORMAT", "json"), ("GATEPASS_COLOR", "pink")], 2),
        ("", &[("GATEPASS_FORMAT", "json"), ("GATEPASS_ACCOUNT", "no account")], 3),
    ] {
        let config = env.file("config.toml", text);
        env.env.insert("GATEPASS_CONFIG".into(), config.into());
        let home = env.env.clone();
        env.env.extend(variables.iter().map(|(name, value)| (name.into(), value.into())));
        assert_json_error(&mut env, "list", exit);
        env.env = home;
    }
}

#[test]
fn a_flag_makes_errors_text_whatever_the_settings_say() {
    let mut env = sample_env();
    env.env.insert("GATEPASS_FORMAT".into(), "json".into());
    for format in ["--format table", "--format=csv"] {
        let output = env.run(&format!("show nobody {format}"));
        assert!(output.stderr.starts_with("error: "), "{output}");
    }
}

#[test]
fn a_monitoring_plugin_exits_with_3_however_its_error_is_written() {
    let mut env = sample_env();
    env.env.insert("GATEPASS_FORMAT".into(), "json".into());
    assert_json_error(&mut env, "check --warn x", 3);
}

#[test]
fn json_errors_are_safe_to_print_and_escaped_once() {
    let mut env = sample_env();
    for text in ["a\u{9b}2J", "a\u{7f}", "a\u{202e}b", "a\u{feff}", "tab\there", "\\o/", "\"a\""] {
        let line = format!("show '{text}'");
        let output = env.run(&format!("{line} --json"));
        let error = assert_json_error(&mut env, &format!("{line} --json"), 3);
        assert_eq!(error["details"]["reference"], json!(text));
        assert!(error["message"].as_str().unwrap().contains(text), "{output}");
        assert!(output.stderr.trim_end().chars().all(|c| (' '..='~').contains(&c)), "{output}");
        let output = env.run(&line);
        assert!(output.stderr.chars().all(|c| c == '\n' || (' '..='~').contains(&c)), "{output}");
    }
}

#[test]
fn a_failing_command_writes_nothing_but_the_error() {
    // The result of `status` is that there is no store.
    let fails = |sample: &&Sample| !sample.verb.starts_with("schema") && sample.verb != "status";
    for sample in SAMPLES.iter().filter(fails) {
        let mut env = TestEnv::new();
        env.env.insert("GATEPASS_FORMAT".into(), "json".into());
        let output = sample.run_in(&mut env, "--account 111-111-1111");
        if output.exit != 0 && !sample.verb.starts_with("account") {
            assert_eq!(output.stdout, "", "{}\n{output}", sample.line());
        }
    }
}

fn assert_json_error(env: &mut TestEnv, line: &str, exit: u8) -> Value {
    let output = env.run(line);
    assert_eq!(output.exit, exit, "{line}\n{output}");
    let mut documents = documents(&output.stderr);
    assert_eq!((documents.len(), output.stdout.as_str()), (1, ""), "{line}\n{output}");
    let error = documents.remove(0)["error"].take();
    assert!(error["message"].is_string(), "{line}\n{output}");
    error
}
