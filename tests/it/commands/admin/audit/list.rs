//! `audit`.

use insta::assert_snapshot;

use crate::support::{credentials_fixture::credentials_fixture, test_env::TestEnv};

#[test]
fn every_change_has_its_record() {
    let mut env = credentials_fixture();
    env.actor.process.sudo_user = Some("eve".to_owned());
    env.run_ok("edit acme --note x");
    env.run_ok("reset acme --overlap 1d --yes");
    assert_snapshot!(env.run("audit list"), @"
    exit 0
    -- stdout
    SEQ  AT                    ACTION       SUBJECT                      NAME             ACTOR            CHANGES
      1  2026-11-22T06:00:00Z  account-add  RZ5-76K-665Z                 main             ann@host
      2  2026-11-22T06:00:00Z  create       pc_65511a5d129d4ed6c9cd2b3f  acme             ann@host
      3  2026-11-22T06:00:00Z  create       pc_72a22e6128f4d4431fdae559  beta             ann@host
      4  2026-11-22T06:00:00Z  create       pc_031b3d56317bf51d7616bfe2  old              ann@host
      5  2026-11-22T06:00:00Z  create       pc_9e57be1e4a7d3eafab43a982  gone             ann@host
      6  2026-11-22T06:00:00Z  create       pc_c24fff62122ae756b9ffa05d  dead             ann@host
      7  2026-11-22T06:00:00Z  create       pc_fcd27ed352087b78abbf8378  ann@example.org  ann@host
      8  2026-11-22T06:00:00Z  create       pc_aff9bbcda26ad7c4b7b7ae79  Bob@Example.org  ann@host
      9  2026-11-22T06:00:00Z  revoke       pc_9e57be1e4a7d3eafab43a982  gone             ann@host         reason none → key-compromise
     10  2026-11-22T06:00:00Z  delete       pc_c24fff62122ae756b9ffa05d  dead             ann@host
     11  2026-12-02T06:00:00Z  edit         pc_65511a5d129d4ed6c9cd2b3f  acme             eve as ann@host  note the first partner → x
     12  2026-12-02T06:00:00Z  reset-begin  pc_65511a5d129d4ed6c9cd2b3f  acme             eve as ann@host  undelivered reset none → 2026-12-02
     13  2026-12-02T06:00:00Z  reset        pc_65511a5d129d4ed6c9cd2b3f  acme             eve as ann@host  secret 1 → 2; old secret until none → 2026-12-03; undelivered reset 2026-12-02 → none
    ");
    assert_snapshot!(env.run("audit list --of gone"), @"
    exit 0
    -- stdout
    SEQ  AT                    ACTION  SUBJECT                      NAME  ACTOR     CHANGES
      5  2026-11-22T06:00:00Z  create  pc_9e57be1e4a7d3eafab43a982  gone  ann@host
      9  2026-11-22T06:00:00Z  revoke  pc_9e57be1e4a7d3eafab43a982  gone  ann@host  reason none → key-compromise
    ");
    assert_snapshot!(env.run("audit list --of gone --json"), @r#"
    exit 0
    -- stdout
    {"schema":"gatepass.audit/v1","generated_at":"2026-12-02T06:00:00Z","items":[
    {"schema":"gatepass.audit-record/v1","seq":5,"at":"2026-11-22T06:00:00Z","action":"create","subject":"pc_9e57be1e4a7d3eafab43a982","name":"gone","user":"ann","uid":1000,"login_uid":1000,"sudo_user":null,"host":"host","version":"0.1.0","before":null,"after":"{\"id\":\"pc_9e57be1e4a7d3eafab43a982\",\"account\":\"RZ5-76K-665Z\",\"kind\":\"account\",\"owner\":\"gone\",\"note\":null,\"slot\":4,\"created_at\":1795327200,\"lifetime\":\"forever\",\"expires_at\":null,\"generation\":1,\"withdrawn\":false,\"retiring_until\":null,\"retiring_until_used\":false,\"revoked_at\":null,\"revocation_reason\":null,\"deleted_at\":null}","actor_kind":"os","actor":"ann@host","actor_address":null,"link":"83ac6d4e7c2cfac9642740b06f0b7a649b8d29c49fd7eee7f711c64133789e75","mac":"e7808aa6277a9cd102b46450d522ae35","changes":[],"label":"gone"},
    {"schema":"gatepass.audit-record/v1","seq":9,"at":"2026-11-22T06:00:00Z","action":"revoke","subject":"pc_9e57be1e4a7d3eafab43a982","name":"gone","user":"ann","uid":1000,"login_uid":1000,"sudo_user":null,"host":"host","version":"0.1.0","before":"{\"id\":\"pc_9e57be1e4a7d3eafab43a982\",\"account\":\"RZ5-76K-665Z\",\"kind\":\"account\",\"owner\":\"gone\",\"note\":null,\"slot\":4,\"created_at\":1795327200,\"lifetime\":\"forever\",\"expires_at\":null,\"generation\":1,\"withdrawn\":false,\"retiring_until\":null,\"retiring_until_used\":false,\"revoked_at\":null,\"revocation_reason\":null,\"deleted_at\":null}","after":"{\"id\":\"pc_9e57be1e4a7d3eafab43a982\",\"account\":\"RZ5-76K-665Z\",\"kind\":\"account\",\"owner\":\"gone\",\"note\":null,\"slot\":4,\"created_at\":1795327200,\"lifetime\":\"forever\",\"expires_at\":null,\"generation\":1,\"withdrawn\":false,\"retiring_until\":null,\"retiring_until_used\":false,\"revoked_at\":1795327200,\"revocation_reason\":\"key-compromise\",\"deleted_at\":null}","actor_kind":"os","actor":"ann@host","actor_address":null,"link":"a61a01317c1d916a39271ae686ee3aab96e7da155701552496e50f4b194c7860","mac":"da755591496efaa5d9912460b2626b61","changes":[{"field":"revocation_reason","before":null,"after":"key-compromise"},{"field":"revoked_at","before":null,"after":"2026-11-22T06:00:00Z"}],"label":"gone"}
    ],"summary":{"listed":2}}
    "#);
}

#[test]
fn commands_that_change_nothing_leave_no_record() {
    let mut env = credentials_fixture();
    let before = env.run_ok("audit list --json");
    env.run("create acme --days 3");
    env.run("create new --days 3 -n");
    env.run("delete acme");
    env.run("revoke acme nobody --yes");
    env.run_with_input("verify", "nonsense");
    assert_eq!(env.run_ok("audit list --json"), before);
}

#[test]
fn the_audit_log_verifies() {
    let mut env = credentials_fixture();
    assert_snapshot!(env.run("audit verify"), @"
    exit 0
    -- stdout
    Audit log OK: 10 records, head 2e96058efb1b5197c12c7b093f44a3235a5b6f9d0b47b0c2afff1548db23c3e1
    ");
    assert_snapshot!(env.run("audit verify --json"), @r#"
    exit 0
    -- stdout
    {
      "schema": "gatepass.audit-verification/v1",
      "verifies": true,
      "records": 10,
      "last_link": "2e96058efb1b5197c12c7b093f44a3235a5b6f9d0b47b0c2afff1548db23c3e1",
      "extends_record": null
    }
    "#);
    assert_snapshot!(env.run("audit list --of nobody"), @"
    exit 3
    -- stderr
    error: credential nobody not found
    hint: to list credentials, including deleted ones: gatepass list --all
    ");
}

#[test]
fn account_changes_are_recorded() {
    let mut env = TestEnv::new();
    env.run_ok("create acme --days 9");
    let id = env.run_ok("account show --field id");
    env.run_ok("account edit --region in1 --yes");
    assert_snapshot!(env.run(&format!("audit list --of {}", id.trim())), @"
    exit 0
    -- stdout
    SEQ  AT                    ACTION        SUBJECT       NAME  ACTOR     CHANGES
      1  2026-11-22T06:00:00Z  account-add   RZ5-76K-665Z  main  ann@host
      3  2026-11-22T06:00:00Z  account-edit  RZ5-76K-665Z  main  ann@host  region eu1 → in1
    ");
}

#[test]
fn what_is_gone_is_found_by_its_former_name() {
    let mut env = credentials_fixture();
    env.run_ok("edit beta --name gamma");
    assert_eq!(env.run_ok("audit list --of BETA --field name"), "beta\ngamma\n");
    assert_eq!(env.run_ok("audit list --of dead --field action"), "create\ndelete\n");
    env.run_ok("create dead --days 1");
    assert_eq!(env.run_ok("audit list --of dead --field action"), "create\n");
    env.run_ok("delete dead --yes");
    assert_eq!(
        env.run_ok("audit list --of dead --field action"),
        "create\ndelete\ncreate\ndelete\n"
    );
    env.run_ok("app add Roster");
    env.run_ok("app remove Roster --yes");
    assert_eq!(env.run_ok("audit list --of roster --field action"), "app-add\napp-remove\n");
    env.run_ok("app add Roster");
    env.run_ok("district add Lincoln");
    env.run_ok("grant-app Roster --district Lincoln --scope read:a --days 9");
    env.run_ok("delete Roster/Lincoln --yes");
    assert_eq!(env.run_ok("audit list --of roster/lincoln --field action"), "create\ndelete\n");
}

#[test]
fn filters_exclude_other_records() {
    let mut env = credentials_fixture();
    env.actor.process.user = "root".to_owned();
    env.actor.process.sudo_user = Some("eve".to_owned());
    env.run_ok("edit acme --note x");
    let mut seqs = |line: &str| {
        env.run_ok(&format!("audit list {line} --field seq"))
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(seqs("--action revoke,delete"), "9 10");
    assert_eq!(seqs("--action revoke --action edit"), "9 11");
    for actor in ["eve", "EVE", "root", "'eve as *'", "'eve as root@host'"] {
        assert_eq!(seqs(&format!("--actor {actor}")), "11", "{actor}");
    }
    assert_eq!(seqs("--actor ann --limit 2"), "9 10");
    assert_eq!(seqs("--actor an"), "");
    assert_eq!(seqs("--since 2026-12-02"), "11");
    assert_eq!(seqs("--since 2026-11-22 --until 2026-11-22 --limit 1"), "10");
    assert_eq!(seqs("--since 2026-12-02T06:00:01Z"), "");
    assert_eq!(seqs("--until 2026-12-02T06:00:00Z --limit 1"), "10");
    assert_eq!(seqs("--limit 0"), "");
    assert_eq!(seqs("--of acme --action edit --until 2026-12-01"), "");
    assert_snapshot!(env.run("audit list --action rename"), @"
    exit 2
    -- stderr
    error: invalid value 'rename' for '--action <ACTION>' [possible values: account-add, account-edit, account-remove, app-add, app-edit, app-reset, app-reset-begin, app-remove, district-add, district-edit, district-remove, create, pickup, edit, reset, reset-begin, revoke, delete, withdraw, overlap-end, key-export, store-repair, clock-accept]
    hint: a similar value exists: 'create'
    ");
}

#[test]
fn the_table_shows_what_changed() {
    let mut env = credentials_fixture();
    env.run_ok("edit acme --note x --until 2026-12-31 --yes");
    env.run_ok("edit acme --for 12h --no-note --yes");
    env.run_ok("reset acme --yes");
    env.run_ok("revoke acme --reason superseded --yes");
    assert_snapshot!(env.run("audit list --of acme"), @"
    exit 0
    -- stdout
    SEQ  AT                    ACTION       SUBJECT                      NAME  ACTOR     CHANGES
      2  2026-11-22T06:00:00Z  create       pc_65511a5d129d4ed6c9cd2b3f  acme  ann@host
     11  2026-12-02T06:00:00Z  edit         pc_65511a5d129d4ed6c9cd2b3f  acme  ann@host  expires 2027-02-20 → 2027-01-01; note the first partner → x
     12  2026-12-02T06:00:00Z  edit         pc_65511a5d129d4ed6c9cd2b3f  acme  ann@host  expires 2027-01-01 → 2026-12-02; note x → none
     13  2026-12-02T06:00:00Z  reset-begin  pc_65511a5d129d4ed6c9cd2b3f  acme  ann@host  undelivered reset none → 2026-12-02
     14  2026-12-02T06:00:00Z  reset        pc_65511a5d129d4ed6c9cd2b3f  acme  ann@host  secret 1 → 2; undelivered reset 2026-12-02 → none
     15  2026-12-02T06:00:00Z  revoke       pc_65511a5d129d4ed6c9cd2b3f  acme  ann@host  reason none → superseded
    ");
    assert_snapshot!(env.run("audit show 11"), @"
    exit 0
    -- stdout
    record   11
    at       2026-12-02T06:00:00Z
    action   edit
    subject  pc_65511a5d129d4ed6c9cd2b3f
    name     acme
    actor    ann@host
    version  0.1.0
    changed  expires 2027-02-20T06:00:00Z → 2027-01-01T00:00:00Z
    changed  lifetime 90 days → until 2027-01-01T00:00:00Z
    changed  note the first partner → x
    ");
    let record: serde_json::Value =
        serde_json::from_str(&env.run_ok("audit show 12 --json")).unwrap();
    assert_eq!(record["changes"][0]["field"], "expires_at");
    assert_eq!(record["changes"][0]["after"], "2026-12-02T18:00:00Z");
    let last = env.run_ok("audit list --limit 1 --field link");
    assert_eq!(last, env.run_ok("audit verify --field last_link"));
    assert_eq!(env.run_ok("audit show 1 --field mac").trim().len(), 32);
}
