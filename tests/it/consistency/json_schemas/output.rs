//! The JSON output of every command, and what the tests notice in it.

use std::{collections::BTreeSet, fs, panic::catch_unwind};

use crate::support::{
    json_schemas::{assert_documents_valid, documents, parsed, schema_name},
    process::TestHome,
    test_env::{CommandOutput, TestEnv},
};

/// The names of the schemas that documents have named so far.
type Seen = BTreeSet<String>;

#[test]
fn every_schema_describes_an_output() {
    let mut seen = Seen::new();
    run_webhook_commands(&mut seen);
    let mut env = TestEnv::new();
    env.file("users.csv", "email,lifetime,note\nbob@x.org,90,\neve@x.org,infinite,hello\n");
    env.file("legacy", "DEMO_KEY\n");
    run_all(&mut env, COMMANDS, &mut seen);
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
        let output = env.run_ok(&format!("{line} --format jsonl"));
        assert_eq!(documents(&output).len(), output.lines().count(), "gatepass {line}");
        add_names(&output, &mut seen);
    }
    let file = fs::read_to_string(env.path("many.jsonl")).unwrap();
    assert_documents_valid(&file);
    add_names(&file, &mut seen);
    run_verifications(&mut seen);
    run_on_tampered_store(&mut seen);
    let unseen: Vec<_> = parsed().into_keys().filter(|name| !seen.contains(*name)).collect();
    assert!(unseen.is_empty(), "no command printed {unseen:?}");
}

#[test]
fn a_document_that_breaks_its_schema_is_noticed() {
    let mut env = TestEnv::new();
    env.run_ok("app add Reader");
    env.run_ok("district add North");
    env.run_ok("grant-app Reader --district North --scope read:students --days 9 --pickup");
    let list = env.run_ok("list --json");
    let line = env.run_ok("list --format jsonl");
    for (good, bad) in [
        ("\"generation\":0", "\"generation\":-1"),
        ("\"generation\":0,", ""),
        ("\"generation\":0", "\"generation\":0,\"news\":0"),
        ("gatepass.credential/v1", "gatepass.nothing/v1"),
        ("T06:00:00Z", "T06:00:00+00:00"),
    ] {
        for output in [&list, &line, &format!("warning: the first line\n{line}")] {
            assert_documents_valid(output);
            let broken = output.replacen(good, bad, 1);
            assert_ne!(&broken, output);
            let noticed = catch_unwind(|| assert_documents_valid(&broken));
            assert!(noticed.is_err(), "{bad} is not noticed in\n{output}");
        }
    }
}

#[test]
#[should_panic(expected = "is not published")]
fn the_output_of_every_process_is_held_against_its_schema() {
    TestHome::new().shell("echo '{\"schema\":\"gatepass.nothing/v1\"}' >&2", &[]);
}

/// Runs commands with `--json`, in order. Each prints a result on stdout or an error on stderr, never both.
fn run_all(env: &mut TestEnv, commands: &[(u8, &str)], seen: &mut Seen) {
    for &(exit, line) in commands {
        let output = env.run(&format!("{line} --json"));
        assert_output(line, exit, &output, seen);
    }
}

fn assert_output(line: &str, exit: u8, output: &CommandOutput, seen: &mut Seen) {
    assert_eq!(output.exit, exit, "gatepass {line}\n{output}");
    let streams = [&output.stdout, &output.stderr].map(|stream| documents(stream).len());
    let is_error = output.stderr.contains("gatepass.error/v1");
    assert_eq!(streams, if is_error { [0, 1] } else { [1, 0] }, "gatepass {line}\n{output}");
    assert!(exit != 0 || !is_error, "gatepass {line}\n{output}");
    add_names(&output.stdout, seen);
    add_names(&output.stderr, seen);
}

fn add_names(output: &str, seen: &mut Seen) {
    let documents = documents(output);
    seen.extend(documents.iter().filter_map(schema_name).map(str::to_owned));
}

fn run_webhook_commands(seen: &mut Seen) {
    let mut env = TestEnv::new();
    run_all(&mut env, WEBHOOK_COMMANDS, seen);
    env.run_ok("app edit Reader --webhook https://127.0.0.1:1/ --allow-private-webhooks");
    env.run_ok("revoke Reader/North --yes");
    add_names(&env.run("deliver --format jsonl").stdout, seen);
}

/// Runs `verify` for valid, rejected and malformed secrets.
fn run_verifications(seen: &mut Seen) {
    let mut env = TestEnv::new();
    let [valid, revoked, expired, replaced] = ["valid", "revoked", "expired", "replaced"]
        .map(|name| env.run_for_secret(&format!("create {name} --days 9")));
    env.run_ok("revoke revoked --yes");
    env.run_ok("edit expired --days 1 --yes");
    env.run_ok("reset replaced --yes");
    env.advance_days(2);
    for (line, exit, input) in [
        ("verify", 0, valid.as_str()),
        ("verify", 12, &revoked),
        ("verify", 11, &expired),
        ("verify", 13, &replaced),
        ("verify", 10, "nonsense"),
        ("verify --headers", 10, "X-CleverTap-Passcode: x\n\n"),
        ("verify --region in1", 14, &valid),
        ("verify --find", 0, &format!("{valid}\n{revoked} gpa_no_secret\n")),
    ] {
        let output = env.run_with_input(&format!("{line} --json"), input);
        assert_output(line, exit, &output, seen);
    }
    add_names(&env.run_with_input("verify --find --format jsonl", &valid).stdout, seen);
}

fn run_on_tampered_store(seen: &mut Seen) {
    let mut env = TestEnv::new();
    env.run_ok("create partner-a --days 9");
    let database = rusqlite::Connection::open(env.store()).unwrap();
    database.execute("update credential set note = 'planted'", []).unwrap();
    drop(database);
    run_all(&mut env, &[(8, "doctor"), (8, "show partner-a")], seen);
}

/// Commands about webhooks with their exit codes, which run in this order.
const WEBHOOK_COMMANDS: &[(u8, &str)] = &[
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
];

/// Commands with their exit codes, which run in this order.
const COMMANDS: &[(u8, &str)] = &[
    (3, "list"),
    (3, "status"),
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
    (0, "account edit --region in1 --require-user-passcode on --yes"),
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
    (0, "legacy policy --account TEST-948-4KK-444Z --clear --yes"),
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
    (0, "status"),
    (0, "store migrate"),
    (0, "store repair"),
    (0, "schema list"),
    (2, "schema show gatepass.nothing/v1"),
];
