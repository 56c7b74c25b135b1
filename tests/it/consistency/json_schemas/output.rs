//! The JSON output of every command.

use std::fs;

use super::checker::SchemaChecker;
use crate::support::test_env::TestEnv;

#[test]
fn every_json_output_matches_its_schema() {
    let mut checker = SchemaChecker::new();
    check_webhook_outputs(&mut checker);
    let mut env = TestEnv::new();
    env.file("users.csv", "email,lifetime,note\nbob@x.org,90,\neve@x.org,infinite,hello\n");
    env.file("legacy", "DEMO_KEY\n");
    for &(exit, line) in COMMANDS {
        let output = env.run(&format!("{line} --json"));
        checker.check_output(line, exit, &output);
    }
    for line in [
        "legacy report",
        "list --all",
        "app list --all",
        "district list --all",
        "audit list",
        "account list",
        "show partner-z",
        "schema list",
    ] {
        let output = env.run(&format!("{line} --format jsonl"));
        for each in output.stdout.lines() {
            checker.validate(line, each);
        }
    }
    for line in fs::read_to_string(env.path("many.jsonl")).unwrap().lines() {
        checker.validate("--out", line);
    }
    check_verifications(&mut checker);
    check_errors(&mut checker);
    let unseen = checker.unseen();
    assert!(unseen.is_empty(), "no command printed {unseen:?}");
}

/// Checks the output of commands about webhooks.
fn check_webhook_outputs(checker: &mut SchemaChecker) {
    let mut env = TestEnv::new();
    for (exit, line) in [
        (0, "app add Reader"),
        (0, "district add North"),
        (0, "app edit Reader --webhook https://127.0.0.1:1/ --allow-private-webhooks"),
        (0, "app edit Reader --rotate-webhook-key --yes --out ~/key"),
        (0, "app edit Reader --rotate-webhook-key --dry-run"),
        (0, "grant-app Reader --district North --scope read:students --days 9"),
        (0, "deliver --dry-run"),
        (0, "deliver"),
        (0, "app show Reader"),
        (0, "app edit Reader --no-webhook --yes"),
        (4, "app edit Reader --rotate-webhook-key --yes"),
        (2, "app edit Reader --webhook ftp://x/"),
    ] {
        let output = env.run(&format!("{line} --json"));
        checker.check_output(line, exit, &output);
    }
    env.run_ok("app edit Reader --webhook https://127.0.0.1:1/ --allow-private-webhooks");
    env.run_ok("revoke Reader/North --yes");
    for each in env.run("deliver --format jsonl").stdout.lines() {
        checker.validate("deliver", each);
    }
}

/// Checks the output of `verify` for valid, rejected and malformed secrets.
fn check_verifications(checker: &mut SchemaChecker) {
    let mut env = TestEnv::new();
    let [valid, revoked, expired, replaced] = ["valid", "revoked", "expired", "replaced"]
        .map(|name| env.run_for_secret(&format!("create {name} --days 9")));
    env.run_ok("revoke revoked --yes");
    env.run_ok("edit expired --days 1 --yes");
    env.run_ok("reset replaced --yes");
    env.advance_days(2);
    for (exit, secret) in [(0, &valid), (12, &revoked), (11, &expired), (13, &replaced)] {
        let output = env.run_with_input("verify --json", secret);
        checker.check_output("verify", exit, &output);
    }
    let output = env.run_with_input("verify --json", "nonsense");
    checker.check_output("verify", 10, &output);
    let output = env.run_with_input("verify --headers --json", "X-CleverTap-Passcode: x\n\n");
    checker.check_output("verify --headers", 10, &output);
    let output = env.run_with_input("verify --region in1 --json", &valid);
    checker.check_output("verify --region", 14, &output);
}

