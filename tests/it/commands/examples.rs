//! The examples at the end of each subcommand's help: each subcommand has some, and they run as they stand.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use clap::Command;
use gatepass::{command_tree, commands::accepts_dry_run};

use crate::support::test_env::{CommandOutput, Snapshot, TestEnv, words};

/// The subcommands whose examples are only parsed, each with the reason.
const ONLY_PARSED: &[(&str, &str)] = &[("serve", "it listens until a signal stops it")];

/// One example: a comment and the commands below it.
struct Example {
    /// The subcommand whose help has the example, such as `app add`; empty for gatepass itself.
    path: String,
    purpose: String,
    commands: Vec<String>,
}

#[test]
fn each_subcommand_has_one_to_four_examples() {
    let mut paths = Vec::new();
    visit(&command_tree(), "", &mut |path, command| {
        let examples = parse(path, &examples_text(command));
        assert!((1..=4).contains(&examples.len()), "{path:?} has {} examples", examples.len());
        for Example { purpose, commands, .. } in examples {
            assert!(!commands.is_empty(), "{path:?}: {purpose} has no command");
            let start = format!("gatepass {path}");
            for command in commands {
                assert!(command.starts_with(start.trim_end()), "{path:?}: {command}");
            }
        }
        paths.push(path.to_owned());
    });
    assert!(paths.len() > 40, "the tree was not walked: {paths:?}");
    for (path, _) in ONLY_PARSED {
        assert!(paths.iter().any(|other| other == path), "{path}");
    }
}

#[test]
fn examples_fit_80_columns_and_say_what_they_do() {
    visit(&command_tree(), "", &mut |path, command| {
        let text = examples_text(command);
        for line in text.lines() {
            // The man page indents a command by 7 columns more, and its lines end at column 78.
            let margin = if line.starts_with("  #") { 0 } else { 9 };
            assert!(line.chars().count() + margin <= 80, "{path:?}: {line}");
        }
        for Example { purpose, .. } in parse(path, &text) {
            assert!(purpose.starts_with(char::is_uppercase), "{path:?}: {purpose}");
            assert!(!purpose.ends_with('.'), "{path:?}: {purpose}");
        }
    });
}

#[test]
fn summaries_fit_80_columns() {
    visit(&command_tree(), "", &mut |path, command| {
        let names = command.get_subcommands().map(|command| command.get_name().len());
        // Two spaces before the name, and two after the longest.
        let indent = 4 + names.max().unwrap_or_default();
        for subcommand in command.get_subcommands() {
            let about = subcommand.get_about().unwrap_or_default().to_string();
            let width = indent + about.chars().count();
            assert!(!about.is_empty() && width <= 80, "{path} {}: {width}", subcommand.get_name());
        }
    });
}

#[test]
fn all_examples_succeed() {
    let prepared = prepared_env().snapshot();
    visit(&command_tree(), "", &mut |path, command| {
        for example in parse(path, &examples_text(command)) {
            if ONLY_PARSED.iter().any(|(other, _)| *other == path) {
                example.commands.iter().for_each(|line| assert_parses(line));
            } else {
                run_example(&prepared, &example);
            }
        }
    });
}

/// `--dry-run` leaves everything as it is where a command makes changes, and is rejected everywhere else.
#[test]
fn each_subcommand_has_a_dry_run_or_rejects_it() {
    let prepared = prepared_env().snapshot();
    visit(&command_tree(), "", &mut |path, command| {
        if command.has_subcommands() {
            return;
        }
        let mut changes = false;
        for Example { commands, .. } in parse(path, &examples_text(command)) {
            for line in commands.iter().filter(|line| !line.contains("--dry-run")) {
                let mut env = example_env(&prepared, path);
                let before = contents(&mut env);
                let output = run_line(&mut env, &format!("{line} --dry-run"));
                assert!(contents(&mut env) == before, "{line} --dry-run changed something");
                if accepts_dry_run(command) {
                    run_line(&mut env, line);
                    let is_change = contents(&mut env) != before;
                    assert_eq!(
                        output.exit,
                        if is_change { 0 } else { output.exit },
                        "{line}\n{output}"
                    );
                    changes |= is_change;
                } else {
                    let usage = if path == "check" { 3 } else { 2 };
                    assert_eq!(output.exit, usage, "{line}\n{output}");
                    assert!(output.stderr.contains("--dry-run"), "{line}\n{output}");
                }
            }
        }
        let is_exempt = WITHOUT_CHANGE.contains(&path);
        assert_eq!(changes, accepts_dry_run(command) && !is_exempt, "{path}");
    });
}

/// The subcommands that make a change, but not in the environment of the examples: no message is due there, and the store
/// has the newest version and is intact.
const WITHOUT_CHANGE: &[&str] = &["deliver", "store migrate", "store repair"];

/// Returns everything that a command can change: the audit log, and the files beside the store.
fn contents(env: &mut TestEnv) -> (String, BTreeMap<PathBuf, Vec<u8>>) {
    let is_store = |path: &Path| path.to_string_lossy().contains("store.db");
    let files = env.snapshot().files.into_iter().filter(|(path, _)| !is_store(path)).collect();
    (env.run("audit list --json").stdout, files)
}

#[test]
fn wrong_examples_are_found() {
    let parsed =
        parse("x", "  # Do this\n  $ gatepass x \\\n      --y\n  $ gatepass z\n\n  # That\n");
    let commands: Vec<_> = parsed.iter().map(|example| example.commands.clone()).collect();
    assert_eq!(commands, [vec!["gatepass x --y".to_owned(), "gatepass z".into()], vec![]]);
    let prepared = prepared_env().snapshot();
    for line in ["gatepass show nobody", "gatepass list --colour", "gatepass verify <nothing"] {
        let example =
            Example { path: "x".into(), purpose: "Fail".into(), commands: vec![line.to_owned()] };
        let outcome = std::panic::catch_unwind(|| run_example(&prepared, &example));
        assert!(outcome.is_err(), "{line}");
    }
}

