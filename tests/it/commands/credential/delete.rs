//! `delete`.

use insta::assert_snapshot;

use crate::support::{
    credentials_fixture::{credentials_fixture, credentials_fixture_with_terminal},
    test_env::TestEnv,
};

#[test]
fn delete_ends_the_secret_and_frees_the_name() {
    let mut env = TestEnv::new();
    let secret = env.run_for_secret("create partner-a --days 90");
    assert_snapshot!(env.run("delete partner-a --yes"), @"
    exit 0
    ");
    assert_snapshot!(env.run_with_input("verify", &secret), @"
    exit 12
    -- stdout
    refused: partner-a, account passcode pc_65511a5d129d4ed6c9cd2b3f of RZ5-76K-665Z (deleted at 2026-11-22T06:00:00Z by ann@host)
    ");
    env.run_ok("create partner-a --days 90");
    assert_eq!(env.run_with_input("verify", &secret).exit, 12);
}

#[test]
fn several_are_deleted_all_or_none() {
    let mut env = credentials_fixture();
    let before = env.run_ok("list --all --json");
    assert_snapshot!(env.run("delete acme nobody beta --yes"), @"
    exit 3
    -- stderr
    error: credential nobody not found
    hint: to list credentials, including deleted ones: gatepass list --all
    ");
    let dead = env.run_ok("list --state deleted -q");
    assert_snapshot!(env.run(&format!("delete acme {} -qn", dead.trim())), @"
    exit 0
    -- stdout
    pc_65511a5d129d4ed6c9cd2b3f
    -- stderr
    pc_c24fff62122ae756b9ffa05d was already deleted at 2026-11-22T06:00:00Z by ann@host.
    This was a dry run: nothing was changed. It would have deleted acme (pc_65511a5d129d4ed6c9cd2b3f).
    ");
    assert_eq!(env.run_ok("list --all --json"), before);
    // The same credential twice.
    assert_snapshot!(env.run("delete acme ACME gone ann@example.org --yes --format csv"), @"
    exit 0
    -- stdout
    schema,id,kind,account,name,user,note,state,lifetime,expires_at,expires_in_seconds,created_at,created_by,generation,secret_made_at,delivered_at,withdrawn,retiring_until,retiring_until_used,revoked_at,revoked_by,revocation_reason,deleted_at,deleted_by,lifetime_seconds,introspect,last_used_at,last_used_from,uses,app,app_name,district,district_name,scopes,limit_per_minute,awaits_pickup,refused_by_policy,undelivered_reset_at,label,dry_run
    gatepass.credential/v1,pc_65511a5d129d4ed6c9cd2b3f,account,RZ5-76K-665Z,acme,,the first partner,deleted,90d,2027-02-20T06:00:00Z,6912000,2026-11-22T06:00:00Z,ann@host,1,2026-11-22T06:00:00Z,2026-11-22T06:00:00Z,false,,false,,,,2026-12-02T06:00:00Z,ann@host,7776000,false,,,0,,,,,,,false,,,acme,false
    gatepass.credential/v1,pc_9e57be1e4a7d3eafab43a982,account,RZ5-76K-665Z,gone,,,deleted,forever,,,2026-11-22T06:00:00Z,ann@host,1,2026-11-22T06:00:00Z,2026-11-22T06:00:00Z,false,,false,2026-11-22T06:00:00Z,ann@host,key-compromise,2026-12-02T06:00:00Z,ann@host,,false,,,0,,,,,,,false,,,gone,false
    gatepass.credential/v1,pc_fcd27ed352087b78abbf8378,user,RZ5-76K-665Z,,ann@example.org,,deleted,infinite,2036-11-22T06:00:00Z,314755200,2026-11-22T06:00:00Z,ann@host,1,2026-11-22T06:00:00Z,2026-11-22T06:00:00Z,false,,false,,,,2026-12-02T06:00:00Z,ann@host,,false,,,0,,,,,,,false,,,ann@example.org,false
    ");
    assert_snapshot!(env.run_ok("list"), @"
    ID                           NAME             KIND     STATE     EXPIRES               LEFT  REMARK
    pc_72a22e6128f4d4431fdae559  beta             account  expiring  2026-12-12T06:00:00Z  10 d
    pc_031b3d56317bf51d7616bfe2  old              account  expired   2026-11-25T06:00:00Z
    pc_aff9bbcda26ad7c4b7b7ae79  Bob@Example.org  user     expiring  2026-12-04T06:00:00Z   2 d
    ");
}

#[test]
fn at_a_terminal_the_affected_credentials_are_shown() {
    let mut env = credentials_fixture_with_terminal();
    env.answers.extend(["n", "y", "y"].map(str::to_owned));
    assert_snapshot!(env.run("delete acme beta"), @"
    exit 1
    -- stderr
      pc_65511a5d129d4ed6c9cd2b3f  account passcode  acme
      pc_72a22e6128f4d4431fdae559  account passcode  beta
    ? Delete these 2 credentials? n
    Cancelled; nothing was changed
    ");
    assert_snapshot!(env.run("delete acme beta"), @"
    exit 0
    -- stderr
      pc_65511a5d129d4ed6c9cd2b3f  account passcode  acme
      pc_72a22e6128f4d4431fdae559  account passcode  beta
    ? Delete these 2 credentials? y
    Deleted 2 credentials.
    ");
    assert_snapshot!(env.run("delete old"), @"
    exit 0
    -- stderr
    ? Delete account passcode old (pc_031b3d56317bf51d7616bfe2)? y
    Deleted old (pc_031b3d56317bf51d7616bfe2).
    ");
    assert_snapshot!(env.run("delete gone -n"), @"
    exit 0
    -- stdout
    [1mID[0m                           [1mNAME[0m  [1mKIND[0m     [1mSTATE[0m    [1mEXPIRES[0m  [1mLEFT[0m  [1mREMARK[0m
    [2mpc_9e57be1e4a7d3eafab43a982[0m  gone  account  [2mdeleted[0m  never
    -- stderr
    This was a dry run: nothing was changed. It would have deleted gone (pc_9e57be1e4a7d3eafab43a982).
    ");
}

#[test]
fn all_expired_can_be_deleted_at_once() {
    let mut env = credentials_fixture();
    env.advance_days(15);
    assert_eq!(env.run_ok("list --state expired --field name"), "beta\nold\n\n");
    assert_eq!(env.run_ok("delete --expired --older-than 20d --yes --field name"), "old\n");
    assert_snapshot!(env.run("delete --expired --yes --format csv"), @"
    exit 0
    -- stdout
    schema,id,kind,account,name,user,note,state,lifetime,expires_at,expires_in_seconds,created_at,created_by,generation,secret_made_at,delivered_at,withdrawn,retiring_until,retiring_until_used,revoked_at,revoked_by,revocation_reason,deleted_at,deleted_by,lifetime_seconds,introspect,last_used_at,last_used_from,uses,app,app_name,district,district_name,scopes,limit_per_minute,awaits_pickup,refused_by_policy,undelivered_reset_at,label,dry_run
    gatepass.credential/v1,pc_72a22e6128f4d4431fdae559,account,RZ5-76K-665Z,beta,,,deleted,20d,2026-12-12T06:00:00Z,-432000,2026-11-22T06:00:00Z,ann@host,1,2026-11-22T06:00:00Z,2026-11-22T06:00:00Z,false,,false,,,,2026-12-17T06:00:00Z,ann@host,1728000,false,,,0,,,,,,,false,,,beta,false
    gatepass.credential/v1,pc_aff9bbcda26ad7c4b7b7ae79,user,RZ5-76K-665Z,,Bob@Example.org,,deleted,12d,2026-12-04T06:00:00Z,-1123200,2026-11-22T06:00:00Z,ann@host,1,2026-11-22T06:00:00Z,2026-11-22T06:00:00Z,false,,false,,,,2026-12-17T06:00:00Z,ann@host,1036800,false,,,0,,,,,,,false,,,Bob@Example.org,false
    ");
    assert_snapshot!(env.run("delete --expired"), @"
    exit 0
    ");
    assert_eq!(env.run_ok("list --field name"), "acme\ngone\n\n");
}

#[test]
fn a_bulk_prompt_lists_ten_names() {
    let mut env = TestEnv::new();
    for number in 10..23 {
        env.run_ok(&format!("create p{number} --days 1"));
    }
    env.advance_days(1);
    env.terminal = TestEnv::with_terminal().terminal;
    env.answers.push_back("y".to_owned());
    assert_snapshot!(env.run("delete --expired"), @"
    exit 0
    -- stderr
      pc_65511a5d129d4ed6c9cd2b3f  account passcode  p10
      pc_72a22e6128f4d4431fdae559  account passcode  p11
      pc_031b3d56317bf51d7616bfe2  account passcode  p12
      pc_9e57be1e4a7d3eafab43a982  account passcode  p13
      pc_c24fff62122ae756b9ffa05d  account passcode  p14
      pc_fcd27ed352087b78abbf8378  account passcode  p15
      pc_aff9bbcda26ad7c4b7b7ae79  account passcode  p16
      pc_10cf2441817477ea563f76e3  account passcode  p17
      pc_0c64150df494411ea35bf832  account passcode  p18
      pc_78cf3c51ef6d495f909bd72f  account passcode  p19
      and 3 more
    ? Delete these 13 credentials? y
    Deleted 13 credentials.
    ");
}

#[test]
fn usage_errors_suggest_the_right_flags() {
    let mut env = credentials_fixture();
    assert_snapshot!(env.run("delete"), @"
    exit 2
    -- stderr
    error: REFERENCE is required (no terminal to prompt)
    hint: for example: gatepass delete acme
    ");
    assert_snapshot!(env.run("delete acme --expired"), @"
    exit 2
    -- stderr
    error: the argument '[REFERENCE]...' cannot be used with '--expired'
    hint: usage: gatepass delete <REFERENCE>...
    ");
    assert_snapshot!(env.run("delete acme --older-than 3d"), @"
    exit 2
    -- stderr
    error: the argument '[REFERENCE]...' cannot be used with '--older-than <DURATION>'
    hint: usage: gatepass delete <REFERENCE>...
    ");
    assert_snapshot!(env.run("delete --expired --older-than soon"), @"
    exit 2
    -- stderr
    error: invalid value 'soon' for '--older-than <DURATION>': use a number of hours, days or weeks, such as 12h, 7d or 2w, from 0d to 36500d; a number without a unit is in days
    ");
    assert_snapshot!(env.run("delete acme --yes --field nonsense"), @r#"
    exit 2
    -- stderr
    error: unknown field "nonsense"
    hint: use one of schema, id, kind, account, name, user, note, state, lifetime, expires_at, expires_in_seconds, created_at, created_by, generation, secret_made_at, delivered_at, withdrawn, retiring_until, retiring_until_used, revoked_at, revoked_by, revocation_reason, deleted_at, deleted_by, lifetime_seconds, introspect, last_used_at, last_used_from, uses, app, app_name, district, district_name, scopes, limit_per_minute, awaits_pickup, refused_by_policy, undelivered_reset_at, label, dry_run
    "#);
    assert_eq!(env.run("show acme").exit, 0);
}

#[test]
fn all_revoked_can_be_deleted_at_once() {
    let mut env = credentials_fixture_with_terminal();
    env.run_ok("revoke ann@example.org --yes");
    assert_eq!(env.run_ok("delete --revoked --older-than 11d -n -q"), "");
    env.answers.extend(["n", "y"].map(str::to_owned));
    assert_snapshot!(env.run("delete --revoked"), @"
    exit 1
    -- stderr
      pc_9e57be1e4a7d3eafab43a982  account passcode  gone
      pc_fcd27ed352087b78abbf8378  user passcode     ann@example.org
    ? Delete these 2 credentials? n
    Cancelled; nothing was changed
    ");
    env.run_ok("delete --revoked --older-than 10");
    assert_eq!(env.run_ok("list --state revoked --field user"), "ann@example.org\n");
    env.terminal = Default::default();
    assert_eq!(env.run("delete --revoked").exit, 2);
    assert_eq!(env.run_ok("delete --revoked --expired --yes --field name"), "old\n\n");
    assert_eq!(env.run_ok("list --state revoked,expired -q"), "");
    assert_eq!(env.run("delete acme --revoked --yes").exit, 2);
    assert_eq!(env.run("delete --older-than 1d --yes").exit, 2);
    assert_eq!(env.run("doctor").exit, 0);
}
