//! `key`.

use std::{fs, os::unix::fs::PermissionsExt};

use insta::assert_snapshot;

use crate::support::test_env::TestEnv;

#[test]
fn a_lost_key_is_restored_from_a_backup() {
    let mut env = TestEnv::new();
    let secret = env.run_for_secret("create acme --days 9");
    let copy = env.path("escrow");
    assert_snapshot!(env.run(&format!("key export --out {}", copy.display())), @"
    exit 0
    ");
    assert_eq!(fs::read(&copy).unwrap(), fs::read(env.key()).unwrap());
    fs::remove_file(env.key()).unwrap();
    assert_snapshot!(env.run("list"), @"
    exit 7
    -- stderr
    error: key file ~/.config/gatepass/key not found
    hint: give its path with --key-file, or restore a backup with gatepass key import
    ");
    env.terminal.stderr = true;
    assert_snapshot!(env.run(&format!("key import {} -n", copy.display())), @"
    exit 0
    -- stderr
    The key is valid.
    This was a dry run: nothing was changed.
    ");
    let output = env.run(&format!("key import {}", copy.display()));
    assert_eq!(output.exit, 0);
    assert!(
        output.stderr.starts_with("Restored key ")
            && output.stderr.ends_with(" to ~/.config/gatepass/key.\n"),
        "{output}"
    );
    assert_eq!(env.run_with_input("verify", &secret).exit, 0);
    assert_snapshot!(env.run(&format!("key import {}", copy.display())), @"
    exit 0
    -- stderr
    Key 078f3070 is already at ~/.config/gatepass/key.
    ");
}

#[test]
fn export_and_import_work_through_pipes() {
    let mut env = TestEnv::new();
    env.run_ok("create acme --days 9");
    let key = env.run_ok("key export");
    fs::remove_file(env.key()).unwrap();
    assert_eq!(env.run_with_input("key import -", &key).exit, 0);
    assert_eq!(env.run("list").exit, 0);
}

#[test]
fn a_key_can_be_imported_before_its_store_exists() {
    let mut env = TestEnv::new();
    env.run_ok("create acme --days 9");
    let key = env.run_ok("key export");
    let mut other = TestEnv::new();
    assert_eq!(other.run_with_input("key import -", &key).exit, 0);
    assert_eq!(other.run("create acme --days 9").exit, 3, "the store may follow");
    let output = other.run("create acme --days 9 --new-store");
    assert_eq!(output.exit, 0, "{output}");
    assert_eq!(fs::read_to_string(other.key()).unwrap(), key);
}

#[test]
fn at_a_terminal_printing_the_key_needs_confirmation() {
    let mut env = TestEnv::with_terminal();
    env.run_ok("create acme --days 9");
    env.answers.push_back("n".to_owned());
    assert_snapshot!(env.run("key export"), @"
    exit 1
    -- stderr
    ? Print the master key on the terminal? n
    Cancelled; nothing was changed
    ");
}

#[test]
fn a_failed_export_is_not_recorded_as_a_backup() {
    let mut env = TestEnv::new();
    env.run_ok("create acme --days 9");
    env.stdout_limit = Some(0);
    assert_snapshot!(env.run("key export"), @"
    exit 1
    -- stderr
    error: the key could not be written: broken pipe
    ");
    env.stdout_limit = None;
    let there = env.file("there", "mine");
    assert_snapshot!(env.run(&format!("key export --out {}", there.display())), @"
    exit 4
    -- stderr
    error: ~/there already exists, and a secret never overwrites a file
    hint: use another file name for --out
    ");
    assert_eq!(fs::read(&there).unwrap(), b"mine");
    assert!(env.run_ok("doctor").contains("has no backup"));
}

#[test]
fn malformed_and_foreign_keys_are_rejected() {
    let mut env = TestEnv::new();
    env.run_ok("create acme --days 9");
    fs::remove_file(env.key()).unwrap();
    assert_snapshot!(env.run_with_input("key import -", "nonsense"), @"
    exit 2
    -- stderr
    error: stdin does not contain a key
    ");
    assert_snapshot!(env.run(&format!("key import {}", env.path("none").display())), @"
    exit 1
    -- stderr
    error: ~/none could not be read: No such file or directory (os error 2)
    ");
    // The key of another store.
    let mut other = TestEnv::new();
    other.run_ok("create first --days 9");
    let key = another_key(&mut other);
    assert_snapshot!(env.run_with_input("key import -", &key), @"
    exit 7
    -- stderr
    error: the key does not belong to this store
    hint: use the store's own key with --key-file, or restore it with gatepass key import
    ");
    assert!(!env.key().exists());
}

#[test]
fn what_editors_add_around_a_key_is_ignored() {
    let mut env = TestEnv::new();
    env.run_ok("create acme --days 9");
    let key = env.run_ok("key export");
    for text in [key.trim_end().to_owned(), format!("\u{feff}{}\r\n", key.trim_end())] {
        fs::remove_file(env.key()).unwrap();
        let output = env.run_with_input("key import -", &text);
        assert_eq!(output.exit, 0, "{output}");
        assert_eq!(fs::read_to_string(env.key()).unwrap(), key, "the file is as it was");
        env.file(".config/gatepass/key", &text);
        assert_eq!(env.run_ok("list --field name"), "acme\n");
        let credentials = env.path("credentials");
        fs::create_dir_all(&credentials).unwrap();
        env.file("credentials/gatepass-key", &text);
        env.env.insert("CREDENTIALS_DIRECTORY".into(), credentials.into());
        assert_eq!(env.run_ok("list --field name"), "acme\n");
        env.env.remove(std::ffi::OsStr::new("CREDENTIALS_DIRECTORY"));
    }
    let utf_16: Vec<u8> = key.encode_utf16().flat_map(u16::to_le_bytes).collect();
    env.file("utf-16", &utf_16);
    assert_snapshot!(env.run("key import ~/utf-16"), @"
    exit 2
    -- stderr
    error: ~/utf-16 is saved as UTF-16, which a key file can't be; save it as UTF-8 or ASCII
    ");
    env.file(".config/gatepass/key", &utf_16);
    assert_snapshot!(env.run("list"), @"
    exit 7
    -- stderr
    error: ~/.config/gatepass/key is saved as UTF-16, which a key file can't be
    hint: save it as UTF-8 or ASCII
    ");
}

#[test]
fn at_a_terminal_the_key_is_prompted_without_echo() {
    let mut env = TestEnv::with_terminal();
    env.run_ok("create acme --days 9");
    let key = fs::read_to_string(env.key()).unwrap();
    fs::remove_file(env.key()).unwrap();
    env.answers.push_back(key.trim_end().to_owned());
    assert_snapshot!(env.run("key import -"), @"
    exit 0
    -- stderr
    ? Master key? (hidden)
    Restored key 078f3070 to ~/.config/gatepass/key.
    ");
    assert_eq!(fs::read_to_string(env.key()).unwrap(), key);
}

/// Returns the key of another store.
fn another_key(env: &mut TestEnv) -> String {
    let place = env.path("another");
    fs::create_dir(&place).unwrap();
    fs::set_permissions(&place, PermissionsExt::from_mode(0o700)).unwrap();
    let at = place.display();
    env.run_ok(&format!("create one --days 1 --store {at}/store.db --key-file {at}/key"));
    fs::read_to_string(place.join("key")).unwrap()
}
