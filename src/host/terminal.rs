//! Detects terminals and their width.

use std::{
    collections::BTreeMap,
    ffi::{OsStr, OsString},
    io::{self, IsTerminal},
    os::fd::AsFd,
};

const COLUMNS: &str = "COLUMNS";
const TERM: &str = "TERM";

/// Which of the standard streams are terminals, and the width.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Terminal {
    /// Whether stdin is a terminal.
    pub stdin: bool,
    /// Whether stdout is a terminal.
    pub stdout: bool,
    /// Whether stderr is a terminal.
    pub stderr: bool,
    /// Whether stdout is the null device. This is also the case if the parent process closed it.
    pub stdout_is_null: bool,
    /// The number of columns for output. `None` if it is not known.
    pub width: Option<usize>,
    /// Whether the terminal understands no escape sequences (`TERM=dumb`).
    pub is_dumb: bool,
    /// Whether stdout is coloured. The settings decide it.
    pub stdout_colour: bool,
    /// Whether stderr is coloured. The settings decide it.
    pub stderr_colour: bool,
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
        is_dumb: env.get(OsStr::new(TERM)).is_some_and(|term| term == "dumb"),
        ..Terminal::default()
    }
}

fn parse_width(text: &OsStr) -> Option<usize> {
    text.to_str()?.parse().ok().filter(|width| (1..=10_000).contains(width))
}

/// Whether stdout is `/dev/null`, which has this path on Linux, the BSDs and macOS.
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
