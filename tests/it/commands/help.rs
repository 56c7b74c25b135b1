//! Help and versions go to stdout; unknown commands are usage errors.

use clap::Command;
use gatepass::{
    command_tree,
    commands::help::{layout::GROUPS, topics::TOPICS},
};
use insta::assert_snapshot;

use crate::support::test_env::TestEnv;

#[test]
fn the_short_help_fits_the_terminal() {
    let mut env = TestEnv::with_terminal();
    env.env.insert("NO_COLOR".into(), "1".into());
    assert_snapshot!(env.run("-h"));
    env.terminal.width = Some(60);
    assert!(env.run_ok("create --help").lines().all(|line| line.chars().count() <= 60));
    env.terminal.width = Some(300);
    assert!(env.run_ok("create --help").lines().all(|line| line.chars().count() <= 100));
}

/// The help of each subcommand is in a snapshot, and the global options are described once, elsewhere.
#[test]
fn every_command_has_help() {
    let mut env = TestEnv::new();
    let tree = command_tree();
    for command in tree.get_subcommands().map(Command::get_name) {
        let output = env.run(&format!("{command} --help"));
        assert_eq!((output.exit, output.stderr.as_str()), (0, ""), "{command}");
        assert_snapshot!(format!("help_{command}"), output.stdout);
        let short = env.run_ok(&format!("{command} -h"));
        for text in [output.stdout, short] {
            assert!(text.ends_with("gatepass help options\n"), "{command}:\n{text}");
            assert!(!text.contains("--accept-clock"), "{command}:\n{text}");
        }
    }
    assert!(env.run_ok("--help").contains("--accept-clock"));
    assert!(env.run_ok("help options").contains("--accept-clock"));
}

#[test]
fn each_command_is_in_one_group() {
    let grouped: Vec<&str> = GROUPS.iter().flat_map(|(_, names)| *names).copied().collect();
    let tree = command_tree();
    for command in tree.get_subcommands().map(Command::get_name) {
        let count = grouped.iter().filter(|name| **name == command).count();
        assert_eq!(count, 1, "{command}");
    }
    assert_eq!(grouped.len(), tree.get_subcommands().count());
}

#[test]
fn gatepass_alone_is_one_screen() {
    let mut env = TestEnv::with_terminal();
    env.env.insert("NO_COLOR".into(), "1".into());
    env.terminal.width = Some(80);
    let output = env.run("");
    assert_eq!((output.exit, output.stdout.as_str()), (2, ""));
    assert_eq!(output.stderr, env.run_ok("-h"));
    assert!(output.stderr.lines().count() <= 40, "{output}");
    assert!(output.stderr.lines().all(|line| line.chars().count() <= 80), "{output}");
    for (title, _) in GROUPS {
        assert!(output.stderr.contains(&format!("{title}:\n")), "{title}");
    }
    assert!(output.stderr.contains("gatepass --help"));
}

