//! Private directories, removed when dropped.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use tempfile::TempDir;

/// Returns an empty directory with mode 0700, in memory if possible: no test needs files to survive a power failure.
pub fn private_dir() -> TempDir {
    let in_memory = tempfile::tempdir_in("/dev/shm");
    let dir = in_memory.or_else(|_| tempfile::tempdir()).unwrap();
    fs::set_permissions(dir.path(), Permissions::from_mode(0o700)).unwrap();
    dir
}

/// A directory as gatepass itself creates it, on a real file system.
pub struct PrivateDir {
    _outer: TempDir,
    path: PathBuf,
}

impl PrivateDir {
    pub fn new() -> Self {
        let outer = tempfile::tempdir().unwrap();
        let path = outer.path().join("private");
        gatepass::keys::secure_fs::create_private_dir(&path).unwrap();
        Self { _outer: outer, path }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn join(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }
}
