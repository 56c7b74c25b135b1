//! Paths.

use std::{
    io,
    path::{Path, PathBuf},
};

/// `path` with its parent directory canonicalised; the last component stays as it is, link or not.
///
/// # Errors
/// The parent is missing or cannot be reached; the path ends in `..` or is the root.
pub fn canonical(path: &Path) -> io::Result<PathBuf> {
    let name = path.file_name().ok_or_else(|| {
        io::Error::new(io::ErrorKind::InvalidInput, "the path does not end in a name")
    })?;
    Ok(parent(path).canonicalize()?.join(name))
}

/// The directory of `path`; the current one for a bare name.
pub(super) fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}
