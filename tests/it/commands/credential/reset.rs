//! `reset`.

use std::fs;

use insta::assert_snapshot;

use crate::support::{
    credentials_fixture::{credentials_fixture, credentials_fixture_with_terminal},
    test_env::TestEnv,
};

fn verify_exits(env: &mut TestEnv, secrets: &[&str]) -> Vec<u8> {
    secrets.iter().map(|secret| env.run_with_input("verify", secret).exit).collect()
}

#[test]
fn the_old_secret_ends_at_once() {
    let mut env = TestEnv::new();
    let old = env.run_for_secret("create partner-a --days 90");
    let before = env.run_ok("show partner-a --field expires_at");
    env.advance_days(3);
    let new = env.run_for_secret("reset partner-a --yes");
    assert_eq!(verify_exits(&mut env, &[&old, &new]), [13, 0]);
    assert_eq!(env.run_ok("show partner-a --field expires_at"), before);
    assert_snapshot!(env.run_with_input("verify", &old), @"
    exit 13
    -- stdout
    refused: partner-a, account passcode pc_65511a5d129d4ed6c9cd2b3f of RZ5-76K-665Z (replaced by a reset at 2026-11-25T06:00:00Z); expires 2027-02-20T06:00:00Z (in 87 d)
    ");
    assert_snapshot!(env.run_ok("show partner-a"), @"
    id        pc_65511a5d129d4ed6c9cd2b3f
    name      partner-a
    kind      account passcode of RZ5-76K-665Z
    state     active
    expires   2027-02-20T06:00:00Z (in 87 d)
    lifetime  90 days
    created   2026-11-22T06:00:00Z by ann@host
    secret    number 2, created 2026-11-25T06:00:00Z
    ");
}

#[test]
fn a_revoked_or_deleted_credential_has_no_retiring_secret() {
    let mut env = TestEnv::new();
    env.run_for_secret("create partner-a --days 90");
    env.run_for_secret("reset partner-a --overlap 7d --until-used --yes");
    let id = env.run_ok("show partner-a -q");
    for line in ["revoke partner-a --yes", "delete partner-a --yes"] {
        env.run_ok(line);
        let document: serde_json::Value =
            serde_json::from_str(&env.run_ok(&format!("show {} --json", id.trim()))).unwrap();
        assert!(document["retiring_until"].is_null(), "{line}");
        assert_eq!(document["retiring_until_used"], false, "{line}");
    }
}

#[test]
fn the_old_secret_is_valid_until_the_overlap_ends() {
    let mut env = TestEnv::new();
    let old = env.run_for_secret("create partner-a --days 90");
    let new = env.run_for_secret("reset partner-a --overlap 7d --yes");
    assert_snapshot!(env.run_ok("list"), @"
    ID                           NAME       KIND     STATE   EXPIRES               LEFT  REMARK
    pc_65511a5d129d4ed6c9cd2b3f  partner-a  account  active  2027-02-20T06:00:00Z  90 d  old secret expires 2026-11-29T06:00:00Z
    ");
    assert_snapshot!(env.run_with_input("verify --json", &old), @r#"
    exit 0
    -- stdout
    {
      "schema": "gatepass.decision/v1",
      "allowed": true,
      "reason": "allowed",
      "message": "valid",
      "id": "pc_65511a5d129d4ed6c9cd2b3f",
      "kind": "account",
      "account": "RZ5-76K-665Z",
      "name": "partner-a",
      "user": null,
      "state": "active",
      "secret_role": "retiring",
      "expires_at": "2027-02-20T06:00:00Z",
      "scopes": [],
      "decided_at": "2026-11-22T06:00:00Z",
      "app": null,
      "app_name": null,
      "district": null,
      "district_name": null,
      "label": "partner-a"
    }
    "#);
    env.advance_seconds(7 * 86_400 - 1);
    assert_eq!(verify_exits(&mut env, &[&old, &new]), [0, 0]);
    env.advance_seconds(1);
    assert_eq!(verify_exits(&mut env, &[&old, &new]), [13, 0]);
}

#[test]
fn an_overlap_never_outlives_the_credential() {
    let mut env = TestEnv::new();
    let old = env.run_for_secret("create partner-a --days 5");
    env.run_ok("reset partner-a --overlap 2w --yes");
    assert_eq!(env.run_ok("show partner-a --field retiring_until"), "2026-11-27T06:00:00Z\n");
    // A longer lifetime of the new secret does not extend it.
    let new = env.run_for_secret("reset partner-a --overlap 30d --days 90 --end-retiring --yes");
    assert_eq!(env.run_ok("show partner-a --field retiring_until"), "2026-11-27T06:00:00Z\n");
    assert_eq!(env.run_ok("show partner-a --field expires_at"), "2027-02-20T06:00:00Z\n");
    assert_eq!(verify_exits(&mut env, &[&old, &new]), [13, 0]);
}

#[test]
fn until_used_ends_after_30_days_at_most() {
    let mut env = TestEnv::new();
    let old = env.run_for_secret("create partner-a --days 90");
    let new = env.run_for_secret("reset partner-a --until-used --yes");
    assert_eq!(env.run_ok("show partner-a --field retiring_until_used"), "true\n");
    assert_eq!(env.run_ok("show partner-a --field retiring_until"), "2026-12-22T06:00:00Z\n");
    // `verify` does not count as a use.
    assert_eq!(verify_exits(&mut env, &[&new, &old]), [0, 0]);
    env.advance_days(30);
    assert_eq!(verify_exits(&mut env, &[&new, &old]), [0, 13]);
}

#[test]
fn resetting_an_expired_credential_needs_a_lifetime() {
    let mut env = credentials_fixture();
    assert_snapshot!(env.run("reset old --yes"), @"
    exit 4
    -- stderr
    error: pc_031b3d56317bf51d7616bfe2 expired at 2026-11-25T06:00:00Z; a reset keeps the expiry unless you give a lifetime
    hint: set a new lifetime: gatepass reset pc_031b3d56317bf51d7616bfe2 --days N
    ");
    assert_snapshot!(env.run("reset old --days 7 --overlap 7d --yes --field retiring_until --dry-run"), @"
    exit 0
    -- stdout

    -- stderr
    This was a dry run: nothing was changed.
    ");
    assert_snapshot!(env.run("reset old --days 7 --yes --json"), @r#"
    exit 0
    -- stdout
    {
      "schema": "gatepass.issued/v1",
      "id": "pc_031b3d56317bf51d7616bfe2",
      "kind": "account",
      "account": "RZ5-76K-665Z",
      "name": "old",
      "user": null,
      "note": null,
      "state": "expiring",
      "lifetime": "7d",
      "expires_at": "2026-12-09T06:00:00Z",
      "expires_in_seconds": 604800,
      "created_at": "2026-11-22T06:00:00Z",
      "created_by": "ann@host",
      "generation": 2,
      "secret_made_at": "2026-12-02T06:00:00Z",
      "delivered_at": null,
      "withdrawn": false,
      "retiring_until": null,
      "retiring_until_used": false,
      "revoked_at": null,
      "revoked_by": null,
      "revocation_reason": null,
      "deleted_at": null,
      "deleted_by": null,
      "lifetime_seconds": 604800,
      "introspect": false,
      "last_used_at": null,
      "last_used_from": null,
      "uses": 0,
      "app": null,
      "app_name": null,
      "district": null,
      "district_name": null,
      "scopes": [],
      "limit_per_minute": null,
      "awaits_pickup": false,
      "created": true,
      "secret": "gpa_…",
      "out": null,
      "refused_by_policy": null,
      "undelivered_reset_at": null,
      "label": "old",
      "dry_run": false
    }
    "#);
}

#[test]
fn several_new_secrets_go_to_a_file() {
    let mut env = credentials_fixture();
    assert_snapshot!(env.run("reset acme beta --yes"), @"
    exit 2
    -- stderr
    error: several secrets can only be written to a file
    hint: use --out FILE
    ");
    let out = env.path("secrets.csv");
    assert_snapshot!(env.run(&format!("reset acme gone --yes --out {}", out.display())), @"
    exit 4
    -- stderr
    error: pc_9e57be1e4a7d3eafab43a982 was revoked at 2026-11-22T06:00:00Z by ann@host
    hint: to issue it again, delete it first, then create or grant it
    ");
    assert!(!out.exists());
    env.terminal = TestEnv::with_terminal().terminal;
    assert_snapshot!(env.run(&format!("reset acme ann@example.org --yes --out {}", out.display())), @"
    exit 0
    -- stderr
    The secrets are in ~/secrets.csv; they will not be shown again.
    Reset 2 credentials.
    ");
    let text = fs::read_to_string(&out).unwrap();
    assert_eq!(text.lines().count(), 3);
    for line in text.lines().skip(1) {
        let secret = line.split(',').nth(2).unwrap();
        assert_eq!(env.run_with_input("verify", format!("{secret}\n")).exit, 0);
    }
}

#[test]
fn at_a_terminal_the_fate_of_the_old_secret_is_reported() {
    let mut env = credentials_fixture_with_terminal();
    env.answers.extend(["y", "y", "n"].map(str::to_owned));
    assert_snapshot!(env.run("reset acme"), @"
    exit 0
    -- stdout
    gpa_…
    -- stderr
    ? The current secret stops working immediately. Reset account passcode acme
    (pc_65511a5d129d4ed6c9cd2b3f)? y
    This is the secret of acme (pc_65511a5d129d4ed6c9cd2b3f, account RZ5-76K-665Z). Expiry:
    2027-02-20T06:00:00Z (in 80 d).
    It will not be shown again. If you lose it, generate a new one: gatepass reset acme
    ");
    assert_snapshot!(env.run("reset acme --overlap 12h"), @"
    exit 0
    -- stdout
    gpa_…
    -- stderr
    ? Reset account passcode acme (pc_65511a5d129d4ed6c9cd2b3f)? y
    This is the secret of acme (pc_65511a5d129d4ed6c9cd2b3f, account RZ5-76K-665Z). Expiry:
    2027-02-20T06:00:00Z (in 80 d).
    It will not be shown again. If you lose it, generate a new one: gatepass reset acme
    ");
    env.advance_seconds(12 * 3600);
    assert_snapshot!(env.run("reset acme"), @"
    exit 1
    -- stderr
    ? The current secret stops working immediately. Reset account passcode acme
    (pc_65511a5d129d4ed6c9cd2b3f)? n
    Cancelled; nothing was changed
    ");
    assert_snapshot!(env.run("reset acme -n"), @"
    exit 0
    -- stdout
    [2mid[0m        pc_65511a5d129d4ed6c9cd2b3f
    [2mname[0m      acme
    [2mkind[0m      account passcode of RZ5-76K-665Z
    [2mstate[0m     active
    [2mexpires[0m   2027-02-20T06:00:00Z (in 80 d)
    [2mlifetime[0m  90 days
    [2mcreated[0m   2026-11-22T06:00:00Z by ann@host
    [2msecret[0m    number 4, created 2026-12-02T18:00:00Z
    [2mnote[0m      the first partner
    -- stderr
    This was a dry run: nothing was changed.
    ");
}

#[test]
fn the_question_says_what_will_expire_earlier() {
    let mut env = credentials_fixture_with_terminal();
    env.terminal.width = Some(200);
    let mut question = |line: &str| {
        env.answers.push_back("n".to_owned());
        let output = env.run(line);
        assert_eq!(output.exit, 1, "{line}: {output}");
        output.stderr.lines().find(|line| line.starts_with('?')).unwrap().to_owned()
    };
    assert_snapshot!(question("reset acme --for 12h --overlap 2d"), @"? The expiry changes from 2027-02-20T06:00:00Z (in 80 d) to 2026-12-02T18:00:00Z (in 12 h). Reset account passcode acme (pc_65511a5d129d4ed6c9cd2b3f)? n");
    assert_snapshot!(question("reset acme --for 12w"), @"? The current secret stops working immediately. Reset account passcode acme (pc_65511a5d129d4ed6c9cd2b3f)? n");
    assert_snapshot!(question("reset acme beta old --days 79 --out ~/secrets.csv"), @"? The current secrets stop working immediately. 1 of the credentials will expire earlier than before. Reset these 3 credentials? n");
    assert_snapshot!(question("reset acme beta old --forever --out ~/secrets.csv"), @"? The current secrets stop working immediately. Reset these 3 credentials? n");
}

#[test]
fn credentials_that_cannot_be_reset_are_rejected() {
    let mut env = credentials_fixture();
    let before = env.run_ok("list --all --json");
    assert_snapshot!(env.run("reset gone --yes"), @"
    exit 4
    -- stderr
    error: pc_9e57be1e4a7d3eafab43a982 was revoked at 2026-11-22T06:00:00Z by ann@host
    hint: to issue it again, delete it first, then create or grant it
    ");
    assert_snapshot!(env.run("reset acme --overlap 31d --yes"), @"
    exit 2
    -- stderr
    error: invalid value '31d' for '--overlap <DURATION>': the duration must be from 0d to 30d
    ");
    assert_snapshot!(env.run("reset acme --overlap 90m --yes"), @"
    exit 2
    -- stderr
    error: invalid value '90m' for '--overlap <DURATION>': use a number of hours, days or weeks, such as 12h, 7d or 2w, from 0d to 30d; a number without a unit is in days
    ");
    assert_snapshot!(env.run("reset ann@example.org --forever --yes"), @"
    exit 2
    -- stderr
    error: a user passcode must have an expiry; its lifetime cannot be forever
    ");
    assert_snapshot!(env.run("reset acme --yes -q"), @"
    exit 2
    -- stderr
    error: this output format would not show the secret
    hint: use --out FILE
    ");
    assert_eq!(env.run_ok("list --all --json"), before);
}
