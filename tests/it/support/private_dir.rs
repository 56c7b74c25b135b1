//! A directory of one's own for each story.

use std::{fs, fs::Permissions, os::unix::fs::PermissionsExt};

use tempfile::TempDir;

/// An empty one, 0700, that goes away with its value; on a disk of memory where there is one, since no story here
/// pulls the plug.
pub fn private_dir() -> TempDir {
    let memory = tempfile::tempdir_in("/dev/shm");
    let room = memory.or_else(|_| tempfile::tempdir()).unwrap();
    fs::set_permissions(room.path(), Permissions::from_mode(0o700)).unwrap();
    room
}
