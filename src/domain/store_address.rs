//! The address of a store: the kind of database that keeps it, and where that is.

use std::{ffi::OsStr, fmt, path::PathBuf};

use thiserror::Error;

/// The address of a store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreAddress {
    /// A SQLite file at this path.
    Sqlite(PathBuf),
}

/// A text names a kind of store that does not exist.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{scheme}:// is not a supported kind of store; use the path of a SQLite file")]
pub struct UnknownStoreKind {
    /// The URL scheme of the text.
    pub scheme: String,
}

impl StoreAddress {
    /// Parses an address: the path of a SQLite file.
    ///
    /// # Errors
    /// The text begins with a URL scheme, as in `word://`.
    pub fn parse(text: &OsStr) -> Result<Self, UnknownStoreKind> {
        match url_scheme(&text.to_string_lossy()) {
            Some(scheme) => Err(UnknownStoreKind { scheme: scheme.to_owned() }),
            None => Ok(PathBuf::from(text).into()),
        }
    }

    /// Returns the address with its path replaced by `map(path)`.
    #[must_use]
    pub fn map_path(self, map: impl FnOnce(PathBuf) -> PathBuf) -> Self {
        match self {
            Self::Sqlite(path) => Self::Sqlite(map(path)),
        }
    }
}

impl From<PathBuf> for StoreAddress {
    fn from(path: PathBuf) -> Self {
        Self::Sqlite(path)
    }
}

impl fmt::Display for StoreAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => path.display().fmt(f),
        }
    }
}

/// Returns the scheme of a URL; `None` if the text does not begin with one.
fn url_scheme(text: &str) -> Option<&str> {
    let (scheme, _) = text.split_once("://")?;
    let mut characters = scheme.chars();
    let is_scheme = characters.next().is_some_and(|c| c.is_ascii_alphabetic())
        && characters.all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    is_scheme.then_some(scheme)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn a_path_is_the_address_of_a_file() {
        for path in ["/a/store.db", "store.db", "a:/b", "a/b://c", "://a", "4you://a", "C:\\s.db"] {
            let address = StoreAddress::parse(OsStr::new(path)).unwrap();
            assert_eq!(address, StoreAddress::Sqlite(path.into()));
            assert_eq!(address.to_string(), path);
        }
    }

    #[test]
    fn a_url_is_not_a_path() {
        for (text, scheme) in
            [("postgres://host/db", "postgres"), ("x://", "x"), ("git+ssh://a", "git+ssh")]
        {
            let error = StoreAddress::parse(OsStr::new(text)).unwrap_err();
            assert_eq!(error, UnknownStoreKind { scheme: scheme.to_owned() });
        }
    }

    #[test]
    fn a_path_can_be_resolved() {
        let address = StoreAddress::from(PathBuf::from("s"));
        let resolved = address.map_path(|path| Path::new("/d").join(path));
        assert_eq!(resolved, PathBuf::from("/d/s").into());
    }
}
