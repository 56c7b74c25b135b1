//! Prompts.

use std::io;

use thiserror::Error;
use zeroize::Zeroizing;

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
