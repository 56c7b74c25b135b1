//! The interface for prompts.

use std::io;

use thiserror::Error;
use zeroize::Zeroizing;

/// Prompts the user at the terminal.
pub trait Prompter {
    /// Prompts for a line until `check` accepts it. The error of `check` is shown.
    ///
    /// # Errors
    /// The user declined or interrupted the prompt, or the terminal failed.
    fn text(
        &mut self,
        question: &str,
        check: &dyn Fn(&str) -> Result<(), String>,
    ) -> Result<String, PromptError>;

    /// Prompts for a line without echo.
    ///
    /// # Errors
    /// As for [`Prompter::text`].
    fn hidden(&mut self, question: &str) -> Result<Zeroizing<Vec<u8>>, PromptError>;

    /// Prompts for lines without echo, up to the end of the input (Ctrl-D).
    ///
    /// # Errors
    /// As for [`Prompter::text`].
    fn hidden_lines(&mut self, question: &str) -> Result<Zeroizing<Vec<u8>>, PromptError>;

    /// Prompts for one of `options` and returns its index. The default is the first.
    ///
    /// # Errors
    /// As for [`Prompter::text`].
    fn choose(&mut self, question: &str, options: &[&str]) -> Result<usize, PromptError>;

    /// Prompts for yes or no. The default is no, which Ctrl-D means as well.
    ///
    /// # Errors
    /// The user interrupted the prompt, or the terminal failed.
    fn confirm(&mut self, question: &str) -> Result<bool, PromptError>;
}

/// Why a prompt has no answer.
#[derive(Debug, Error)]
pub enum PromptError {
    /// The user answered "no" to a confirmation, or gave no answer with Ctrl-D or Esc.
    #[error("Cancelled; nothing was changed")]
    Declined,
    /// The user interrupted the prompt.
    #[error("interrupted")]
    Interrupted,
    /// The terminal failed.
    #[error("the prompt could not be shown")]
    Io(#[source] io::Error),
}
