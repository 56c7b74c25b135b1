//! Names of what is in the store.

use crate::support::{
    directory_fixture::{directory_fixture, remove_district_and_app},
    test_env::TestEnv,
};

/// Returns what is offered for the last word of a line, without descriptions.
fn offered(env: &mut TestEnv, line: &str) -> Vec<String> {
    let output = env.run_ok(&format!("complete fish gatepass {line}"));
    output.lines().map(|line| line.split('\t').next().unwrap().to_owned()).collect()
}

fn populated() -> TestEnv {
    let mut env = directory_fixture();
    env.run_ok("create acme --days 90");
    env.run_ok("grant-user ann@example.org --days 9");
    env.run_ok("grant-app Roster --district Lincoln --scope read:a --days 90");
    env.run_ok("grant-app Grades --district 'Elk Grove' --scope read:a --days 90");
    env
}

#[test]
fn references_are_names_addresses_pairs_and_ids() {
    let mut env = populated();
    let all = ["acme", "ann@example.org", "Roster/Lincoln", "Grades/Elk Grove"];
    assert_eq!(offered(&mut env, "show ''"), all);
    assert_eq!(offered(&mut env, "show A"), ["acme", "ann@example.org"]);
    assert_eq!(offered(&mut env, "revoke acme ro"), ["Roster/Lincoln"]);
    assert_eq!(offered(&mut env, "reset grades/e"), ["Grades/Elk Grove"]);
    assert_eq!(offered(&mut env, "audit list --of=ann"), ["--of=ann@example.org"]);
    let id = env.run_ok("show acme --field id");
    assert_eq!(offered(&mut env, &format!("show {}", &id[..8])), [id.trim_end()]);
    env.run_ok("delete acme --yes");
    assert_eq!(offered(&mut env, "show acm"), [] as [&str; 0]);
}

#[test]
fn apps_districts_users_and_accounts_have_their_own_names() {
    let mut env = populated();
    assert_eq!(offered(&mut env, "app show ''"), ["Roster", "Grades"]);
    assert_eq!(offered(&mut env, "district show ''"), ["Lincoln", "0607", "Elk Grove"]);
    assert_eq!(offered(&mut env, "list --district 06"), ["0607"]);
    assert_eq!(offered(&mut env, "list --user ''"), ["ann@example.org"]);
    let account = env.run_ok("account list --quiet");
    assert_eq!(offered(&mut env, "list --account ''"), ["School", account.trim_end()]);
    remove_district_and_app(&env, "Lincoln", "Roster");
    assert_eq!(offered(&mut env, "grant-app ''"), ["Grades"]);
    assert_eq!(offered(&mut env, "district show l"), [] as [&str; 0]);
}

#[test]
fn new_names_are_not_completed() {
    let mut env = populated();
    for line in ["create a", "grant-user a", "app add R", "edit acme --name a"] {
        assert_eq!(offered(&mut env, line), [] as [&str; 0], "{line}");
    }
}

#[test]
fn the_options_of_the_line_say_which_store_and_account() {
    let mut env = populated();
    let other = env.path("other.db").display().to_string();
    env.run_ok(&format!("--store {other} create bolt --days 9 --new-store"));
    for line in [
        format!("--store {other} show ''"),
        format!("show --store={other} ''"),
        "--store ~/other.db show ''".to_owned(),
    ] {
        assert_eq!(offered(&mut env, &line), ["bolt"], "{line}");
    }
    assert_eq!(offered(&mut env, "--store /nowhere/store.db show ac"), [] as [&str; 0]);
    assert_eq!(offered(&mut env, "--key-file /nowhere/key show ac"), [] as [&str; 0]);

    env.run_ok("account add Second");
    let ids = env.run_ok("account list --quiet");
    let (first, second) = ids.trim_end().split_once('\n').unwrap();
    env.run_ok(&format!("--account {second} create apex --days 9"));
    assert_eq!(offered(&mut env, "show a"), ["acme", "ann@example.org", "apex"]);
    assert_eq!(offered(&mut env, &format!("--account {second} show a")), ["apex"]);
    assert_eq!(offered(&mut env, "--account Second show a"), ["apex"]);
    assert_eq!(offered(&mut env, &format!("show --account={first} ap")), [] as [&str; 0]);
    assert_eq!(offered(&mut env, "--account nonsense show a"), [] as [&str; 0]);
}

#[test]
fn at_most_100_names_are_offered() {
    let mut env = TestEnv::new();
    for number in 0..101 {
        env.run_ok(&format!("grant-user user-{number}@x.org --days 9"));
    }
    env.run_ok("create partner-a --days 9");
    assert_eq!(offered(&mut env, "show user").len(), 100);
    assert_eq!(offered(&mut env, "show ''").len(), 100);
    assert_eq!(offered(&mut env, "show PART"), ["partner-a"]);
}
