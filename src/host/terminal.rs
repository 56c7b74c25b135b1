//! Terminal.

use std::{
    collections::BTreeMap,
    ffi::{OsStr, OsString},
    io::{self, IsTerminal},
    os::fd::AsFd,
};

const COLUMNS: &str = "COLUMNS";

/// Which of the standard streams are terminals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Terminal {
    /// Whether stdin is one.
    pub stdin: bool,
    /// Whether stdout is one.
    pub stdout: bool,
    /// Whether stderr is one.
    pub stderr: bool,
    /// Whether stdout leads nowhere: it is the null device, as it also is where a parent had closed it.
    pub stdout_is_null: bool,
    /// How many columns to fill, if that is known.
    pub width: Option<usize>,
}

pub(super) fn detect_terminal(env: &BTreeMap<OsString, OsString>) -> Terminal {
    let (stdout, stderr) = (io::stdout(), io::stderr());
    let columns = |fd: std::os::fd::BorrowedFd<'_>| {
        let size = rustix::termios::tcgetwinsize(fd).ok()?;
        (size.ws_col > 0).then_some(usize::from(size.ws_col))
    };
    Terminal {
        stdin: io::stdin().is_terminal(),
        stdout: stdout.is_terminal(),
        stderr: stderr.is_terminal(),
        stdout_is_null: is_null(&stdout),
        width: env
            .get(OsStr::new(COLUMNS))
            .and_then(|text| parse_width(text))
            .or_else(|| columns(stdout.as_fd()))
            .or_else(|| columns(stderr.as_fd())),
    }
}

fn parse_width(text: &OsStr) -> Option<usize> {
    text.to_str()?.parse().ok().filter(|width| (1..=10_000).contains(width))
}

/// Linux, the BSDs and macOS alike keep the null device at this path.
fn is_null(stdout: &io::Stdout) -> bool {
    let device = |stat: rustix::fs::Stat| stat.st_rdev;
    match (rustix::fs::fstat(stdout), rustix::fs::stat("/dev/null")) {
        (Ok(stdout), Ok(null)) => {
            rustix::fs::FileType::from_raw_mode(stdout.st_mode)
                == rustix::fs::FileType::CharacterDevice
                && device(stdout) == device(null)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_widths_from_1_to_10000_are_used() {
        let read = |text: &str| parse_width(OsStr::new(text));
        assert_eq!((read("80"), read("0"), read("-1"), read("")), (Some(80), None, None, None));
        assert_eq!(read("99999999999999999999"), None);
    }
}
