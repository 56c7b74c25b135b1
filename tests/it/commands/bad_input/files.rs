//! Problems with the store file, the key file and the clock.

use std::fs;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::fs::symlink;
use std::path::Path;

use insta::assert_snapshot;
use rusqlite::Connection;

use super::case::{Case, parse_json_error, rows};
use crate::support::{
    credentials_fixture::credentials_fixture,
    test_env::{CommandOutput, TestEnv},
};

#[rustfmt::skip] // One row a line.
pub fn cases() -> Vec<Case> {
    [
        rows(3, &[("no store", "list --store ~/none/store.db", "no store at")]),
        rows(7, &[
            ("directory as the store", "list --store ~/", "a directory, not a file"),
            ("no key file", "list --key-file ~/none", "key file "),
            ("directory as the key file", "list --key-file ~/", "a directory, not a file"),
        ]),
    ]
    .concat()
}

#[test]
fn the_key_of_another_store_is_rejected() {
    let mut env = credentials_fixture();
    let dir = env.path("other");
    fs::create_dir(&dir).unwrap();
    fs::set_permissions(&dir, Permissions::from_mode(0o700)).unwrap();
    let at = dir.display().to_string();
    env.run_ok(&format!("create acme --days 9 --store {at}/store.db --key-file {at}/key"));
    let rejection = env.run(&format!("list --key-file {at}/key"));
    assert_snapshot!(rejection, @"
    exit 7
    -- stderr
    error: the key does not belong to this store
    hint: use the store's own key with --key-file, or restore it with gatepass key import
    ");
    assert_eq!(env.run(&format!("create new --days 9 --key-file {at}/key")), rejection);
    assert_eq!(
        parse_json_error(&env.run(&format!("doctor --json --key-file {at}/key")))["code"],
        "wrong_key"
    );
}

#[test]
fn files_accessible_to_other_users_are_rejected() {
    let mut env = credentials_fixture();
    let mode = |path, mode| fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    mode(env.key(), 0o644);
    assert_snapshot!(env.run("list"), @"
    exit 7
    -- stderr
    error: ~/.config/gatepass/key is accessible to other users (mode 0644)
    hint: chmod 600 ~/.config/gatepass/key
    ");
    mode(env.key(), 0o600);
    mode(env.store(), 0o666);
    assert_snapshot!(env.run("list"), @"
    exit 7
    -- stderr
    error: ~/.local/share/gatepass/store.db is accessible to other users (mode 0666)
    hint: chmod 600 ~/.local/share/gatepass/store.db
    ");
    mode(env.store(), 0o600);
    mode(env.store().parent().unwrap().to_owned(), 0o777);
    assert_snapshot!(env.run("list"), @"
    exit 7
    -- stderr
    error: directory ~/.local/share/gatepass is writable by other users (mode 0777)
    hint: chmod go-w ~/.local/share/gatepass
    ");
    mode(env.store().parent().unwrap().to_owned(), 0o700);
    symlink(env.store(), env.path("link.db")).unwrap();
    let link = format!("list --store {}", env.path("link.db").display());
    assert_snapshot!(env.run(&link), @"
    exit 7
    -- stderr
    error: ~/link.db is a symbolic link
    hint: give the path of the file itself: readlink -f ~/link.db
    ");
    fs::hard_link(env.store(), env.path("twin.db")).unwrap();
    assert_snapshot!(env.run("list"), @"
    exit 7
    -- stderr
    error: ~/.local/share/gatepass/store.db has 2 hard links; only one is allowed
    hint: find the other links: find / -xdev -samefile ~/.local/share/gatepass/store.db
    ");
}

#[test]
fn foreign_files_are_left_unchanged() {
    let mut env = credentials_fixture();
    let bytes = env.file("bytes.db", [0x5a; 9000]);
    assert_snapshot!(rejection(&mut env, &bytes), @"
    exit 1
    -- stderr
    error: ~/bytes.db is not a gatepass store
    hint: nothing was changed; check --store
    ");
    let foreign = env.file("foreign.db", "");
    let database = Connection::open(&foreign).unwrap();
    database.execute_batch("create table theirs (it); insert into theirs values (1)").unwrap();
    drop(database);
    assert_snapshot!(rejection(&mut env, &foreign), @"
    exit 1
    -- stderr
    error: ~/foreign.db is not a gatepass store
    hint: nothing was changed; check --store
    ");
    let newer = env.file("newer.db", fs::read(env.store()).unwrap());
    let database = Connection::open(&newer).unwrap();
    database.pragma_update(None, "user_version", 1000).unwrap();
    drop(database);
    assert_snapshot!(rejection(&mut env, &newer), @"
    exit 1
    -- stderr
    error: the store has version 1000; this gatepass supports versions up to 6
    hint: nothing was changed; use the version of gatepass that wrote it, or a newer one
    ");
}

/// Returns the output of a command that reads and of one that writes, which must be the same and leave the file unchanged.
fn rejection(env: &mut TestEnv, store: &Path) -> CommandOutput {
    let before = fs::read(store).unwrap();
    let output = env.run(&format!("list --store {}", store.display()));
    assert_eq!(env.run(&format!("create new --days 9 --store {}", store.display())), output);
    assert_eq!(fs::read(store).unwrap(), before);
    output
}

#[test]
fn a_damaged_store_is_an_integrity_error_and_is_kept() {
    let mut env = credentials_fixture();
    let intact = fs::read(env.store()).unwrap();
    let mut damaged = intact.clone();
    damaged[4096..].fill(0x5a);
    let path = env.file("damaged.db", &damaged);
    for line in [
        "list",
        "create new --days 9",
        "doctor",
        "audit verify",
        "revoke acme --yes",
        "show acme --json",
    ] {
        let output = env.run(&format!("{line} --store {}", path.display()));
        assert_eq!(output.exit, 8, "{line}: {output}");
    }
    let output = env.run_with_input(
        &format!("verify --store {}", path.display()),
        format!("gpa_{}", "0".repeat(49)),
    );
    assert!(output.exit == 10 || output.exit == 8, "{output}");
    assert_eq!(env.run(&format!("check --store {}", path.display())).exit, 3);
    assert_eq!(fs::read(&path).unwrap(), damaged);
    let cut = env.file("cut.db", &intact[..intact.len() / 2]);
    let output = env.run(&format!("create new --days 9 --store {}", cut.display()));
    assert_eq!(output.exit, 8, "{output}");
    assert_eq!(fs::read(&cut).unwrap(), &intact[..intact.len() / 2]);
}

#[test]
fn a_clock_set_back_blocks_changes_until_accepted() {
    let mut env = TestEnv::new();
    env.run_ok("create acme --days 9");
    let brief = env.run_for_secret("create brief --days 1");
    env.advance_days(2);
    env.run_ok("edit acme --note x");
    // A difference of one minute is tolerated.
    env.advance_seconds(-60);
    assert_eq!(env.run_ok("edit acme --note y --field note"), "y\n");
    env.advance_seconds(-1);
    assert_snapshot!(env.run("edit acme --note z"), @"
    exit 7
    -- stderr
    error: the clock is at 2026-11-24T05:58:59Z, but the store's last record is from 2026-11-24T06:00:00Z
    hint: correct the clock; if it is right, use --accept-clock once
    ");
    for line in [
        "create new --days 9",
        "revoke acme --yes",
        "delete acme --yes",
        "reset acme --yes",
        "grant-user a@x.org --days 9",
    ] {
        assert_eq!(env.run(line).exit, 7, "{line}");
    }
    // Two days back: what had expired by the last record stays expired.
    env.advance_days(-2);
    assert_eq!(env.run_with_input("verify", &brief).exit, 11);
    assert_eq!(env.run_ok("list --state expired --field name"), "brief\n");
    assert_eq!(env.run("check").exit, 2);
    assert_snapshot!(env.run("doctor"), @"
    exit 0
    -- stdout
    store    ~/.local/share/gatepass/store.db (version 6)
    key      ~/.config/gatepass/key (078f3070)
    account  RZ5-76K-665Z (main)
    advice: the key has no backup; without it the store cannot be read (back it up: gatepass key export --out FILE)
    advice: the clock is at 2026-11-22T05:58:59Z, but the last record is from 2026-11-24T06:00:00Z
    advice: 1 credential has expired (gatepass delete --expired)
    No problems found
    ");
    assert_snapshot!(env.run("edit acme --note z --accept-clock --field note"), @"
    exit 0
    -- stdout
    z
    ");
    assert_eq!(env.run_ok("edit acme --note once --field note"), "once\n");
    assert!(env.run_ok("audit list").contains("clock-accept"));
    assert_eq!(env.run("audit verify").exit, 0);
}
