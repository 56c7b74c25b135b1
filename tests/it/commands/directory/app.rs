//! `app`.

use std::fs;

use insta::assert_snapshot;

use crate::support::{
    directory_fixture::{directory_fixture, directory_fixture_with_terminal},
    test_env::TestEnv,
};

/// Grants Roster a token for each district.
const ADD_TWO_APPS: [&str; 2] = [
    "grant-app Roster --district Lincoln --scope read:students --days 90",
    "grant-app Roster --district 'Elk Grove' --scope read:students --days 10",
];

#[test]
fn the_first_app_creates_the_store() {
    let mut env = TestEnv::new();
    assert_snapshot!(env.run("app add Roster"), @"
    exit 0
    -- stdout
    gps_…
    -- stderr
    Created key ~/.config/gatepass/key; back it up: gatepass key export --out FILE
    Created store ~/.local/share/gatepass/store.db (account RZ5-76K-665Z).
    ");
    assert_snapshot!(env.run("app show Roster"), @"
    exit 0
    -- stdout
    app            65511a5d129d4ed6c9cd2b3f
    name           Roster
    account        RZ5-76K-665Z
    client id      09ca9211099d30d99f96
    client secret  created 2026-11-22T06:00:00Z
    limit          1200/min per token
    tokens         0
    created        2026-11-22T06:00:00Z by ann@host
    ");
    assert_snapshot!(env.run("app show roster --json"), @r#"
    exit 0
    -- stdout
    {
      "schema": "gatepass.app/v1",
      "id": "65511a5d129d4ed6c9cd2b3f",
      "client_id": "09ca9211099d30d99f96",
      "account": "RZ5-76K-665Z",
      "name": "Roster",
      "limit_per_minute": 1200,
      "webhook": null,
      "generation": 1,
      "secret_made_at": "2026-11-22T06:00:00Z",
      "delivered_at": "2026-11-22T06:00:00Z",
      "withdrawn": false,
      "retiring_until": null,
      "retiring_until_used": false,
      "tokens": 0,
      "legacy_key": null,
      "legacy_key_state": null,
      "created_at": "2026-11-22T06:00:00Z",
      "created_by": "ann@host",
      "removed_at": null,
      "removed_by": null,
      "messages_pending": 0,
      "messages_delivered": 0,
      "messages_given_up": 0,
      "undelivered_reset_at": null,
      "label": "Roster",
      "dry_run": false
    }
    "#);
    assert_snapshot!(env.run_with_messages("app list"), @"
    exit 0
    -- stdout
    APP                       NAME    CLIENT ID                LIMIT  TOKENS  LEGACY KEY  REMARK
    65511a5d129d4ed6c9cd2b3f  Roster  09ca9211099d30d99f96  1200/min       0
    -- stderr
    1 app
    ");
    assert_snapshot!(env.run("app list --format csv"), @"
    exit 0
    -- stdout
    schema,id,client_id,account,name,limit_per_minute,webhook,generation,secret_made_at,delivered_at,withdrawn,retiring_until,retiring_until_used,tokens,legacy_key,legacy_key_state,created_at,created_by,removed_at,removed_by,messages_pending,messages_delivered,messages_given_up,undelivered_reset_at,label,dry_run
    gatepass.app/v1,65511a5d129d4ed6c9cd2b3f,09ca9211099d30d99f96,RZ5-76K-665Z,Roster,1200,,1,2026-11-22T06:00:00Z,2026-11-22T06:00:00Z,false,,false,0,,,2026-11-22T06:00:00Z,ann@host,,,0,0,0,,Roster,false
    ");
}

#[test]
fn at_a_terminal_the_client_secret_is_alone_on_its_line() {
    let mut env = directory_fixture_with_terminal();
    assert_snapshot!(env.run("app add 'New One'"), @"
    exit 0
    -- stdout
    gps_…
    -- stderr
    This is the client secret of New One (app 65511a5d129d4ed6c9cd2b3f, account RZ5-76K-665Z). Its
    client id is 09ca9211099d30d99f96.
    It will not be shown again. If you lose it, generate a new one: gatepass app reset 'New One'
    ");
}

#[test]
fn an_app_is_found_by_id_client_id_name_or_partial_id() {
    let mut env = directory_fixture();
    let id = env.run_ok("app show Roster --field id");
    let client = env.run_ok("app show Roster --field client_id");
    for reference in [id.trim(), client.trim(), "ROSTER", &id[..4]] {
        assert_eq!(env.run_ok(&format!("app show {reference} -q")), id, "{reference}");
    }
    // Changes need a complete reference.
    assert_eq!(env.run(&format!("app edit {} --name Other", &id[..4])).exit, 3);
    assert_snapshot!(env.run("app show nobody"), @"
    exit 3
    -- stderr
    error: app nobody not found
    hint: to list apps: gatepass app list
    ");
    let secret = format!("gps_{}", "0".repeat(49));
    assert_eq!(env.run(&format!("app show {secret}")).exit, 2);
}

#[test]
fn app_names_are_unique_ignoring_case() {
    let mut env = directory_fixture();
    assert_snapshot!(env.run("app add ROSTER"), @"
    exit 4
    -- stderr
    error: the name ROSTER is already taken by app 79b11434a5fdc770b9360614
    hint: choose another name, or rename that one: gatepass app edit 79b11434a5fdc770b9360614 --name NAME
    ");
    assert_eq!(env.run("app edit Grades --name roster").exit, 4);
    // An app does not conflict with its own name.
    assert_snapshot!(env.run_ok("app edit Roster --name ROSTER --limit 200/min"), @"
    app            79b11434a5fdc770b9360614
    name           ROSTER
    account        RZ5-76K-665Z
    client id      4264009e561c82d0d0f2
    client secret  created 2026-11-22T06:00:00Z
    limit          200/min per token
    tokens         0
    created        2026-11-22T06:00:00Z by ann@host
    ");
    assert_eq!(env.run("app edit Roster").exit, 2);
    assert_eq!(env.run("app edit Roster --limit 0").exit, 2);
}

#[test]
fn reset_replaces_the_client_secret() {
    let mut env = directory_fixture();
    assert_snapshot!(env.run("app reset Roster"), @"
    exit 2
    -- stderr
    error: confirmation is required (no terminal to prompt): The current client secret stops working immediately. Reset the client secret of app Roster (79b11434a5fdc770b9360614)
    hint: use --yes
    ");
    let secret = env.run_for_secret("app reset Roster --yes");
    assert!(secret.starts_with("gps_"));
    env.advance_days(1);
    env.run_ok("app reset Roster --overlap 7d --yes");
    assert_snapshot!(env.run_with_messages("app list"), @"
    exit 0
    -- stdout
    APP                       NAME    CLIENT ID                LIMIT  TOKENS  LEGACY KEY  REMARK
    79b11434a5fdc770b9360614  Roster  4264009e561c82d0d0f2  1200/min       0              old secret expires 2026-11-30T06:00:00Z
    559776009a6d862aad04921e  Grades  29fde5bd72eff7017c2d  1200/min       0
    -- stderr
    2 apps
    ");
    assert_eq!(env.run("app reset Roster --overlap 31d --yes").exit, 2);
    let mut env = directory_fixture_with_terminal();
    env.answers.push_back("no".to_owned());
    assert_snapshot!(env.run("app reset Roster"), @"
    exit 1
    -- stderr
    ? The current client secret stops working immediately. Reset the client secret of app Roster
    (79b11434a5fdc770b9360614)? no
    Cancelled; nothing was changed
    ");
}

#[test]
fn a_client_secret_that_could_not_be_shown_is_withdrawn() {
    let mut env = directory_fixture();
    env.stdout_limit = Some(0);
    assert_snapshot!(env.run("app add 'New One'"), @"
    exit 1
    -- stderr
    error: the secret could not be written (broken pipe), so the new client secret of 65511a5d129d4ed6c9cd2b3f was withdrawn; the app was added without one
    hint: gatepass app reset 'New One'
    ");
    assert_eq!(env.run("app reset Grades --overlap 7d --yes --json").exit, 1);
    env.stdout_limit = None;
    assert_snapshot!(env.run_ok("app list"), @"
    APP                       NAME     CLIENT ID                LIMIT  TOKENS  LEGACY KEY  REMARK
    79b11434a5fdc770b9360614  Roster   4264009e561c82d0d0f2  1200/min       0
    559776009a6d862aad04921e  Grades   29fde5bd72eff7017c2d  1200/min       0
    65511a5d129d4ed6c9cd2b3f  New One  09ca9211099d30d99f96  1200/min       0              no secret: reset it
    ");
    env.run_ok("app reset 'New One' --yes");
    assert_eq!(env.run_ok("app show 'New One' --field withdrawn"), "false\n");
    assert_snapshot!(env.run_ok("audit list --of 'New One'"), @"
    SEQ  AT                    ACTION           SUBJECT                   NAME     ACTOR     CHANGES
      6  2026-11-22T06:00:00Z  app-add          65511a5d129d4ed6c9cd2b3f  New One  ann@host
      7  2026-11-22T06:00:00Z  withdraw         65511a5d129d4ed6c9cd2b3f  New One  ann@host  withdrawn false → true
     10  2026-11-22T06:00:00Z  app-reset-begin  65511a5d129d4ed6c9cd2b3f  New One  ann@host  undelivered reset none → 2026-11-22
     11  2026-11-22T06:00:00Z  app-reset        65511a5d129d4ed6c9cd2b3f  New One  ann@host  secret 1 → 2; undelivered reset 2026-11-22 → none; withdrawn true → false
    ");
}

#[test]
fn the_client_secret_is_written_to_a_file_before_any_change() {
    let mut env = directory_fixture();
    let out = env.path("out");
    assert_snapshot!(env.run(&format!("app add New --out {}", out.display())), @"
    exit 0
    -- stdout
    app            65511a5d129d4ed6c9cd2b3f
    name           New
    account        RZ5-76K-665Z
    client id      09ca9211099d30d99f96
    client secret  created 2026-11-22T06:00:00Z
    limit          1200/min per token
    tokens         0
    created        2026-11-22T06:00:00Z by ann@host
    ");
    let secret = fs::read_to_string(&out).unwrap();
    assert!(secret.starts_with("gps_") && secret.len() == 54);
    assert_eq!(env.run(&format!("app add Other --out {}", out.display())).exit, 4);
    assert_eq!(env.run("app show Other").exit, 3);
    let output = env.run(&format!("app reset New --yes --json --out {}2", out.display()));
    let shown: serde_json::Value = serde_json::from_str(&output.stdout).unwrap();
    assert_eq!((shown["secret"].is_null(), shown["generation"].as_u64()), (true, Some(2)));
    // The output must include the secret.
    assert_eq!(env.run("app add Other -q").exit, 2);
    assert_eq!(env.run("app add Other --field id").exit, 2);
    assert!(env.run_ok("app add Other --field secret").starts_with("gps_"));
}

#[test]
fn a_dry_run_changes_nothing() {
    let mut env = directory_fixture_with_terminal();
    let before = env.run_ok("audit list --json");
    assert_snapshot!(env.run("app add New --dry-run"), @"
    exit 0
    -- stdout
    [2mname[0m           New
    [2maccount[0m        RZ5-76K-665Z
    [2mclient secret[0m  created 2026-11-22T06:00:00Z
    [2mlimit[0m          1200/min per token
    [2mtokens[0m         0
    [2mcreated[0m        2026-11-22T06:00:00Z by ann@host
    -- stderr
    This was a dry run: nothing was changed.
    ");
    for line in ["app reset Roster", "app edit Roster --name X", "app remove Roster"] {
        assert_eq!(env.run(&format!("{line} --dry-run")).exit, 0, "{line}");
    }
    assert_eq!(env.run_ok("audit list --json"), before);
}

#[test]
fn an_app_with_active_tokens_is_removed_only_with_them() {
    let mut env = directory_fixture();
    for grant in ADD_TWO_APPS {
        env.run_ok(grant);
    }
    env.advance_days(11);
    assert_snapshot!(env.run("app remove Roster --yes"), @"
    exit 4
    -- stderr
    error: app Roster still has 1 active token
    hint: gatepass app remove Roster --revoke-tokens also revokes tk_65511a5d129d4ed6c9cd2b3f (Roster → Lincoln)
    ");
    assert_eq!(env.run("app remove Roster --yes --json").exit, 4);
    let mut terminal = directory_fixture_with_terminal();
    for grant in ADD_TWO_APPS {
        terminal.run_ok(grant);
    }
    terminal.answers.push_back("y".to_owned());
    assert_snapshot!(terminal.run("app remove Roster --revoke-tokens"), @"
    exit 0
    -- stderr
      tk_65511a5d129d4ed6c9cd2b3f  token  Roster → Lincoln
      tk_72a22e6128f4d4431fdae559  token  Roster → Elk Grove
    ? Remove app Roster (79b11434a5fdc770b9360614) and revoke these 2 credentials? y
    Removed app Roster (79b11434a5fdc770b9360614) and revoked 2 credentials.
    ");
    env.run_ok("app remove Roster --revoke-tokens --yes");
    // Expired tokens were revoked as well and stay so.
    assert_snapshot!(env.run_ok("list --kind token"), @"
    ID                           NAME                KIND   STATE    EXPIRES               LEFT  REMARK
    tk_65511a5d129d4ed6c9cd2b3f  Roster → Lincoln    token  revoked  2027-02-20T06:00:00Z
    tk_72a22e6128f4d4431fdae559  Roster → Elk Grove  token  revoked  2026-12-02T06:00:00Z
    ");
    assert_snapshot!(env.run_with_messages("app list"), @"
    exit 0
    -- stdout
    APP                       NAME    CLIENT ID                LIMIT  TOKENS  LEGACY KEY  REMARK
    559776009a6d862aad04921e  Grades  29fde5bd72eff7017c2d  1200/min       0
    -- stderr
    1 app; 1 removed, shown with --all
    ");
    assert_snapshot!(env.run_ok("app list --all"), @"
    APP                       NAME    CLIENT ID                LIMIT  TOKENS  LEGACY KEY  REMARK
    79b11434a5fdc770b9360614  Roster  4264009e561c82d0d0f2  1200/min       2              removed 2026-12-03T06:00:00Z
    559776009a6d862aad04921e  Grades  29fde5bd72eff7017c2d  1200/min       0
    ");
    // The name is free again.
    env.run_ok("app add Roster");
    assert_eq!(env.run_ok("app list -q").lines().count(), 2);
}
