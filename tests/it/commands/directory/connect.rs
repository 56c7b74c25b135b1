//! `district connect`.

use std::fs;

use insta::assert_snapshot;

use crate::support::directory_fixture::{directory_fixture, directory_fixture_with_terminal};

const GRANT_FLAGS: &str = "--app Roster --app Grades --scope read:students --days 90";

#[test]
fn connecting_a_district_grants_tokens_to_several_apps() {
    let mut env = directory_fixture();
    let out = env.path("out.csv");
    let line =
        format!("district connect Lincoln {GRANT_FLAGS} --limit 60/min --out {}", out.display());
    assert_snapshot!(env.run(&(line + " --format csv")), @"
    exit 0
    -- stdout
    schema,id,kind,account,name,user,note,state,lifetime,expires_at,expires_in_seconds,created_at,created_by,generation,secret_made_at,delivered_at,withdrawn,retiring_until,retiring_until_used,revoked_at,revoked_by,revocation_reason,deleted_at,deleted_by,lifetime_seconds,introspect,last_used_at,last_used_from,uses,app,app_name,district,district_name,scopes,limit_per_minute,awaits_pickup,refused_by_policy,undelivered_reset_at,label,dry_run
    gatepass.credential/v1,tk_65511a5d129d4ed6c9cd2b3f,token,RZ5-76K-665Z,,,,active,90d,2027-02-20T06:00:00Z,7776000,2026-11-22T06:00:00Z,ann@host,1,2026-11-22T06:00:00Z,2026-11-22T06:00:00Z,false,,false,,,,,,7776000,false,,,0,79b11434a5fdc770b9360614,Roster,ff333f9fda91d09ca6db37da,Lincoln,read:students,60,false,,,Roster → Lincoln,false
    gatepass.credential/v1,tk_72a22e6128f4d4431fdae559,token,RZ5-76K-665Z,,,,active,90d,2027-02-20T06:00:00Z,7776000,2026-11-22T06:00:00Z,ann@host,1,2026-11-22T06:00:00Z,2026-11-22T06:00:00Z,false,,false,,,,,,7776000,false,,,0,559776009a6d862aad04921e,Grades,ff333f9fda91d09ca6db37da,Lincoln,read:students,60,false,,,Grades → Lincoln,false
    ");
    let text = fs::read_to_string(&out).unwrap();
    assert!(text.starts_with("id,name,secret,expires_at,app,district\n"), "{text}");
    assert!(
        text.contains(",Roster → Lincoln,gpt_") && text.contains(",Grades,Lincoln\n"),
        "{text}"
    );
    for secret in text.split(',').filter(|field| field.starts_with("gpt_")) {
        assert_eq!(env.run_with_input("verify --district Lincoln", secret).exit, 0);
        assert_eq!(env.run_with_input("verify --district 'Elk Grove'", secret).exit, 14);
    }
    assert!(!env.run_ok("list --field delivered_at").contains("\n\n"));
}

#[test]
fn an_existing_token_cancels_the_whole_connection() {
    let mut env = directory_fixture();
    env.run_ok("grant-app Grades --district Lincoln --scope read:students --days 90");
    let (before, out) = (env.run_ok("list --all --json"), env.path("out"));
    assert_snapshot!(env.run(&format!("district connect Lincoln {GRANT_FLAGS} --out {}", out.display())), @"
    exit 4
    -- stderr
    error: Grades already has the token tk_65511a5d129d4ed6c9cd2b3f for Lincoln, which is active
    hint: gatepass edit tk_65511a5d129d4ed6c9cd2b3f --scope SCOPE changes its scopes; gatepass reset tk_65511a5d129d4ed6c9cd2b3f rotates its secret
    ");
    assert!(!out.exists());
    assert_eq!(env.run_ok("list --all --json"), before);
    assert_eq!(env.run(&format!("district connect Nowhere {GRANT_FLAGS} --pickup")).exit, 3);
    let unknown = "district connect Lincoln --app Roster --app X --scope a:b --days 3 --pickup";
    assert_eq!(env.run(unknown).exit, 3);
    assert_eq!(env.run_ok("list --all --json"), before);
}

#[test]
fn an_app_given_twice_gets_one_token() {
    let mut env = directory_fixture();
    env.run_ok("district connect Lincoln --app Roster --app ROSTER --scope a:b --days 3 --pickup");
    assert_eq!(env.run_ok("list -q").lines().count(), 1);
}

#[test]
fn several_secrets_need_an_out_file() {
    assert_snapshot!(directory_fixture().run(&format!("district connect Lincoln {GRANT_FLAGS}")), @"
    exit 2
    -- stderr
    error: several secrets can only be written to a file
    hint: use --out FILE
    ");
    assert_snapshot!(directory_fixture().run(&format!("district connect {GRANT_FLAGS} --pickup")), @"
    exit 2
    -- stderr
    error: the following required arguments were not provided: <DISTRICT|--from <FILE>>
    hint: usage: gatepass district connect --app <APP> --scope <SCOPE> --days <N> --pickup <DISTRICT|--from <FILE>>
    ");
}

#[test]
fn pickup_creates_no_secrets() {
    let mut env = directory_fixture_with_terminal();
    assert_snapshot!(env.run(&format!("district connect Lincoln {GRANT_FLAGS} --pickup")), @"
    exit 0
    -- stderr
    Granted 2 credentials.
    The tokens have no secrets yet. Each app fetches its own from GET /oauth/tokens, with its client id
    and client secret (Basic).
    ");
    assert_eq!(env.run_ok("list --kind token --field generation"), "0\n0\n");
}

#[test]
fn missing_districts_from_a_file_are_added() {
    let mut env = directory_fixture();
    let file = env.file("d.csv", "name,external_id\nlincoln,0607\nDavis,0610\n\"Elk Grove\",\n");
    env.run_ok(&format!("district connect --from {} {GRANT_FLAGS} --pickup", file.display()));
    assert_eq!(env.run_ok("list -q").lines().count(), 6);
    let log = env.run_ok("audit list --field action");
    assert_eq!(log.matches("district-add").count(), 3, "{log}");
    let line = "grant-app Roster --district 0610 --scope a:b --days 3";
    assert_eq!(env.run(line).exit, 4, "it has the token of the file");
    assert_eq!(env.run("doctor").exit, 0);
}

#[test]
fn existing_districts_from_a_file_are_used() {
    let mut env = directory_fixture();
    let file = env.file("d.csv", "district\n0607\nElk Grove\n");
    let out = env.path("out.jsonl");
    let line = format!("district connect --from {} --out {}", file.display(), out.display());
    env.run_ok(&format!("{line} {GRANT_FLAGS}"));
    let text = fs::read_to_string(&out).unwrap();
    assert_eq!(text.lines().count(), 4);
    assert!(text.lines().all(|line| line.contains(r#""schema":"gatepass.secret/v1""#)));
    assert_eq!(text.matches(r#""app":"Grades","district":"Lincoln""#).count(), 1, "{text}");
}

#[test]
fn a_bad_line_is_reported_and_changes_nothing() {
    let mut env = directory_fixture();
    env.run_ok("grant-app Grades --district 'Elk Grove' --scope read:students --days 90");
    let (before, log) = (env.run_ok("list --all --json"), env.run_ok("audit list --field action"));
    for (text, exit, output) in [
        ("", 2, "line 1: no column name or district; the file is empty"),
        ("name\n", 2, "line 1: there are no districts below the header"),
        ("name,colour\nA,red\n", 2, "line 1: unknown column colour; the columns can be district"),
        ("name\nA\n\u{7}\n", 2, "line 3, name \"\\u{7}\": the name has a control character"),
        ("name\nA\na\n", 2, "line 3, district \"a\": this district already appears in line 2"),
        ("name,external_id\nA\n", 2, "line 2: 1 field, but the header has 2"),
        ("district\nLincoln\nNowhere\n", 3, "line 3: district Nowhere not found"),
        ("name\nA\nElk Grove\n", 4, "line 3: Grades already has the token"),
        ("name,external_id\nA,0607\n", 4, "line 2: the external id 0607 is already taken by"),
        ("name,external_id\nLincoln,1\n", 4, "has the external id 0607, not 1"),
        ("name,external_id\nElk Grove,1\n", 4, "has no external id, not 1"),
        ("district\n0607\nLincoln\n", 4, "line 3: Roster already has the token"),
    ] {
        let file = env.file("d.csv", text);
        let line = format!("district connect --from {} {GRANT_FLAGS} --pickup", file.display());
        let heard = env.run(&line);
        assert_eq!(heard.exit, exit, "{text:?}: {heard}");
        assert!(heard.stderr.contains(output), "{text:?}: {heard}");
        assert_eq!(heard.stdout, "");
    }
    assert_eq!(env.run_ok("list --all --json"), before);
    assert_eq!(env.run_ok("audit list --field action"), log);
    let none =
        format!("district connect --from {} {GRANT_FLAGS} --pickup", env.path("none").display());
    assert_eq!(env.run(&none).exit, 1);
}
