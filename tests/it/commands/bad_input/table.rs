//! The table of every row: exit code and message, as text and as JSON.

use gatepass::render::text::escape;

use super::{
    case::{Case, is_terminal_safe, parse_json_error},
    create, edit, end, files, grant_app, grant_user, list, other, secrets, verify,
};
use crate::support::credentials_fixture::credentials_fixture;

fn cases() -> Vec<Case> {
    let cases = [
        create::cases(),
        edit::cases(),
        end::cases(),
        files::cases(),
        grant_app::cases(),
        grant_user::cases(),
        list::cases(),
        other::cases(),
        secrets::cases(),
        verify::cases(),
    ]
    .concat();
    assert!(cases.len() >= 156, "rows are missing: only {} are left", cases.len());
    cases
}

#[test]
fn each_bad_input_fails_with_its_exit_code_and_changes_nothing() {
    let mut env = credentials_fixture();
    let before = env.run_ok("audit list --json");
    let mut failures = String::new();
    for Case { label, line, exit, message } in cases() {
        let output = env.run(&line.replace("~/", env.path("").to_str().unwrap()));
        let is_right = (output.exit, output.stdout.as_str()) == (exit, "")
            && output.stderr.contains(message)
            && output.stderr.starts_with("error: ")
            && output.stderr.lines().count() <= 2
            && is_terminal_safe(&output.stderr)
            && !output.stderr.contains("0aZ0aZ");
        if !is_right {
            failures.push_str(&format!("{label}: {line}: expected {exit}, {message}\n{output}\n"));
        }
    }
    assert!(failures.is_empty(), "{failures}");
    assert_eq!(env.run_ok("audit list --json"), before);
}

#[test]
fn json_errors_carry_the_same_message() {
    let mut env = credentials_fixture();
    for Case { label, line, exit, message } in cases() {
        if line.contains("--field")
            || line.contains("--format")
            || message.contains("is required for")
        {
            continue;
        }
        let line = line.replace("~/", env.path("").to_str().unwrap());
        let output = env.run(&format!("{line} --json"));
        assert_eq!((output.exit, output.stdout.as_str()), (exit, ""), "{label}: {output}");
        let error = parse_json_error(&output);
        let texts = ["message", "hint"].map(|key| error[key].as_str().unwrap_or_default());
        assert!(escape(&texts.join(" ")).contains(message), "{label}: {output}");
    }
}