/// Calls `check` with gatepass and each of its subcommands, and their paths.
fn visit(command: &Command, path: &str, check: &mut dyn FnMut(&str, &Command)) {
    check(path, command);
    for subcommand in command.get_subcommands() {
        let path = format!("{path} {}", subcommand.get_name());
        visit(subcommand, path.trim_start(), check);
    }
}

/// Returns the examples of a command's help, without their title.
fn examples_text(command: &Command) -> String {
    let help = command.get_after_long_help().map(ToString::to_string).unwrap_or_default();
    let Some(text) = help.strip_prefix("Examples:\n") else { return String::new() };
    let is_example = |line: &&str| line.is_empty() || line.starts_with(' ');
    text.lines().take_while(is_example).map(|line| format!("{line}\n")).collect()
}

fn parse(path: &str, text: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    for line in text.replace("\\\n      ", "").lines().map(str::trim) {
        if let Some(purpose) = line.strip_prefix("# ") {
            let (path, purpose) = (path.to_owned(), purpose.to_owned());
            examples.push(Example { path, purpose, commands: Vec::new() });
        } else if let Some(command) = line.strip_prefix("$ ") {
            examples.last_mut().expect("a comment comes first").commands.push(command.to_owned());
        } else {
            assert_eq!(line, "", "{path:?}: neither a comment nor a command");
        }
    }
    examples
}

fn assert_parses(line: &str) {
    let parsed = command_tree().try_get_matches_from(words(line));
    assert!(parsed.is_ok(), "{line}: {}", parsed.unwrap_err());
}

/// Returns an environment with everything that the examples name, except what they create: the passcode of `acme`, the
/// user Ann, Math App and the district Ogdenville.
fn prepared_env() -> TestEnv {
    let mut env = TestEnv::new();
    let passcode = env.run_for_secret("create globex --days 90");
    env.file("found.secret", &passcode);
    for line in [
        "create initech --days 40",
        "grant-user bob@example.org --days 90",
        "app add 'Reading App'",
        "app add Roster",
        "district add Springfield --external-id 0607",
        "district add Shelbyville",
    ] {
        env.run_ok(line);
    }
    let grant = "grant-app 'Reading App' --district Springfield --scope read:students --days 90";
    let token = env.run_for_secret(grant);
    env.file("token.secret", &token);
    env.file("access.log", format!("GET /students?key={token} 200\n"));
    env.file("headers.txt", format!("Authorization: Bearer {token}\n"));
    env.file("old.key", "9f86d081884c7d659a2feaa0c55ad015\n");
    env.file("users.csv", "email,lifetime,note\nann@example.org,30,\ncarl@example.org,,Ops\n");
    env.file("districts.csv", "name,external_id\nOgdenville,0608\nSpringfield,0607\n");
    let checkpoint = env.run_ok("audit checkpoint");
    env.file("checkpoint.txt", checkpoint);
    env
}

/// Runs the commands of one example at a terminal, with the answer "y" to a prompt.
fn run_example(prepared: &Snapshot, example: &Example) {
    let Example { path, purpose, commands } = example;
    let mut env = example_env(prepared, path);
    for line in commands {
        let output = run_line(&mut env, line);
        assert_eq!(output.exit, 0, "{path:?}, {purpose}\n$ {line}\n{output}");
    }
}

/// Returns the environment in which the examples of a subcommand run.
fn example_env(prepared: &Snapshot, path: &str) -> TestEnv {
    let mut env = TestEnv::from_snapshot(prepared);
    fs::create_dir(env.path("man1")).unwrap();
    if path == "delete" {
        env.advance_days(80);
    }
    if path == "account remove" {
        env.run_ok("account add Staging");
    }
    if path == "key import" {
        env.run_ok("key export --out ~/master-key.backup");
        fs::remove_file(env.key()).unwrap();
    }
    env
}

fn run_line(env: &mut TestEnv, line: &str) -> CommandOutput {
    let line = match line.contains(CHANGE) {
        true => line.replace(CHANGE, &last_change(env)),
        false => line.to_owned(),
    };
    env.terminal = TestEnv::with_terminal().terminal;
    env.answers = ["y".to_owned()].into();
    let (arguments, input) = arguments(env, &line);
    env.run_words(&arguments, &input)
}

/// The change id in examples. The id of a real change depends on the version of gatepass.
const CHANGE: &str = "42-0123456789abcdef";

/// Returns the id of the newest change: the number of its audit record, and the beginning of the link of that record.
fn last_change(env: &mut TestEnv) -> String {
    let number = env.run_ok("audit verify --field records");
    let link = env.run_ok("audit verify --field last_link");
    format!("{}-{}", number.trim(), &link[..16])
}

/// Returns the arguments of a command, and its input. Redirects as a shell does; names of files are relative to the home
/// directory.
fn arguments(env: &mut TestEnv, line: &str) -> (Vec<OsString>, Vec<u8>) {
    let (mut arguments, mut input, mut is_new_file) = (Vec::new(), Vec::new(), false);
    for word in words(line).into_iter().skip(1) {
        let text = word.to_str().unwrap();
        if let Some(name) = text.strip_prefix('<') {
            input = fs::read(env.path(name)).unwrap();
            env.terminal.stdin = false;
        } else if text.starts_with('>') {
            env.terminal.stdout = false;
        } else if is_new_file || env.path(text).exists() {
            arguments.push(env.path(text).into());
        } else {
            arguments.push(word.clone());
        }
        is_new_file = text == "--out";
    }
    (arguments, input)
}
