//! The key file.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use rustix::fs::OFlags;
use thiserror::Error;
use zeroize::Zeroizing;

use super::{
    derive::MasterKey,
    new_file::NewFile,
    path_check::{self, PathRules},
    paths, secure_fs,
    text::{KeyFormatError, encode, parse},
    unsafe_path::UnsafePath,
};

/// The most bytes that are read. A key file has 60.
const MAX_FILE_SIZE: usize = 4096;

/// Why the key file cannot be read or written.
#[derive(Debug, Error)]
pub enum KeyError {
    /// There is no file at the path.
    #[error("key file {} not found", path.display())]
    Missing {
        /// The path of the file.
        path: PathBuf,
    },
    /// The file or its directory is not safe.
    #[error(transparent)]
    Unsafe(#[from] UnsafePath),
    /// The file does not contain exactly one master key.
    #[error("{} {error}", path.display())]
    Malformed {
        /// The path of the file.
        path: PathBuf,
        /// Why its text is not a key.
        error: KeyFormatError,
    },
    /// The operating system reported an error.
    #[error("key file {} could not be {action}", path.display())]
    Io {
        /// The path of the file.
        path: PathBuf,
        /// The failed action: `read` or `written`.
        action: &'static str,
        /// The error of the operating system.
        source: io::Error,
    },
}

impl KeyError {
    /// What the user can do about it. `None` if there is no advice.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Missing { .. } => Some(
                "give its path with --key-file, or restore a backup with gatepass key import"
                    .to_owned(),
            ),
            Self::Malformed { error: KeyFormatError::Utf16, .. } => {
                Some("save it as UTF-8 or ASCII".to_owned())
            }
            Self::Malformed { .. } => Some("restore a backup with gatepass key import".to_owned()),
            Self::Unsafe(reason) => reason.hint(),
            Self::Io { source, .. } if source.kind() == io::ErrorKind::PermissionDenied => {
                Some("check the permissions of the file and of its directory".to_owned())
            }
            Self::Io { .. } => None,
        }
    }
}

/// The result of writing a key file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyWrite {
    /// The file was created.
    Created,
    /// The file existed before, or another process created it first. Nothing was changed; read that file.
    AlreadyExists,
}

/// Reads the master key at `path`.
///
/// # Errors
/// The file is missing, unsafe, malformed or unreadable.
pub fn read(path: &Path, rules: PathRules) -> Result<MasterKey, KeyError> {
    let found = match rules {
        PathRules::Owned => path_check::check_file(path)?,
        PathRules::ServiceCredential | PathRules::Inspected => path_check::check_file_kind(path)?,
    };
    let path = found.ok_or_else(|| KeyError::Missing { path: path.to_owned() })?;
    let failed = |source| io_error(&path, "read", source);
    // Non-blocking, in case a FIFO replaced the file after the check. The opened file is therefore checked again.
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let mut file = OpenOptions::new()
        .read(true)
        .custom_flags(flags.bits() as i32)
        .open(&path)
        .map_err(failed)?;
    let opened = file.metadata().map_err(failed)?;
    path_check::check_kind(&path, &opened)?;
    if rules == PathRules::Owned {
        path_check::check_access(&path, &opened, rustix::process::geteuid().as_raw())?;
    }
    let mut text = Zeroizing::new([0; MAX_FILE_SIZE + 1]);
    let length = read_up_to(&mut file, &mut text[..]).map_err(failed)?;
    parse(&text[..length]).map_err(|error| KeyError::Malformed { path, error })
}

/// Writes `key` to the new file `path` and creates missing directories. The file appears under its name only when it is
/// complete and synced to disk.
///
/// # Errors
/// The existing file or the directory is unsafe, or the operating system reported an error.
pub fn write(path: &Path, key: &MasterKey) -> Result<KeyWrite, KeyError> {
    let error = |source| io_error(path, "written", source);
    secure_fs::create_private_dir(paths::parent(path)).map_err(error)?;
    if path_check::check_file(path)?.is_some() {
        return Ok(KeyWrite::AlreadyExists);
    }
    match write_new(path, key) {
        Ok(()) => Ok(KeyWrite::Created),
        Err(source) if source.kind() == io::ErrorKind::AlreadyExists => Ok(KeyWrite::AlreadyExists),
        Err(source) => Err(error(source)),
    }
}

