//! Making files and directories that nobody else can enter, whatever the umask.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use rustix::fs::OFlags;

use super::paths::parent;

/// Makes the directory `path` and every missing one above it, each 0700 whatever the umask, each lasting.
/// What exists already is left as it is.
///
/// # Errors
/// A component is no directory, or the system refused.
pub fn create_private_dir(path: &Path) -> io::Result<()> {
    if path.as_os_str().is_empty() || path.is_dir() {
        return Ok(());
    }
    let above = parent(path);
    create_private_dir(above)?;
    match DirBuilder::new().mode(0o700).create(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
        Err(error) => Err(error),
        Ok(()) => {
            fs::set_permissions(path, Permissions::from_mode(0o700))?;
            sync_dir(above)
        }
    }
}

/// Makes the file `path`, 0600 whatever the umask, open for reading and writing.
///
/// # Errors
/// `AlreadyExists` if anything has that name, a link too; otherwise what the system said.
pub fn create_private_file(path: &Path) -> io::Result<File> {
    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .create_new(true)
        .mode(0o600)
        .custom_flags(OFlags::NOFOLLOW.bits() as i32)
        .open(path)?;
    file.set_permissions(Permissions::from_mode(0o600))?;
    Ok(file)
}

/// Makes what was created, renamed or removed in the directory `path` last through a power cut, where the file
/// system knows how.
///
/// # Errors
/// What the system said.
pub fn sync_dir(path: &Path) -> io::Result<()> {
    match File::open(path)?.sync_all() {
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(()),
        synced => synced,
    }
}

/// The same for the directory of the file `path`, so that the file's name lasts.
///
/// # Errors
/// What the system said.
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
        for made in deep.ancestors().take(3) {
            assert_eq!(mode(made), 0o700, "{}", made.display());
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
