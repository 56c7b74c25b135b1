//! `key`

use std::{fs, os::unix::fs::PermissionsExt};

use insta::assert_snapshot;

use crate::support::test_env::TestEnv;

#[test]
fn a_lost_key_is_restored_from_a_backup() {
    let mut world = TestEnv::new();
    let secret = world.run_for_secret("create acme --days 9");
    let copy = world.path("escrow");
    assert_snapshot!(world.run(&format!("key export --out {}", copy.display())), @"
    exit 0
    -- stdout
    -- stderr
    ");
    assert_eq!(fs::read(&copy).unwrap(), fs::read(world.key()).unwrap());
    fs::remove_file(world.key()).unwrap();
    assert_snapshot!(world.run("list"), @"
    exit 7
    -- stdout
    -- stderr
    error: there is no key file at ~/.config/gatepass/key
    hint: name it with --key-file, or bring back a copy with gatepass key import
    ");
    world.terminal.stderr = true;
    assert_snapshot!(world.run(&format!("key import {} -n", copy.display())), @"
    exit 0
    -- stdout
    -- stderr
    This was a dry run: the key fits, and nothing was changed.
    ");
    let said = world.run(&format!("key import {}", copy.display()));
    assert_eq!(said.exit, 0);
    assert!(
        said.stderr.starts_with("The key ")
            && said.stderr.ends_with(" is at ~/.config/gatepass/key.\n"),
        "{said}"
    );
    assert_eq!(world.run_with_input("verify", &secret).exit, 0);
    assert_snapshot!(world.run(&format!("key import {}", copy.display())), @"
    exit 4
    -- stdout
    -- stderr
    error: there is a key at ~/.config/gatepass/key already
    hint: move it away first, if it is the wrong one
    ");
}

#[test]
fn export_and_import_work_through_pipes() {
    let mut world = TestEnv::new();
    world.run_ok("create acme --days 9");
    let key = world.run_ok("key export");
    fs::remove_file(world.key()).unwrap();
    assert_eq!(world.run_with_input("key import -", &key).exit, 0);
    assert_eq!(world.run("list").exit, 0);
}

#[test]
fn a_key_can_be_imported_before_its_store_exists() {
    let mut world = TestEnv::new();
    world.run_ok("create acme --days 9");
    let key = world.run_ok("key export");
    let mut other = TestEnv::new();
    assert_eq!(other.run_with_input("key import -", &key).exit, 0);
    let said = other.run("create acme --days 9");
    assert_eq!(said.exit, 0, "{said}");
    assert_eq!(fs::read_to_string(other.key()).unwrap(), key);
}

#[test]
fn at_a_terminal_printing_the_key_needs_confirmation() {
    let mut world = TestEnv::with_terminal();
    world.run_ok("create acme --days 9");
    world.answers.push_back("n".to_owned());
    assert_snapshot!(world.run("key export"), @"
    exit 1
    -- stdout
    -- stderr
    ? Print the master key on this screen? n
    error: nothing was changed
    ");
}

#[test]
fn a_failed_export_is_not_recorded_as_a_backup() {
    let mut world = TestEnv::new();
    world.run_ok("create acme --days 9");
    world.stdout_limit = Some(0);
    assert_snapshot!(world.run("key export"), @"
    exit 1
    -- stdout
    -- stderr
    error: the key could not be written: broken pipe
    ");
    world.stdout_limit = None;
    let there = world.file("there", "mine");
    assert_snapshot!(world.run(&format!("key export --out {}", there.display())), @"
    exit 4
    -- stdout
    -- stderr
    error: ~/there exists already; a secret never overwrites a file
    hint: give --out another name
    ");
    assert_eq!(fs::read(&there).unwrap(), b"mine");
    assert!(world.run_ok("doctor").contains("never escrowed"));
}

#[test]
fn malformed_and_foreign_keys_are_rejected() {
    let mut world = TestEnv::new();
    world.run_ok("create acme --days 9");
    fs::remove_file(world.key()).unwrap();
    assert_snapshot!(world.run_with_input("key import -", "nonsense"), @"
    exit 2
    -- stdout
    -- stderr
    error: - holds no key
    ");
    assert_snapshot!(world.run(&format!("key import {}", world.path("none").display())), @"
    exit 1
    -- stdout
    -- stderr
    error: ~/none could not be read: No such file or directory (os error 2)
    ");
    // The key of another store.
    let mut other = TestEnv::new();
    other.run_ok("create first --days 9");
    let key = another_key(&mut other);
    assert_snapshot!(world.run_with_input("key import -", &key), @"
    exit 7
    -- stdout
    -- stderr
    error: the key does not belong to this store
    hint: give the store's own key with --key-file, or bring it back with gatepass key import
    ");
    assert!(!world.key().exists());
}

/// The key of a store that was made later than others in its world.
fn another_key(world: &mut TestEnv) -> String {
    let place = world.path("another");
    fs::create_dir(&place).unwrap();
    fs::set_permissions(&place, PermissionsExt::from_mode(0o700)).unwrap();
    let at = place.display();
    world.run_ok(&format!("create one --days 1 --store {at}/store.db --key-file {at}/key"));
    fs::read_to_string(place.join("key")).unwrap()
}
