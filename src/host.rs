//! The host: everything that a run receives from outside. Only this module and its children query the machine.

mod actor;
mod choice;
mod hidden;
mod prompt;
mod terminal;
mod terminal_prompt;

pub use prompt::{PromptError, Prompter};
pub use terminal::Terminal;
pub use terminal_prompt::TerminalPrompter;

use std::{
    collections::BTreeMap,
    ffi::OsString,
    fs::File,
    io::{self, Read, Write},
    os::fd::AsFd,
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use anyhow::Context;
use rand::rand_core::UnwrapErr;
use rand::rngs::SysRng;
use rand::{CryptoRng, TryRng};
use rustix::process::{Resource, Rlimit};

use crate::domain::{
    actor::Actor,
    instant::{Clock, Instant},
};

/// What a run receives from outside. Tests build their own.
pub struct Host<'a> {
    /// The environment variables.
    pub env: BTreeMap<OsString, OsString>,
    /// Standard input.
    pub stdin: &'a mut dyn Read,
    /// Standard output, for results. It is unbuffered, so that no copy of a secret stays in memory. Write at least
    /// whole lines.
    pub stdout: &'a mut (dyn Write + Send),
    /// Standard error, for messages.
    pub stderr: &'a mut dyn Write,
    /// Which of the three streams are terminals, and the width.
    pub terminal: Terminal,
    /// The clock, shared with the threads of a server.
    pub clock: &'a Arc<dyn Clock>,
    /// Cryptographically secure random numbers.
    pub entropy: &'a mut (dyn CryptoRng + Send),
    /// Prompts the user at the terminal.
    pub prompter: &'a mut dyn Prompter,
    /// The user who runs gatepass, for the audit log.
    pub actor: Actor,
}

/// Builds the real host and passes it to `run`, with the arguments. The first argument is the name of the program.
///
/// # Errors
/// When the operating system provides no random numbers, without which no secret is safe.
pub fn with_real_host<T>(run: impl FnOnce(Vec<OsString>, &mut Host<'_>) -> T) -> anyhow::Result<T> {
    forbid_core_dumps();
    SysRng.try_next_u64().context("the operating system provides no random numbers")?;
    let env: BTreeMap<_, _> = std::env::vars_os().collect();
    let (terminal, actor) = (terminal::detect_terminal(&env), actor::detect_actor(&env));
    let mut host = Host {
        env,
        // Not locked: prompts read the terminal through the same handles.
        stdin: &mut io::stdin(),
        stdout: &mut unbuffered_stdout(),
        stderr: &mut io::stderr(),
        terminal,
        clock: &(Arc::new(SystemClock) as Arc<dyn Clock>),
        entropy: &mut UnwrapErr(SysRng),
        prompter: &mut TerminalPrompter { is_dumb: terminal.is_dumb },
        actor,
    };
    Ok(run(process_arguments(), &mut host))
}

/// The system clock.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "this is the clock that all others stand in for")]
    fn now(&self) -> Instant {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Instant::from_unix(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
    }
}

/// Prevents core dumps, which would write secrets to disk. The resource limit does not cover cores that are piped to a
/// program, so the process is also marked as not dumpable. Errors are ignored.
fn forbid_core_dumps() {
    let none = Rlimit { current: Some(0), maximum: Some(0) };
    rustix::process::setrlimit(Resource::Core, none).ok();
    #[cfg(target_os = "linux")]
    rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable).ok();
}

/// Returns an unbuffered stdout. Unlike the one of the standard library, it reports an error if stdout is closed.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_real_clock_is_past_the_year_2026() {
        assert!(SystemClock.now() > Instant::from_unix(1_767_225_600));
    }
}
