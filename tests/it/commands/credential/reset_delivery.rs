//! A reset ends the old secret only after the new one was delivered.

use insta::assert_snapshot;
use serde_json::Value;

use crate::support::{
    directory_fixture::directory_fixture,
    streams::Kill,
    test_env::{KILLED, TestEnv},
};

/// What is reset: the command, and the command that shows it.
const RESETS: [(&str, &str); 7] = [
    ("reset acme", "show acme"),
    ("reset acme --overlap 7d", "show acme"),
    ("reset acme --until-used", "show acme"),
    ("reset acme --days 5", "show acme"),
    ("reset ann@example.org", "show ann@example.org"),
    ("reset Roster/Lincoln --overlap 1d", "show Roster/Lincoln"),
    ("app reset Roster", "app show Roster"),
];

/// Returns an account passcode, a user passcode, a token and an app.
fn resettable() -> TestEnv {
    let mut env = directory_fixture();
    for line in [
        "create acme --days 90",
        "grant-user ann@example.org --days 90",
        "grant-app Roster --district Lincoln --scope read:students --days 90",
    ] {
        env.run_ok(line);
    }
    env.advance_days(1);
    env
}

fn json(env: &mut TestEnv, line: &str) -> Value {
    serde_json::from_str(&env.run_ok(&format!("{line} --json"))).unwrap()
}

fn verify_exits(env: &mut TestEnv, secrets: &[&str]) -> Vec<u8> {
    secrets.iter().map(|secret| env.run_with_input("verify", secret).exit).collect()
}

fn kill(env: &mut TestEnv, when: Kill, line: &str) -> String {
    env.kill = Some(when);
    let output = env.run(line);
    env.kill = None;
    assert_eq!(output.exit, KILLED, "{line}: {output}");
    output.stdout.trim().to_owned()
}

