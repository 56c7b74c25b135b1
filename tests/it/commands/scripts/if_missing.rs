//! `--if-missing`: a script that runs again and again.

use std::fs;

use insta::assert_snapshot;
use serde_json::Value;

use crate::support::{directory_fixture::directory_fixture, test_env::TestEnv};

/// The commands that create something, the file that each writes, and the reference of what it created.
const MAKERS: [(&str, &str); 4] = [
    ("create acme --days 9 --out ~/out", "acme"),
    ("grant-user ann@x.org --days 9 --out ~/out", "ann@x.org"),
    ("grant-app Roster --district Lincoln --scope a:b --days 9 --out ~/out", "Roster/Lincoln"),
    ("app add Math --out ~/out", ""),
];

#[test]
fn what_is_valid_is_kept_without_a_secret() {
    for (line, _) in MAKERS {
        let mut env = directory_fixture();
        let line = format!("{line} --if-missing --json");
        let first: Value = serde_json::from_str(&env.run_ok(&line)).unwrap();
        assert_eq!(first["created"], true, "{line}");
        fs::remove_file(env.path("out")).unwrap();
        let log = env.run_ok("audit list --json");
        let again: Value = serde_json::from_str(&env.run_ok(&line)).unwrap();
        assert_eq!((&again["created"], &again["secret"]), (&false.into(), &Value::Null), "{line}");
        assert_eq!((&again["id"], &again["out"]), (&first["id"], &Value::Null), "{line}");
        assert!(!env.path("out").exists(), "{line}");
        assert_eq!(env.run_ok("audit list --json"), log, "{line}");
    }
}

#[test]
fn what_has_expired_is_replaced_and_what_was_revoked_is_not() {
    for (line, reference) in MAKERS.into_iter().filter(|(_, reference)| !reference.is_empty()) {
        let mut env = directory_fixture();
        let line = format!("{line} --if-missing");
        let old = env.run_ok(&format!("{line} -q"));
        fs::remove_file(env.path("out")).unwrap();
        env.advance_days(9);
        let new = env.run_ok(&format!("{line} -q"));
        assert_ne!(old, new, "{line}");
        fs::remove_file(env.path("out")).unwrap();
        assert_eq!(env.run_ok("list --state deleted -q"), old, "{line}");
        env.run_ok(&format!("revoke '{reference}' --yes"));
        let output = env.run(&line);
        assert_eq!(output.exit, 4, "{line}: {output}");
        assert!(output.stderr.contains("gatepass delete"), "{line}: {output}");
        assert!(!env.path("out").exists());
        assert_eq!(env.run("doctor").exit, 0);
    }
}

#[test]
fn a_pickup_is_not_repeated() {
    let mut env = directory_fixture();
    let line = "grant-app Roster --district Lincoln --scope a:b --days 9 --pickup --if-missing";
    let id = env.run_ok(&format!("{line} -q"));
    assert_eq!(env.run_ok(&format!("{line} -q")), id);
    assert_eq!(env.run_ok(&format!("{line} --field created")), "false\n");
    assert_eq!(env.run_ok(line), "");
}

#[test]
fn a_district_is_added_once() {
    let mut env = directory_fixture();
    env.terminal = TestEnv::with_terminal().terminal;
    let id = env.run_ok("district add lincoln --external-id 0607 --if-missing -q");
    assert_eq!(env.run_ok("district add Lincoln --if-missing -q"), id);
    assert!(
        env.run("district add Lincoln --if-missing").stderr.contains("Lincoln already exists (")
    );
    let other = env.run("district add Lincoln --external-id 1 --if-missing");
    assert_eq!(other.exit, 4, "{other}");
    assert_eq!(env.run("district add Davis --external-id 0607 --if-missing").exit, 4);
    assert_eq!(env.run_ok("district list -q").lines().count(), 2);
    env.run_ok("district add Davis --if-missing");
    assert_eq!(env.run_ok("district list -q").lines().count(), 3);
}

