//! Checks whether a key file or a store file is safe to use.
//!
//! Existing files are never opened here: closing the file of a store would drop SQLite's locks.

use std::{
    fs::{self, Metadata},
    io,
    os::unix::fs::{FileTypeExt, MetadataExt},
    path::{Path, PathBuf},
};

use super::{
    paths::{canonical, parent},
    unsafe_path::UnsafePath,
};

/// The rules that a file must meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathRules {
    /// The effective user owns the file and nobody else has access. Only that user or root can write to its directory.
    Owned,
    /// The file is in `$CREDENTIALS_DIRECTORY`, where the service manager sets owners and modes.
    ServiceCredential,
    /// The file is only inspected, by `doctor`.
    Inspected,
}

impl PathRules {
    /// Returns the rules for a key file.
    pub fn for_key_file(is_service_credential: bool) -> Self {
        if is_service_credential { Self::ServiceCredential } else { Self::Owned }
    }
}

/// Checks that a file is safe. Returns its canonical path, or `None` if it does not exist.
///
/// It must be a regular file with one hard link that belongs to the effective user, without access for others, in a
/// directory of the effective user or root that nobody else can write to. The directory is also checked if the file is
/// missing, so that a file created there will be safe.
///
/// # Errors
/// The first rule that is not met.
pub fn check_file(path: &Path) -> Result<Option<PathBuf>, UnsafePath> {
    let user = rustix::process::geteuid().as_raw();
    let Some((path, file)) = inspect(path)? else { return Ok(None) };
    if let Some(file) = &file {
        check_kind(&path, file)?;
        check_access(&path, file, user)?;
    }
    check_parent(&path, user)?;
    Ok(file.map(|_| path))
}

/// Like [`check_file`], for a configuration file: others may read it, and root may own it. A missing file is not unsafe
/// wherever it might be.
///
/// # Errors
/// The first rule that is not met.
pub fn check_config_file(path: &Path) -> Result<Option<PathBuf>, UnsafePath> {
    let user = rustix::process::geteuid().as_raw();
    let Some((path, Some(file))) = inspect(path)? else { return Ok(None) };
    check_kind(&path, &file)?;
    check_config_access(&path, &file, user)?;
    check_parent(&path, user)?;
    Ok(Some(path))
}

/// Like [`check_file`], but checks neither owners nor modes: for a file in `$CREDENTIALS_DIRECTORY`, where the service
/// manager sets them, and for one that is only inspected.
///
/// # Errors
/// The path is a symbolic link, not a regular file, or has a second hard link.
pub fn check_file_kind(path: &Path) -> Result<Option<PathBuf>, UnsafePath> {
    let Some((path, Some(file))) = inspect(path)? else { return Ok(None) };
    check_kind(&path, &file)?;
    Ok(Some(path))
}

/// Checks that the path is a regular file with one hard link.
pub(super) fn check_kind(path: &Path, file: &Metadata) -> Result<(), UnsafePath> {
    let (path, kind) = (path.to_owned(), file.file_type());
    if kind.is_symlink() {
        return Err(UnsafePath::Symlink { path });
    }
    if !kind.is_file() {
        let what = match kind {
            _ if kind.is_dir() => "a directory",
            _ if kind.is_fifo() => "a FIFO",
            _ if kind.is_socket() => "a socket",
            _ => "a device",
        };
        return Err(UnsafePath::NotAFile { path, what });
    }
    match file.nlink() {
        1 => Ok(()),
        count => Err(UnsafePath::HardLinks { path, count }),
    }
}

/// Checks that the file belongs to `user` and that nobody else has access.
pub(super) fn check_access(path: &Path, file: &Metadata, user: u32) -> Result<(), UnsafePath> {
    let (path, owner, mode) = (path.to_owned(), file.uid(), file.mode() & 0o7777);
    if owner != user {
        Err(UnsafePath::Owner { path, owner, user })
    } else if mode & 0o077 != 0 {
        Err(UnsafePath::Mode { path, mode })
    } else {
        Ok(())
    }
}

/// Checks that the file belongs to `user` or root, and that nobody else can write to it.
fn check_config_access(path: &Path, file: &Metadata, user: u32) -> Result<(), UnsafePath> {
    let (path, owner, mode) = (path.to_owned(), file.uid(), file.mode() & 0o7777);
    if owner != user && owner != 0 {
        Err(UnsafePath::Owner { path, owner, user })
    } else if mode & 0o022 != 0 {
        Err(UnsafePath::Writable { path, mode })
    } else {
        Ok(())
    }
}