/// Checks the errors of a store that was tampered with.
fn check_errors(checker: &mut SchemaChecker) {
    let mut env = TestEnv::new();
    env.run_ok("create partner-a --days 9");
    let database = rusqlite::Connection::open(env.store()).unwrap();
    database.execute("update credential set note = 'planted'", []).unwrap();
    drop(database);
    for line in ["doctor", "show partner-a"] {
        let output = env.run(&format!("{line} --json"));
        checker.check_output(line, 8, &output);
    }
}

/// Commands with their exit codes, which run in this order.
const COMMANDS: &[(u8, &str)] = &[
    (3, "list"),
    (0, "create partner-a --days 90 --note '=1+1'"),
    (0, "create partner-a --days 90 --if-missing"),
    (4, "create partner-a --days 90"),
    (0, "create partner-b --forever"),
    (0, "create partner-c --until 2027-01-31 --dry-run"),
    (0, "create partner-c --infinite"),
    (0, "create soon --days 3"),
    (0, "grant-user ann@x.org --days 30"),
    (4, "grant-user ann@x.org --days 30"),
    (0, "grant-user --from ~/users.csv --out ~/many.jsonl"),
    (0, "reset bob@x.org eve@x.org --yes --out ~/many.csv"),
    (0, "edit partner-a --name partner-z --no-note"),
    (0, "edit partner-z --note text --dry-run"),
    (0, "reset partner-z --overlap 7d --until-used --yes"),
    (0, "show partner-z"),
    (0, "revoke ann@x.org partner-c --reason superseded --yes"),
    (4, "revoke ann@x.org --yes"),
    (0, "delete partner-c --yes"),
    (0, "delete --expired --yes"),
    (0, "list"),
    (0, "list --all"),
    (0, "list --kind user --state active,revoked --limit 1"),
    (0, "list --expiring 7 --sort expires --at 2026-11-23"),
    (0, "list --name 'no*such'"),
    (2, "check"),
    (1, "check --crit 0"),
    (0, "check --crit 0 --warn 0"),
    (3, "check --warn x"),
    (0, "app add Roster"),
    (0, "app reset Roster --yes"),
    (4, "app add roster"),
    (0, "district add Lincoln --external-id 0607"),
    (4, "district add Other --external-id 0607"),
    (0, "grant-app Roster --district Lincoln --scope read:students --days 90"),
    (4, "app remove Roster --yes"),
    (0, "app list"),
    (0, "district list"),
    (0, "district show 0607"),
    (0, "district remove 0607 --revoke-tokens --yes"),
    (0, "app remove Roster --yes"),
    (3, "app show Roster"),
    (3, "district show Lincoln"),
    (0, "account list"),
    (0, "account show"),
    (0, "account edit --region in1 --require-user-passcode on"),
    (0, "account add second --id TEST-948-4KK-444Z"),
    (4, "account add third --id TEST-948-4KK-444Z"),
    (2, "create partner-d --days 3"),
    (3, "show nobody"),
    (3, "show nobody --account 111-111-1111"),
    (2, "show"),
    (2, "create x --days 366"),
    (2, "nonsense"),
    (0, "audit list"),
    (0, "audit list --of partner-z"),
    (0, "audit verify"),
    (0, "audit checkpoint"),
    (0, "legacy policy --account TEST-948-4KK-444Z"),
    (
        0,
        "legacy policy --account TEST-948-4KK-444Z --announce 2026-12-01 --limit-from 2027-01-01 --limit 200 --sunset 2027-02-01",
    ),
    (0, "legacy policy --account TEST-948-4KK-444Z --clear --yes"),
    (4, "legacy policy --account TEST-948-4KK-444Z --clear --yes"),
    (
        0,
        "app add 'Roster Sync' --account TEST-948-4KK-444Z --allow-weak --legacy-key-file ~/legacy",
    ),
    (
        4,
        "app edit 'Roster Sync' --account TEST-948-4KK-444Z --allow-weak --legacy-key-file ~/legacy",
    ),
    (0, "legacy report"),
    (0, "doctor"),
    (0, "store migrate"),
    (0, "schema list"),
    (2, "schema show gatepass.nothing/v1"),
];
