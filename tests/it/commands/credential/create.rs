//! `create`.

use insta::assert_snapshot;

use crate::support::test_env::TestEnv;

#[test]
fn a_secret_is_shown_once_and_valid_until_revoked() {
    let mut env = TestEnv::new();
    let secret = env.run_for_secret("create partner-a --days 90");
    assert!(secret.starts_with("gpa_"));
    assert_eq!(env.run_with_input("verify", &secret).exit, 0);
    assert!(!env.run_ok("list --json").contains(&secret));
    env.run_ok("revoke partner-a --yes");
    assert_eq!(env.run_with_input("verify", &secret).exit, 12);
}

#[test]
fn the_first_passcode_creates_the_store_and_reports_its_path() {
    assert_snapshot!(TestEnv::new().run("create partner-a --days 90"), @"
    exit 0
    -- stdout
    gpa_…
    -- stderr
    Created key ~/.config/gatepass/key; back it up: gatepass key export --out FILE
    Created store ~/.local/share/gatepass/store.db (account RZ5-76K-665Z).
    ");
}

#[test]
fn at_a_terminal_the_secret_is_alone_on_its_line() {
    let mut env = TestEnv::with_terminal();
    env.run_ok("create first --days 1");
    assert_snapshot!(env.run("create partner-a --days 90 --note 'their key'"), @"
    exit 0
    -- stdout
    gpa_…
    -- stderr
    This is the secret of partner-a (pc_72a22e6128f4d4431fdae559, account RZ5-76K-665Z). Expiry:
    2027-02-20T06:00:00Z (in 90 d).
    It will not be shown again. If you lose it, generate a new one: gatepass reset partner-a
    ");
}

#[test]
fn json_has_every_field() {
    let mut env = TestEnv::new();
    env.run_ok("create first --days 1");
    assert_snapshot!(env.run("create partner-a --until 2027-01-31 --json"), @r#"
    exit 0
    -- stdout
    {
      "schema": "gatepass.issued/v1",
      "id": "pc_72a22e6128f4d4431fdae559",
      "kind": "account",
      "account": "RZ5-76K-665Z",
      "name": "partner-a",
      "user": null,
      "note": null,
      "state": "active",
      "lifetime": "until",
      "expires_at": "2027-02-01T00:00:00Z",
      "expires_in_seconds": 6112800,
      "created_at": "2026-11-22T06:00:00Z",
      "created_by": "ann@host",
      "generation": 1,
      "secret_made_at": "2026-11-22T06:00:00Z",
      "delivered_at": null,
      "withdrawn": false,
      "retiring_until": null,
      "retiring_until_used": false,
      "revoked_at": null,
      "revoked_by": null,
      "revocation_reason": null,
      "deleted_at": null,
      "deleted_by": null,
      "lifetime_seconds": null,
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
      "label": "partner-a",
      "dry_run": false
    }
    "#);
    assert_snapshot!(env.run("create partner-b --forever --format jsonl"), @r#"
    exit 0
    -- stdout
    {"schema":"gatepass.issued/v1","id":"pc_031b3d56317bf51d7616bfe2","kind":"account","account":"RZ5-76K-665Z","name":"partner-b","user":null,"note":null,"state":"active","lifetime":"forever","expires_at":null,"expires_in_seconds":null,"created_at":"2026-11-22T06:00:00Z","created_by":"ann@host","generation":1,"secret_made_at":"2026-11-22T06:00:00Z","delivered_at":null,"withdrawn":false,"retiring_until":null,"retiring_until_used":false,"revoked_at":null,"revoked_by":null,"revocation_reason":null,"deleted_at":null,"deleted_by":null,"lifetime_seconds":null,"introspect":false,"last_used_at":null,"last_used_from":null,"uses":0,"app":null,"app_name":null,"district":null,"district_name":null,"scopes":[],"limit_per_minute":null,"awaits_pickup":false,"created":true,"secret":"gpa_…","out":null,"refused_by_policy":null,"undelivered_reset_at":null,"label":"partner-b","dry_run":false}
    "#);
    assert_snapshot!(env.run("create partner-c --infinite --format csv"), @"
    exit 0
    -- stdout
    schema,id,kind,account,name,user,note,state,lifetime,expires_at,expires_in_seconds,created_at,created_by,generation,secret_made_at,delivered_at,withdrawn,retiring_until,retiring_until_used,revoked_at,revoked_by,revocation_reason,deleted_at,deleted_by,lifetime_seconds,introspect,last_used_at,last_used_from,uses,app,app_name,district,district_name,scopes,limit_per_minute,awaits_pickup,created,secret,out,refused_by_policy,undelivered_reset_at,label,dry_run
    gatepass.issued/v1,pc_9e57be1e4a7d3eafab43a982,account,RZ5-76K-665Z,partner-c,,,active,infinite,2036-11-22T06:00:00Z,315619200,2026-11-22T06:00:00Z,ann@host,1,2026-11-22T06:00:00Z,,false,,false,,,,,,,false,,,0,,,,,,,false,true,gpa_…,,,,partner-c,false
    ");
}

#[test]
fn if_missing_accepts_a_valid_passcode() {
    let mut env = TestEnv::new();
    env.run_ok("create partner-a --days 40");
    assert_snapshot!(env.run("create PARTNER-A --days 90 --if-missing"), @"
    exit 0
    ");
    env.terminal.stderr = true;
    assert_snapshot!(env.run("create PARTNER-A --days 90 --if-missing -q"), @"
    exit 2
    -- stderr
    [1;31merror:[0m this output format would not show the secret
    [36mhint:[0m use --out FILE
    ");
    env.terminal.stderr = false;
    env.advance_days(41);
    assert_snapshot!(env.run("create partner-a --days 90 --if-missing"), @"
    exit 0
    -- stdout
    gpa_…
    ");
    assert_snapshot!(env.run("create partner-b --days 90 --if-missing"), @"
    exit 0
    -- stdout
    gpa_…
    ");
}

#[test]
fn names_are_unique_ignoring_case_and_kept_by_revoked_passcodes() {
    let mut env = TestEnv::new();
    env.run_ok("create Ärger --days 40");
    assert_snapshot!(env.run("create äRGER --days 90"), @"
    exit 4
    -- stderr
    error: äRGER already exists (pc_65511a5d129d4ed6c9cd2b3f, active)
    hint: gatepass reset pc_65511a5d129d4ed6c9cd2b3f for a new secret, or choose another name
    ");
    env.run_ok("revoke Ärger --yes");
    assert_snapshot!(env.run("create Ärger --days 90"), @"
    exit 4
    -- stderr
    error: Ärger already exists (pc_65511a5d129d4ed6c9cd2b3f, revoked)
    hint: to free the name: gatepass delete 'Ärger'
    ");
    env.run_ok("delete Ärger --yes");
    assert_eq!(env.run("create Ärger --days 90").exit, 0);
}

#[test]
fn out_gets_the_secret_and_stdout_the_credential() {
    let mut env = TestEnv::new();
    env.run_ok("create first --days 1");
    let out = env.path("secret");
    let line = format!("create partner-a --days 90 --out {}", out.display());
    assert_snapshot!(env.run(&line), @"
    exit 0
    -- stdout
    id        pc_72a22e6128f4d4431fdae559
    name      partner-a
    kind      account passcode of RZ5-76K-665Z
    state     active
    expires   2027-02-20T06:00:00Z (in 90 d)
    lifetime  90 days
    created   2026-11-22T06:00:00Z by ann@host
    ");
    let secret = std::fs::read(&out).unwrap();
    assert_eq!(env.run_with_input("verify", &secret).exit, 0);
    let line = format!("create partner-b --days 90 --json --out {}", env.path("b").display());
    let output = env.run(&line);
    assert!(
        output.stdout.contains(r#""secret": null"#) && output.stdout.contains("~/b"),
        "{output}"
    );
    let line = format!("create partner-c --days 90 -q --out {}", env.path("c").display());
    assert_snapshot!(env.run(&line), @"
    exit 0
    -- stdout
    pc_9e57be1e4a7d3eafab43a982
    ");
}

#[test]
fn formats_that_would_hide_the_secret_are_rejected() {
    let mut env = TestEnv::new();
    assert_snapshot!(env.run("create partner-a --days 90 -q"), @"
    exit 2
    -- stderr
    error: this output format would not show the secret
    hint: use --out FILE
    ");
    assert_snapshot!(env.run("create partner-a --days 90 --field id"), @"
    exit 2
    -- stderr
    error: this output format would not show the secret
    hint: use --out FILE
    ");
    assert_snapshot!(env.run("create partner-a --days 90 --copy"), @"
    exit 2
    -- stderr
    error: --copy needs a terminal; use --out FILE instead
    ");
    assert!(!env.store().exists());
    env.run_ok("create first --days 1");
    assert_snapshot!(env.run("create partner-a --days 90 --field secret"), @"
    exit 0
    -- stdout
    gpa_…
    ");
}

#[test]
fn copy_also_copies_to_the_terminal_clipboard() {
    let mut env = TestEnv::with_terminal();
    let output = env.run("create partner-a --days 90 --copy");
    assert_eq!((output.exit, output.stdout.len()), (0, 54));
    assert!(output.stderr.contains("\x1b]52;c;") && output.stderr.contains('\x07'));
}

#[test]
fn a_dry_run_shows_the_passcode_and_changes_nothing() {
    let mut env = TestEnv::new();
    assert_snapshot!(env.run("create partner-a --days 90 -n"), @"
    exit 3
    -- stderr
    error: no store at ~/.local/share/gatepass/store.db
    hint: gatepass create creates one; if there is one, check --store, GATEPASS_STORE and HOME
    ");
    env.run_ok("create first --days 1");
    let before = env.run_ok("list --all --json");
    assert_snapshot!(env.run("create partner-a --days 90 -n"), @"
    exit 0
    -- stdout
    name      partner-a
    kind      account passcode of RZ5-76K-665Z
    state     active
    expires   2027-02-20T06:00:00Z (in 90 d)
    lifetime  90 days
    created   2026-11-22T06:00:00Z by ann@host
    -- stderr
    This was a dry run: nothing was changed.
    ");
    let line = format!("create partner-a --days 90 -n --out {}", env.path("out").display());
    assert_eq!(env.run(&line).exit, 0);
    assert!(!env.path("out").exists());
    assert_eq!(env.run("create FIRST --days 90 -n").exit, 4);
    assert_eq!(env.run_ok("list --all --json"), before);
}

#[test]
fn every_kind_of_lifetime_is_accepted() {
    let mut env = TestEnv::new();
    env.run_ok("create a --days 365");
    env.run_ok("create b --until 2027-11-21");
    env.run_ok("create c --until 2026-12-01T12:00:00+02:00");
    env.run_ok("create d --infinite");
    env.run_ok("create e --forever");
    assert_snapshot!(env.run_ok("list"), @"
    ID                           NAME  KIND     STATE     EXPIRES                 LEFT  REMARK
    pc_65511a5d129d4ed6c9cd2b3f  a     account  active    2027-11-22T06:00:00Z   365 d
    pc_72a22e6128f4d4431fdae559  b     account  active    2027-11-22T00:00:00Z   365 d
    pc_031b3d56317bf51d7616bfe2  c     account  expiring  2026-12-01T10:00:00Z    10 d
    pc_9e57be1e4a7d3eafab43a982  d     account  active    2036-11-22T06:00:00Z  3653 d
    pc_c24fff62122ae756b9ffa05d  e     account  active    never
    ");
    assert_snapshot!(env.run("create f --until 2027-11-22"), @"
    exit 2
    -- stderr
    error: the expiry 2027-11-23T00:00:00Z is more than 365 days away
    ");
    assert_snapshot!(env.run("create f --until 2026-11-21"), @"
    exit 2
    -- stderr
    error: the expiry 2026-11-22T00:00:00Z is not in the future
    ");
    assert_snapshot!(env.run("create f --until 2026-02-30"), @"
    exit 2
    -- stderr
    error: invalid value '2026-02-30' for '--until <DATE>': use a date such as 2027-01-31 (end of that day, UTC) or an RFC 3339 time such as 2027-01-31T12:00:00Z
    ");
}

#[test]
fn ten_years_from_29_february_expire_on_28_february() {
    let mut env = TestEnv::new();
    env.set_clock("2028-02-29T12:00:00Z");
    env.run_ok("create leap --infinite");
    assert_snapshot!(env.run_ok("show leap --field expires_at"), @"2038-02-28T12:00:00Z");
}