fn write_new(path: &Path, key: &MasterKey) -> io::Result<()> {
    let mut file = NewFile::create(path)?;
    file.write_all(encode(key).as_bytes())?;
    file.publish()?;
    file.keep();
    Ok(())
}

/// Reads until `buffer` is full or the file ends.
fn read_up_to(file: &mut File, buffer: &mut [u8]) -> io::Result<usize> {
    let mut length = 0;
    while length < buffer.len() {
        match file.read(&mut buffer[length..]) {
            Ok(0) => break,
            Ok(count) => length += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(length)
}

fn io_error(path: &Path, action: &'static str, source: io::Error) -> KeyError {
    KeyError::Io { path: path.to_owned(), action, source }
}

#[cfg(test)]
mod tests {
    use super::{super::fixture::private_dir, *};
    use rand::SeedableRng;
    use rand_chacha::ChaCha20Rng;
    use std::fs;
    use std::os::unix::fs::{MetadataExt, PermissionsExt};

    fn key(seed: u64) -> MasterKey {
        MasterKey::generate(&mut ChaCha20Rng::seed_from_u64(seed))
    }

    #[test]
    fn a_written_key_is_private_and_can_be_read() {
        let dir = private_dir();
        let path = dir.path().join("config/gatepass/key");
        assert_eq!(write(&path, &key(1)).unwrap(), KeyWrite::Created);
        assert_eq!(read(&path, PathRules::Owned).unwrap().bytes(), key(1).bytes());
        let file = fs::metadata(&path).unwrap();
        assert_eq!((file.mode() & 0o7777, file.nlink(), file.len()), (0o600, 1, 60));
        assert_eq!(fs::metadata(path.parent().unwrap()).unwrap().mode() & 0o777, 0o700);
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "a draft was left");
    }

    #[test]
    fn an_existing_key_is_never_overwritten() {
        let dir = private_dir();
        let path = dir.path().join("key");
        write(&path, &key(1)).unwrap();
        assert_eq!(write(&path, &key(2)).unwrap(), KeyWrite::AlreadyExists);
        assert_eq!(read(&path, PathRules::Owned).unwrap().bytes(), key(1).bytes());
    }

    #[test]
    fn of_concurrent_writers_one_wins_and_no_reader_sees_a_partial_key() {
        for _ in 0..20 {
            let dir = private_dir();
            let path = dir.path().join("new/key");
            let write_and_read = |seed| {
                let result = write(&path, &key(seed)).unwrap();
                (result, read(&path, PathRules::Owned).unwrap().fingerprint())
            };
            let results: Vec<_> = std::thread::scope(|scope| {
                let writers: Vec<_> =
                    (0..8).map(|seed| scope.spawn(move || write_and_read(seed))).collect();
                writers.into_iter().map(|writer| writer.join().unwrap()).collect()
            });
            assert_eq!(
                results.iter().filter(|(result, _)| *result == KeyWrite::Created).count(),
                1
            );
            assert!(results.iter().all(|(_, fingerprint)| *fingerprint == results[0].1));
            assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
        }
    }

    #[test]
    fn unsafe_files_are_not_read() {
        let dir = private_dir();
        let path = dir.path().join("key");
        assert!(
            matches!(read(&path, PathRules::Owned), Err(KeyError::Missing { path: tried }) if tried == path)
        );
        write(&path, &key(1)).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(matches!(
            read(&path, PathRules::Owned),
            Err(KeyError::Unsafe(UnsafePath::Mode { .. }))
        ));
        assert!(matches!(write(&path, &key(2)), Err(KeyError::Unsafe(UnsafePath::Mode { .. }))));
        assert_eq!(read(&path, PathRules::ServiceCredential).unwrap().bytes(), key(1).bytes());
        fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o1777)).unwrap();
        let new = write(&dir.path().join("new"), &key(2));
        assert!(matches!(new, Err(KeyError::Unsafe(UnsafePath::DirectoryMode { .. }))));
    }

    #[test]
    fn errors_name_the_file_but_not_its_content() {
        let dir = private_dir();
        let path = dir.path().join("key");
        let text = "gatepass-key-1 c2VjcmV0\n".repeat(1000);
        secure_fs::create_private_file(&path).unwrap().write_all(text.as_bytes()).unwrap();
        let error = read(&path, PathRules::Owned).unwrap_err();
        assert!(matches!(error, KeyError::Malformed { .. }));
        assert!(!format!("{error} {error:?} {:?}", error.hint()).contains("c2Vjcm"));
    }
}
