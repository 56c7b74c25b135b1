//! Scripts in real shells, with `gatepass` on their path.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use super::process::{GATEPASS, ProcessOutput, TestHome, finish, require_tool};

impl TestHome {
    /// Writes a file and returns its path.
    pub fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, text).unwrap();
        path
    }

    /// Prepares a shell that runs a script without a terminal.
    pub fn script_command(&self, shell: &[&str], script: &Path) -> Command {
        require_tool(shell[0], shell[0]);
        let bin = Path::new(GATEPASS).parent().unwrap().display();
        let mut command = self.tool(shell[0]);
        command.args(&shell[1..]).arg(script).stdin(Stdio::null());
        command
            .env("LC_ALL", "C.UTF-8")
            .env("PATH", format!("{bin}:/usr/local/bin:/usr/sbin:/usr/bin:/bin"));
        command
    }

    /// Runs a script without a terminal.
    pub fn script(&self, shell: &[&str], script: &Path) -> ProcessOutput {
        finish(self.script_command(shell, script).spawn().unwrap())
    }

    /// Returns the stdout of a script. Panics if it fails.
    pub fn script_ok(&self, shell: &[&str], script: &Path) -> String {
        let output = self.script(shell, script);
        assert_eq!(output.code, Some(0), "{output:?}");
        output.stdout
    }
}
