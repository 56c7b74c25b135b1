//! Questions to the person at the terminal. Without a terminal, a usage error names the flag that answers the question.

use zeroize::Zeroizing;

use super::context::Session;
use crate::commands::error::{CliError, CommandError};

impl Session<'_, '_> {
    /// Whether stdin and stderr are terminals.
    pub fn can_prompt(&self) -> bool {
        self.host.terminal.stdin && self.host.terminal.stderr
    }

    /// Whether a destructive command must ask: not with `--yes`, and not in a dry run.
    pub fn needs_confirmation(&self) -> bool {
        !self.global.yes && !self.global.dry_run
    }

    /// Asks whether to go on, unless [`Session::needs_confirmation`] is false.
    ///
    /// # Errors
    /// [`CliError::Declined`] if the answer is "no"; a usage error that names `--yes` without a terminal.
    pub fn confirm(&mut self, question: &str) -> Result<(), CommandError> {
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

    /// Asks for a line until `check` accepts it.
    ///
    /// # Errors
    /// A usage error that names `flag` without a terminal.
    pub fn prompt_text(
        &mut self,
        question: &str,
        flag: &str,
        check: &dyn Fn(&str) -> Result<(), String>,
    ) -> Result<String, CommandError> {
        if !self.can_prompt() {
            return Err(CliError::no_terminal(question, flag).into());
        }
        self.host.stdout.flush()?;
        Ok(self.host.prompter.text(question, check)?)
    }

    /// Asks for a line that is not echoed.
    ///
    /// # Errors
    /// A usage error that names `flag` without a terminal.
    pub fn prompt_hidden(
        &mut self,
        question: &str,
        flag: &str,
    ) -> Result<Zeroizing<Vec<u8>>, CommandError> {
        if !self.can_prompt() {
            return Err(CliError::no_terminal(question, flag).into());
        }
        self.host.stdout.flush()?;
        Ok(self.host.prompter.hidden(question)?)
    }

    /// Asks for one of `options` and returns its index.
    ///
    /// # Errors
    /// A usage error that names `flag` without a terminal.
    pub fn prompt_choice(
        &mut self,
        question: &str,
        flag: &str,
        options: &[&str],
    ) -> Result<usize, CommandError> {
        if !self.can_prompt() {
            return Err(CliError::no_terminal(question, flag).into());
        }
        self.host.stdout.flush()?;
        Ok(self.host.prompter.choose(question, options)?)
    }
}
