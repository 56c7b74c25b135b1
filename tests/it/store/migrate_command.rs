//! `store migrate`: its output, the copy that it keeps, and when it refuses.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    sync::mpsc,
    thread,
    time::Duration,
};

use gatepass::store::{self, sqlite::MIGRATIONS};
use insta::assert_snapshot;
use rusqlite::Connection;

use super::migration::{
    OLDER_VERSIONS, at_version, contents_of, copies, files_beside_store, store_from, version,
    version_of,
};
use crate::support::test_env::TestEnv;

fn owner(env: &TestEnv) -> Connection {
    Connection::open(env.store()).unwrap()
}

#[test]
fn it_reports_what_it_did() {
    let mut env = store_from("0.1.0");
    assert_snapshot!(env.run("store migrate --dry-run"), @"
    exit 0
    -- stderr
    This was a dry run: nothing was changed. It would have migrated store ~/.local/share/gatepass/store.db from version 1 to 6.
    ");
    assert_snapshot!(env.run("store migrate --dry-run --json"), @r#"
    exit 0
    -- stdout
    {
      "schema": "gatepass.store-migration/v1",
      "from_version": 1,
      "to_version": 6,
      "migrated": false,
      "copy": null,
      "verifies": true,
      "problems": [],
      "dry_run": true
    }
    -- stderr
    This was a dry run: nothing was changed. It would have migrated store ~/.local/share/gatepass/store.db from version 1 to 6.
    "#);
    assert_eq!(version(&env), 1);
    assert_snapshot!(env.run("store migrate"), @"
    exit 0
    -- stderr
    Migrated store ~/.local/share/gatepass/store.db from version 1 to 6. A copy of version 1 is at ~/.local/share/gatepass/store.db.version-1-20261202T060000Z.
    ");
    assert_snapshot!(env.run("store migrate"), @"
    exit 0
    -- stderr
    The store ~/.local/share/gatepass/store.db already has version 6.
    ");
    assert_snapshot!(env.run("store migrate --json"), @r#"
    exit 0
    -- stdout
    {
      "schema": "gatepass.store-migration/v1",
      "from_version": 6,
      "to_version": 6,
      "migrated": false,
      "copy": null,
      "verifies": true,
      "problems": [],
      "dry_run": false
    }
    "#);

    let mut env = store_from("0.1.0");
    assert_eq!(env.run("store migrate --field path").exit, 2);
    assert_eq!(version(&env), 1);
    assert_snapshot!(env.run("store migrate --field copy"), @"
    exit 0
    -- stdout
    ~/.local/share/gatepass/store.db.version-1-20261202T060000Z
    ");
    assert_snapshot!(store_from("0.1.0").run("store migrate --quiet"), @"exit 0");
    assert_snapshot!(store_from("0.1.0").run("store migrate --json"), @r#"
    exit 0
    -- stdout
    {
      "schema": "gatepass.store-migration/v1",
      "from_version": 1,
      "to_version": 6,
      "migrated": true,
      "copy": "~/.local/share/gatepass/store.db.version-1-20261202T060000Z",
      "verifies": true,
      "problems": [],
      "dry_run": false
    }
    "#);
}

#[test]
fn the_copy_is_the_old_version() {
    for version in OLDER_VERSIONS {
        let mut env = at_version(version);
        let rows = contents_of(&env.store());
        env.run_ok("store migrate");
        let copies = copies(&env);
        let [copy] = &copies[..] else { panic!("{copies:?}") };
        assert_eq!(fs::metadata(copy).unwrap().permissions().mode() & 0o7777, 0o600);
        assert_eq!((version_of(copy), contents_of(copy)), (version, rows));

        fs::copy(copy, env.store()).unwrap();
        assert_eq!(env.run("list").exit, 1);
        env.run_ok("store migrate");
        assert!(env.run_ok("doctor").ends_with("No problems found\n"), "version {version}");
    }
}

/// A copy with the same time gets another name.
#[test]
fn copies_are_never_overwritten() {
    let mut env = store_from("0.1.0");
    let (old, rows) = (fs::read(env.store()).unwrap(), contents_of(&env.store()));
    for number in 1..=3 {
        fs::write(env.store(), &old).unwrap();
        env.run_ok("store migrate");
        assert_eq!(copies(&env).len(), number);
    }
    assert!(copies(&env).iter().all(|copy| contents_of(copy) == rows));
}

/// The rows are authenticated, so a change outside gatepass is found before anything is migrated.
#[test]
fn a_store_with_a_problem_is_refused() {
    for version in OLDER_VERSIONS {
        let mut env = at_version(version);
        owner(&env).execute("update credential set note = 'x' where owner = 'acme'", []).unwrap();
        let before = contents_of(&env.store());
        if version == 1 {
            assert_snapshot!(env.run("store migrate"), @"
            exit 8
            -- stdout
            problem: account passcode pc_65511a5d129d4ed6c9cd2b3f (acme) was changed outside gatepass
            problem: a digest belongs to account passcode pc_65511a5d129d4ed6c9cd2b3f (acme), which is missing or was changed
            problem: a name is wrongly held by account passcode pc_65511a5d129d4ed6c9cd2b3f (acme)
            problem: the counter with key -2 is wrong
            problem: the counter with key 20869 is wrong
            5 problems: keep the store as it is and restore a backup
            ");
            assert_snapshot!(env.run("store migrate --json"), @r#"
            exit 8
            -- stdout
            {
              "schema": "gatepass.store-migration/v1",
              "from_version": 1,
              "to_version": 6,
              "migrated": false,
              "copy": null,
              "verifies": false,
              "problems": [
                "account passcode pc_65511a5d129d4ed6c9cd2b3f (acme) was changed outside gatepass",
                "a digest belongs to account passcode pc_65511a5d129d4ed6c9cd2b3f (acme), which is missing or was changed",
                "a name is wrongly held by account passcode pc_65511a5d129d4ed6c9cd2b3f (acme)",
                "the counter with key -2 is wrong",
                "the counter with key 20869 is wrong"
              ],
              "dry_run": false
            }
            "#);
        }
        for line in ["store migrate", "store migrate --quiet", "store migrate --dry-run"] {
            let output = env.run(line);
            assert_eq!(output.exit, 8, "{line}: {output}");
            assert!(output.stdout.starts_with("problem: "), "{line}: {output}");
            assert_eq!((self::version(&env), contents_of(&env.store())), (version, before.clone()));
            assert_eq!(files_beside_store(&env), ["store.db"], "{line}");
        }
    }
}

#[test]
fn a_store_that_is_missing_newer_or_foreign_is_refused() {
    let mut env = TestEnv::new();
    assert_snapshot!(env.run("store migrate"), @"
    exit 3
    -- stderr
    error: no store at ~/.local/share/gatepass/store.db
    hint: gatepass create creates one; if there is one, check --store, GATEPASS_STORE and HOME
    ");
    assert_eq!(fs::read_dir(env.path("")).unwrap().count(), 0, "nothing is created");

    let mut env = store_from("0.1.0");
    owner(&env).pragma_update(None, "user_version", MIGRATIONS.len() as i64 + 1).unwrap();
    let output = env.run("store migrate");
    assert_eq!(output.exit, 1, "{output}");
    assert!(output.stderr.contains("use the version of gatepass that wrote it"), "{output}");

    let mut env = store_from("0.1.0");
    fs::write(env.store(), "three\n").unwrap();
    assert_snapshot!(env.run("store migrate"), @"
    exit 1
    -- stderr
    error: ~/.local/share/gatepass/store.db is not a gatepass store
    hint: nothing was changed; check --store
    ");
    assert_eq!(fs::read(env.store()).unwrap(), b"three\n");
}

#[test]
fn the_key_of_another_store_is_refused() {
    for version in OLDER_VERSIONS {
        let mut env = at_version(version);
        let before = fs::read(env.store()).unwrap();
        use_other_key(&env);
        for line in ["store migrate", "store migrate --dry-run"] {
            let output = env.run(line);
            assert_eq!(output.exit, 7, "{line}: {output}");
            assert!(output.stderr.contains("the key does not belong to this store"), "{output}");
            assert!(fs::read(env.store()).unwrap() == before, "{line}");
            assert_eq!(files_beside_store(&env), ["store.db"]);
        }
    }
    let mut env = TestEnv::new();
    env.run_ok("create acme --days 9");
    use_other_key(&env);
    assert_eq!(env.run("store migrate").exit, 7, "also if the store has the newest version");
}

fn use_other_key(env: &TestEnv) {
    let mut other = TestEnv::new();
    other.reseed(9);
    other.run_ok("create acme --days 9");
    fs::copy(other.key(), env.key()).unwrap();
}

#[test]
fn a_file_that_others_can_read_is_refused() {
    let mut env = store_from("0.1.0");
    fs::set_permissions(env.store(), Permissions::from_mode(0o644)).unwrap();
    assert_eq!(env.run("store migrate").exit, 7);
    assert_eq!(version(&env), 1);
}

#[test]
fn a_store_that_another_process_writes_is_busy() {
    let mut env = store_from("0.1.0");
    let writer = owner(&env);
    writer.execute_batch("begin immediate").unwrap();
    let output = env.run("store migrate");
    assert_eq!(output.exit, 6, "{output}");
    drop(writer);
    env.run_ok("store migrate");
}

/// An older gatepass that writes when the migration begins finishes first, and its change is migrated.
#[test]
fn a_migration_waits_for_a_writer() {
    let mut env = store_from("0.1.0");
    let (began, begins) = mpsc::channel();
    let file = env.store();
    thread::scope(|scope| {
        scope.spawn(move || {
            let writer = Connection::open(file).unwrap();
            writer.execute_batch("begin immediate; update head set mac = mac").unwrap();
            began.send(()).unwrap();
            thread::sleep(Duration::from_millis(300));
            writer.execute_batch("commit").unwrap();
        });
        begins.recv().unwrap();
        env.run_ok("store migrate");
    });
    assert!(env.run_ok("doctor").ends_with("No problems found\n"));
}

/// Until the migration commits, others can read the old version, but nobody can write.
#[test]
fn a_locked_store_can_be_read() {
    let env = store_from("0.1.0");
    let before = contents_of(&env.store());
    let mut locked = store::lock(&env.store().into()).unwrap();
    drop(locked.rehearse().unwrap());
    assert_eq!(contents_of(&env.store()), before);
    let writer = owner(&env);
    writer.busy_timeout(Duration::ZERO).unwrap();
    assert!(writer.execute_batch("begin immediate").is_err());
    drop(locked);
    writer.execute_batch("begin immediate; rollback").unwrap();
    drop(writer);
    assert_eq!(files_beside_store(&env), ["store.db"]);
}

/// A process that is killed leaves temporary files. The next migration removes them.
#[test]
fn temporary_files_of_a_killed_process_are_removed() {
    let mut env = store_from("0.1.0");
    for name in ["copy", "copy-wal", "rehearsal", "rehearsal-journal", "rehearsal-shm"] {
        fs::write(env.store().with_file_name(format!("store.db.migration-{name}")), "x").unwrap();
    }
    env.run_ok("store migrate");
    assert_eq!(files_beside_store(&env).len(), 2);
}
