//! Creates private files and directories, independent of the umask.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use rustix::fs::OFlags;

use super::paths::parent;

/// Creates the directory `path` and its missing parents, each with mode 0700 and synced to disk. Existing directories
/// are not changed.
///
/// # Errors
/// A component is not a directory, or the operating system reported an error.
pub fn create_private_dir(path: &Path) -> io::Result<()> {
    if path.as_os_str().is_empty() || path.is_dir() {
        return Ok(());
    }
    let parent_dir = parent(path);
    create_private_dir(parent_dir)?;
    match DirBuilder::new().mode(0o700).create(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
        Err(error) => Err(error),
        Ok(()) => {
            fs::set_permissions(path, Permissions::from_mode(0o700))?;
            sync_dir(parent_dir)
        }
    }
}

/// Creates the file `path` with mode 0600, open for reading and writing.
///
/// # Errors
/// `AlreadyExists` if the name is taken, even by a broken link, and other errors of the operating system.
pub fn create_private_file(path: &Path) -> io::Result<File> {
    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .create_new(true)
        .mode(0o600)
        .custom_flags(OFlags::NOFOLLOW.bits() as i32)
        .open(path)?;
    match file.set_permissions(Permissions::from_mode(0o600)) {
        Ok(()) => Ok(file),
        Err(error) => {
            // Else the file would be left without an owner.
            let _removed = fs::remove_file(path);
            Err(error)
        }
    }
}

/// Replaces the file `path`, as a whole, or creates it with mode 0600. A power failure may leave the old file, or an empty
/// one. Of two processes that replace it at once, one succeeds, or both fail.
///
/// # Errors
/// The error of the operating system.
pub fn replace_unsynced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut temporary = path.as_os_str().to_owned();
    temporary.push(".new");
    OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .custom_flags(OFlags::NOFOLLOW.bits() as i32)
        .open(&temporary)?
        .write_all(bytes)?;
    fs::rename(&temporary, path)
}

/// Syncs a directory to disk, so that new, renamed and removed names survive a power failure. File systems without this
/// operation are ignored.
///
/// # Errors
/// The error of the operating system.
fn sync_dir(path: &Path) -> io::Result<()> {
    match File::open(path)?.sync_all() {
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(()),
        synced => synced,
    }
}

/// Syncs the directory of the file `path` to disk.
///
/// # Errors
/// The error of the operating system.
pub fn sync_parent(path: &Path) -> io::Result<()> {
    sync_dir(parent(path))
}

#[cfg(test)]
mod tests {
    use super::{super::fixture::private_dir, *};
    use std::os::unix::fs::{MetadataExt, symlink};

    fn mode(path: &Path) -> u32 {
        fs::symlink_metadata(path).unwrap().mode() & 0o7777
    }

    #[test]
    fn created_directories_and_files_are_private() {
        let dir = private_dir();
        let deep = dir.path().join("a/b/c");
        create_private_dir(&deep).unwrap();
        for directory in deep.ancestors().take(3) {
            assert_eq!(mode(directory), 0o700, "{}", directory.display());
        }
        create_private_dir(&deep).unwrap();
        let file = deep.join("f");
        drop(create_private_file(&file).unwrap());
        assert_eq!(mode(&file), 0o600);
        assert_eq!(create_private_file(&file).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        symlink("nowhere", deep.join("link")).unwrap();
        assert!(create_private_file(&deep.join("link")).is_err());
        assert!(create_private_dir(&file.join("x")).is_err());
    }

    #[test]
    fn an_existing_directory_keeps_its_mode() {
        let dir = private_dir();
        fs::set_permissions(dir.path(), Permissions::from_mode(0o755)).unwrap();
        create_private_dir(&dir.path().join("x")).unwrap();
        assert_eq!(mode(dir.path()), 0o755);
    }
}
