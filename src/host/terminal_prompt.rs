//! Prompts on a real terminal.

use std::{
    fmt,
    io::{self, Write},
};

use dialoguer::{Input, theme::Theme};
use zeroize::Zeroizing;

use super::{
    hidden::{self, Extent},
    prompt::{PromptError, Prompter},
};

/// Prompts on stderr and reads from the terminal.
///
/// An interrupt ends the process by its signal, as shells expect. If the signal is ignored, the prompt returns an
/// error. No prompt hides the cursor, since an interrupt would leave it hidden.
#[derive(Clone, Copy, Debug)]
pub struct TerminalPrompter;

impl Prompter for TerminalPrompter {
    fn text(
        &mut self,
        question: &str,
        check: &dyn Fn(&str) -> Result<(), String>,
    ) -> Result<String, PromptError> {
        prompt_line(question, false, &|text| check(text).map_err(|error| format!("error: {error}")))
    }

    fn hidden(&mut self, question: &str) -> Result<Zeroizing<Vec<u8>>, PromptError> {
        hidden::prompt_hidden(question.trim_end_matches('?'), Extent::Line)
    }

    fn hidden_lines(&mut self, question: &str) -> Result<Zeroizing<Vec<u8>>, PromptError> {
        hidden::prompt_hidden(question, Extent::Lines)
    }

    fn choose(&mut self, question: &str, options: &[&str]) -> Result<usize, PromptError> {
        let mut list = String::new();
        for (number, option) in (1..).zip(options) {
            list.push_str(&format!("{number:>3}  {option}\n"));
        }
        io::stderr().write_all(list.as_bytes()).map_err(PromptError::Io)?;
        let check = |text: &str| parse_choice(text, options.len()).map(|_| ());
        let answer = prompt_line(question, false, &check)?;
        parse_choice(&answer, options.len()).map_err(|_| PromptError::Interrupted)
    }

    fn confirm(&mut self, question: &str) -> Result<bool, PromptError> {
        let answer = prompt_line(&format!("{question} [y/N]"), true, &|text| {
            parse_yes_no(text).map(|_| ())
        })?;
        Ok(parse_yes_no(&answer) == Ok(true))
    }
}

/// The theme of prompts. Shows the text of a failed check as it is, since not every one is an error.
struct PlainTheme;

impl Theme for PlainTheme {
    fn format_error(&self, out: &mut dyn fmt::Write, text: &str) -> fmt::Result {
        out.write_str(text)
    }
}

fn prompt_line(
    question: &str,
    may_be_empty: bool,
    check: &dyn Fn(&str) -> Result<(), String>,
) -> Result<String, PromptError> {
    let input = Input::<String>::with_theme(&PlainTheme)
        .with_prompt(question.trim_end_matches('?'))
        .allow_empty(may_be_empty)
        .validate_with(|text: &String| check(text));
    input.interact_text().map_err(|dialoguer::Error::IO(error)| match error.kind() {
        io::ErrorKind::Interrupted => PromptError::Interrupted,
        _ => PromptError::Io(error),
    })
}

/// Parses the number of an option. Returns its index.
fn parse_choice(text: &str, count: usize) -> Result<usize, String> {
    let number = text.trim().parse::<usize>().ok().filter(|number| (1..=count).contains(number));
    number
        .map(|number| number - 1)
        .ok_or_else(|| format!("Please enter a number from 1 to {count}"))
}

fn parse_yes_no(text: &str) -> Result<bool, String> {
    match text.trim().to_ascii_lowercase().as_str() {
        "y" | "yes" => Ok(true),
        "" | "n" | "no" => Ok(false),
        _ => Err("Please answer y or n".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_is_the_default() {
        assert_eq!(parse_yes_no(""), Ok(false));
        assert_eq!(parse_yes_no(" Yes "), Ok(true));
        assert_eq!(parse_yes_no("n"), Ok(false));
        assert!(parse_yes_no("yep").is_err());
    }

    #[test]
    fn options_are_chosen_by_number() {
        assert_eq!((parse_choice("1", 2), parse_choice(" 2 ", 2)), (Ok(0), Ok(1)));
        assert!(
            parse_choice("0", 2).is_err()
                && parse_choice("3", 2).is_err()
                && parse_choice("x", 2).is_err()
        );
    }
}
