//! Every argument of the command line: what is offered for its value.

use std::collections::BTreeSet;

use clap::{Arg, Command};
use gatepass::{command_tree, commands::help::topics::TOPICS, view::schema::SCHEMAS};
use serde_json::Value;

use crate::support::{directory_fixture::directory_fixture, test_env::TestEnv};

/// What is offered for the value of an argument.
#[derive(Debug, PartialEq, Eq)]
enum Expected {
    /// Exactly these words.
    List(Vec<String>),
    /// The names of things in the store, with this one among them.
    Name(&'static str),
    /// The line that makes a script offer paths.
    Paths(&'static str),
    /// What another test expects.
    Anything,
    /// Nothing, because nothing is known.
    Nothing,
}

/// The names of values that nobody can know.
const FREE: &[&str] = &[
    "ADDRESS",
    "CIDR",
    "DATE",
    "DAYS",
    "DURATION",
    "GLOB",
    "ID",
    "N",
    "N/min",
    "NAME",
    "NAME=HEADING",
    "NUMBER",
    "SCOPE",
    "SECONDS",
    "TEXT",
    "URL",
];

#[test]
fn every_argument_offers_exactly_its_values() {
    let mut env = directory_fixture();
    env.run_ok("grant-user ann@example.org --days 9");
    let mut count = 0;
    visit(&command_tree(), &mut Vec::new(), &mut |path, command, argument| {
        let line = line_to(path, command, argument);
        let output = env.run_ok(&format!("complete zsh gatepass {line} ''"));
        let values: Vec<&str> =
            output.lines().map(|line| line.split('\t').next().unwrap()).collect();
        match expected(path, argument) {
            Expected::List(list) => assert_eq!(values, list, "{line}"),
            Expected::Name(name) => assert!(output.contains(name), "{line}: {output}"),
            Expected::Paths(paths) => assert_eq!(output, format!("\t{paths}\n"), "{line}"),
            Expected::Anything => {}
            Expected::Nothing => {
                let range = argument.get_num_args().unwrap_or_default();
                let may_be_left_out = argument.is_positional() || range.min_values() == 0;
                let is_flag = |value: &&str| may_be_left_out && value.starts_with("--");
                assert!(values.iter().all(is_flag), "{line}: {output}");
            }
        }
        count += 1;
    });
    assert!(count > 80, "{count} arguments were found");
}

/// Calls `each` with every argument that takes a value, and its subcommand. Global ones are those of `list`.
fn visit(
    command: &Command,
    path: &mut Vec<String>,
    each: &mut dyn FnMut(&[String], &Command, &Arg),
) {
    for argument in command.get_arguments() {
        let is_elsewhere = argument.is_global_set() && path != &["list"];
        if argument.get_action().takes_values() && !argument.is_hide_set() && !is_elsewhere {
            each(path, command, argument);
        }
    }
    for subcommand in command.get_subcommands().filter(|command| !command.is_hide_set()) {
        path.push(subcommand.get_name().to_owned());
        visit(subcommand, path, each);
        path.pop();
    }
}

/// Returns the words before the value of an argument.
fn line_to(path: &[String], command: &Command, argument: &Arg) -> String {
    let mut words = path.to_vec();
    match argument.get_long() {
        Some(long) => words.push(format!("--{long}")),
        None => {
            let before =
                command.get_positionals().take_while(|one| one.get_id() != argument.get_id());
            words.extend(before.map(|_| "x".to_owned()));
        }
    }
    words.join(" ")
}

fn expected(path: &[String], argument: &Arg) -> Expected {
    let listed = argument.get_possible_values();
    if !listed.is_empty() {
        return Expected::List(listed.iter().map(|value| value.get_name().to_owned()).collect());
    }
    let name = argument.get_value_names().and_then(<[_]>::first).map_or("", |name| name.as_str());
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    if argument.get_id() == "field" {
        return Expected::List(fields("gatepass.credential/v1"));
    }
    match (&path[..], argument.get_id().as_str(), name) {
        // Held against the fields that each command prints, below.
        (.., "list_columns", _) => Expected::Anything,
        (["help"], ..) => Expected::List(help_words()),
        (["schema", "show"], ..) => {
            Expected::List(SCHEMAS.iter().map(|schema| schema.name.to_owned()).collect())
        }
        (.., "EMAIL") if path != ["list"] => Expected::Nothing,
        (["account", "add"], "id", _) => Expected::Nothing,
        (.., "REFERENCE" | "EMAIL") => Expected::Name("ann@example.org"),
        (.., "APP") => Expected::Name("Roster"),
        (.., "DISTRICT") => Expected::Name("Lincoln"),
        (.., "ACCOUNT") => Expected::Name("School"),
        (.., "FILE" | "PATH") => Expected::Paths("files"),
        (.., "DIRECTORY") => Expected::Paths("directories"),
        (.., name) if FREE.contains(&name) => Expected::Nothing,
        unknown => panic!("decide what completion offers for {unknown:?}"),
    }
}

fn fields(schema: &str) -> Vec<String> {
    let schema = SCHEMAS.iter().find(|one| one.name == schema).unwrap();
    let schema: Value = serde_json::from_str(schema.text).unwrap();
    schema["properties"].as_object().unwrap().keys().cloned().collect()
}

fn help_words() -> Vec<String> {
    let tree = command_tree();
    let commands = tree.get_subcommands().map(Command::get_name);
    let topics = TOPICS.iter().map(|topic| topic.name);
    commands.chain(topics).map(str::to_owned).collect()
}

/// The subcommands that print no record.
const WITHOUT_FIELDS: &[&str] =
    &["serve", "key export", "key import", "schema show", "proxy-config", "completions", "man"];

#[test]
fn each_command_offers_the_fields_that_it_prints() {
    let mut env = directory_fixture();
    env.run_ok("create acme --days 9");
    let offered = |env: &mut TestEnv, path: &str, option: &str| {
        let output = env.run_ok(&format!("complete zsh gatepass {path} {option} ''"));
        let fields = output.lines().map(|line| line.trim_end().to_owned());
        fields.collect::<BTreeSet<_>>()
    };
    visit_commands(&command_tree(), &mut Vec::new(), &mut |path| {
        let (path, fields) = (path.join(" "), offered(&mut env, &path.join(" "), "--field"));
        assert_eq!(fields.is_empty(), WITHOUT_FIELDS.contains(&path.as_str()), "{path}");
    });
    for (path, words) in [
        ("create", "new --days 9"),
        ("list", ""),
        ("show", "acme"),
        ("edit", "acme --note x"),
        ("reset", "acme --yes"),
        ("revoke", "acme --yes"),
        ("delete", "acme --yes"),
        ("check", ""),
        ("status", ""),
        ("doctor", ""),
        ("app list", ""),
        ("app add", "App"),
        ("district show", "Lincoln"),
        ("account list", ""),
        ("legacy policy", ""),
        ("audit list", ""),
        ("audit verify", ""),
        ("audit checkpoint", ""),
        ("schema list", ""),
    ] {
        let output = env.run(&format!("{path} {words} --field nonsense"));
        let known = output.stderr.split_once("use one of ").map(|(_, known)| known.trim_end());
        let known = known.unwrap_or_else(|| panic!("{path}: {output}"));
        let known: BTreeSet<_> = known.split(", ").map(str::to_owned).collect();
        assert_eq!(offered(&mut env, path, "--field"), known, "{path}");
        if path.ends_with("list") {
            assert_eq!(offered(&mut env, path, "--columns"), known, "{path}");
        }
    }
}

/// Calls `each` with every subcommand that has none of its own, other than `help`.
fn visit_commands(command: &Command, path: &mut Vec<String>, each: &mut dyn FnMut(&[String])) {
    if !command.has_subcommands() {
        each(path);
    }
    for subcommand in command.get_subcommands().filter(|command| command.get_name() != "help") {
        path.push(subcommand.get_name().to_owned());
        visit_commands(subcommand, path, each);
        path.pop();
    }
}

#[test]
fn commands_come_before_flags() {
    let mut env = TestEnv::new();
    for line in ["", "app", "audit"] {
        let output = env.run_ok(&format!("complete zsh gatepass {line} ''"));
        let is_flag: Vec<bool> = output.lines().map(|line| line.starts_with('-')).collect();
        assert!(!is_flag[0] && is_flag.is_sorted(), "{line}: {output}");
    }
    let output = env.run_ok("complete zsh gatepass list --s");
    let flags: Vec<&str> = output.lines().map(|line| line.split('\t').next().unwrap()).collect();
    assert!(flags.contains(&"--sort"), "{output}");
    assert_eq!(flags.last(), Some(&"--store"), "global ones come last: {output}");
    assert_eq!(env.run_ok("complete zsh gatepass rot").split('\t').next(), Some("rotate"));
}

#[test]
fn lists_are_completed_after_a_comma_and_an_equals_sign() {
    let mut env = TestEnv::new();
    let mut first = |line: &str| {
        let output = env.run_ok(&format!("complete zsh gatepass {line}"));
        output.split('\t').next().unwrap_or_default().to_owned()
    };
    assert_eq!(first("list --state active,rev"), "active,revoked");
    assert_eq!(first("list --state=rev"), "--state=revoked");
    assert_eq!(first("help app ed"), "edit");
}
