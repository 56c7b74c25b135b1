//! New files that exist as a whole or not at all.

use std::{
    ffi::{OsStr, OsString},
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Write},
    os::unix::{
        ffi::{OsStrExt, OsStringExt},
        fs::{MetadataExt, OpenOptionsExt},
    },
    path::{Path, PathBuf},
};

use rustix::{
    fs::{CWD, Dir, OFlags, RenameFlags},
    io::Errno,
};

use super::{
    paths::{canonical, parent},
    secure_fs::{create_private_file, sync_parent},
};

/// The most bytes of a file's name that its temporary name repeats, so that the latter is not too long.
const MAX_NAME_BYTES: usize = 200;

/// How many temporary names are tried.
const MAX_ATTEMPTS: u32 = 1000;

/// A new private file. It has a temporary name until [`NewFile::publish`], so that nobody sees a part of it, and it is
/// removed on drop unless [`NewFile::keep`] was called.
///
/// A process that is killed leaves its temporary file behind. The next one that creates a file of the same name removes
/// it: temporary files are locked as long as their process runs.
pub struct NewFile {
    file: File,
    target: PathBuf,
    /// Where the file is; `None` if it is kept.
    at: Option<PathBuf>,
}

impl NewFile {
    /// Creates the file under a temporary name beside `path`.
    ///
    /// # Errors
    /// `AlreadyExists` if the name is taken, even by a broken link, and other errors of the operating system.
    pub fn create(path: &Path) -> io::Result<Self> {
        let target = canonical(path)?;
        match target.symlink_metadata() {
            Ok(_) => return Err(Errno::EXIST.into()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        let _listed = remove_abandoned(&target);
        for attempt in 0..MAX_ATTEMPTS {
            let path = temporary_path(&target, attempt);
            match create_private_file(&path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                created => {
                    let new = Self { file: created?, target: target.clone(), at: Some(path) };
                    if new.lock()? {
                        return Ok(new);
                    }
                    // The process that locked it removes it.
                    new.keep();
                }
            }
        }
        Err(Errno::EXIST.into())
    }

    /// Locks the file. Returns `false` if another process locked it first, to remove it.
    fn lock(&self) -> io::Result<bool> {
        match self.file.try_lock() {
            Err(TryLockError::WouldBlock) => Ok(false),
            // Where files can't be locked, nobody can remove this one.
            Ok(()) | Err(TryLockError::Error(_)) => Ok(self.file.metadata()?.nlink() > 0),
        }
    }

    /// Syncs the file to disk and gives it its name.
    ///
    /// # Errors
    /// `AlreadyExists` if the name was taken in the meantime, and other errors of the operating system. Nothing has the
    /// name then that had it not before.
    pub fn publish(&mut self) -> io::Result<()> {
        if let Some(temporary) = &self.at {
            publish(&self.file, temporary, &self.target)?;
            self.at = Some(self.target.clone());
        }
        Ok(())
    }

    /// Leaves the file where it is.
    pub fn keep(mut self) {
        self.at = None;
    }

    /// Removes the file.
    ///
    /// # Errors
    /// The error of the operating system; the file is left.
    pub fn discard(mut self) -> io::Result<()> {
        self.at.take().map_or(Ok(()), fs::remove_file)
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        if let Some(path) = self.at.take() {
            // Nothing refers to a file that was not kept.
            let _removed = fs::remove_file(path);
        }
    }
}

/// Syncs a file to disk and renames it, unless the new name is taken. Both names are in the same directory.
///
/// # Errors
/// `AlreadyExists`, and other errors of the operating system. The file does not have its new name then.
pub fn publish(file: &File, from: &Path, to: &Path) -> io::Result<()> {
    file.sync_all()?;
    rename_new(from, to)?;
    sync_parent(to).inspect_err(|_| {
        // The error is that of the sync.
        let _removed = fs::remove_file(to);
    })
}

/// Renames a file unless the new name is taken. File systems without this operation get a hard link: a reader between
/// link and removal sees two names and refuses the file, and a retry succeeds.
fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    match rustix::fs::renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
        Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => link_new(from, to),
        renamed => Ok(renamed?),
    }
}

fn link_new(from: &Path, to: &Path) -> io::Result<()> {
    fs::hard_link(from, to)?;
    fs::remove_file(from).inspect_err(|_| {
        let _removed = fs::remove_file(to);
    })
}

/// Returns a temporary name beside `target`: `.NAME.PROCESS.ATTEMPT.new`.
fn temporary_path(target: &Path, attempt: u32) -> PathBuf {
    let mut name = temporary_prefix(target);
    name.extend_from_slice(format!("{}.{attempt}.new", std::process::id()).as_bytes());
    target.with_file_name(OsString::from_vec(name))
}

fn temporary_prefix(target: &Path) -> Vec<u8> {
    let name = target.file_name().unwrap_or_default().as_bytes();
    [b".", &name[..name.len().min(MAX_NAME_BYTES)], b"."].concat()
}

/// Returns whether `name` is one that [`temporary_path`] returns in some process.
fn is_temporary(name: &[u8], prefix: &[u8]) -> bool {
    let numbers = name.strip_prefix(prefix).and_then(|rest| rest.strip_suffix(b".new"));
    let is_number = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_digit);
    numbers.is_some_and(|numbers| {
        let parts: Vec<_> = numbers.split(|byte| *byte == b'.').collect();
        parts.len() == 2 && parts.into_iter().all(is_number)
    })
}

