//! Directories and canonical forms of paths.

use std::{
    io,
    path::{Path, PathBuf},
};

/// Returns `path` with a canonical parent directory. The last component is not resolved, even if it is a link.
///
/// # Errors
/// The parent directory cannot be resolved, or the path does not end in a file name.
pub fn canonical(path: &Path) -> io::Result<PathBuf> {
    let name = path.file_name().ok_or_else(|| {
        io::Error::new(io::ErrorKind::InvalidInput, "the path does not end in a file name")
    })?;
    Ok(parent(path).canonicalize()?.join(name))
}

/// The directory of `path`. `.` for a bare name.
pub(super) fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}
