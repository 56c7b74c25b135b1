//! Errors of `--field`.

use std::{error::Error, fmt, io};

/// The record has no field with the requested name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownField {
    /// The requested name.
    pub name: String,
    /// The names of the record's fields, in order.
    pub known: Vec<&'static str>,
}

impl UnknownField {
    /// Fails with the first of `names` that is not in `known`.
    ///
    /// # Errors
    /// [`UnknownField`].
    pub fn check(names: &[String], known: &[&'static str]) -> Result<(), Self> {
        match names.iter().find(|name| !known.contains(&name.as_str())) {
            Some(name) => Err(Self { name: name.clone(), known: known.to_vec() }),
            None => Ok(()),
        }
    }
}

impl fmt::Display for UnknownField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown field \"{}\"", self.name)
    }
}

impl Error for UnknownField {}

/// Why a field could not be printed.
#[derive(Debug)]
pub enum FieldError {
    /// The record has no such field.
    Unknown(UnknownField),
    /// Writing failed.
    Write(io::Error),
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(unknown) => unknown.fmt(f),
            Self::Write(error) => error.fmt(f),
        }
    }
}

impl Error for FieldError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Unknown(_) => None,
            Self::Write(error) => Some(error),
        }
    }
}

impl From<UnknownField> for FieldError {
    fn from(unknown: UnknownField) -> Self {
        Self::Unknown(unknown)
    }
}

impl From<io::Error> for FieldError {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}
