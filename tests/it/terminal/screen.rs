//! A real terminal, drawn by tmux: what is on its screen, and keys to press.

use std::{
    process::Command,
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

use crate::support::process::{GATEPASS, TestHome, finish, require_tool};

/// How long something may take to appear.
const PATIENCE: Duration = Duration::from_secs(60);

/// A terminal in which one command runs. It is closed on drop.
pub struct Screen<'h> {
    home: &'h TestHome,
    /// The directory with the socket of its own tmux.
    directory: TempDir,
}

impl<'h> Screen<'h> {
    /// Runs `gatepass` with the words of `line` at a terminal of this width; `variables` are set before it, as in a shell.
    pub fn run(home: &'h TestHome, width: usize, variables: &str, line: &str) -> Self {
        require_tool("tmux", "tmux");
        let screen = Self { home, directory: TempDir::new().unwrap() };
        // An interrupt ends the command, but not the shell, which prints the exit code.
        let shell =
            format!("trap : INT; {variables} {GATEPASS} {line}; echo \"exit $?\"; sleep 60");
        let width = width.to_string();
        screen.tmux(&["new-session", "-d", "-x", &width, "-y", "40", "sh", "-c", &shell]);
        screen
    }

    /// Presses keys, as tmux names them, and waits until `text` is on the screen.
    pub fn press(&self, keys: &[&str], text: &str) -> &Self {
        self.tmux(&[&["send-keys"], keys].concat());
        self.wait_for(text)
    }

    /// Waits until `text` is on the screen.
    pub fn wait_for(&self, text: &str) -> &Self {
        let start = Instant::now();
        while !self.text().contains(text) {
            assert!(start.elapsed() < PATIENCE, "no {text:?} on the screen:\n{}", self.text());
            thread::sleep(Duration::from_millis(20));
        }
        self
    }

    /// Returns the text on the screen, with ids and secrets replaced, since they differ from run to run.
    pub fn text(&self) -> String {
        redact(&self.tmux(&["capture-pane", "-p"]))
    }

    /// Returns the text on the screen with its colours, as escape sequences.
    pub fn coloured(&self) -> String {
        self.tmux(&["capture-pane", "-p", "-e"])
    }

    /// Whether the cursor is visible.
    pub fn has_cursor(&self) -> bool {
        self.tmux(&["display-message", "-p", "#{cursor_flag}"]).trim() == "1"
    }

    fn command(&self) -> Command {
        let mut command = self.home.tool("tmux");
        command.env("LC_ALL", "C.UTF-8").args(["-u", "-f", "/dev/null", "-S"]);
        command.arg(self.directory.path().join("socket"));
        command
    }

    fn tmux(&self, words: &[&str]) -> String {
        let output = finish(self.command().args(words).spawn().unwrap());
        assert_eq!(output.code, Some(0), "tmux {words:?}: {output:?}");
        output.stdout
    }
}

impl Drop for Screen<'_> {
    fn drop(&mut self) {
        // The terminal may be closed already, and a test may be failing.
        let _closed = self.command().arg("kill-server").output();
    }
}

/// Replaces the digits of ids and secrets by `…`.
fn redact(text: &str) -> String {
    let mut redacted = String::new();
    let mut rest = text;
    while let Some(at) = ["pc_", "gpa_", "gpu_"].iter().filter_map(|prefix| rest.find(prefix)).min()
    {
        let start = at + rest[at..].find('_').unwrap() + 1;
        redacted.push_str(&rest[..start]);
        redacted.push('…');
        rest = rest[start..].trim_start_matches(|digit: char| digit.is_ascii_alphanumeric());
    }
    redacted + rest
}
