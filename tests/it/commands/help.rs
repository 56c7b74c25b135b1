//! Help and versions are data; their absence of mind is none.

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
    let mut world = TestEnv::with_terminal();
    assert_snapshot!(world.run("-h"));
    world.terminal.width = Some(60);
    assert!(world.run_ok("create --help").lines().all(|line| line.chars().count() <= 60));
    world.terminal.width = Some(300);
    assert!(world.run_ok("create --help").lines().all(|line| line.chars().count() <= 100));
}

#[test]
fn every_command_has_help() {
    let mut world = TestEnv::new();
    for command in COMMANDS {
        let said = world.run(&format!("{command} --help"));
        assert_eq!((said.exit, said.stderr.as_str()), (0, ""), "{command}");
        let text = said.stdout.split("Global options:").next().unwrap().to_owned();
        assert_snapshot!(format!("help_{command}"), text);
    }
}

#[test]
fn a_missing_subcommand_is_a_usage_error() {
    let mut world = TestEnv::new();
    let said = world.run("");
    assert_eq!((said.exit, said.stdout.as_str()), (2, ""));
    assert!(
        said.stderr.starts_with("Issues, lists,") && said.stderr.contains("Commands:\n"),
        "{said}"
    );
    assert_eq!(world.run("--json").exit, 2);
    assert_eq!(world.run("account").exit, 2);
    assert_snapshot!(world.run("lst"), @"
    exit 2
    -- stdout
    -- stderr
    error: unrecognized subcommand 'lst'
    hint: a similar subcommand exists: 'list'
    ");
    assert_snapshot!(world.run("lst --json"), @r#"
    exit 2
    -- stdout
    -- stderr
    {"error":{"code":"usage","details":null,"hint":"a similar subcommand exists: 'list'","message":"unrecognized subcommand 'lst'"},"schema":"gatepass.error/v1"}
    "#);
}

#[test]
fn the_version_goes_to_stdout() {
    let said = TestEnv::new().run("--version");
    assert_eq!((said.exit, said.stdout), (0, format!("gatepass {}\n", env!("CARGO_PKG_VERSION"))));
}
