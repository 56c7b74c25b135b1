//! `revoke`.

use insta::assert_snapshot;

use crate::support::{
    credentials_fixture::{credentials_fixture, credentials_fixture_with_terminal},
    test_env::TestEnv,
};

#[test]
fn a_revoked_credential_stays_listed_with_actor_time_and_reason() {
    let mut env = TestEnv::new();
    let secret = env.run_for_secret("create partner-a --days 90");
    assert_snapshot!(env.run("revoke partner-a --reason key-compromise --yes"), @"
    exit 0
    ");
    assert_snapshot!(env.run_ok("list"), @"
    ID                           NAME       KIND     STATE    EXPIRES               LEFT  REMARK
    pc_65511a5d129d4ed6c9cd2b3f  partner-a  account  revoked  2027-02-20T06:00:00Z
    ");
    assert_snapshot!(env.run_ok("show partner-a"), @"
    id        pc_65511a5d129d4ed6c9cd2b3f
    name      partner-a
    kind      account passcode of RZ5-76K-665Z
    state     revoked
    expires   2027-02-20T06:00:00Z (in 90 d)
    lifetime  90 days
    created   2026-11-22T06:00:00Z by ann@host
    revoked   2026-11-22T06:00:00Z by ann@host, key-compromise
    ");
    assert_snapshot!(env.run_with_input("verify", &secret), @"
    exit 12
    -- stdout
    refused: partner-a, account passcode pc_65511a5d129d4ed6c9cd2b3f of RZ5-76K-665Z (revoked at 2026-11-22T06:00:00Z by ann@host)
    ");
}

#[test]
fn revoking_twice_is_a_conflict() {
    let mut env = credentials_fixture();
    assert_snapshot!(env.run("revoke gone --yes"), @"
    exit 4
    -- stderr
    error: pc_9e57be1e4a7d3eafab43a982 was revoked at 2026-11-22T06:00:00Z by ann@host
    hint: to issue it again, delete it first, then create or grant it
    ");
    assert_snapshot!(env.run("revoke gone --yes --json"), @r#"
    exit 4
    -- stderr
    {"error":{"code":"already_revoked","details":{"reason":"key-compromise","revoked_at":"2026-11-22T06:00:00Z","revoked_by":"ann@host"},"hint":"to issue it again, delete it first, then create or grant it","message":"pc_9e57be1e4a7d3eafab43a982 was revoked at 2026-11-22T06:00:00Z by ann@host"},"schema":"gatepass.error/v1"}
    "#);
}

#[test]
fn several_are_revoked_all_or_none() {
    let mut env = credentials_fixture();
    let before = env.run_ok("list --all --json");
    assert_eq!(env.run("revoke acme gone --yes").exit, 4);
    assert_eq!(env.run("revoke acme nobody --yes").exit, 3);
    assert_eq!(env.run_ok("list --all --json"), before);
    assert_eq!(
        env.run_ok("revoke acme old ann@example.org --yes --field state"),
        "revoked\nrevoked\nrevoked\n"
    );
}

#[test]
fn every_known_reason_is_stored_and_others_are_rejected() {
    let mut env = TestEnv::new();
    for reason in ["key-compromise", "superseded", "no-longer-needed", "privilege-withdrawn"] {
        env.run_ok(&format!("create {reason} --days 1"));
        let line = format!("revoke {reason} --reason {reason} --yes --field revocation_reason");
        assert_eq!(env.run_ok(&line), format!("{reason}\n"));
    }
    env.run_ok("create other --days 1");
    assert_snapshot!(env.run("revoke other --reason boredom --yes"), @"
    exit 2
    -- stderr
    error: invalid value 'boredom' for '--reason <REASON>' [possible values: key-compromise, superseded, no-longer-needed, privilege-withdrawn]
    ");
    assert_snapshot!(env.run("revoke other --reason not-delivered --yes"), @"
    exit 2
    -- stderr
    error: invalid value 'not-delivered' for '--reason <REASON>' [possible values: key-compromise, superseded, no-longer-needed, privilege-withdrawn]
    ");
    assert_snapshot!(env.run("revoke other --yes --json"), @r#"
    exit 0
    -- stdout
    {"schema":"gatepass.changed/v1","generated_at":"2026-11-22T06:00:00Z","items":[
    {"schema":"gatepass.credential/v1","id":"pc_c24fff62122ae756b9ffa05d","kind":"account","account":"RZ5-76K-665Z","name":"other","user":null,"note":null,"state":"revoked","lifetime":"1d","expires_at":"2026-11-23T06:00:00Z","expires_in_seconds":86400,"created_at":"2026-11-22T06:00:00Z","created_by":"ann@host","generation":1,"secret_made_at":"2026-11-22T06:00:00Z","delivered_at":"2026-11-22T06:00:00Z","withdrawn":false,"retiring_until":null,"retiring_until_used":false,"revoked_at":"2026-11-22T06:00:00Z","revoked_by":"ann@host","revocation_reason":null,"deleted_at":null,"deleted_by":null,"lifetime_seconds":86400,"introspect":false,"last_used_at":null,"last_used_from":null,"uses":0,"app":null,"app_name":null,"district":null,"district_name":null,"scopes":[],"limit_per_minute":null,"awaits_pickup":false,"refused_by_policy":null,"undelivered_reset_at":null,"label":"other","dry_run":false}
    ],"summary":{"changed":1,"skipped":0,"skipped_ids":[]},"dry_run":false}
    "#);
}

#[test]
fn at_a_terminal_revoke_asks_for_confirmation() {
    let mut env = credentials_fixture_with_terminal();
    env.answers.extend(["y", "n"].map(str::to_owned));
    assert_snapshot!(env.run("revoke acme"), @"
    exit 0
    -- stderr
    ? Revoke account passcode acme (pc_65511a5d129d4ed6c9cd2b3f)? y
    Revoked acme (pc_65511a5d129d4ed6c9cd2b3f).
    ");
    assert_snapshot!(env.run("revoke beta"), @"
    exit 1
    -- stderr
    ? Revoke account passcode beta (pc_72a22e6128f4d4431fdae559)? n
    Cancelled; nothing was changed
    ");
    assert_snapshot!(env.run("revoke beta --dry-run"), @"
    exit 0
    -- stdout
    [1mID[0m                           [1mNAME[0m  [1mKIND[0m     [1mSTATE[0m    [1mEXPIRES[0m               [1mLEFT[0m  [1mREMARK[0m
    [2mpc_72a22e6128f4d4431fdae559[0m  beta  account  [31mrevoked[0m  2026-12-12T06:00:00Z
    -- stderr
    This was a dry run: nothing was changed. It would have revoked beta (pc_72a22e6128f4d4431fdae559).
    ");
    assert_eq!(env.run_ok("show beta --field state"), "expiring\n");
}