/// Checks the directory of a file.
fn check_parent(path: &Path, user: u32) -> Result<(), UnsafePath> {
    let directory = parent(path);
    let metadata =
        fs::symlink_metadata(directory).map_err(|source| inspect_error(directory, source))?;
    check_directory(directory, &metadata, user)
}

fn check_directory(path: &Path, directory: &Metadata, user: u32) -> Result<(), UnsafePath> {
    let (path, owner, mode) = (path.to_owned(), directory.uid(), directory.mode() & 0o7777);
    if owner != user && owner != 0 {
        Err(UnsafePath::DirectoryOwner { path, owner, user })
    } else if mode & 0o022 != 0 {
        Err(UnsafePath::DirectoryMode { path, mode, own: owner == user })
    } else {
        Ok(())
    }
}

/// Returns the canonical path and the metadata of the file, if it exists. `None` if its directory does not exist
/// either.
fn inspect(path: &Path) -> Result<Option<(PathBuf, Option<Metadata>)>, UnsafePath> {
    let missing = |error: &io::Error| error.kind() == io::ErrorKind::NotFound;
    let path = match canonical(path) {
        Ok(path) => path,
        Err(error) if missing(&error) => return Ok(None),
        Err(source) => return Err(inspect_error(path, source)),
    };
    match fs::symlink_metadata(&path) {
        Ok(file) => Ok(Some((path, Some(file)))),
        Err(error) if missing(&error) => Ok(Some((path, None))),
        Err(source) => Err(inspect_error(&path, source)),
    }
}

