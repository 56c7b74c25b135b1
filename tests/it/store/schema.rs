//! The SQLite file: its schema, foreign files and concurrent creation.

use std::{fs, os::unix::fs::PermissionsExt, path::Path, sync::Barrier, thread};

use gatepass::store::{
    Access, LockWait, Mode, Store, StoreError,
    port::backend::Backend,
    sqlite::{MIGRATIONS, SqliteBackend},
};
use rusqlite::Connection;

use crate::support::{
    private_dir::PrivateDir,
    records::{keys, now},
};

const EVERY_MODE: [Mode; 3] = [Mode::Read, Mode::Write, Mode::Create];

fn open(path: &Path, mode: Mode) -> Result<SqliteBackend, StoreError> {
    SqliteBackend::open(path, mode, LockWait::UntilTimeout)
}

fn open_error(path: &Path, mode: Mode) -> StoreError {
    match open(path, mode) {
        Err(error) => error,
        Ok(_) => panic!("{mode:?} opened {}", path.display()),
    }
}

fn pragma(file: &Path, name: &str) -> i64 {
    let connection = Connection::open(file).unwrap();
    connection.query_row(&format!("pragma {name}"), [], |row| row.get(0)).unwrap()
}

#[test]
fn a_new_store_has_our_application_id_and_the_newest_version() {
    let dir = PrivateDir::new();
    let file = dir.join("store.db");
    drop(open(&file, Mode::Create).unwrap());
    assert_eq!(pragma(&file, "application_id"), i64::from(u32::from_be_bytes(*b"GTPS")));
    assert_eq!(pragma(&file, "user_version"), MIGRATIONS.len() as i64);
}

#[test]
fn a_store_of_a_newer_version_is_left_unchanged() {
    let dir = PrivateDir::new();
    let file = dir.join("store.db");
    drop(open(&file, Mode::Create).unwrap());
    let newer = MIGRATIONS.len() as i64 + 1;
    Connection::open(&file).unwrap().pragma_update(None, "user_version", newer).unwrap();
    let before = fs::read(&file).unwrap();
    for mode in EVERY_MODE {
        let error = open_error(&file, mode);
        assert!(
            matches!(error, StoreError::Newer { found, known, .. } if found == newer && known == newer - 1),
            "{mode:?}: {error}"
        );
        assert_eq!(fs::read(&file).unwrap(), before, "{mode:?}");
    }
}

#[test]
fn foreign_files_are_left_unchanged() {
    let dir = PrivateDir::new();
    let foreign: [(&str, MakeFile); 5] = [
        ("another database", |file| sqlite(file, "create table account (id text)")),
        ("a database with an application id", |file| sqlite(file, "pragma application_id = 7")),
        ("a text", |file| fs::write(file, "three\n").unwrap()),
        ("zeros", |file| fs::write(file, [0; 8192]).unwrap()),
        ("noise", |file| fs::write(file, random_bytes(10_000)).unwrap()),
    ];
    for (name, make) in foreign {
        let file = dir.join(name);
        make(&file);
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        let before = fs::read(&file).unwrap();
        for mode in EVERY_MODE {
            let error = open_error(&file, mode);
            assert!(matches!(error, StoreError::NotAStore(_)), "{name}, {mode:?}: {error}");
            assert_eq!(fs::read(&file).unwrap(), before, "{name}, {mode:?}");
        }
    }
}

type MakeFile = fn(&Path);

fn sqlite(file: &Path, statement: &str) {
    Connection::open(file).unwrap().execute_batch(statement).unwrap();
}

fn random_bytes(length: usize) -> Vec<u8> {
    use rand_chacha::rand_core::Rng;
    let mut bytes = vec![0; length];
    crate::support::records::entropy(1).fill_bytes(&mut bytes);
    bytes
}

#[test]
fn an_absent_or_empty_file_becomes_a_store_only_in_create_mode() {
    let dir = PrivateDir::new();
    let file = dir.join("store.db");
    for mode in [Mode::Read, Mode::Write] {
        assert!(matches!(open_error(&file, mode), StoreError::Missing(_)), "{mode:?}");
        assert!(!file.exists(), "{mode:?}");
    }
    // A process that is killed before its first transaction leaves an empty file.
    fs::write(&file, "").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    for mode in [Mode::Read, Mode::Write] {
        assert!(matches!(open_error(&file, mode), StoreError::Missing(_)), "{mode:?}");
        assert_eq!(fs::read(&file).unwrap(), b"", "{mode:?}");
    }
    assert!(open(&file, Mode::Create).is_ok());

    let nowhere = dir.join("no/such/directory/store.db");
    assert!(matches!(open_error(&nowhere, Mode::Read), StoreError::Missing(_)));
    assert!(open(&nowhere, Mode::Create).is_ok());
}

/// A process that is killed between its first two transactions leaves tables without rows.
#[test]
fn a_store_that_was_never_initialized_is_missing_until_a_process_completes_it() {
    let dir = PrivateDir::new();
    for version in 1..=MIGRATIONS.len() {
        let file = dir.join(&format!("{version}.db"));
        drop(open(&file, Mode::Create).unwrap());
        if version < MIGRATIONS.len() {
            fs::remove_file(&file).unwrap();
            sqlite(&file, &MIGRATIONS[..version].concat());
            sqlite(&file, &format!("pragma application_id = {}", u32::from_be_bytes(*b"GTPS")));
            sqlite(&file, &format!("pragma user_version = {version}"));
            fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        }
        for mode in [Mode::Read, Mode::Write] {
            let error = open_error(&file, mode);
            assert!(matches!(error, StoreError::Missing(_)), "{version}, {mode:?}: {error}");
        }
        let store = Store::new(Box::new(open(&file, Mode::Create).unwrap()), keys(1));
        store.init(now()).unwrap().commit().unwrap();
        for mode in EVERY_MODE {
            assert!(open(&file, mode).is_ok(), "{version}, {mode:?}");
        }
        assert_eq!(pragma(&file, "user_version"), MIGRATIONS.len() as i64);
    }
}

#[test]
fn many_can_open_a_new_store_at_once() {
    const ROUNDS: usize = 20;
    const RACERS: usize = 32;
    for round in 0..ROUNDS {
        let dir = PrivateDir::new();
        let file = dir.join("store.db");
        let start = Barrier::new(RACERS);
        let race = || {
            start.wait();
            let backend = open(&file, Mode::Create)?;
            let is_uninitialized = backend.begin(Access::Write)?.head.is_none();
            Ok::<_, StoreError>(is_uninitialized)
        };
        let outcomes: Vec<_> = thread::scope(|scope| {
            let racers: Vec<_> = (0..RACERS).map(|_| scope.spawn(race)).collect();
            racers.into_iter().map(|racer| racer.join().unwrap()).collect()
        });
        assert!(
            outcomes.iter().all(|outcome| matches!(outcome, Ok(true))),
            "{round}: {outcomes:?}"
        );
    }
}

#[test]
fn every_file_of_a_store_is_private() {
    let dir = PrivateDir::new();
    let backend = open(&dir.join("store.db"), Mode::Create).unwrap();
    let _writing = backend.begin(Access::Write).unwrap();
    let mut modes: Vec<_> = fs::read_dir(dir.path())
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            let mode = entry.metadata().unwrap().permissions().mode() & 0o7777;
            (entry.file_name().into_string().unwrap(), format!("{mode:o}"))
        })
        .collect();
    modes.sort();
    let private = |name: &str| (name.to_owned(), "600".to_owned());
    assert_eq!(modes, ["store.db", "store.db-shm", "store.db-wal"].map(private));
}
