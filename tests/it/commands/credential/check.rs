//! `check`.

use gatepass::{domain::seq::CredentialSeq, ops::credential::usage::record_usage};
use insta::{assert_debug_snapshot, assert_snapshot};
use serde_json::Value;

use crate::support::{
    credentials_fixture::credentials_fixture,
    records::{reported, usage_record},
    test_env::TestEnv,
};

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
      "next_expires_at": "2026-12-04T06:00:00Z",
      "items": [
        {
          "id": "pc_031b3d56317bf51d7616bfe2",
          "kind": "account",
          "account": "RZ5-76K-665Z",
          "label": "old",
          "state": "expired",
          "expires_at": "2026-11-25T06:00:00Z",
          "level": "CRITICAL",
          "refused_by_policy": null
        },
        {
          "id": "pc_aff9bbcda26ad7c4b7b7ae79",
          "kind": "user",
          "account": "RZ5-76K-665Z",
          "label": "Bob@Example.org",
          "state": "expiring",
          "expires_at": "2026-12-04T06:00:00Z",
          "level": "CRITICAL",
          "refused_by_policy": null
        },
        {
          "id": "pc_72a22e6128f4d4431fdae559",
          "kind": "account",
          "account": "RZ5-76K-665Z",
          "label": "beta",
          "state": "expiring",
          "expires_at": "2026-12-12T06:00:00Z",
          "level": "WARNING",
          "refused_by_policy": null
        }
      ],
      "refused_by_policy": 0,
      "tampered": 0
    }
    "#);
    assert_snapshot!(env.run("check --field level"), @"
    exit 2
    -- stdout
    CRITICAL
    ");
}

#[test]
fn json_lists_the_first_credentials_that_it_counts() {
    let mut env = credentials_fixture();
    let items = env.run("check --field items").stdout;
    let items: Value = serde_json::from_str(&items).unwrap();
    let summary = |item: &Value| format!("{} {} {}", item["label"], item["state"], item["level"]);
    assert_debug_snapshot!(items.as_array().unwrap().iter().map(summary).collect::<Vec<_>>(), @r#"
    [
        "\"old\" \"expired\" \"CRITICAL\"",
        "\"Bob@Example.org\" \"expiring\" \"CRITICAL\"",
        "\"beta\" \"expiring\" \"WARNING\"",
    ]
    "#);
    let users: String = (0..120).map(|number| format!("user-{number:03}@x.org\n")).collect();
    env.file("users.csv", format!("email\n{users}"));
    env.run_ok("grant-user --from ~/users.csv --days 20 --out ~/secrets");
    let check: Value = serde_json::from_str(&env.run("check --json").stdout).unwrap();
    assert_eq!((check["warning"].as_u64(), check["critical"].as_u64()), (Some(121), Some(1)));
    let items = check["items"].as_array().unwrap();
    assert_eq!(items.len(), 100);
    assert!(items.is_sorted_by_key(|item| item["expires_at"].as_str().unwrap()));
}

#[test]
fn credentials_in_use_that_their_account_refuses_are_a_warning() {
    let mut env = TestEnv::new();
    env.run_ok("create acme --days 90");
    env.run_ok("create globex --days 90");
    env.run_ok("account edit --require-user-passcode on --yes");
    assert_eq!(env.run("check").exit, 0);
    let store = env.open_store();
    let used = usage_record(CredentialSeq(2), env.op_context(&store).clock.now(), "192.0.2.1", 1);
    record_usage(&store, &[reported(used)]).unwrap();
    drop(store);
    assert_snapshot!(env.run("check"), @"
    exit 1
    -- stdout
    WARNING: 0 expired, 0 within 7 days, 0 more within 30 days; 1 in use, but refused by their account | expired=0 critical=0 warning=0
    ");
    assert_snapshot!(env.run("check --json"), @r#"
    exit 1
    -- stdout
    {
      "schema": "gatepass.check/v1",
      "level": "WARNING",
      "expired": 0,
      "critical": 0,
      "warning": 0,
      "next": null,
      "next_expires_at": null,
      "items": [
        {
          "id": "pc_72a22e6128f4d4431fdae559",
          "kind": "account",
          "account": "RZ5-76K-665Z",
          "label": "globex",
          "state": "active",
          "expires_at": "2027-02-20T06:00:00Z",
          "level": "WARNING",
          "refused_by_policy": "user_passcode_required"
        }
      ],
      "refused_by_policy": 1,
      "tampered": 0
    }
    "#);
    assert_snapshot!(env.run("doctor"), @"
    exit 0
    -- stdout
    store    ~/.local/share/gatepass/store.db (version 6)
    key      ~/.config/gatepass/key (078f3070)
    account  RZ5-76K-665Z (main)
    advice: the key has no backup; without it the store cannot be read (back it up: gatepass key export --out FILE)
    advice: 2 valid credentials are refused by the policy of the account (gatepass list shows which)
    No problems found
    ");
    env.advance_days(31);
    assert_eq!(env.run("check").exit, 0);
}

#[test]
fn what_does_not_verify_is_critical() {
    let changes = [
        // A row that the report is about, the sum of such rows, and one that only a deep check reads.
        ("update credential set note = 'x' where owner = 'acme'", "check"),
        ("delete from credential where owner = 'acme'", "check"),
        ("update credential set note = 'x' where owner = 'forever'", "check --deep"),
    ];
    for (change, line) in changes {
        let mut env = TestEnv::new();
        env.run_ok("create acme --days 20");
        env.run_ok("create forever --forever");
        assert_eq!(env.run("check --deep").exit, 1);
        let sql = format!("pragma foreign_keys = off; {change}");
        rusqlite::Connection::open(env.store()).unwrap().execute_batch(&sql).unwrap();
        let output = env.run(line);
        assert_eq!(output.exit, 2, "{change}: {output}");
        let start = "CRITICAL: the store failed verification: ";
        assert!(output.stdout.starts_with(start), "{change}: {output}");
        let json: Value = serde_json::from_str(&env.run(&format!("{line} --json")).stdout).unwrap();
        assert!(json["tampered"].as_u64() > Some(0), "{change}: {json}");
    }
}

#[test]
fn a_warning_comes_before_it_is_critical() {
    let mut env = TestEnv::new();
    env.run_ok("create acme --days 90");
    assert_snapshot!(env.run("check --warn 1 --crit 30"), @"
    exit 3
    -- stderr
    error: --warn (1 day) is shorter than --crit (30 days)
    hint: to warn before it is critical: --warn 30d --crit 1d
    ");
    assert_eq!(env.run("check --warn 30 --crit 30").exit, 0);
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
    hint: use one of schema, level, expired, critical, warning, next, next_expires_at, items, refused_by_policy, tampered
    "#);
    assert_eq!(env.run("--json check --account AAA-BBB-CCCZ").exit, 3);
    assert_eq!(env.run("check extra").exit, 3);
    let store = std::fs::File::options().write(true).open(env.store()).unwrap();
    store.set_len(5000).unwrap();
    assert_eq!(env.run("check").exit, 3);
}