fn inspect_error(path: &Path, source: io::Error) -> UnsafePath {
    UnsafePath::Unreadable { path: path.to_owned(), source }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{fixture::private_dir, secure_fs::create_private_file},
        *,
    };
    use std::fs::Permissions;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use tempfile::TempDir;

    /// Creates a directory of mode 0700 with a file `f` of mode 0600.
    fn private_file() -> (TempDir, PathBuf) {
        let dir = private_dir();
        let root = dir.path().canonicalize().unwrap();
        let path = root.join("f");
        drop(create_private_file(&path).unwrap());
        (dir, path)
    }

    fn set_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn a_private_file_is_trusted() {
        let (_dir, path) = private_file();
        for mode in [0o600, 0o400, 0o000] {
            set_mode(&path, mode);
            assert_eq!(check_file(&path).unwrap(), Some(path.clone()), "{mode:o}");
        }
    }

    #[test]
    fn a_missing_file_is_not_unsafe() {
        let (_dir, path) = private_file();
        assert_eq!(check_file(&path.with_file_name("g")).unwrap(), None);
        assert_eq!(check_file(&path.with_file_name("no/g")).unwrap(), None);
        assert_eq!(check_file_kind(&path.with_file_name("g")).unwrap(), None);
    }

    #[test]
    fn any_permission_for_others_is_refused() {
        let (_dir, path) = private_file();
        for bit in [0o040, 0o020, 0o010, 0o004, 0o002, 0o001] {
            set_mode(&path, 0o600 | bit);
            let error = check_file(&path).unwrap_err();
            assert!(matches!(error, UnsafePath::Mode { mode, .. } if mode == 0o600 | bit));
            assert_eq!(error.hint(), Some(format!("chmod 600 {}", path.display())));
        }
        assert!(check_file_kind(&path).is_ok());
    }

    #[test]
    fn a_configuration_file_may_be_read_by_others_but_not_written() {
        let (_dir, path) = private_file();
        for mode in [0o600, 0o644, 0o444, 0o755] {
            set_mode(&path, mode);
            assert_eq!(check_config_file(&path).unwrap(), Some(path.clone()), "{mode:o}");
        }
        for mode in [0o620, 0o602, 0o666] {
            set_mode(&path, mode);
            let error = check_config_file(&path).unwrap_err();
            assert!(matches!(error, UnsafePath::Writable { mode: found, .. } if found == mode));
            assert_eq!(error.hint(), Some(format!("chmod go-w {}", path.display())));
        }
        set_mode(&path, 0o644);
        let (directory, missing) = (path.parent().unwrap(), path.with_file_name("missing"));
        set_mode(directory, 0o777);
        assert!(matches!(check_config_file(&path), Err(UnsafePath::DirectoryMode { .. })));
        assert_eq!(check_config_file(&missing).unwrap(), None);
        set_mode(directory, 0o700);
        assert_eq!(check_config_file(&path.with_file_name("no/file")).unwrap(), None);
    }

    #[test]
    fn symlinks_are_refused_only_as_the_last_component() {
        let (_dir, path) = private_file();
        let (link, dangling) = (path.with_file_name("link"), path.with_file_name("dangling"));
        symlink(&path, &link).unwrap();
        symlink("nowhere", &dangling).unwrap();
        assert!(matches!(check_file(&link), Err(UnsafePath::Symlink { path }) if path == link));
        assert!(matches!(check_file(&dangling), Err(UnsafePath::Symlink { .. })));
        assert!(matches!(check_file_kind(&link), Err(UnsafePath::Symlink { .. })));
        let detour = path.with_file_name("detour");
        symlink(path.parent().unwrap(), &detour).unwrap();
        assert_eq!(check_file(&detour.join("f")).unwrap(), Some(path));
    }

    #[test]
    fn anything_but_a_regular_file_is_refused() {
        let (_dir, path) = private_file();
        let fifo = path.with_file_name("fifo");
        rustix::fs::mknodat(
            rustix::fs::CWD,
            &fifo,
            rustix::fs::FileType::Fifo,
            rustix::fs::Mode::from_raw_mode(0o600),
            0,
        )
        .unwrap();
        let socket = path.with_file_name("socket");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        let dir = path.with_file_name("dir");
        fs::create_dir(&dir).unwrap();
        for (path, kind) in [(fifo, "a FIFO"), (socket, "a socket"), (dir, "a directory")] {
            assert!(
                matches!(check_file(&path), Err(UnsafePath::NotAFile { what, .. }) if what == kind)
            );
        }
    }

    #[test]
    fn a_second_hard_link_is_refused() {
        let (_dir, path) = private_file();
        fs::hard_link(&path, path.with_file_name("other")).unwrap();
        assert!(matches!(check_file(&path), Err(UnsafePath::HardLinks { count: 2, .. })));
        assert!(matches!(check_file_kind(&path), Err(UnsafePath::HardLinks { count: 2, .. })));
    }

    #[test]
    fn a_directory_writable_by_others_is_refused_even_before_the_file_exists() {
        let (_dir, path) = private_file();
        let directory = path.parent().unwrap();
        for bad in [0o770, 0o720, 0o702, 0o777, 0o1777, 0o2770] {
            set_mode(directory, bad);
            for path in [path.clone(), directory.join("missing")] {
                let error = check_file(&path).unwrap_err();
                assert!(
                    matches!(error, UnsafePath::DirectoryMode { mode, own: true, .. } if mode == bad)
                );
                assert!(error.hint().is_some());
            }
            assert!(check_file_kind(&path).is_ok());
        }
        for mode in [0o700, 0o755, 0o500] {
            set_mode(directory, mode);
            assert!(check_file(&path).is_ok(), "{mode:o}");
        }
        set_mode(directory, 0o700);
    }

    #[test]
    fn files_of_other_owners_are_refused() {
        let (_dir, path) = private_file();
        let (file, directory) = (fs::symlink_metadata(&path).unwrap(), path.parent().unwrap());
        let other = file.uid() + 1;
        let error = check_access(&path, &file, other).unwrap_err();
        assert!(matches!(error, UnsafePath::Owner { owner, user, .. } if owner + 1 == user));
        let is_root = file.uid() == 0;
        assert_eq!(check_config_access(&path, &file, other).is_ok(), is_root, "root may own it");
        let metadata = fs::symlink_metadata(directory).unwrap();
        let refused = check_directory(directory, &metadata, other);
        assert_eq!(refused.is_err(), file.uid() != 0, "root's directories are safe for every user");
        let error = UnsafePath::Owner { path, owner: 1000, user: 0 };
        assert_eq!(error.hint().unwrap(), "run gatepass as the owner: sudo -u '#1000' gatepass …");
    }

    #[test]
    fn paths_without_a_name_are_errors() {
        for path in ["", "/", "..", "/tmp/.."] {
            assert!(canonical(Path::new(path)).is_err(), "{path}");
            assert!(matches!(check_file(Path::new(path)), Err(UnsafePath::Unreadable { .. })));
        }
    }
}
