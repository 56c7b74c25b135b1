//! Tokens among other credentials: output, lists and references.

use insta::assert_snapshot;

use crate::support::{
    directory_fixture::{directory_fixture, directory_fixture_with_terminal},
    test_env::TestEnv,
};

/// Creates three tokens, one of which was revoked and granted again, and a passcode.
fn env_with_tokens() -> TestEnv {
    let mut env = directory_fixture();
    env.run_ok("create acme --days 9");
    env.run_ok("grant-app Roster --district Lincoln --scope read:students --days 90");
    env.run_ok("grant-app Grades --district Lincoln --scope read:students --forever");
    env.run_ok("revoke Roster/Lincoln --yes");
    env.run_ok(
        "grant-app Roster --district Lincoln --scope read:teachers --limit 60/min --days 20",
    );
    env.run_ok("grant-app Roster --district 'Elk Grove' --scope read:sections --infinite --pickup");
    env
}

#[test]
fn tokens_are_listed_by_app_and_district_name() {
    let mut env = env_with_tokens();
    assert_snapshot!(env.run_with_messages("list"), @"
    exit 0
    -- stdout
    ID                           NAME                KIND     STATE     EXPIRES                 LEFT  REMARK
    pc_65511a5d129d4ed6c9cd2b3f  acme                account  expiring  2026-12-01T06:00:00Z     9 d
    tk_72a22e6128f4d4431fdae559  Roster → Lincoln    token    revoked   2027-02-20T06:00:00Z
    tk_031b3d56317bf51d7616bfe2  Grades → Lincoln    token    active    never
    tk_9e57be1e4a7d3eafab43a982  Roster → Lincoln    token    expiring  2026-12-12T06:00:00Z    20 d
    tk_b8ce6a09f5831ed494f2df9f  Roster → Elk Grove  token    active    2036-11-22T06:00:00Z  3653 d  not picked up yet
    -- stderr
    5 credentials: 2 active, 2 expiring, 1 revoked; 1 of 100 slots used in RZ5-76K-665Z
    ");
    assert_snapshot!(env.run_with_messages("list --app roster"), @"
    exit 0
    -- stdout
    ID                           NAME                KIND   STATE     EXPIRES                 LEFT  REMARK
    tk_72a22e6128f4d4431fdae559  Roster → Lincoln    token  revoked   2027-02-20T06:00:00Z
    tk_9e57be1e4a7d3eafab43a982  Roster → Lincoln    token  expiring  2026-12-12T06:00:00Z    20 d
    tk_b8ce6a09f5831ed494f2df9f  Roster → Elk Grove  token  active    2036-11-22T06:00:00Z  3653 d  not picked up yet
    -- stderr
    3 credentials match; 1 of 100 slots used in RZ5-76K-665Z
    ");
    assert_snapshot!(env.run_with_messages("list --app Roster --limit 1"), @"
    exit 0
    -- stdout
    ID                           NAME              KIND   STATE    EXPIRES               LEFT  REMARK
    tk_72a22e6128f4d4431fdae559  Roster → Lincoln  token  revoked  2027-02-20T06:00:00Z
    -- stderr
    1 of 3 credentials match; 1 of 100 slots used in RZ5-76K-665Z
    ");
    assert_snapshot!(env.run_with_messages("list --app Roster --state active --sort name"), @"
    exit 0
    -- stdout
    ID                           NAME                KIND   STATE   EXPIRES                 LEFT  REMARK
    tk_b8ce6a09f5831ed494f2df9f  Roster → Elk Grove  token  active  2036-11-22T06:00:00Z  3653 d  not picked up yet
    -- stderr
    1 credential matches; 1 of 100 slots used in RZ5-76K-665Z
    ");
    assert_snapshot!(env.run_with_messages("list --district 0607 --sort expires"), @"
    exit 0
    -- stdout
    ID                           NAME              KIND   STATE     EXPIRES               LEFT  REMARK
    tk_9e57be1e4a7d3eafab43a982  Roster → Lincoln  token  expiring  2026-12-12T06:00:00Z  20 d
    tk_72a22e6128f4d4431fdae559  Roster → Lincoln  token  revoked   2027-02-20T06:00:00Z
    tk_031b3d56317bf51d7616bfe2  Grades → Lincoln  token  active    never
    -- stderr
    3 credentials match; 1 of 100 slots used in RZ5-76K-665Z
    ");
    assert_snapshot!(env.run("list --app Roster --district Lincoln --format csv"), @"
    exit 0
    -- stdout
    schema,id,kind,account,name,user,note,state,lifetime,expires_at,expires_in_seconds,created_at,created_by,generation,secret_made_at,delivered_at,withdrawn,retiring_until,retiring_until_used,revoked_at,revoked_by,revocation_reason,deleted_at,deleted_by,lifetime_seconds,introspect,last_used_at,last_used_from,uses,app,app_name,district,district_name,scopes,limit_per_minute,awaits_pickup,refused_by_policy,undelivered_reset_at,label,dry_run
    gatepass.credential/v1,tk_72a22e6128f4d4431fdae559,token,RZ5-76K-665Z,,,,revoked,90d,2027-02-20T06:00:00Z,7776000,2026-11-22T06:00:00Z,ann@host,1,2026-11-22T06:00:00Z,2026-11-22T06:00:00Z,false,,false,2026-11-22T06:00:00Z,ann@host,,,,7776000,false,,,0,79b11434a5fdc770b9360614,Roster,ff333f9fda91d09ca6db37da,Lincoln,read:students,,false,,,Roster → Lincoln,false
    gatepass.credential/v1,tk_9e57be1e4a7d3eafab43a982,token,RZ5-76K-665Z,,,,expiring,20d,2026-12-12T06:00:00Z,1728000,2026-11-22T06:00:00Z,ann@host,1,2026-11-22T06:00:00Z,2026-11-22T06:00:00Z,false,,false,,,,,,1728000,false,,,0,79b11434a5fdc770b9360614,Roster,ff333f9fda91d09ca6db37da,Lincoln,read:teachers,60,false,,,Roster → Lincoln,false
    ");
    assert_eq!(env.run_ok("list --name 'elk*' -q"), env.run_ok("list --name '*grove' -q"));
    assert_eq!(env.run_ok("list --kind legacy --app Roster -q"), "");
    assert_snapshot!(env.run("list --app nobody"), @"
    exit 3
    -- stderr
    error: app nobody not found
    hint: to list apps: gatepass app list
    ");
    assert_snapshot!(env.run("list --district nobody"), @"
    exit 3
    -- stderr
    error: district nobody not found
    hint: to list districts: gatepass district list
    ");
}

#[test]
fn deleted_tokens_are_found_by_app_and_district() {
    let mut env = env_with_tokens();
    env.run_ok("delete Grades/Lincoln --yes");
    assert_eq!(env.run_ok("list --district Lincoln -q").lines().count(), 2);
    assert_eq!(env.run_ok("list --district Lincoln --all -q").lines().count(), 3);
    assert_eq!(env.run_ok("list --app Grades --state deleted -q").lines().count(), 1);
    // Without its newest token, a pair refers to the older one.
    env.run_ok("delete Roster/Lincoln --yes");
    assert_eq!(env.run_ok("show Roster/Lincoln --field state"), "revoked\n");
    assert_eq!(env.run_ok("list --app Roster -q").lines().count(), 2);
}

#[test]
fn a_token_is_referenced_by_app_and_district() {
    let mut env = env_with_tokens();
    assert_snapshot!(env.run("show 'roster/ELK GROVE'"), @"
    exit 0
    -- stdout
    id        tk_b8ce6a09f5831ed494f2df9f
    app       Roster (79b11434a5fdc770b9360614)
    district  Elk Grove (07462f8d57dcc68ef55177aa)
    kind      token of RZ5-76K-665Z
    state     active
    remark    not picked up yet
    expires   2036-11-22T06:00:00Z (in 3653 d)
    lifetime  infinite (10 years)
    scopes    read:sections
    created   2026-11-22T06:00:00Z by ann@host
    ");
    assert_snapshot!(env.run("show Roster/0607 --json"), @r#"
    exit 0
    -- stdout
    {
      "schema": "gatepass.credential/v1",
      "id": "tk_9e57be1e4a7d3eafab43a982",
      "kind": "token",
      "account": "RZ5-76K-665Z",
      "name": null,
      "user": null,
      "note": null,
      "state": "expiring",
      "lifetime": "20d",
      "expires_at": "2026-12-12T06:00:00Z",
      "expires_in_seconds": 1728000,
      "created_at": "2026-11-22T06:00:00Z",
      "created_by": "ann@host",
      "generation": 1,
      "secret_made_at": "2026-11-22T06:00:00Z",
      "delivered_at": "2026-11-22T06:00:00Z",
      "withdrawn": false,
      "retiring_until": null,
      "retiring_until_used": false,
      "revoked_at": null,
      "revoked_by": null,
      "revocation_reason": null,
      "deleted_at": null,
      "deleted_by": null,
      "lifetime_seconds": 1728000,
      "introspect": false,
      "last_used_at": null,
      "last_used_from": null,
      "uses": 0,
      "app": "79b11434a5fdc770b9360614",
      "app_name": "Roster",
      "district": "ff333f9fda91d09ca6db37da",
      "district_name": "Lincoln",
      "scopes": [
        "read:teachers"
      ],
      "limit_per_minute": 60,
      "awaits_pickup": false,
      "refused_by_policy": null,
      "undelivered_reset_at": null,
      "label": "Roster → Lincoln",
      "dry_run": false
    }
    "#);
    let (app, district) =
        (env.run_ok("app show Roster -q"), env.run_ok("district show Lincoln -q"));
    let by_id = format!("show {}/{} -q", app.trim(), district.trim());
    assert_eq!(env.run_ok(&by_id), env.run_ok("show Roster/Lincoln -q"));
    assert_eq!(env.run("show Grades/'Elk Grove'").exit, 3);
    assert_eq!(env.run("show Roster/").exit, 3);
    // Names may contain a slash.
    env.run_ok("district add 'North/South'");
    env.run_ok("grant-app Grades --district North/South --scope read:students --forever");
    assert_eq!(env.run_ok("show Grades/North/South --field district_name"), "North/South\n");
}

#[test]
fn prompts_and_messages_use_the_names() {
    let mut env = directory_fixture_with_terminal();
    env.run_ok("grant-app Roster --district Lincoln --scope read:students --days 90");
    env.run_ok("grant-app Grades --district Lincoln --scope read:students --days 90");
    env.answers.extend(["no", "no", "no"].map(str::to_owned));
    assert_snapshot!(env.run("revoke Roster/Lincoln"), @"
    exit 1
    -- stderr
    ? Revoke token Roster → Lincoln (tk_65511a5d129d4ed6c9cd2b3f)? no
    Cancelled; nothing was changed
    ");
    assert_snapshot!(env.run("delete Roster/Lincoln Grades/Lincoln"), @"
    exit 1
    -- stderr
      tk_65511a5d129d4ed6c9cd2b3f  token  Roster → Lincoln
      tk_72a22e6128f4d4431fdae559  token  Grades → Lincoln
    ? Delete these 2 credentials? no
    Cancelled; nothing was changed
    ");
    assert_snapshot!(env.run("edit Roster/Lincoln --days 1"), @"
    exit 1
    -- stderr
    ? Change token Roster → Lincoln (tk_65511a5d129d4ed6c9cd2b3f): expiry from
    2027-02-20T06:00:00Z (in 90 d) to 2026-11-23T06:00:00Z (in 1 d)? no
    Cancelled; nothing was changed
    ");
    assert_snapshot!(env.run("reset Roster/Lincoln --yes"), @"
    exit 0
    -- stdout
    gpt_…
    -- stderr
    This is the secret of Roster → Lincoln (tk_65511a5d129d4ed6c9cd2b3f, account RZ5-76K-665Z). Expiry:
    2027-02-20T06:00:00Z (in 90 d).
    It will not be shown again. If you lose it, generate a new one:
    gatepass reset tk_65511a5d129d4ed6c9cd2b3f
    ");
    assert_snapshot!(env.run("revoke Roster/Lincoln Grades/Lincoln --yes"), @"
    exit 0
    -- stderr
    Revoked 2 credentials.
    ");
}

#[test]
fn names_are_escaped_and_current() {
    let mut env = env_with_tokens();
    env.run_ok("app edit Roster --name '=1+1'");
    env.run_ok("district edit Lincoln --name '\"quoted\"'");
    assert_snapshot!(env.run_ok("list --app '=1+1' --format csv --limit 1"), @r#"
    schema,id,kind,account,name,user,note,state,lifetime,expires_at,expires_in_seconds,created_at,created_by,generation,secret_made_at,delivered_at,withdrawn,retiring_until,retiring_until_used,revoked_at,revoked_by,revocation_reason,deleted_at,deleted_by,lifetime_seconds,introspect,last_used_at,last_used_from,uses,app,app_name,district,district_name,scopes,limit_per_minute,awaits_pickup,refused_by_policy,undelivered_reset_at,label,dry_run
    gatepass.credential/v1,tk_72a22e6128f4d4431fdae559,token,RZ5-76K-665Z,,,,revoked,90d,2027-02-20T06:00:00Z,7776000,2026-11-22T06:00:00Z,ann@host,1,2026-11-22T06:00:00Z,2026-11-22T06:00:00Z,false,,false,2026-11-22T06:00:00Z,ann@host,,,,7776000,false,,,0,79b11434a5fdc770b9360614,'=1+1,ff333f9fda91d09ca6db37da,"""quoted""",read:students,,false,,,"'=1+1 → ""quoted""",false
    "#);
    assert_snapshot!(env.run_ok("list --app '=1+1'"), @r#"
    ID                           NAME              KIND   STATE     EXPIRES                 LEFT  REMARK
    tk_72a22e6128f4d4431fdae559  =1+1 → "quoted"   token  revoked   2027-02-20T06:00:00Z
    tk_9e57be1e4a7d3eafab43a982  =1+1 → "quoted"   token  expiring  2026-12-12T06:00:00Z    20 d
    tk_b8ce6a09f5831ed494f2df9f  =1+1 → Elk Grove  token  active    2036-11-22T06:00:00Z  3653 d  not picked up yet
    "#);
}

/// A tampered district does not prevent its tokens from being revoked.
#[test]
fn a_token_of_a_removed_district_can_still_be_ended() {
    let mut env = directory_fixture();
    env.run_ok("app edit Roster --webhook https://hooks.example/");
    let secret =
        env.run_for_secret("grant-app Roster --district Lincoln --scope read:students --days 90");
    env.run_ok("grant-app Grades --district Lincoln --scope read:students --days 90");
    let mut ids: Vec<String> = env.run_ok("list -q").lines().map(str::to_owned).collect();
    let owner = rusqlite::Connection::open(env.store()).unwrap();
    owner.execute("update district set created_by = 'mallory'", []).unwrap();

    let verified = env.run_with_input("verify", &secret);
    assert_eq!(verified.exit, 0, "{verified}");
    let revoked = env.run(&format!("revoke {} --yes", ids.remove(0)));
    assert_eq!(revoked.exit, 0, "{revoked}");
    assert_eq!(env.run_with_input("verify", &secret).exit, 12);
    let refused = env.run("app remove Grades --yes");
    assert_eq!(refused.exit, 4, "{refused}");
    let removed = env.run("app remove Grades --revoke-tokens --yes");
    assert_eq!(removed.exit, 0, "{removed}");
}

/// Its name can't be read after the commit, when an error would be reported for a change that was made.
#[test]
fn a_token_of_a_missing_district_can_still_be_revoked() {
    let mut env = directory_fixture();
    for number in 1..=16 {
        env.run_ok(&format!("district add 'School {number}'"));
    }
    let district = env.run_ok("district show Lincoln --field id").trim().to_owned();
    env.run_ok("grant-app Roster --district Lincoln --scope read:students --days 90");
    let token = env.run_ok("list -q").trim().to_owned();
    let owner = rusqlite::Connection::open(env.store()).unwrap();
    owner.execute("delete from district where name = 'Lincoln'", []).unwrap();

    let revoked = env.run(&format!("revoke {token} --yes --field district_name"));
    assert_eq!((revoked.exit, revoked.stdout.trim()), (0, &*district), "{revoked}");
}
