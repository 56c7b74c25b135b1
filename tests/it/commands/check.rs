//! `check`.

use insta::assert_snapshot;

use crate::support::{credentials_fixture::credentials_fixture, test_env::TestEnv};

#[test]
fn the_result_goes_from_ok_to_critical() {
    let mut env = TestEnv::new();
    env.run_ok("create acme --days 90");
    env.run_ok("create forever --forever");
    assert_snapshot!(env.run("check"), @"
    exit 0
    -- stdout
    OK: 0 expired, 0 within 7 days, 0 more within 30 days | expired=0 critical=0 warning=0
    ");
    env.advance_days(60);
    assert_snapshot!(env.run("check"), @"
    exit 1
    -- stdout
    WARNING: 0 expired, 0 within 7 days, 1 more within 30 days; next: acme in 30 d | expired=0 critical=0 warning=1
    ");
    env.advance_days(23);
    assert_snapshot!(env.run("check"), @"
    exit 2
    -- stdout
    CRITICAL: 0 expired, 1 within 7 days, 0 more within 30 days; next: acme in 7 d | expired=0 critical=1 warning=0
    ");
    env.advance_days(7);
    assert_snapshot!(env.run("check"), @"
    exit 2
    -- stdout
    CRITICAL: 1 expired, 0 within 7 days, 0 more within 30 days | expired=1 critical=0 warning=0
    ");
    env.run_ok("delete acme --yes");
    assert_snapshot!(env.run("check"), @"
    exit 0
    -- stdout
    OK: 0 expired, 0 within 7 days, 0 more within 30 days | expired=0 critical=0 warning=0
    ");
}

#[test]
fn quiet_prints_nothing_on_success() {
    let mut env = TestEnv::new();
    env.run_ok("create acme --days 90");
    assert_snapshot!(env.run("check -q"), @"
    exit 0
    ");
    env.advance_days(60);
    assert_snapshot!(env.run("check -q"), @"
    exit 1
    -- stdout
    WARNING: 0 expired, 0 within 7 days, 1 more within 30 days; next: acme in 30 d | expired=0 critical=0 warning=1
    ");
}

#[test]
fn the_thresholds_can_be_set() {
    let mut env = TestEnv::new();
    env.run_ok("create acme --days 90");
    assert_eq!(env.run("check --warn 89").exit, 0);
    assert_eq!(env.run("check --warn 90").exit, 1);
    assert_eq!(env.run("check --crit 90").exit, 2);
    assert_eq!(env.run("check --warn 0 --crit 0").exit, 0);
}

#[test]
fn json_and_a_field_can_be_printed() {
    let mut env = credentials_fixture();
    assert_snapshot!(env.run("check --json"), @r#"
    exit 2
    -- stdout
    {
      "schema": "gatepass.check/v1",
      "level": "CRITICAL",
      "expired": 1,
      "critical": 1,
      "warning": 1,
      "next": "Bob@Example.org",
      "next_expires_at": "2026-12-04T06:00:00Z"
    }
    "#);
    assert_snapshot!(env.run("check --field level"), @"
    exit 2
    -- stdout
    CRITICAL
    ");
}

#[test]
fn every_error_exits_as_unknown() {
    let mut env = TestEnv::new();
    assert_snapshot!(env.run("check"), @"
    exit 3
    -- stderr
    error: no store at ~/.local/share/gatepass/store.db
    hint: gatepass create creates one; if there is one, check --store, GATEPASS_STORE and HOME
    ");
    assert_snapshot!(env.run("check --store /nowhere/store.db -q"), @"
    exit 3
    -- stderr
    error: no store at /nowhere/store.db
    hint: gatepass create creates one; if there is one, check --store, GATEPASS_STORE and HOME
    ");
    env.run_ok("create acme --days 90");
    assert_snapshot!(env.run("check --warn soon"), @"
    exit 3
    -- stderr
    error: invalid value 'soon' for '--warn <DURATION>': use a number of hours, days or weeks, such as 12h, 7d or 2w, from 0d to 36500d; a number without a unit is in days
    ");
    assert_snapshot!(env.run("check --nonsense"), @"
    exit 3
    -- stderr
    error: unexpected argument '--nonsense' found
    hint: usage: gatepass check [OPTIONS]
    ");
    assert_snapshot!(env.run("check --field nonsense"), @r#"
    exit 3
    -- stderr
    error: unknown field "nonsense"
    hint: use one of schema, level, expired, critical, warning, next, next_expires_at
    "#);
    assert_eq!(env.run("--json check --account AAA-BBB-CCCZ").exit, 3);
    assert_eq!(env.run("check extra").exit, 3);
    let store = std::fs::File::options().write(true).open(env.store()).unwrap();
    store.set_len(5000).unwrap();
    assert_eq!(env.run("check").exit, 3);
}
