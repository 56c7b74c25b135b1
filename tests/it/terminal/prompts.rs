//! Prompts at a terminal. Without one, a usage error names the flag.

use insta::assert_snapshot;

use crate::support::{
    credentials_fixture::{credentials_fixture, credentials_fixture_with_terminal},
    test_env::TestEnv,
};

/// Every command that asks for confirmation.
const CONFIRMED_COMMANDS: [&str; 10] = [
    "delete acme",
    "delete acme beta",
    "delete --expired",
    "delete --revoked",
    "revoke acme",
    "revoke acme beta --reason superseded",
    "reset acme",
    "reset acme --overlap 7d",
    "edit acme --days 1",
    "edit ann@example.org --until 2026-12-31",
];

/// Every command that prompts for missing arguments, with its message without a terminal.
const PROMPTED_ARGUMENTS: [(&str, &str); 6] = [
    ("create", "for example: gatepass create acme --days 90"),
    ("create --days 9", "for example: gatepass create acme --days 90"),
    ("create new", "use --days N, --for DURATION, --until DATE, --infinite or --forever"),
    ("grant-user", "for example: gatepass grant-user ann@example.org --days 90"),
    ("grant-user --days 9", "for example: gatepass grant-user ann@example.org --days 90"),
    ("grant-user new@example.org", "use --days N, --for DURATION, --until DATE or --infinite"),
];

#[test]
fn answering_no_exits_with_1_and_changes_nothing() {
    let mut env = credentials_fixture_with_terminal();
    let before = env.run_ok("audit list --json");
    for line in CONFIRMED_COMMANDS {
        env.answers.push_back("n".to_owned());
        let output = env.run(line);
        assert_eq!(output.exit, 1, "{line}: {output}");
        assert!(output.stderr.ends_with("Cancelled; nothing was changed\n"), "{line}: {output}");
        assert_eq!(output.stdout, "", "{line}");
        assert!(env.answers.is_empty(), "{line} asked");
    }
    assert_eq!(env.run_ok("audit list --json"), before);
}

#[test]
fn an_interrupt_exits_with_130_and_changes_nothing() {
    let mut env = credentials_fixture_with_terminal();
    let before = env.run_ok("audit list --json");
    for line in CONFIRMED_COMMANDS.iter().chain(PROMPTED_ARGUMENTS.iter().map(|(line, _)| line)) {
        let output = env.run(line);
        assert_eq!((output.exit, output.stdout.as_str()), (130, ""), "{line}: {output}");
    }
    assert_eq!(env.run_ok("audit list --json"), before);
}

#[test]
fn answering_yes_proceeds() {
    for line in CONFIRMED_COMMANDS {
        let mut env = credentials_fixture_with_terminal();
        env.answers.push_back("y".to_owned());
        let output = env.run(line);
        assert_eq!(output.exit, 0, "{line}: {output}");
        assert!(
            output.stderr.starts_with("? ") || output.stderr.starts_with("  pc_"),
            "{line}: {output}"
        );
    }
}

#[test]
fn the_yes_flag_skips_prompts() {
    for line in CONFIRMED_COMMANDS {
        for mut env in [credentials_fixture(), credentials_fixture_with_terminal()] {
            let output = env.run(&format!("{line} --yes"));
            assert_eq!(output.exit, 0, "{line}: {output}");
            assert!(!output.stderr.contains('?'), "{line}: {output}");
        }
    }
}

#[test]
fn without_a_terminal_the_missing_flag_is_named_and_nothing_changes() {
    let mut env = credentials_fixture();
    env.env.insert("NO_COLOR".into(), "1".into());
    let before = env.run_ok("audit list --json");
    let confirmed = CONFIRMED_COMMANDS.iter().map(|line| (*line, "use --yes"));
    for (line, hint) in confirmed.chain(PROMPTED_ARGUMENTS) {
        // A prompt needs a terminal for both the question and the answer.
        for (stdin, stderr) in [(false, false), (true, false), (false, true)] {
            (env.terminal.stdin, env.terminal.stderr) = (stdin, stderr);
            let output = env.run(line);
            assert_eq!((output.exit, output.stdout.as_str()), (2, ""), "{line}: {output}");
            assert!(output.stderr.ends_with(&format!("hint: {hint}\n")), "{line}: {output}");
        }
    }
    env.terminal = TestEnv::new().terminal;
    assert_eq!(env.run_ok("audit list --json"), before);
}

