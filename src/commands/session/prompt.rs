//! Questions to the person at the terminal. Without one: a usage error that names the flag, never a hang.

use zeroize::Zeroizing;

use crate::commands::{Session, error::report::CliError};

impl Session<'_, '_> {
    /// Whether somebody can be asked.
    pub fn can_prompt(&self) -> bool {
        self.host.terminal.stdin && self.host.terminal.stderr
    }

    /// Whether a dangerous verb has to ask; `--yes` and a dry run answer by themselves.
    pub fn needs_confirmation(&self) -> bool {
        !self.global.yes && !self.global.dry_run
    }

    /// Asks whether to go on; `--yes` and a dry run answer by themselves.
    ///
    /// # Errors
    /// `Failure::Declined` for "no"; a usage error that names `--yes` when nobody can be asked.
    pub fn confirm(&mut self, question: &str) -> anyhow::Result<()> {
        if !self.needs_confirmation() {
            return Ok(());
        }
        if !self.can_prompt() {
            return Err(CliError::no_terminal(question, "--yes").into());
        }
        self.host.stdout.flush()?;
        match self.host.prompter.confirm(question)? {
            true => Ok(()),
            false => Err(CliError::Declined.into()),
        }
    }

    /// Asks for a line.
    ///
    /// # Errors
    /// A usage error that names `flag` when nobody can be asked.
    pub fn prompt_text(
        &mut self,
        question: &str,
        flag: &str,
        check: &dyn Fn(&str) -> Result<(), String>,
    ) -> anyhow::Result<String> {
        if !self.can_prompt() {
            return Err(CliError::no_terminal(question, flag).into());
        }
        self.host.stdout.flush()?;
        Ok(self.host.prompter.text(question, check)?)
    }

    /// Asks for a line that is not shown while it is typed.
    ///
    /// # Errors
    /// A usage error that names `flag` when nobody can be asked.
    pub fn prompt_hidden(
        &mut self,
        question: &str,
        flag: &str,
    ) -> anyhow::Result<Zeroizing<Vec<u8>>> {
        if !self.can_prompt() {
            return Err(CliError::no_terminal(question, flag).into());
        }
        self.host.stdout.flush()?;
        Ok(self.host.prompter.hidden(question)?)
    }

    /// Asks for one of `options`.
    ///
    /// # Errors
    /// A usage error that names `flag` when nobody can be asked.
    pub fn prompt_choice(
        &mut self,
        question: &str,
        flag: &str,
        options: &[&str],
    ) -> anyhow::Result<usize> {
        if !self.can_prompt() {
            return Err(CliError::no_terminal(question, flag).into());
        }
        self.host.stdout.flush()?;
        Ok(self.host.prompter.choose(question, options)?)
    }
}
