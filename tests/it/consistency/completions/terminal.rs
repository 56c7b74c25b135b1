//! Interactive shells at a terminal.

use std::{
    fs,
    io::Write,
    path::Path,
    process::{Child, Stdio},
    thread,
    time::{Duration, Instant},
};

use clap_complete::Shell;
use rustix::process::{Pid, Signal, kill_process_group};

use crate::support::process::{TestHome, require_tool};

/// The time limit of a line.
const TIME_LIMIT: Duration = Duration::from_secs(30);

/// A shell that reads keys from a terminal, with the completions of a script.
pub struct Terminal<'h> {
    home: &'h TestHome,
    shell: Child,
}

impl<'h> Terminal<'h> {
    /// Starts a shell in a home, with a completion script.
    pub fn new(home: &'h TestHome, shell: Shell, script: &str) -> Self {
        let (command, setup) = match shell {
            Shell::Bash => ("bash --noprofile --norc -i", "source ./script"),
            Shell::Zsh => {
                ("zsh -f -i", "fpath=($PWD $fpath); autoload -Uz compinit; compinit -u -D")
            }
            Shell::Fish => ("fish --no-config -i", "source ./script"),
            other => unreachable!("no completions for {other}"),
        };
        require_tool(&command[..command.find(' ').unwrap()], "the shell");
        home.file(if shell == Shell::Zsh { "_gatepass" } else { "script" }, script);
        home.file("start", &format!("stty cols 200 rows 50\nexec {command}\n"));
        let mut process =
            home.script_command(&["script", "-qefc", "sh start"], Path::new("/dev/null"));
        process.env("TERM", "xterm").stdin(Stdio::piped()).stdout(Stdio::null());
        let mut terminal = Self { home, shell: process.spawn().unwrap() };
        terminal.run(setup);
        terminal
    }

    /// Types a command, with tabs where they are pressed, and returns what it prints on stdout.
    pub fn run(&mut self, keys: &str) -> String {
        let (output, done) = (self.home.path("output"), self.home.path("done"));
        let keys = format!("{keys} >output; echo >done\n");
        let stdin = self.shell.stdin.as_mut().unwrap();
        stdin.write_all(keys.as_bytes()).unwrap();
        let start = Instant::now();
        while !done.exists() {
            assert!(start.elapsed() < TIME_LIMIT, "the shell hangs after {keys:?}");
            thread::sleep(Duration::from_millis(5));
        }
        fs::remove_file(done).unwrap();
        fs::read_to_string(output).unwrap()
    }
}

impl Drop for Terminal<'_> {
    fn drop(&mut self) {
        kill_process_group(Pid::from_child(&self.shell), Signal::KILL).ok();
        self.shell.wait().ok();
    }
}
