//! `district connect`

use std::fs;

use insta::assert_snapshot;

use crate::support::sharing::{school, school_with_terminal};

const TERMS: &str = "--app Roster --app Grades --scope read:students --days 90";

#[test]
fn a_sign_up_shares_with_several_apps_at_once() {
    let mut world = school();
    let out = world.path("out.csv");
    let line = format!("district connect Lincoln {TERMS} --limit 60/min --out {}", out.display());
    assert_snapshot!(world.run(&(line + " --format csv")), @"
    exit 0
    -- stdout
    schema,id,kind,account,name,user,note,state,lifetime,expires_at,expires_in_seconds,created_at,created_by,generation,secret_made_at,delivered_at,withdrawn,retiring_until,retiring_until_used,revoked_at,revoked_by,revocation_reason,deleted_at,deleted_by,lifetime_seconds,introspect,last_used_at,last_used_from,uses,app,app_name,district,district_name,scopes,limit_per_minute,awaits_pickup
    gatepass.credential/v1,tk_65511a5d129d4ed6c9cd2b3f,token,RZ5-76K-665Z,,,,active,90d,2027-02-20T06:00:00Z,7776000,2026-11-22T06:00:00Z,ann@desk,1,2026-11-22T06:00:00Z,2026-11-22T06:00:00Z,false,,false,,,,,,7776000,false,,,0,79b11434a5fdc770b9360614,Roster,ff333f9fda91d09ca6db37da,Lincoln,read:students,60,false
    gatepass.credential/v1,tk_72a22e6128f4d4431fdae559,token,RZ5-76K-665Z,,,,active,90d,2027-02-20T06:00:00Z,7776000,2026-11-22T06:00:00Z,ann@desk,1,2026-11-22T06:00:00Z,2026-11-22T06:00:00Z,false,,false,,,,,,7776000,false,,,0,559776009a6d862aad04921e,Grades,ff333f9fda91d09ca6db37da,Lincoln,read:students,60,false
    -- stderr
    ");
    let text = fs::read_to_string(&out).unwrap();
    assert!(text.starts_with("id,name,secret,expires_at,app,district\n"), "{text}");
    assert!(
        text.contains(",Roster → Lincoln,gpt_") && text.contains(",Grades,Lincoln\n"),
        "{text}"
    );
    for secret in text.split(',').filter(|field| field.starts_with("gpt_")) {
        assert_eq!(world.run_with_input("verify --district Lincoln", secret).exit, 0);
        assert_eq!(world.run_with_input("verify --district 'Elk Grove'", secret).exit, 14);
    }
    assert!(!world.ok("list --field delivered_at").contains("\n\n"));
}

#[test]
fn one_that_has_a_token_already_stops_all() {
    let mut world = school();
    world.ok("grant-app Grades --district Lincoln --scope read:students --days 90");
    let (before, out) = (world.ok("list --all --json"), world.path("out"));
    assert_snapshot!(world.run(&format!("district connect Lincoln {TERMS} --out {}", out.display())), @"
    exit 4
    -- stdout
    -- stderr
    error: Grades already has the token tk_65511a5d129d4ed6c9cd2b3f for Lincoln, which is active
    hint: gatepass edit tk_65511a5d129d4ed6c9cd2b3f --scope SCOPE changes what is shared; gatepass reset tk_65511a5d129d4ed6c9cd2b3f makes a new secret
    ");
    assert!(!out.exists());
    assert_eq!(world.ok("list --all --json"), before);
    assert_eq!(world.run(&format!("district connect Nowhere {TERMS} --pickup")).exit, 3);
    let unknown = "district connect Lincoln --app Roster --app X --scope a:b --days 3 --pickup";
    assert_eq!(world.run(unknown).exit, 3);
    assert_eq!(world.ok("list --all --json"), before);
}

#[test]
fn an_app_that_is_named_twice_gets_one_token() {
    let mut world = school();
    world.ok("district connect Lincoln --app Roster --app ROSTER --scope a:b --days 3 --pickup");
    assert_eq!(world.ok("list -q").lines().count(), 1);
}

#[test]
fn many_secrets_need_a_file() {
    assert_snapshot!(school().run(&format!("district connect Lincoln {TERMS}")), @"
    exit 2
    -- stdout
    -- stderr
    error: many secrets at once go to a file, not to the screen
    hint: give --out FILE
    ");
    assert_snapshot!(school().run(&format!("district connect {TERMS} --pickup")), @"
    exit 2
    -- stdout
    -- stderr
    error: the following required arguments were not provided: <DISTRICT|--from <FILE>>
    hint: usage: gatepass district connect --app <APP> --scope <SCOPE> --days <N> --pickup <DISTRICT|--from <FILE>>
    ");
}

#[test]
fn with_pickup_there_are_none() {
    let mut world = school_with_terminal();
    assert_snapshot!(world.run(&format!("district connect Lincoln {TERMS} --pickup")), @"
    exit 0
    -- stdout
    -- stderr
    Granted 2 credentials.
    No secret was made yet: each app gets its own from GET /oauth/tokens, with its client id and client secret (Basic).
    ");
    assert_eq!(world.ok("list --kind token --field generation"), "0\n0\n");
}

#[test]
fn districts_of_a_file_are_added_where_they_are_missing() {
    let mut world = school();
    let file = world.file("d.csv", "name,external_id\nlincoln,0607\nDavis,0610\n\"Elk Grove\",\n");
    world.ok(&format!("district connect --from {} {TERMS} --pickup", file.display()));
    assert_eq!(world.ok("list -q").lines().count(), 6);
    let log = world.ok("audit list --field action");
    assert_eq!(log.matches("district-add").count(), 3, "{log}");
    let line = "grant-app Roster --district 0610 --scope a:b --days 3";
    assert_eq!(world.run(line).exit, 4, "it has the token of the file");
    assert_eq!(world.run("doctor").exit, 0);
}

#[test]
fn districts_of_a_file_may_be_those_that_are_there() {
    let mut world = school();
    let file = world.file("d.csv", "district\n0607\nElk Grove\n");
    let out = world.path("out.jsonl");
    let line = format!("district connect --from {} --out {}", file.display(), out.display());
    world.ok(&format!("{line} {TERMS}"));
    let text = fs::read_to_string(&out).unwrap();
    assert_eq!(text.lines().count(), 4);
    assert!(text.lines().all(|line| line.contains(r#""schema":"gatepass.secret/v1""#)));
    assert_eq!(text.matches(r#""app":"Grades","district":"Lincoln""#).count(), 1, "{text}");
}

#[test]
fn a_bad_line_is_told_and_nothing_is_done() {
    let mut world = school();
    world.ok("grant-app Grades --district 'Elk Grove' --scope read:students --days 90");
    let (before, log) = (world.ok("list --all --json"), world.ok("audit list --field action"));
    for (text, exit, said) in [
        ("", 2, "line 1: the heading"),
        ("name\n", 2, "no district is named"),
        ("name,colour\nA,red\n", 2, "line 1: the heading"),
        ("name\nA\n\u{7}\n", 2, "line 3: the name has a control character"),
        ("name\nA\na\n", 2, "line 3: this district was named before, in line 2"),
        ("name,external_id\nA\n", 2, "line 2: it has 1 fields; the heading has 2"),
        ("district\nLincoln\nNowhere\n", 3, "line 3: there is no district Nowhere"),
        ("name\nA\nElk Grove\n", 4, "line 3: Grades already has the token"),
        ("name,external_id\nA,0607\n", 4, "line 2: the external id 0607 is taken by"),
        ("name,external_id\nLincoln,1\n", 4, "has the external id 0607, not 1"),
        ("name,external_id\nElk Grove,1\n", 4, "has no external id, not 1"),
        ("district\n0607\nLincoln\n", 4, "line 3: Roster already has the token"),
    ] {
        let file = world.file("d.csv", text);
        let line = format!("district connect --from {} {TERMS} --pickup", file.display());
        let heard = world.run(&line);
        assert_eq!(heard.exit, exit, "{text:?}: {heard}");
        assert!(heard.stderr.contains(said), "{text:?}: {heard}");
        assert_eq!(heard.stdout, "");
    }
    assert_eq!(world.ok("list --all --json"), before);
    assert_eq!(world.ok("audit list --field action"), log);
    let none = format!("district connect --from {} {TERMS} --pickup", world.path("none").display());
    assert_eq!(world.run(&none).exit, 1);
}