/// Removes the temporary files of `target` whose processes no longer run.
fn remove_abandoned(target: &Path) -> io::Result<()> {
    let prefix = temporary_prefix(target);
    // The standard library panics if the directory can't be closed.
    for entry in Dir::new(File::open(parent(target))?)? {
        let entry = entry?;
        let name = entry.file_name().to_bytes();
        if is_temporary(name, &prefix) {
            let path = target.with_file_name(OsStr::from_bytes(name));
            // Best effort: files that can't be removed are not in the way.
            let _removed = remove_if_abandoned(&path);
        }
    }
    Ok(())
}

fn remove_if_abandoned(path: &Path) -> io::Result<()> {
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let file = OpenOptions::new().read(true).custom_flags(flags.bits() as i32).open(path)?;
    let metadata = file.metadata()?;
    let is_own = metadata.uid() == rustix::process::geteuid().as_raw();
    if metadata.is_file()
        && is_own
        && file.try_lock().is_ok()
        // Its process may just have renamed it, and another one may have taken the name.
        && path.symlink_metadata()?.ino() == metadata.ino()
    {
        fs::remove_file(path)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{super::fixture::private_dir, *};
    use std::os::unix::fs::symlink;

    fn names(dir: &Path) -> Vec<String> {
        let names = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<_> = names.map(|name| name.into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_appears_when_it_is_complete() {
        let dir = private_dir();
        let path = dir.path().join("out");
        let mut new = NewFile::create(&path).unwrap();
        new.write_all(b"first\n").unwrap();
        new.write_all(b"second\n").unwrap();
        assert!(!path.exists());
        new.publish().unwrap();
        new.keep();
        assert_eq!(fs::read(&path).unwrap(), b"first\nsecond\n");
        let file = fs::metadata(&path).unwrap();
        assert_eq!((file.mode() & 0o7777, file.nlink()), (0o600, 1));
        assert_eq!(names(dir.path()), ["out"]);
    }

    #[test]
    fn a_file_that_is_not_kept_is_removed() {
        let dir = private_dir();
        let path = dir.path().join("out");
        drop(NewFile::create(&path).unwrap());
        let mut published = NewFile::create(&path).unwrap();
        published.publish().unwrap();
        drop(published);
        let mut discarded = NewFile::create(&path).unwrap();
        discarded.publish().unwrap();
        discarded.discard().unwrap();
        assert_eq!(names(dir.path()), [""; 0]);
    }

    #[test]
    fn a_name_that_is_taken_stays_as_it_is() {
        let dir = private_dir();
        let (path, link) = (dir.path().join("out"), dir.path().join("link"));
        let mut late = NewFile::create(&path).unwrap();
        let (from, to) = (late.at.clone().unwrap(), late.target.clone());
        fs::write(&path, "mine").unwrap();
        symlink("nowhere", &link).unwrap();
        let exists = |result: io::Result<()>| {
            result.is_err_and(|error| error.kind() == io::ErrorKind::AlreadyExists)
        };
        assert!(exists(late.publish()) && exists(link_new(&from, &to)));
        assert!(exists(NewFile::create(&path).map(drop)));
        assert!(exists(NewFile::create(&link).map(drop)));
        drop(late);
        assert_eq!(fs::read(&path).unwrap(), b"mine");
        assert_eq!(names(dir.path()), ["link", "out"]);
    }

    #[test]
    fn a_file_system_without_renaming_gets_a_link() {
        let dir = private_dir();
        let (from, to) = (dir.path().join("from"), dir.path().join("to"));
        fs::write(&from, "all").unwrap();
        link_new(&from, &to).unwrap();
        assert_eq!(names(dir.path()), ["to"]);
    }

    /// A killed process leaves its file and no lock.
    #[test]
    fn only_abandoned_files_are_removed() {
        let dir = private_dir();
        let path = dir.path().join("key");
        let running = NewFile::create(&path).unwrap();
        let running_name = running.at.as_ref().unwrap().file_name().unwrap().to_owned();
        for name in [".key.1.0.new", ".key.4711.12.new"] {
            fs::write(dir.path().join(name), "half").unwrap();
        }
        let others = [".key.1.new", ".key.1.0", ".key.x.0.new", ".other.1.0.new", "key.1.0.new"];
        for name in others {
            fs::write(dir.path().join(name), "mine").unwrap();
        }
        symlink("other", dir.path().join(".key.2.0.new")).unwrap();
        drop(NewFile::create(&path).unwrap());
        let mut left: Vec<_> = others.map(str::to_owned).into();
        left.push(running_name.into_string().unwrap());
        left.push(".key.2.0.new".to_owned());
        left.sort();
        assert_eq!(names(dir.path()), left);
        drop(running);
    }

    #[test]
    fn long_names_get_a_shorter_temporary_name() {
        let dir = private_dir();
        let path = dir.path().join("n".repeat(255));
        let mut new = NewFile::create(&path).unwrap();
        new.publish().unwrap();
        new.keep();
        assert!(path.exists());
    }
}
