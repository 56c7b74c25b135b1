//! Faults during `store migrate`: the store has the old version or the new one, whole, and can be migrated again.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Child,
};

use gatepass::{keys::secure_fs::create_private_dir, store::sqlite::MIGRATIONS};

use super::fault_target::{Fault, FaultTarget, ensure};
use crate::{
    store::migration::{STORES, contents_of, version_of},
    support::process::{ProcessOutput, TestHome, finish},
};

/// Creates a home with the store and the key of 0.1.0.
fn older_home() -> TestHome {
    let home = TestHome::new();
    for (name, path) in [("store.db", home.store()), ("key", home.key())] {
        create_private_dir(path.parent().unwrap()).unwrap();
        fs::copy(Path::new(STORES).join("0.1.0").join(name), &path).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
    }
    home
}

/// Returns the files beside the store whose names contain `part`.
fn files(home: &TestHome, part: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(home.store().parent().unwrap()).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.filter(|path| path.to_str().unwrap().contains(part)).collect()
}

/// Checks a home after a fault, and migrates it again.
fn check(home: &TestHome, output: &ProcessOutput, fault: Fault) -> Result<(), String> {
    let old = contents_of(&Path::new(STORES).join("0.1.0/store.db"));
    let version = version_of(&home.store());
    let copies = files(home, ".version-");
    for copy in &copies {
        ensure(version_of(copy) == 1 && contents_of(copy) == old, "a copy is not the old store")?;
    }
    if version == 1 {
        ensure(output.code != Some(0), "acknowledged, but not migrated")?;
        ensure(contents_of(&home.store()) == old, "the old version is not whole")?;
        // A file that could not be removed remains.
        let can_remove = fault != Fault::Kill && !output.stderr.contains("unlink");
        ensure(!can_remove || copies.is_empty(), "a copy is left though nothing was migrated")?;
    } else {
        ensure(version == MIGRATIONS.len() as i64, "half migrated")?;
        ensure(copies.len() == 1, "migrated without a copy")?;
        ensure(!output.stderr.contains("nothing was changed"), "it reports no change")?;
    }
    let again = home.run("store migrate");
    ensure(again.code == Some(0), &format!("it can't be migrated again: {again:?}"))?;
    ensure(files(home, ".migration-").is_empty(), "a temporary file is left")?;
    let doctor = home.run("doctor");
    ensure(doctor.code == Some(0), &format!("doctor fails: {doctor:?}"))?;
    ensure(home.credentials().len() == 10, "a credential is missing")
}

#[test]
fn a_migration_is_atomic() {
    let home = older_home();
    FaultTarget::gatepass("store migrate", &home, &check).assert_sound("store migrate");
}

#[test]
fn two_processes_can_migrate_at_once() {
    for _ in 0..10 {
        let home = older_home();
        let children: Vec<Child> =
            (0..4).map(|_| home.gatepass("store migrate").spawn().unwrap()).collect();
        let outputs: Vec<ProcessOutput> = children.into_iter().map(finish).collect();
        assert!(outputs.iter().all(|output| output.code == Some(0)), "{outputs:?}");
        let migrated = outputs.iter().filter(|output| output.stderr.starts_with("Migrated"));
        assert_eq!((migrated.count(), files(&home, ".version-").len()), (1, 1), "{outputs:?}");
        home.assert_healthy();
    }
}
