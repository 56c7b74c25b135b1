//! Prompts at the terminal. Without a terminal, a usage error says what is missing and how to pass it.

use zeroize::Zeroizing;

use super::context::Session;
use crate::{
    commands::error::{CliError, CommandError},
    host::{PromptError, Prompter},
    render::{text::cut, wrap},
};

/// The columns to the right of a question, for its choices and the answer.
const ANSWER_ROOM: usize = " [y/N] y".len();
/// The columns to the left of an option.
const OPTION_MARGIN: usize = 6;

/// A prompt for a value that the command line lacks.
#[derive(Clone, Copy, Debug)]
pub struct Prompt<'a> {
    /// The question.
    pub text: &'a str,
    /// The missing value, as the error without a terminal names it.
    pub missing: &'a str,
    /// The hint of that error: how to pass the value.
    pub hint: &'a str,
}

impl Prompt<'_> {
    /// Returns the usage error without a terminal.
    pub fn no_terminal(&self) -> CliError {
        CliError::no_terminal(self.missing, self.hint)
    }
}

impl Session<'_, '_> {
    /// Whether stdin and stderr are terminals, and no argument reads stdin.
    pub fn can_prompt(&self) -> bool {
        self.host.terminal.stdin && self.host.terminal.stderr && !self.is_stdin_taken
    }

    /// Whether a destructive command needs a confirmation: not with `--yes`, and not in a dry run.
    pub fn needs_confirmation(&self) -> bool {
        !self.global.yes && !self.global.dry_run
    }

    /// Prompts for a confirmation, unless [`Session::needs_confirmation`] is false.
    ///
    /// # Errors
    /// If the answer is "no" (exit code 1), or a usage error that names `--yes` if there is no terminal.
    pub fn confirm(&mut self, question: &str) -> Result<(), CommandError> {
        if !self.needs_confirmation() {
            return Ok(());
        }
        if !self.can_prompt() {
            let why =
                if self.is_stdin_taken { "stdin was read for -" } else { "no terminal to prompt" };
            return Err(CliError::no_confirmation(question, why).into());
        }
        self.host.stdout.flush()?;
        let room = self.host.terminal.width.map(|width| width.saturating_sub(ANSWER_ROOM));
        let question = wrap(question, room);
        match self.host.prompter.confirm(&question)? {
            true => Ok(()),
            false => Err(PromptError::Declined.into()),
        }
    }

    /// Returns what prompts for a value.
    ///
    /// # Errors
    /// A usage error without a terminal.
    fn prompter(&mut self, prompt: &Prompt<'_>) -> Result<&mut dyn Prompter, CommandError> {
        if !self.can_prompt() {
            return Err(prompt.no_terminal().into());
        }
        self.host.stdout.flush()?;
        Ok(&mut *self.host.prompter)
    }

    /// Prompts for a line until `check` accepts it.
    ///
    /// # Errors
    /// A usage error without a terminal.
    pub fn prompt_text(
        &mut self,
        prompt: &Prompt<'_>,
        check: &dyn Fn(&str) -> Result<(), String>,
    ) -> Result<String, CommandError> {
        Ok(self.prompter(prompt)?.text(prompt.text, check)?)
    }

    /// Prompts for a line that is not echoed.
    ///
    /// # Errors
    /// A usage error without a terminal.
    pub fn prompt_hidden(
        &mut self,
        prompt: &Prompt<'_>,
    ) -> Result<Zeroizing<Vec<u8>>, CommandError> {
        Ok(self.prompter(prompt)?.hidden(prompt.text)?)
    }

    /// Prompts for lines that are not echoed.
    ///
    /// # Errors
    /// A usage error without a terminal.
    pub fn prompt_hidden_lines(
        &mut self,
        prompt: &Prompt<'_>,
    ) -> Result<Zeroizing<Vec<u8>>, CommandError> {
        Ok(self.prompter(prompt)?.hidden_lines(prompt.text)?)
    }

    /// Prompts for one of `options`, which must already be escaped, and returns its index.
    ///
    /// # Errors
    /// A usage error without a terminal.
    pub fn prompt_choice(
        &mut self,
        prompt: &Prompt<'_>,
        options: &[&str],
    ) -> Result<usize, CommandError> {
        // An option of several lines could not be redrawn.
        let room = self.host.terminal.width.unwrap_or(usize::MAX).saturating_sub(OPTION_MARGIN);
        let options: Vec<_> = options.iter().map(|option| cut(option, room)).collect();
        let options: Vec<&str> = options.iter().map(AsRef::as_ref).collect();
        Ok(self.prompter(prompt)?.choose(prompt.text, &options)?)
    }
}
