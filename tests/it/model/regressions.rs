//! Bugs that the model found, each with a test of its own.

use crate::support::test_env::TestEnv;

#[test]
fn output_of_a_change_is_relative_to_the_stores_now() {
    let mut env = TestEnv::new();
    env.run_ok("create partner --days 1");
    env.advance_seconds(86_400 - 10);
    env.run_ok("create other --days 9");
    env.advance_seconds(-40);
    // The clock is behind the last record, which is ten seconds before the expiry.
    let shown = env.run_ok("edit partner --note x --field expires_in_seconds");
    assert_eq!(shown.trim_end(), "10");
    let shown = env.run_ok("revoke partner --yes --json");
    assert!(
        shown.contains("\"expires_in_seconds\": 10") || shown.contains("\"expires_in_seconds\":10"),
        "{shown}"
    );
}

#[test]
fn an_expiry_within_365_days_of_the_stores_now_is_accepted() {
    let mut env = TestEnv::new();
    env.run_ok("create partner --days 1");
    env.advance_seconds(-40);
    env.run_ok("create other --until 2027-11-22T06:00:00Z");
    assert_eq!(env.run("create third --until 2027-11-22T06:00:01Z").exit, 2);
}

#[test]
fn a_credential_created_under_a_fast_clock_can_get_a_new_lifetime() {
    let mut env = TestEnv::new();
    env.advance_days(1000);
    env.run_ok("create partner --days 90");
    env.advance_days(-1000);
    assert_eq!(env.run("edit partner --days 90 --yes").exit, 7);
    let end = env.run_ok("edit partner --days 90 --yes --accept-clock --field expires_at");
    assert_eq!(end.trim_end(), "2027-02-20T06:00:00Z");
    assert_eq!(env.run("doctor").exit, 0);
}

#[test]
fn nothing_is_taken_from_a_passcode_that_the_account_refuses() {
    let mut env = TestEnv::new();
    env.run_ok("create partner --days 90");
    assert_eq!(env.run("edit partner --days 31").exit, 2);
    env.run_ok("account edit --require-user-passcode on --yes");
    env.run_ok("edit partner --days 31");
}