#[test]
fn a_reset_that_cannot_be_shown_changes_nothing() {
    for (reset, show) in RESETS {
        for limit in [0, 1, 53] {
            let mut env = resettable();
            let before = json(&mut env, show);
            env.stdout_limit = Some(limit);
            let output = env.run(&format!("{reset} --yes"));
            assert_eq!((output.exit, output.stdout.as_str()), (1, ""), "{reset}: {output}");
            env.stdout_limit = None;
            assert_eq!(json(&mut env, show), before, "{reset}");
            assert_eq!(env.run("doctor").exit, 0, "{reset}");
            env.run_for_secret(&format!("{reset} --yes"));
            assert_eq!(json(&mut env, show)["generation"], 2, "{reset}");
        }
    }
    let mut env = resettable();
    env.stdout_limit = Some(0);
    assert_snapshot!(env.run("reset acme --overlap 7d --yes"), @"
    exit 1
    -- stderr
    error: the secret could not be written (broken pipe), so the reset of pc_65511a5d129d4ed6c9cd2b3f was undone and its old secret stays valid
    hint: gatepass reset acme again
    ");
    assert_snapshot!(env.run("app reset Roster --yes --json"), @r#"
    exit 1
    -- stderr
    {"error":{"code":"undelivered","details":null,"hint":"gatepass app reset Roster","message":"the secret could not be written (broken pipe), so the reset of 79b11434a5fdc770b9360614 was undone and its old client secret stays valid"},"schema":"gatepass.error/v1"}
    "#);
    env.terminal.stdout_is_null = true;
    env.stdout_limit = None;
    assert_snapshot!(env.run("reset acme --yes"), @"
    exit 1
    -- stderr
    error: the secret could not be written (stdout is the null device), so the reset of pc_65511a5d129d4ed6c9cd2b3f was undone and its old secret stays valid
    hint: gatepass reset acme again
    ");
}

#[test]
fn a_killed_reset_leaves_every_secret_valid() {
    for (reset, show) in RESETS {
        let mut env = resettable();
        let before = json(&mut env, show);
        kill(&mut env, Kill::BeforeOutput, &format!("{reset} --yes"));
        let mut after = json(&mut env, show);
        assert_eq!(after["undelivered_reset_at"], "2026-11-23T06:00:00Z", "{reset}");
        after["undelivered_reset_at"] = Value::Null;
        assert_eq!(after, before, "{reset}");
        assert!(env.run_ok(show).contains("reset not delivered"), "{reset}");
        assert_eq!(env.run("doctor").exit, 0, "{reset}");
        env.run_for_secret(&format!("{reset} --yes"));
        assert_eq!(json(&mut env, show)["undelivered_reset_at"], Value::Null, "{reset}");
        assert_eq!(json(&mut env, show)["generation"], 2, "{reset}");
    }
}

#[test]
fn the_next_reset_ends_the_undelivered_secret() {
    let mut env = TestEnv::new();
    let old = env.run_for_secret("create acme --days 90");
    let lost = kill(&mut env, Kill::AfterOutput, "reset acme --yes");
    assert_eq!(verify_exits(&mut env, &[&old, &lost]), [0, 0]);
    assert_eq!(env.run_with_input("verify --field secret_role", &lost).stdout, "undelivered\n");
    assert_snapshot!(env.run_ok("list"), @"
    ID                           NAME  KIND     STATE   EXPIRES               LEFT  REMARK
    pc_65511a5d129d4ed6c9cd2b3f  acme  account  active  2027-02-20T06:00:00Z  90 d  reset not delivered
    ");
    assert_snapshot!(env.run_ok("show acme"), @"
    id        pc_65511a5d129d4ed6c9cd2b3f
    name      acme
    kind      account passcode of RZ5-76K-665Z
    state     active
    remark    reset not delivered
    expires   2027-02-20T06:00:00Z (in 90 d)
    lifetime  90 days
    created   2026-11-22T06:00:00Z by ann@host
    ");
    assert_snapshot!(env.run_ok("doctor"), @"
    store    ~/.local/share/gatepass/store.db (version 6)
    key      ~/.config/gatepass/key (078f3070)
    account  RZ5-76K-665Z (main)
    advice: the key has no backup; without it the store cannot be read (back it up: gatepass key export --out FILE)
    advice: 1 credential was reset, but the new secret was not delivered: it is valid in addition to the old one (gatepass reset)
    No problems found
    ");
    let lost_too = kill(&mut env, Kill::AfterOutput, "reset acme --yes");
    assert_eq!(verify_exits(&mut env, &[&old, &lost, &lost_too]), [0, 13, 0]);
    let new = env.run_for_secret("reset acme --overlap 1d --yes");
    assert_eq!(verify_exits(&mut env, &[&old, &lost, &lost_too, &new]), [0, 13, 13, 0]);
    env.advance_days(1);
    assert_eq!(verify_exits(&mut env, &[&old, &new]), [13, 0]);
    assert_eq!(env.run_ok("show acme --field generation"), "2\n");
    assert_snapshot!(env.run_ok("audit list --of acme"), @"
    SEQ  AT                    ACTION       SUBJECT                      NAME  ACTOR     CHANGES
      2  2026-11-22T06:00:00Z  create       pc_65511a5d129d4ed6c9cd2b3f  acme  ann@host
      3  2026-11-22T06:00:00Z  reset-begin  pc_65511a5d129d4ed6c9cd2b3f  acme  ann@host  undelivered reset none → 2026-11-22
      4  2026-11-22T06:00:00Z  reset-begin  pc_65511a5d129d4ed6c9cd2b3f  acme  ann@host
      5  2026-11-22T06:00:00Z  reset-begin  pc_65511a5d129d4ed6c9cd2b3f  acme  ann@host
      6  2026-11-22T06:00:00Z  reset        pc_65511a5d129d4ed6c9cd2b3f  acme  ann@host  secret 1 → 2; old secret until none → 2026-11-23; undelivered reset 2026-11-22 → none
    ");
    assert_snapshot!(env.run_ok("audit show 3"), @"
    record   3
    at       2026-11-22T06:00:00Z
    action   reset-begin
    subject  pc_65511a5d129d4ed6c9cd2b3f
    name     acme
    actor    ann@host
    version  0.1.0
    changed  undelivered reset none → 2026-11-22T06:00:00Z
    ");
}

/// The overlap that an earlier reset promised lasts until the new secret was delivered.
#[test]
fn an_overlap_is_ended_only_by_a_delivered_reset() {
    let mut env = TestEnv::new();
    let first = env.run_for_secret("create acme --days 90");
    let second = env.run_for_secret("reset acme --overlap 7d --yes");
    let third = kill(&mut env, Kill::AfterOutput, "reset acme --end-retiring --yes");
    assert_eq!(verify_exits(&mut env, &[&first, &second, &third]), [0, 0, 0]);
    env.stdout_limit = Some(0);
    assert_eq!(env.run("reset acme --end-retiring --yes").exit, 1);
    env.stdout_limit = None;
    assert_eq!(verify_exits(&mut env, &[&first, &second, &third]), [0, 0, 13]);
    assert_eq!(env.run_ok("show acme --field retiring_until"), "2026-11-29T06:00:00Z\n");
    let fourth = env.run_for_secret("reset acme --end-retiring --yes");
    assert_eq!(verify_exits(&mut env, &[&first, &second, &fourth]), [13, 13, 0]);
}

#[test]
fn an_expired_credential_stays_expired_without_a_delivery() {
    let mut env = TestEnv::new();
    let old = env.run_for_secret("create acme --days 5");
    env.advance_days(6);
    env.stdout_limit = Some(0);
    assert_eq!(env.run("reset acme --days 30 --yes").exit, 1);
    env.stdout_limit = None;
    let lost = kill(&mut env, Kill::AfterOutput, "reset acme --days 30 --yes");
    assert_eq!(env.run_ok("show acme --field state"), "expired\n");
    assert_eq!(verify_exits(&mut env, &[&old, &lost]), [11, 11]);
    let new = env.run_for_secret("reset acme --days 30 --yes");
    assert_eq!(verify_exits(&mut env, &[&old, &lost, &new]), [13, 13, 0]);
}

/// Whatever happens to the credential in between.
#[test]
fn an_undelivered_secret_ends_with_its_credential() {
    for line in ["revoke acme --yes", "delete acme --yes"] {
        let mut env = TestEnv::new();
        env.run_for_secret("create acme --days 90");
        let lost = kill(&mut env, Kill::AfterOutput, "reset acme --yes");
        let id = env.run_ok("show acme -q");
        env.run_ok(line);
        assert_eq!(verify_exits(&mut env, &[&lost]), [12], "{line}");
        let shown = json(&mut env, &format!("show {}", id.trim()));
        assert_eq!(shown["undelivered_reset_at"], Value::Null, "{line}");
    }
}

/// The recipient verifies messages with the key that it has.
#[test]
fn a_webhook_keeps_its_key_until_the_new_one_was_delivered() {
    let mut env = directory_fixture();
    let hook = "app edit Roster --webhook https://hooks.example/";
    for when in [None, Some(Kill::BeforeOutput), Some(Kill::AfterOutput)] {
        let before = env.run_ok("audit list -q");
        env.kill = when;
        env.stdout_limit = when.is_none().then_some(0);
        let exit = env.run(hook).exit;
        (env.kill, env.stdout_limit) = (None, None);
        assert_eq!(exit, if when.is_none() { 1 } else { KILLED });
        assert_eq!(env.run_ok("audit list -q"), before, "{when:?}");
    }
    env.run_ok(hook);
    let rotate = "app edit Roster --rotate-webhook-key --yes";
    let before = json(&mut env, "app show Roster");
    env.stdout_limit = Some(0);
    assert_snapshot!(env.run(rotate), @"
    exit 1
    -- stderr
    error: the secret could not be written (broken pipe), so the webhook of 79b11434a5fdc770b9360614 was not changed
    hint: try again with --out FILE
    ");
    env.stdout_limit = None;
    kill(&mut env, Kill::AfterOutput, rotate);
    assert_eq!(json(&mut env, "app show Roster"), before);
    env.run_ok(rotate);
}