#[test]
fn every_command_accepts_yes() {
    let mut env = credentials_fixture();
    for line in ["list", "show acme", "audit verify", "account list", "doctor", "schema list"] {
        assert_ne!(env.run(&format!("{line} --yes")).exit, 2, "{line}");
    }
}

#[test]
fn a_missing_name_and_lifetime_are_prompted_for() {
    let mut env = TestEnv::with_terminal();
    env.run_ok("create first --days 1");
    env.answers.extend(["", " spaced", "partner-a", "a duration", "0", "30"].map(str::to_owned));
    assert_snapshot!(env.run("create"), @"
    exit 0
    -- stdout
    gpa_…
    -- stderr
    ? Name of the partner? 
    ! the name is empty
    ? Name of the partner?  spaced
    ! the name has a space at position 1, at its beginning
    ? Name of the partner? partner-a
    ? Lifetime? a duration
    ? Duration, such as 90d or 12h? 0
    ! the duration must be from 1h to 365d
    ? Duration, such as 90d or 12h? 30
    This is the secret of partner-a (pc_72a22e6128f4d4431fdae559, account RZ5-76K-665Z). Expiry:
    2026-12-22T06:00:00Z (in 30 d).
    It will not be shown again. If you lose it, generate a new one: gatepass reset partner-a
    ");
    env.answers.extend(["partner-b", "until", "soon", "2027-01-31"].map(str::to_owned));
    assert_snapshot!(env.run("create"), @"
    exit 0
    -- stdout
    gpa_…
    -- stderr
    ? Name of the partner? partner-b
    ? Lifetime? until
    ? Date or RFC 3339 instant? soon
    ! use a date such as 2027-01-31 (end of that day, UTC) or an RFC 3339 time such as 2027-01-31T12:00:00Z
    ? Date or RFC 3339 instant? 2027-01-31
    This is the secret of partner-b (pc_031b3d56317bf51d7616bfe2, account RZ5-76K-665Z). Expiry:
    2027-02-01T00:00:00Z (in 71 d).
    It will not be shown again. If you lose it, generate a new one: gatepass reset partner-b
    ");
    env.answers.extend(["forever"].map(str::to_owned));
    assert_snapshot!(env.run("create partner-c"), @"
    exit 0
    -- stdout
    gpa_…
    -- stderr
    ? Lifetime? forever
    This is the secret of partner-c (pc_9e57be1e4a7d3eafab43a982, account RZ5-76K-665Z). Expiry: never.
    It will not be shown again. If you lose it, generate a new one: gatepass reset partner-c
    ");
    env.answers.extend(["nobody", "ann@example.org", "infinite"].map(str::to_owned));
    assert_snapshot!(env.run("grant-user"), @"
    exit 0
    -- stdout
    gpu_…
    -- stderr
    ? E-mail address of the user? nobody
    ! an e-mail address must have one @ with text on both sides, and no spaces, quotes or brackets
    ? E-mail address of the user? ann@example.org
    ? Lifetime? infinite
    This is the secret of ann@example.org (pc_c24fff62122ae756b9ffa05d, account RZ5-76K-665Z). Expiry:
    2036-11-22T06:00:00Z (in 3653 d).
    It will not be shown again. If you lose it, generate a new one: gatepass reset ann@example.org
    ");
}

#[test]
fn a_prompt_names_its_subject() {
    let mut env = credentials_fixture_with_terminal();
    env.answers.extend(["n"; 4].map(str::to_owned));
    assert_snapshot!(env.run("delete acme"), @"
    exit 1
    -- stderr
    ? Delete account passcode acme (pc_65511a5d129d4ed6c9cd2b3f)? n
    Cancelled; nothing was changed
    ");
    assert_snapshot!(env.run("revoke acme ann@example.org"), @"
    exit 1
    -- stderr
      pc_65511a5d129d4ed6c9cd2b3f  account passcode  acme
      pc_fcd27ed352087b78abbf8378  user passcode     ann@example.org
    ? Revoke these 2 credentials? n
    Cancelled; nothing was changed
    ");
    assert_snapshot!(env.run("reset acme"), @"
    exit 1
    -- stderr
    ? The current secret stops working immediately. Reset account passcode acme
    (pc_65511a5d129d4ed6c9cd2b3f)? n
    Cancelled; nothing was changed
    ");
    assert_snapshot!(env.run("reset ann@example.org --until-used"), @"
    exit 1
    -- stderr
    ? Reset user passcode ann@example.org (pc_fcd27ed352087b78abbf8378)? n
    Cancelled; nothing was changed
    ");
}
