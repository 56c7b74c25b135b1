//! `verify --find`.

use insta::assert_snapshot;
use serde_json::Value;

use crate::support::test_env::TestEnv;

/// Creates a passcode that is valid, one that has expired, one that a reset replaced, and one that was revoked.
fn secrets(env: &mut TestEnv) -> [String; 4] {
    let expired = env.run_for_secret("create expired --days 1");
    env.advance_days(1);
    let [valid, replaced, revoked] = ["valid", "replaced", "revoked"]
        .map(|name| env.run_for_secret(&format!("create {name} --days 9")));
    env.run_ok("reset replaced --yes");
    env.run_ok("revoke revoked --yes");
    [valid, expired, replaced, revoked]
}

#[test]
fn each_secret_in_a_log_is_reported_by_line() {
    let mut env = TestEnv::new();
    let [valid, expired, replaced, revoked] = secrets(&mut env);
    let mut other = TestEnv::new();
    other.reseed(2);
    let unknown = other.run_for_secret("create other --days 9");
    let log = format!(
        "GET /?key={expired}&x=1 200\nnothing\n{{\"a\":\"{replaced}\",\"b\":\"{revoked}\"}}\n\n{valid}{unknown}"
    );
    assert_snapshot!(env.run_with_input("verify --find", &log), @"
    exit 0
    -- stdout
    LINE  ID                           NAME      RESULT
       1  pc_65511a5d129d4ed6c9cd2b3f  expired   expired at 2026-11-23T06:00:00Z
       3  pc_031b3d56317bf51d7616bfe2  replaced  replaced by a reset at 2026-11-23T06:00:00Z
       3  pc_9e57be1e4a7d3eafab43a982  revoked   revoked at 2026-11-23T06:00:00Z by ann@host
       5  pc_72a22e6128f4d4431fdae559  valid     valid
       5                                         unknown secret
    ");
    let found: Value =
        serde_json::from_str(&env.run_with_input("verify --find --json", &log).stdout).unwrap();
    let lines =
        found["items"].as_array().unwrap().iter().map(|item| item["line"].as_u64().unwrap());
    assert_eq!(lines.collect::<Vec<_>>(), [1, 3, 3, 5, 5]);
    assert_eq!(found["summary"], serde_json::json!({"found": 5, "valid": 1}));
    assert_eq!(env.run_with_input("verify --find -q", &log).stdout.lines().count(), 4);
    for format in ["table", "json", "jsonl", "csv"] {
        let output = env.run_with_input(&format!("verify --find --format {format}"), &log);
        for secret in [&valid, &expired, &replaced, &revoked, &unknown] {
            assert!(!output.to_string().contains(secret.as_str()), "{format}: {output}");
        }
    }
}

#[test]
fn the_exit_code_is_that_of_the_secret_closest_to_valid() {
    let mut env = TestEnv::new();
    let [valid, expired, replaced, revoked] = secrets(&mut env);
    for (text, exit) in [
        (format!("{revoked} {expired} {valid} {replaced}"), 0),
        (format!("{revoked} {replaced} {expired}"), 11),
        (format!("{revoked} {replaced}"), 13),
        (revoked.clone(), 12),
        (valid[..52].to_owned(), 10),
        (String::new(), 10),
    ] {
        assert_eq!(env.run_with_input("verify --find", &text).exit, exit, "{text}");
    }
    assert_eq!(env.run_with_input("verify --find --region in1", &valid).exit, 14);
}

#[test]
fn nothing_found_is_said() {
    let mut env = TestEnv::with_terminal();
    env.run_ok("create acme --days 9");
    assert_snapshot!(env.run_with_input("verify --find", "no secrets here\n"), @"
    exit 10
    -- stdout
    [1mLINE[0m  [1mID[0m  [1mNAME[0m  [1mRESULT[0m
    -- stderr
    0 secrets found, 0 valid
    ");
    env.terminal.stdout = false;
    env.stdout_limit = Some(0);
    assert_eq!(env.run_with_input("verify --find --json", "no secrets here\n").exit, 10);
}
