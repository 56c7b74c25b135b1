//! A shell in a home directory of its own, with the real program on its path and nothing else inherited.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use tempfile::TempDir;

/// The program that the tests were built with.
pub const GATEPASS: &str = env!("CARGO_BIN_EXE_gatepass");

/// A home directory with nothing in it.
pub struct Shell {
    home: TempDir,
}

impl Shell {
    /// A new one.
    pub fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        fs::set_permissions(home.path(), Permissions::from_mode(0o700)).unwrap();
        Self { home }
    }

    /// A path in the home directory.
    pub fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Writes a file and answers its path.
    pub fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, text).unwrap();
        path
    }

    /// A program that will run here.
    pub fn command(&self, program: &str) -> Command {
        let bin = Path::new(GATEPASS).parent().unwrap().display();
        let mut command = Command::new(program);
        command.current_dir(self.home.path()).env_clear();
        command.env("HOME", self.home.path()).env("LC_ALL", "C.UTF-8");
        command.env("PATH", format!("{bin}:/usr/local/bin:/usr/bin:/bin"));
        command
    }

    /// Runs `gatepass`; anything but success ends the story.
    pub fn gatepass(&self, arguments: &[&str]) -> String {
        text(self.command(GATEPASS).args(arguments).output().unwrap())
    }

    /// Runs a script; anything but success ends the story.
    pub fn script(&self, shell: &str, options: &[&str], script: &Path) -> String {
        let output = self.command(shell).args(options).arg(script).output();
        text(output.unwrap_or_else(|why| panic!("{shell}: {why}; tests/run installs it")))
    }
}

fn text(output: Output) -> String {
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}\n{stderr}", output.status);
    String::from_utf8(output.stdout).unwrap()
}
