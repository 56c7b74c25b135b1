//! Files that arguments name, with `-` for stdin.

use std::{
    fmt,
    fs::File,
    io::Read,
    path::{Path, PathBuf},
};

use clap::builder::{PathBufValueParser, TypedValueParser};

use crate::commands::{
    error::{CommandError, WithMessage},
    session::Session,
};

/// A file to read; `-` is stdin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputFile(PathBuf);

/// Parses the path of a file to read.
pub fn input_file() -> impl TypedValueParser<Value = InputFile> {
    PathBufValueParser::new().map(InputFile)
}

impl InputFile {
    /// The path of the file; `None` for stdin.
    pub fn path(&self) -> Option<&Path> {
        Some(self.0.as_path()).filter(|path| *path != "-")
    }

    /// Opens the file.
    ///
    /// # Errors
    /// When it can't be opened, or another argument reads stdin.
    pub fn open<'s>(
        &self,
        session: &'s mut Session<'_, '_>,
    ) -> Result<Box<dyn Read + 's>, CommandError> {
        Ok(match self.path() {
            Some(path) => Box::new(File::open(path).with_message(|| self.read_error())?),
            None => Box::new(session.take_stdin()?),
        })
    }

    /// Reads the file to its end.
    ///
    /// # Errors
    /// When it can't be read, or another argument reads stdin.
    pub fn read(&self, session: &mut Session<'_, '_>) -> Result<Vec<u8>, CommandError> {
        let mut bytes = Vec::new();
        self.open(session)?.read_to_end(&mut bytes).with_message(|| self.read_error())?;
        Ok(bytes)
    }

    /// The message of an error that occurs when it is read.
    pub fn read_error(&self) -> String {
        format!("{self} could not be read")
    }
}

impl fmt::Display for InputFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path() {
            Some(path) => path.display().fmt(f),
            None => f.write_str("stdin"),
        }
    }
}
