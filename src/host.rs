//! The host: everything that the outside world gives one run, and the only place that asks the machine for it.

mod hidden;

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{self, IsTerminal, Read, Write};
use std::os::fd::AsFd;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use dialoguer::Input;
use rand::CryptoRng;
use rand::rand_core::UnwrapErr;
use rand::rngs::SysRng;
use rustix::process::{Resource, Rlimit};
use thiserror::Error;
use zeroize::Zeroizing;

use crate::domain::{
    actor::Actor,
    instant::{Clock, Instant},
};

const COLUMNS: &str = "COLUMNS";
const SUDO_USER: &str = "SUDO_USER";

/// What the outside world gives one run. Tests build their own.
pub struct Host<'a> {
    /// The environment variables.
    pub env: BTreeMap<OsString, OsString>,
    /// Data in.
    pub stdin: &'a mut dyn Read,
    /// Data out. Not buffered, so that no copy of a secret stays in memory: write whole lines, or more.
    pub stdout: &'a mut (dyn Write + Send),
    /// Talk.
    pub stderr: &'a mut dyn Write,
    /// Which of the three are terminals, and how wide.
    pub terminal: Terminal,
    /// The time; shared by the threads of a server.
    pub clock: &'a Arc<dyn Clock>,
    /// Randomness fit for secrets.
    pub entropy: &'a mut (dyn CryptoRng + Send),
    /// Questions to the person at the terminal.
    pub prompter: &'a mut dyn Prompter,
    /// On whose behalf this runs.
    pub actor: Actor,
}

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

/// Asks the person at the terminal.
pub trait Prompter {
    /// Asks for a line until `check` accepts it; its error is shown.
    ///
    /// # Errors
    /// Interrupted, or no terminal to ask at.
    fn text(
        &mut self,
        question: &str,
        check: &dyn Fn(&str) -> Result<(), String>,
    ) -> Result<String, PromptError>;

    /// Asks for a line that is not shown while it is typed.
    ///
    /// # Errors
    /// Interrupted, or no terminal to ask at.
    fn hidden(&mut self, question: &str) -> Result<Zeroizing<Vec<u8>>, PromptError>;

    /// Asks for one of `options` and answers its index.
    ///
    /// # Errors
    /// Interrupted, or no terminal to ask at.
    fn choose(&mut self, question: &str, options: &[&str]) -> Result<usize, PromptError>;

    /// Asks for yes or no; no is the default.
    ///
    /// # Errors
    /// Interrupted, or no terminal to ask at.
    fn confirm(&mut self, question: &str) -> Result<bool, PromptError>;
}