#[test]
fn an_export_can_be_imported_every_night() {
    let mut env = TestEnv::with_terminal();
    let line = "grant-user --from ~/users.csv --days 9 --if-missing --out ~/new.csv";
    env.file("users.csv", "email\nann@x.org\nbob@x.org\n");
    env.run_ok(line);
    fs::remove_file(env.path("new.csv")).unwrap();
    assert_snapshot!(env.run(line), @"
    exit 0
    -- stderr
    Granted 0 credentials; skipped 2 that exist and are valid.
    ");
    assert!(!env.path("new.csv").exists(), "there is no new secret");
    env.file("users.csv", "email\nann@x.org\nbob@x.org\neve@x.org\n");
    assert_snapshot!(env.run(&format!("{line} --json --dry-run")), @r#"
    exit 0
    -- stdout
    {"schema":"gatepass.changed/v1","generated_at":"2026-11-22T06:00:00Z","items":[
    {"schema":"gatepass.credential/v1","id":null,"kind":"user","account":"RZ5-76K-665Z","name":null,"user":"eve@x.org","note":null,"state":"expiring","lifetime":"9d","expires_at":"2026-12-01T06:00:00Z","expires_in_seconds":777600,"created_at":"2026-11-22T06:00:00Z","created_by":"ann@host","generation":1,"secret_made_at":"2026-11-22T06:00:00Z","delivered_at":"2026-11-22T06:00:00Z","withdrawn":false,"retiring_until":null,"retiring_until_used":false,"revoked_at":null,"revoked_by":null,"revocation_reason":null,"deleted_at":null,"deleted_by":null,"lifetime_seconds":777600,"introspect":false,"last_used_at":null,"last_used_from":null,"uses":0,"app":null,"app_name":null,"district":null,"district_name":null,"scopes":[],"limit_per_minute":null,"awaits_pickup":false,"refused_by_policy":null,"undelivered_reset_at":null,"label":"eve@x.org","dry_run":true}
    ],"summary":{"changed":1,"skipped":2,"skipped_ids":["pc_65511a5d129d4ed6c9cd2b3f","pc_72a22e6128f4d4431fdae559"]},"dry_run":true}
    -- stderr
    This was a dry run: nothing was changed. It would have granted eve@x.org; skipped 2 that exist and
    are valid.
    "#);
    assert_snapshot!(env.run(line), @"
    exit 0
    -- stderr
    The secrets are in ~/new.csv; they will not be shown again.
    Granted eve@x.org (pc_9e57be1e4a7d3eafab43a982); skipped 2 that exist and are valid.
    ");
    assert_eq!(fs::read_to_string(env.path("new.csv")).unwrap().lines().count(), 2);
    fs::remove_file(env.path("new.csv")).unwrap();
    env.run_ok("revoke bob@x.org --yes");
    assert_snapshot!(env.run(line), @"
    exit 4
    -- stderr
    [1;31merror:[0m ~/users.csv, line 3: bob@x.org already has the passcode
    pc_72a22e6128f4d4431fdae559, which is revoked
    [36mhint:[0m --if-missing does not replace what was revoked; to grant it again, run
    gatepass delete pc_72a22e6128f4d4431fdae559 or leave the flag out
    ");
}

#[test]
fn districts_can_be_connected_every_night() {
    let mut env = directory_fixture();
    env.run_ok("grant-app Roster --district Lincoln --scope a:b --days 9 --pickup");
    env.file("districts.csv", "name,external_id\nLincoln,0607\nDavis,0608\n");
    let line = "district connect --from ~/districts.csv --app Roster --app Grades --scope a:b --days 9 --pickup --if-missing --json";
    for (changed, skipped) in [(3, 1), (0, 4)] {
        let output: Value = serde_json::from_str(&env.run_ok(line)).unwrap();
        let summary = &output["summary"];
        assert_eq!((&summary["changed"], &summary["skipped"]), (&changed.into(), &skipped.into()));
    }
}
