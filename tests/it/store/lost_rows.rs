//! SQLite checks its own indexes: a row that one of them has lost does not look like one that never was.

use rusqlite::Connection;

use crate::support::test_env::TestEnv;

/// Gives a table or an index the pages of a new, empty one. `like` creates that one, with the name `emptied`.
fn lose_rows(env: &TestEnv, of: &str, like: &str) {
    let owner = Connection::open(env.store()).unwrap();
    owner.execute_batch(&format!("pragma writable_schema = on; {like}")).unwrap();
    let swapped = owner.execute(
        "update sqlite_schema set rootpage = \
            (select rootpage from sqlite_schema where name = 'emptied') where name = ?1",
        [of],
    );
    assert_eq!(swapped.unwrap(), 1, "{of}");
    owner.execute("delete from sqlite_schema where name = 'emptied'", []).unwrap();
}

/// Runs commands that must fail because an index does not agree with another one.
fn assert_detected(env: &mut TestEnv, lines: &[&str], message: &str) {
    for line in lines {
        let output = env.run(line);
        assert_eq!(output.exit, 8, "{line}\n{output}");
        assert!(output.stderr.contains(message), "{line}\n{output}");
    }
}

#[test]
fn a_name_that_one_index_has_lost_is_neither_free_nor_unknown() {
    let copy_of_table = "create table emptied (account integer, register text, owner_key text, \
        holder integer, mac blob, primary key (account, register, owner_key)) without rowid";
    let copy_of_index = "create index emptied on holding (owner_key, register, account) where 0";
    for (of, like) in [("holding", copy_of_table), ("holding_name", copy_of_index)] {
        let mut env = TestEnv::new();
        env.run_ok("create acme --days 90");
        lose_rows(&env, of, like);
        let lines = ["show acme", "create acme --days 90"];
        assert_detected(&mut env, &lines, "an index of names is wrong");
    }
}

#[test]
fn an_id_that_the_index_has_lost_does_not_make_another_one_unique() {
    let mut env = TestEnv::new();
    env.run_ok("create acme --days 90");
    let id = env.run_ok("show acme --field id");
    let owner = Connection::open(env.store()).unwrap();
    let indexes = "select name from pragma_index_list('credential') where origin = 'u'";
    let index: String = owner.query_row(indexes, [], |row| row.get(0)).unwrap();
    drop(owner);
    lose_rows(&env, &index, "create index emptied on credential (id) where 0");
    assert_detected(&mut env, &[&format!("show {}", &id[..9])], "the index of ids is wrong");
}
