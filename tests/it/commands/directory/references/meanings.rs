//! What a reference can mean.

use insta::assert_snapshot;

use super::partner_names::create_with_older_name;
use crate::support::{directory_fixture::directory_fixture, test_env::TestEnv};

fn add_apps_and_districts(env: &mut TestEnv, apps: &[&str], districts: &[&str]) {
    for app in apps {
        env.run_ok(&format!("app add '{app}'"));
    }
    for district in districts {
        env.run_ok(&format!("district add {district}"));
    }
}

fn grant(env: &mut TestEnv, app: &str, district: &str) -> String {
    let line = format!("grant-app '{app}' --district '{district}' --scope read:students --days 90");
    env.run_ok(&line);
    let show = format!("list --app '{app}' --district '{district}' -q");
    env.run_ok(&show).trim_end().to_owned()
}

#[test]
fn the_candidates_are_listed_with_kinds_and_ids() {
    let mut env = directory_fixture();
    env.run_ok("grant-user ann@example.org --days 90");
    create_with_older_name(&mut env, "Ann@example.org");
    assert_snapshot!(env.run("revoke ann@example.org --yes"), @"
    exit 4
    -- stderr
    error: ann@example.org matches 2 credentials
    hint: use one of these ids: pc_72a22e6128f4d4431fdae559 (account passcode Ann@example.org of RZ5-76K-665Z), pc_65511a5d129d4ed6c9cd2b3f (user passcode ann@example.org of RZ5-76K-665Z)
    ");
    assert_snapshot!(env.run("revoke ann@example.org --yes --json"), @r#"
    exit 4
    -- stderr
    {"error":{"code":"ambiguous","details":{"candidates":[{"account":"RZ5-76K-665Z","id":"pc_72a22e6128f4d4431fdae559","kind":"account","owner":"Ann@example.org"},{"account":"RZ5-76K-665Z","id":"pc_65511a5d129d4ed6c9cd2b3f","kind":"user","owner":"ann@example.org"}]},"hint":"use one of these ids: pc_72a22e6128f4d4431fdae559 (account passcode Ann@example.org of RZ5-76K-665Z), pc_65511a5d129d4ed6c9cd2b3f (user passcode ann@example.org of RZ5-76K-665Z)","message":"ann@example.org matches 2 credentials"},"schema":"gatepass.error/v1"}
    "#);
    env.run_ok("district add 0607");
    assert_snapshot!(env.run("district remove 0607 --yes"), @"
    exit 4
    -- stderr
    error: 0607 matches 2 districts
    hint: use one of these ids: 91273828ec41f78d05ee77c2 (district 0607 of RZ5-76K-665Z), ff333f9fda91d09ca6db37da (district Lincoln of RZ5-76K-665Z)
    ");
    assert_snapshot!(env.run("district remove 0607 --yes --json"), @r#"
    exit 4
    -- stderr
    {"error":{"code":"ambiguous","details":{"candidates":[{"account":"RZ5-76K-665Z","id":"91273828ec41f78d05ee77c2","kind":"district","name":"0607"},{"account":"RZ5-76K-665Z","id":"ff333f9fda91d09ca6db37da","kind":"district","name":"Lincoln"}]},"hint":"use one of these ids: 91273828ec41f78d05ee77c2 (district 0607 of RZ5-76K-665Z), ff333f9fda91d09ca6db37da (district Lincoln of RZ5-76K-665Z)","message":"0607 matches 2 districts"},"schema":"gatepass.error/v1"}
    "#);
    env.run_ok("create Roster --days 90");
    assert_snapshot!(env.run("audit list --of roster"), @"
    exit 4
    -- stderr
    error: roster matches 2 records
    hint: use one of these ids: pc_172992afa2cbe9b8d7d47081 (account passcode Roster of RZ5-76K-665Z), 79b11434a5fdc770b9360614 (app Roster of RZ5-76K-665Z)
    ");
}

#[test]
fn app_and_district_are_split_at_every_slash() {
    let mut env = directory_fixture();
    add_apps_and_districts(&mut env, &["A", "A/B"], &["C", "B/C"]);
    let (first, second) = (grant(&mut env, "A", "B/C"), grant(&mut env, "A/B", "C"));
    assert_snapshot!(env.run("show a/b/c"), @"
    exit 4
    -- stderr
    error: a/b/c matches 2 credentials
    hint: use one of these ids: tk_7d89bd1aa12dee952993ec4c (token A → B/C of RZ5-76K-665Z), tk_b3c58ae066b46f339d43d392 (token A/B → C of RZ5-76K-665Z)
    ");
    env.run_ok(&format!("delete {first} --yes"));
    assert_eq!(env.run_ok("show a/b/c -q").trim_end(), second);
    create_with_older_name(&mut env, "A/B/C");
    assert_eq!(env.run("revoke A/B/C --yes").exit, 4, "a name and a pair");
    env.run_ok(&format!("revoke {second} --yes"));
    assert_eq!(env.run("revoke A/B/C --yes").exit, 4, "a revoked token can be meant as well");
}

#[test]
fn one_credential_found_twice_is_not_ambiguous() {
    let mut env = directory_fixture();
    add_apps_and_districts(&mut env, &[], &["Shelby --external-id SHELBY"]);
    let token = grant(&mut env, "Roster", "shelby");
    assert_eq!(env.run_ok("show roster/shelby -q").trim_end(), token);
    env.run_ok(&format!("revoke roster/Shelby {token} ROSTER/SHELBY --yes"));
    assert_eq!(env.run_ok("district show Shelby --field name"), "Shelby\n");
}

#[test]
fn districts_without_a_token_are_not_meant() {
    let mut env = directory_fixture();
    add_apps_and_districts(&mut env, &[], &["0607"]);
    let id = env.run_ok("district show Lincoln --field id");
    let token = grant(&mut env, "Roster", id.trim_end());
    assert_eq!(env.run_ok("show Roster/0607 -q").trim_end(), token);
    let id = env.run_ok("district list --field id");
    grant(&mut env, "Roster", id.lines().last().unwrap());
    assert_eq!(env.run("show Roster/0607").exit, 4);
}

#[test]
fn ids_are_references_of_one_meaning() {
    let mut env = directory_fixture();
    let token = grant(&mut env, "Roster", "Lincoln");
    create_with_older_name(&mut env, "Roster/Lincoln");
    let ids = [("app", "Roster"), ("district", "Lincoln")]
        .map(|(noun, name)| env.run_ok(&format!("{noun} show {name} --field id")));
    let by_ids = format!("{}/{}", ids[0].trim_end(), ids[1].trim_end());
    for reference in [&*token, &by_ids] {
        assert_eq!(env.run_ok(&format!("show {reference} -q")).trim_end(), token);
    }
    assert_eq!(env.run("show Roster/Lincoln").exit, 4);
}
