//! Choosing one of several options with the arrow keys.

use std::{
    fmt,
    io::{self, Stderr, Write},
    os::fd::{AsRawFd, RawFd},
};

use dialoguer::{
    FuzzySelect, Select,
    console::{Term, measure_text_width},
    theme::Theme,
};

use super::prompt::PromptError;

/// Longer lists are narrowed by typing a part of an option.
const MAX_PLAIN_OPTIONS: usize = 9;
/// The most options on the screen.
const MAX_ROWS: usize = 12;

/// Shows the options on stderr and returns the index of the chosen one. Esc declines.
pub(super) fn choose_by_arrows(question: &str, options: &[&str]) -> Result<usize, PromptError> {
    let terminal = Term::read_write_pair(io::stdin(), CursorVisible(io::stderr()));
    let theme = ChoiceTheme { columns: terminal.size().1.into() };
    let chosen = match options.len() {
        ..=MAX_PLAIN_OPTIONS => Select::with_theme(&theme)
            .with_prompt(format!("{question} (arrow keys and Enter; Esc cancels)"))
            .items(options)
            .default(0)
            .interact_on_opt(&terminal),
        _ => FuzzySelect::with_theme(&theme)
            .with_prompt(format!("{question} (type to search, arrow keys and Enter; Esc cancels)"))
            .items(options)
            .default(0)
            .max_length(MAX_ROWS)
            .highlight_matches(false)
            .interact_on_opt(&terminal),
    };
    match chosen {
        Ok(chosen) => chosen.ok_or(PromptError::Declined),
        Err(dialoguer::Error::IO(error)) => Err(match error.kind() {
            io::ErrorKind::Interrupted => PromptError::Interrupted,
            _ => PromptError::Io(error),
        }),
    }
}

/// The look of a choice: a question with its keys, and afterwards the question with the answer.
struct ChoiceTheme {
    /// The width of the terminal.
    columns: usize,
}

impl Theme for ChoiceTheme {
    fn format_prompt(&self, out: &mut dyn fmt::Write, question: &str) -> fmt::Result {
        out.write_str(question)
    }

    fn format_input_prompt_selection(
        &self,
        out: &mut dyn fmt::Write,
        question: &str,
        chosen: &str,
    ) -> fmt::Result {
        let question = question.rsplit_once(" (").map_or(question, |(question, _)| question);
        let fits = measure_text_width(question) + measure_text_width(chosen) < self.columns;
        let separator = if fits { " " } else { "\n> " };
        write!(out, "{question}{separator}{chosen}")
    }
}

/// A terminal whose cursor stays visible: an interrupt ends the process, and would leave a hidden cursor hidden.
#[derive(Debug)]
struct CursorVisible(Stderr);

const HIDE_CURSOR: &[u8] = b"\x1b[?25l";

impl Write for CursorVisible {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if bytes == HIDE_CURSOR { Ok(bytes.len()) } else { self.0.write(bytes) }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl AsRawFd for CursorVisible {
    fn as_raw_fd(&self) -> RawFd {
        self.0.as_raw_fd()
    }
}