#[test]
fn help_shows_commands_and_topics() {
    let mut env = TestEnv::new();
    assert_eq!(env.run_ok("help"), env.run_ok("--help"));
    assert_eq!(env.run_ok("help create"), env.run_ok("create --help"));
    assert_eq!(env.run_ok("help rm"), env.run_ok("delete --help"));
    assert_eq!(env.run_ok("help app add"), env.run_ok("app add --help"));
    assert_eq!(env.run_ok("app help add"), env.run_ok("app add --help"));
    assert_eq!(env.run_ok("--json help app"), env.run_ok("app --help"));
    // Even where no other command works.
    env.env.clear();
    for topic in TOPICS {
        let text = env.run_ok(&format!("help {}", topic.name));
        assert!(text.lines().count() > 3, "{}:\n{text}", topic.name);
        assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
    }
    assert_snapshot!(env.run("help references"), @"
    exit 0
    -- stdout
    Commands that take a REFERENCE find the credential by any of the following. A reference that could
    mean more than one credential is an error (exit code 4) that lists them.

      ID
              The id of a credential, such as pc_6dad1146752a50298874ecb2

      BEGINNING OF AN ID
              At least four characters after the underscore, such as pc_6dad, if no other id begins with
              them; commands that end a credential accept it only at a terminal

      NAME
              The name of an account passcode, or of the app that has a legacy key, in any case

      EMAIL
              The e-mail address of a user, for the passcode of the user

      APP/DISTRICT
              The names or ids of an app and a district, for the token of the app for the district

      APP
              Where a command takes an app: its id, client id or name

      DISTRICT
              Where a command takes a district: its id, external id or name

      ACCOUNT
              Where a command takes an account: its Account ID, in any case and with or without dashes,
              or its name

      -
              For show, edit, reset, revoke and delete: the references on stdin, one per line; they are
              changed together or not at all
    ");
    assert_snapshot!(env.run("help exit-code"), @"
    exit 2
    -- stderr
    error: unrecognized subcommand 'exit-code'
    hint: a similar subcommand exists: 'exit-codes'
    ");
    assert_eq!(env.run("environment").exit, 2, "a topic is not a command");
    assert_eq!(env.run("help create nothing").exit, 0);
}

#[test]
fn suggestions_begin_with_the_most_similar_word() {
    let mut env = TestEnv::new();
    for (typed, meant) in [
        ("lst", "list"),
        ("creat", "create"),
        ("grant", "grant-app"),
        ("grantuser", "grant-user"),
        ("revok", "revoke"),
        ("delte", "delete"),
        ("rotat", "rotate"),
        ("app lst", "list"),
        ("audit verfy", "verify"),
        ("help environmnt", "environment"),
    ] {
        let output = env.run(typed);
        let (_, suggestions) = output.stderr.split_once("hint: ").expect(&output.stderr);
        let first = suggestions.split('\'').nth(1).expect(suggestions);
        assert_eq!((output.exit, first), (2, meant), "{typed}: {output}");
    }
}

#[test]
fn aliases_work_and_are_listed() {
    let mut env = TestEnv::new();
    let listed = env.run_ok("-h");
    for names in ["create, new", "list, ls", "delete, rm", "reset, rotate"] {
        assert!(listed.contains(names), "{names}: {listed}");
    }
    env.run_ok("new acme --days 90");
    assert_eq!(env.run_ok("ls -q"), env.run_ok("list -q"));
    env.run_ok("rotate acme --yes");
    env.run_ok("rm acme --yes");
    env.run_ok("app new Roster");
    env.run_ok("app rotate Roster --yes");
    assert_eq!(env.run_ok("app ls -q"), env.run_ok("app list -q"));
    env.run_ok("app rm Roster --yes");
    env.run_ok("district new North");
    for line in ["district ls", "account ls", "audit ls", "schema ls", "district rm North --yes"] {
        env.run_ok(line);
    }
}

#[test]
fn a_missing_subcommand_is_a_usage_error() {
    let mut env = TestEnv::new();
    assert_eq!(env.run("--json").exit, 2);
    assert_eq!(env.run("account").exit, 2);
    assert_snapshot!(env.run("lst"), @"
    exit 2
    -- stderr
    error: unrecognized subcommand 'lst'
    hint: a similar subcommand exists: 'list'
    ");
    assert_snapshot!(env.run("lst --json"), @r#"
    exit 2
    -- stderr
    {"error":{"code":"usage","details":null,"hint":"a similar subcommand exists: 'list'","message":"unrecognized subcommand 'lst'"},"schema":"gatepass.error/v1"}
    "#);
}

#[test]
fn the_version_goes_to_stdout() {
    let output = TestEnv::new().run("--version");
    assert_eq!(
        (output.exit, output.stdout),
        (0, format!("gatepass {}\n", env!("CARGO_PKG_VERSION")))
    );
}