/// Why a question has no answer.
#[derive(Debug, Error)]
pub enum PromptError {
    /// The person interrupted it.
    #[error("interrupted")]
    Interrupted,
    /// The terminal failed.
    #[error("the question could not be asked")]
    Io(#[source] io::Error),
}

/// Builds the real host and hands it, with the arguments (the program's name first), to `run`.
pub fn with_real_host<T>(run: impl FnOnce(Vec<OsString>, &mut Host<'_>) -> T) -> T {
    forbid_core_dumps();
    let env: BTreeMap<_, _> = std::env::vars_os().collect();
    let (terminal, actor) = (detect_terminal(&env), detect_actor(&env));
    let mut host = Host {
        env,
        // Not locked: prompts read the terminal through the same handles.
        stdin: &mut io::stdin(),
        stdout: &mut unbuffered_stdout(),
        stderr: &mut io::stderr(),
        terminal,
        clock: &(Arc::new(SystemClock) as Arc<dyn Clock>),
        entropy: &mut UnwrapErr(SysRng),
        prompter: &mut TerminalPrompter,
        actor,
    };
    run(process_arguments(), &mut host)
}

/// The clock of the machine.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "this is the clock that all others stand in for")]
    fn now(&self) -> Instant {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Instant::from_unix(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
    }
}

/// Asks on stderr, and listens to the terminal.
///
/// An interrupt ends the process by its signal, as shells expect; where the signal is ignored it is an error.
/// No prompt hides the cursor, since an interrupt would leave it hidden.
#[derive(Clone, Copy, Debug)]
pub struct TerminalPrompter;

impl Prompter for TerminalPrompter {
    fn text(
        &mut self,
        question: &str,
        check: &dyn Fn(&str) -> Result<(), String>,
    ) -> Result<String, PromptError> {
        prompt_line(question, false, &|text| check(text))
    }

    fn hidden(&mut self, question: &str) -> Result<Zeroizing<Vec<u8>>, PromptError> {
        hidden::prompt_hidden(question.trim_end_matches('?'))
    }

    fn choose(&mut self, question: &str, options: &[&str]) -> Result<usize, PromptError> {
        let mut list = String::new();
        for (number, option) in (1..).zip(options) {
            list.push_str(&format!("{number:>3}  {option}\n"));
        }
        io::stderr().write_all(list.as_bytes()).map_err(PromptError::Io)?;
        let check = |text: &str| parse_choice(text, options.len()).map(|_| ());
        let answer = prompt_line(question, false, &check)?;
        parse_choice(&answer, options.len()).map_err(|_| PromptError::Interrupted)
    }

    fn confirm(&mut self, question: &str) -> Result<bool, PromptError> {
        let answer = prompt_line(&format!("{question} [y/N]"), true, &|text| {
            parse_yes_no(text).map(|_| ())
        })?;
        Ok(parse_yes_no(&answer) == Ok(true))
    }
}

fn prompt_line(
    question: &str,
    may_be_empty: bool,
    check: &dyn Fn(&str) -> Result<(), String>,
) -> Result<String, PromptError> {
    let input = Input::<String>::new()
        .with_prompt(question.trim_end_matches('?'))
        .allow_empty(may_be_empty)
        .validate_with(|text: &String| check(text));
    input.interact_text().map_err(|dialoguer::Error::IO(error)| match error.kind() {
        io::ErrorKind::Interrupted => PromptError::Interrupted,
        _ => PromptError::Io(error),
    })
}

/// The index of the option that was chosen by its number.
fn parse_choice(text: &str, count: usize) -> Result<usize, String> {
    let number = text.trim().parse::<usize>().ok().filter(|number| (1..=count).contains(number));
    number.map(|number| number - 1).ok_or_else(|| format!("a number from 1 to {count}"))
}

fn parse_yes_no(text: &str) -> Result<bool, String> {
    match text.trim().to_ascii_lowercase().as_str() {
        "y" | "yes" => Ok(true),
        "" | "n" | "no" => Ok(false),
        _ => Err("y or n".to_owned()),
    }
}

/// Memory with secrets must not end up on a disk. The limit alone does not hold back a core that is piped to a
/// program, so the process is marked as not to be dumped as well. A refusal leaves things as they were.
fn forbid_core_dumps() {
    let none = Rlimit { current: Some(0), maximum: Some(0) };
    rustix::process::setrlimit(Resource::Core, none).ok();
    #[cfg(target_os = "linux")]
    rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable).ok();
}

/// A handle of stdout's own: unlike the one of the standard library it neither looks for line ends nor takes
/// a closed stdout for a success.
fn unbuffered_stdout() -> Box<dyn Write + Send> {
    match io::stdout().as_fd().try_clone_to_owned() {
        Ok(fd) => Box::new(File::from(fd)),
        Err(_) => Box::new(io::stdout()),
    }
}

#[allow(clippy::disallowed_methods, reason = "this is where arguments come from")]
fn process_arguments() -> Vec<OsString> {
    std::env::args_os().collect()
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

fn detect_terminal(env: &BTreeMap<OsString, OsString>) -> Terminal {
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

fn detect_actor(env: &BTreeMap<OsString, OsString>) -> Actor {
    let uid = rustix::process::getuid().as_raw();
    let login = fs::read_to_string("/proc/self/loginuid").unwrap_or_default();
    let users = fs::read("/etc/passwd").unwrap_or_default();
    let sudo = env.get(OsStr::new(SUDO_USER)).filter(|name| !name.is_empty());
    Actor {
        uid,
        login_uid: parse_login_uid(&login),
        user: find_user_name(&users, uid).unwrap_or_else(|| uid.to_string()),
        sudo_user: sudo.map(|name| name.to_string_lossy().into_owned()),
        host: rustix::system::uname().nodename().to_string_lossy().into_owned(),
    }
}

fn parse_width(text: &OsStr) -> Option<usize> {
    text.to_str()?.parse().ok().filter(|width| (1..=10_000).contains(width))
}

/// The kernel writes the greatest number where nobody logged in.
fn parse_login_uid(text: &str) -> Option<u32> {
    text.trim().parse().ok().filter(|uid| *uid != u32::MAX)
}

fn find_user_name(users: &[u8], uid: u32) -> Option<String> {
    let name = |line: &[u8]| {
        let mut fields = line.split(|byte| *byte == b':');
        let name = fields.next().filter(|name| !name.is_empty())?;
        let number: u32 = std::str::from_utf8(fields.nth(1)?).ok()?.parse().ok()?;
        (number == uid).then(|| String::from_utf8_lossy(name).into_owned())
    };
    users.split(|byte| *byte == b'\n').find_map(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_names_are_found_by_uid() {
        let users =
            b"root:x:0:0:root:/root:/bin/sh\nbroken\n:x:7::\nann:x:1000:0::/:\nbob:x:1000:0::/:\n";
        assert_eq!(find_user_name(users, 0).as_deref(), Some("root"));
        assert_eq!(find_user_name(users, 1000).as_deref(), Some("ann"));
        assert_eq!(find_user_name(users, 7), None);
        assert_eq!(find_user_name(b"", 0), None);
    }

    #[test]
    fn the_login_uid_of_no_login_is_none() {
        assert_eq!(parse_login_uid("4294967295"), None);
        assert_eq!(parse_login_uid(""), None);
        assert_eq!(parse_login_uid("1000\n"), Some(1000));
    }

    #[test]
    fn only_widths_from_1_to_10000_are_used() {
        let read = |text: &str| parse_width(OsStr::new(text));
        assert_eq!((read("80"), read("0"), read("-1"), read("")), (Some(80), None, None, None));
        assert_eq!(read("99999999999999999999"), None);
    }

    #[test]
    fn no_is_the_default() {
        assert_eq!(parse_yes_no(""), Ok(false));
        assert_eq!(parse_yes_no(" Yes "), Ok(true));
        assert_eq!(parse_yes_no("n"), Ok(false));
        assert!(parse_yes_no("yep").is_err());
    }

    #[test]
    fn options_are_chosen_by_number() {
        assert_eq!((parse_choice("1", 2), parse_choice(" 2 ", 2)), (Ok(0), Ok(1)));
        assert!(
            parse_choice("0", 2).is_err()
                && parse_choice("3", 2).is_err()
                && parse_choice("x", 2).is_err()
        );
    }

    #[test]
    fn the_real_clock_is_past_the_year_2026() {
        assert!(SystemClock.now() > Instant::from_unix(1_767_225_600));
    }

    #[test]
    fn the_real_actor_has_names() {
        let identity = detect_actor(&BTreeMap::from([(SUDO_USER.into(), "ann".into())]));
        assert!(!identity.user.is_empty() && !identity.host.is_empty());
        assert_eq!(identity.sudo_user.as_deref(), Some("ann"));
    }
}
