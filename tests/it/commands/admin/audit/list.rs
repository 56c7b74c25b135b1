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
    SEQ  AT                    ACTION       SUBJECT                      NAME             ACTOR
      1  2026-11-22T06:00:00Z  account-add  RZ5-76K-665Z                 main             ann@host
      2  2026-11-22T06:00:00Z  create       pc_65511a5d129d4ed6c9cd2b3f  acme             ann@host
      3  2026-11-22T06:00:00Z  create       pc_72a22e6128f4d4431fdae559  beta             ann@host
      4  2026-11-22T06:00:00Z  create       pc_031b3d56317bf51d7616bfe2  old              ann@host
      5  2026-11-22T06:00:00Z  create       pc_9e57be1e4a7d3eafab43a982  gone             ann@host
      6  2026-11-22T06:00:00Z  create       pc_c24fff62122ae756b9ffa05d  dead             ann@host
      7  2026-11-22T06:00:00Z  create       pc_fcd27ed352087b78abbf8378  ann@example.org  ann@host
      8  2026-11-22T06:00:00Z  create       pc_aff9bbcda26ad7c4b7b7ae79  Bob@Example.org  ann@host
      9  2026-11-22T06:00:00Z  revoke       pc_9e57be1e4a7d3eafab43a982  gone             ann@host
     10  2026-11-22T06:00:00Z  delete       pc_c24fff62122ae756b9ffa05d  dead             ann@host
     11  2026-12-02T06:00:00Z  edit         pc_65511a5d129d4ed6c9cd2b3f  acme             eve as ann@host
     12  2026-12-02T06:00:00Z  reset-begin  pc_65511a5d129d4ed6c9cd2b3f  acme             eve as ann@host
     13  2026-12-02T06:00:00Z  reset        pc_65511a5d129d4ed6c9cd2b3f  acme             eve as ann@host
    ");
    assert_snapshot!(env.run("audit list --of gone"), @"
    exit 0
    -- stdout
    SEQ  AT                    ACTION  SUBJECT                      NAME  ACTOR
      5  2026-11-22T06:00:00Z  create  pc_9e57be1e4a7d3eafab43a982  gone  ann@host
      9  2026-11-22T06:00:00Z  revoke  pc_9e57be1e4a7d3eafab43a982  gone  ann@host
    ");
    assert_snapshot!(env.run("audit list --of gone --json"), @r#"
    exit 0
    -- stdout
    {"schema":"gatepass.audit/v1","generated_at":"2026-12-02T06:00:00Z","items":[
    {"schema":"gatepass.audit-record/v1","seq":5,"at":"2026-11-22T06:00:00Z","action":"create","subject":"pc_9e57be1e4a7d3eafab43a982","name":"gone","user":"ann","uid":1000,"login_uid":1000,"sudo_user":null,"host":"host","version":"0.1.0","before":null,"after":"{\"id\":\"pc_9e57be1e4a7d3eafab43a982\",\"account\":\"RZ5-76K-665Z\",\"kind\":\"account\",\"owner\":\"gone\",\"note\":null,\"slot\":4,\"created_at\":1795327200,\"lifetime\":\"forever\",\"expires_at\":null,\"generation\":1,\"withdrawn\":false,\"retiring_until\":null,\"retiring_until_used\":false,\"revoked_at\":null,\"revocation_reason\":null,\"deleted_at\":null}","actor_kind":"os","actor":"ann@host","actor_address":null},
    {"schema":"gatepass.audit-record/v1","seq":9,"at":"2026-11-22T06:00:00Z","action":"revoke","subject":"pc_9e57be1e4a7d3eafab43a982","name":"gone","user":"ann","uid":1000,"login_uid":1000,"sudo_user":null,"host":"host","version":"0.1.0","before":"{\"id\":\"pc_9e57be1e4a7d3eafab43a982\",\"account\":\"RZ5-76K-665Z\",\"kind\":\"account\",\"owner\":\"gone\",\"note\":null,\"slot\":4,\"created_at\":1795327200,\"lifetime\":\"forever\",\"expires_at\":null,\"generation\":1,\"withdrawn\":false,\"retiring_until\":null,\"retiring_until_used\":false,\"revoked_at\":null,\"revocation_reason\":null,\"deleted_at\":null}","after":"{\"id\":\"pc_9e57be1e4a7d3eafab43a982\",\"account\":\"RZ5-76K-665Z\",\"kind\":\"account\",\"owner\":\"gone\",\"note\":null,\"slot\":4,\"created_at\":1795327200,\"lifetime\":\"forever\",\"expires_at\":null,\"generation\":1,\"withdrawn\":false,\"retiring_until\":null,\"retiring_until_used\":false,\"revoked_at\":1795327200,\"revocation_reason\":\"key-compromise\",\"deleted_at\":null}","actor_kind":"os","actor":"ann@host","actor_address":null}
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
    SEQ  AT                    ACTION        SUBJECT       NAME  ACTOR
      1  2026-11-22T06:00:00Z  account-add   RZ5-76K-665Z  main  ann@host
      3  2026-11-22T06:00:00Z  account-edit  RZ5-76K-665Z  main  ann@host
    ");
}
