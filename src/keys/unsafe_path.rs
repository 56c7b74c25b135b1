//! Why a path is not safe, and what to do about it.

use std::{
    io,
    path::{Path, PathBuf},
};

use thiserror::Error;

/// Why a path is not safe. [`UnsafePath::hint`] says how to fix it.
#[derive(Debug, Error)]
pub enum UnsafePath {
    /// The path is a symbolic link.
    #[error("{} is a symbolic link", path.display())]
    Symlink {
        /// The link.
        path: PathBuf,
    },
    /// The path is not a regular file.
    #[error("{} is {what}, not a file", path.display())]
    NotAFile {
        /// The path.
        path: PathBuf,
        /// What it is, with its article.
        what: &'static str,
    },
    /// The file has more than one hard link.
    #[error("{} has {count} hard links; only one is allowed", path.display())]
    HardLinks {
        /// The file.
        path: PathBuf,
        /// The number of hard links.
        count: u64,
    },
    /// The file does not belong to the effective user.
    #[error("{} belongs to uid {owner}, but gatepass runs as uid {user}", path.display())]
    Owner {
        /// The file.
        path: PathBuf,
        /// The uid of its owner.
        owner: u32,
        /// The uid of the effective user.
        user: u32,
    },
    /// Group or others have access to the file.
    #[error("{} is accessible to other users (mode {mode:04o})", path.display())]
    Mode {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// Group or others can write to the file.
    #[error("{} is writable by other users (mode {mode:04o})", path.display())]
    Writable {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The directory belongs to neither the effective user nor root.
    #[error("directory {} belongs to uid {owner}, but gatepass runs as uid {user}", path.display())]
    DirectoryOwner {
        /// The directory.
        path: PathBuf,
        /// The uid of its owner.
        owner: u32,
        /// The uid of the effective user.
        user: u32,
    },
    /// Group or others can write to the directory. The sticky bit does not make it safe.
    #[error("directory {} is writable by other users (mode {mode:04o})", path.display())]
    DirectoryMode {
        /// The directory.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
        /// Whether the effective user owns the directory and can change its mode.
        own: bool,
    },
    /// The path cannot be examined.
    #[error("{} cannot be checked", path.display())]
    Unreadable {
        /// The path as given.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
}

impl UnsafePath {
    /// Whether the file itself is as expected, but other users have access to it or to its directory.
    pub fn is_exposed(&self) -> bool {
        matches!(self, Self::Mode { .. } | Self::DirectoryMode { .. })
    }

    /// What the user can do about it. `None` if there is no advice.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Symlink { path } => Some(format!(
                "give the path of the file itself: readlink -f {}",
                shell_quoted(path)
            )),
            Self::HardLinks { path, .. } => {
                Some(format!("find the other links: find / -xdev -samefile {}", shell_quoted(path)))
            }
            Self::Mode { path, .. } => Some(format!("chmod 600 {}", shell_quoted(path))),
            Self::Writable { path, .. } => Some(format!("chmod go-w {}", shell_quoted(path))),
            Self::Owner { owner, .. } | Self::DirectoryOwner { owner, .. } => {
                Some(format!("run gatepass as the owner: {}", sudo_command(*owner)))
            }
            Self::DirectoryMode { path, own: true, mode } if mode & 0o1000 == 0 => {
                Some(format!("chmod go-w {}", shell_quoted(path)))
            }
            Self::DirectoryMode { .. } => {
                Some("use a directory of your own, created with mkdir -m 700".to_owned())
            }
            Self::NotAFile { .. } | Self::Unreadable { .. } => None,
        }
    }
}

fn sudo_command(owner: u32) -> String {
    match owner {
        0 => "sudo gatepass …".to_owned(),
        _ => format!("sudo -u '#{owner}' gatepass …"),
    }
}

/// Quotes a path for a shell.
fn shell_quoted(path: &Path) -> String {
    let text = path.to_string_lossy();
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+,:@%=".contains(c);
    if text.chars().all(plain) && !text.starts_with('-') {
        text.into_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hints_are_shell_quoted() {
        assert_eq!(shell_quoted(Path::new("/a/b_c-1.db")), "/a/b_c-1.db");
        assert_eq!(shell_quoted(Path::new("/a b/it's")), r"'/a b/it'\''s'");
    }
}
