//! Help and versions go to stdout; unknown commands are usage errors.

use insta::assert_snapshot;

use crate::support::test_env::TestEnv;

const COMMANDS: [&str; 19] = [
    "create",
    "list",
    "show",
    "edit",
    "delete",
    "grant-user",
    "grant-app",
    "reset",
    "revoke",
    "verify",
    "check",
    "app",
    "district",
    "account",
    "audit",
    "doctor",
    "key",
    "schema",
    "proxy-config",
];

#[test]
fn the_short_help_fits_the_terminal() {
    let mut env = TestEnv::with_terminal();
    assert_snapshot!(env.run("-h"));
    env.terminal.width = Some(60);
    assert!(env.run_ok("create --help").lines().all(|line| line.chars().count() <= 60));
    env.terminal.width = Some(300);
    assert!(env.run_ok("create --help").lines().all(|line| line.chars().count() <= 100));
}

#[test]
fn every_command_has_help() {
    let mut env = TestEnv::new();
    for command in COMMANDS {
        let output = env.run(&format!("{command} --help"));
        assert_eq!((output.exit, output.stderr.as_str()), (0, ""), "{command}");
        let text = output.stdout.split("Global options:").next().unwrap().to_owned();
        assert_snapshot!(format!("help_{command}"), text);
    }
}

#[test]
fn a_missing_subcommand_is_a_usage_error() {
    let mut env = TestEnv::new();
    let output = env.run("");
    assert_eq!((output.exit, output.stdout.as_str()), (2, ""));
    assert!(
        output.stderr.starts_with("Issue, list,") && output.stderr.contains("Commands:\n"),
        "{output}"
    );
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
