//! The file of `--out`: new, private, complete before the commit and removed if there is no commit.

use std::{
    io::{self, Write},
    path::Path,
};

use rustix::{
    fs::{Access, AtFlags, CWD, accessat},
    io::Errno,
};
use zeroize::Zeroizing;

use super::out_format::LineFormat;
use crate::{
    commands::error::{CliError, CommandError},
    domain::audit::ChangeId,
    keys::new_file::NewFile,
    ops::{NewSecret, SecretSink},
};

/// A new private file that takes secrets before the commit. Removed on drop unless [`OutFile::keep`] was called.
pub struct OutFile {
    file: NewFile,
    format: LineFormat,
    /// The id of the change that issued the secrets, if its commit was left in doubt.
    in_doubt: Option<ChangeId>,
    has_secrets: bool,
}

impl OutFile {
    /// Rejects a path at which [`OutFile::create`] would fail. Called before a store is created.
    ///
    /// # Errors
    /// When the path exists, or its directory does not or is not writable.
    pub fn check(path: &Path) -> Result<(), CommandError> {
        let dir = path.parent().filter(|dir| !dir.as_os_str().is_empty());
        let why = if path.symlink_metadata().is_ok() {
            Errno::EXIST
        } else if dir.is_some_and(|dir| !dir.is_dir()) {
            Errno::NOENT
        } else {
            let dir = dir.unwrap_or(Path::new("."));
            let access = accessat(CWD, dir, Access::WRITE_OK | Access::EXEC_OK, AtFlags::EACCESS);
            return access.map_err(|why| create_error(path, why.into()));
        };
        Err(create_error(path, why.into()))
    }

    /// Creates the file; `format` formats its lines.
    ///
    /// # Errors
    /// When the path exists or the file can't be created.
    pub fn create(path: &Path, format: LineFormat) -> Result<Self, CommandError> {
        let file = NewFile::create(path).map_err(|error| create_error(path, error))?;
        Ok(Self { file, format, in_doubt: None, has_secrets: false })
    }

    /// Writes the heading.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn write_heading(&mut self, text: &str) -> io::Result<()> {
        self.file.write_all(format!("{text}\n").as_bytes())
    }

    /// Whether a secret was written. A file without one need not be kept.
    pub fn has_secrets(&self) -> bool {
        self.has_secrets
    }

    /// Keeps the file. Called after the commit.
    ///
    /// # Errors
    /// [`CliError::SecretInDoubt`] if nobody knows whether the commit succeeded. The file is kept nevertheless.
    pub fn keep(self) -> Result<(), CliError> {
        self.file.keep();
        match self.in_doubt {
            None => Ok(()),
            Some(change) => Err(CliError::SecretInDoubt { change }),
        }
    }
}

impl SecretSink for OutFile {
    fn is_before_commit(&self) -> bool {
        true
    }

    fn write(&mut self, secret: &NewSecret<'_>) -> io::Result<()> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(256));
        (self.format)(secret, &mut bytes);
        self.has_secrets = true;
        self.file.write_all(&bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.file.publish()
    }

    fn commit_in_doubt(&mut self, change: ChangeId) {
        self.in_doubt = Some(change);
    }
}

/// Converts the error with which the creation of a file for secrets failed.
pub fn create_error(path: &Path, error: io::Error) -> CommandError {
    file_error(path, "created", error)
}

/// Converts the error with which such a file could not be written.
pub fn write_error(path: &Path, error: io::Error) -> CommandError {
    file_error(path, "written", error)
}

fn file_error(path: &Path, action: &str, error: io::Error) -> CommandError {
    let name = path.display();
    match error.kind() {
        io::ErrorKind::AlreadyExists => CliError::Conflict {
            message: format!("{name} already exists, and a secret never overwrites a file"),
            hint: "use another file name for --out".to_owned(),
        }
        .into(),
        _ => CommandError::IoContext {
            message: format!("{name} could not be {action}"),
            source: error,
        },
    }
}
