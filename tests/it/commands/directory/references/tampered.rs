//! A record that was changed outside gatepass stops a change only if it can be the one that is meant.

use super::partner_names::create_with_older_name;
use crate::support::{directory_fixture::directory_fixture, test_env::TestEnv};

/// Returns a store in which a passcode and a user's passcode have the same name, and the id of the former. The statement
/// tampers with the store.
fn tampered_store(statement: &str) -> (TestEnv, String) {
    let mut env = directory_fixture();
    env.run_ok("grant-user ann@example.org --days 90");
    env.run_ok("grant-user bob@example.org --days 90");
    create_with_older_name(&mut env, "ann@example.org");
    let id = env.run_ok("list --kind account -q").trim_end().to_owned();
    let owner = rusqlite::Connection::open(env.store()).unwrap();
    assert_eq!(owner.execute(statement, []).unwrap(), 1);
    (env, id)
}

#[test]
fn a_tampered_credential_that_can_be_meant_is_reported() {
    for statement in [
        "update credential set note = 'x' where owner = 'ann@example.org' and kind = 'user'",
        "update holding set holder = 2 where owner_key = 'ann@example.org' and register = 'user'",
    ] {
        for verb in ["revoke", "delete", "reset", "edit --note x", "show"] {
            let (mut env, id) = tampered_store(statement);
            let output = env.run(&format!("{verb} ann@example.org --yes"));
            assert_eq!(output.exit, 8, "{verb}\n{output}");
            // The id has one meaning.
            let output = env.run(&format!("{verb} {id} --yes"));
            assert_eq!(output.exit, 0, "{verb}\n{output}");
        }
    }
}

#[test]
fn a_tampered_credential_that_cannot_be_meant_is_no_obstacle() {
    let statement = "update credential set note = 'x' where owner = 'bob@example.org'";
    let (mut env, _) = tampered_store(statement);
    let output = env.run("revoke ann@example.org --yes");
    assert_eq!(output.exit, 4, "{output}");
    env.run_ok("create acme --days 9");
    for verb in ["show", "edit --note x", "reset", "revoke", "delete"] {
        let output = env.run(&format!("{verb} acme --yes"));
        assert_eq!(output.exit, 0, "{verb}\n{output}");
    }
}
