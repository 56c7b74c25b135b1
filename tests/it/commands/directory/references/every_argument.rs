//! Every argument that takes a reference refuses an ambiguous one.

use std::collections::BTreeSet;

use clap::Command;
use gatepass::command_tree;

use super::partner_names::create_with_older_name;
use crate::support::{directory_fixture::directory_fixture, test_env::TestEnv};

/// The arguments that take a reference, each with a command in which it is `{}`, and the exit code if the reference is
/// ambiguous. A change accepts no partial ids of apps, so that their names are never ambiguous in one account.
const LINES: [(&str, &str, u8); 21] = [
    ("app edit APP", "app edit {} --limit 9/min", 0),
    ("app remove APP", "app remove {} --yes", 0),
    ("app reset APP", "app reset {} --yes", 0),
    ("app show APP", "app show {}", 4),
    ("audit list --of REFERENCE", "audit list --of {}", 4),
    ("delete REFERENCE", "delete {} --yes", 4),
    (
        "district connect --app APP",
        "district connect Lincoln --app {} --scope a:b --days 9 --pickup",
        0,
    ),
    (
        "district connect DISTRICT",
        "district connect {} --app Grades --scope a:b --days 9 --pickup",
        4,
    ),
    ("district edit DISTRICT", "district edit {} --name New", 4),
    ("district remove DISTRICT", "district remove {} --revoke-tokens --yes", 4),
    ("district show DISTRICT", "district show {}", 4),
    ("edit REFERENCE", "edit {} --note x", 4),
    ("grant-app --district DISTRICT", "grant-app Grades --district {} --scope a:b --days 9", 4),
    ("grant-app APP", "grant-app {} --district Lincoln --scope a:b --days 9", 0),
    ("list --app APP", "list --app {}", 4),
    ("list --district DISTRICT", "list --district {}", 4),
    ("reset REFERENCE", "reset {} --yes", 4),
    ("revoke REFERENCE", "revoke {} --yes", 4),
    ("show REFERENCE", "show {}", 4),
    ("verify --app APP", "verify --app {}", 4),
    ("verify --district DISTRICT", "verify --district {}", 4),
];

/// Adds the arguments of a subcommand, and of those below it, that take a reference.
fn collect(command: &Command, path: &str, found: &mut BTreeSet<String>) {
    for argument in command.get_arguments() {
        let value = argument.get_value_names().and_then(|names| names.first());
        let Some(value) =
            value.filter(|name| ["REFERENCE", "APP", "DISTRICT"].contains(&name.as_str()))
        else {
            continue;
        };
        let flag = argument.get_long().map(|flag| format!("--{flag} ")).unwrap_or_default();
        found.insert(format!("{path}{flag}{value}"));
    }
    for child in command.get_subcommands() {
        collect(child, &format!("{path}{} ", child.get_name()), found);
    }
}

/// Returns a store with an ambiguous reference of each class: a user's address that is also the name of a passcode, a
/// district's name that is also the external id of another one, and an app's name with which the id of another one begins.
fn ambiguous_store() -> TestEnv {
    let mut env = directory_fixture();
    for line in [
        "grant-user ann@example.org --days 90",
        "district add 0607",
        "app add 79b1",
        "grant-app Roster --district Lincoln --scope read:students --days 90",
    ] {
        env.run_ok(line);
    }
    create_with_older_name(&mut env, "ann@example.org");
    env
}

#[test]
fn no_meaning_of_a_reference_takes_precedence() {
    let mut arguments = BTreeSet::new();
    collect(&command_tree(), "", &mut arguments);
    let tested: BTreeSet<String> =
        LINES.iter().map(|(argument, ..)| (*argument).to_owned()).collect();
    assert_eq!(tested, arguments, "each argument that takes a reference needs a line");

    let store = ambiguous_store().snapshot();
    for (argument, line, exit) in LINES {
        let mut env = TestEnv::from_snapshot(&store);
        let before = env.run_ok("audit list --json");
        let reference = match argument.rsplit(' ').next() {
            Some("REFERENCE") => "ANN@example.org",
            Some("DISTRICT") => "0607",
            _ => "79b1",
        };
        let output = env.run(&line.replace("{}", reference));
        assert_eq!(output.exit, exit, "{line}\n{output}");
        if exit == 4 {
            let message = format!("error: {reference} matches 2 ");
            assert!(output.stderr.starts_with(&message), "{line}\n{output}");
            assert_eq!(env.run_ok("audit list --json"), before, "{line}");
        }
    }
}
