//! Prompts on a real terminal.

use std::io::{self, Write};

use zeroize::Zeroizing;

use super::{
    choice,
    hidden::{self, Extent},
    prompt::{PromptError, Prompter},
};

/// Prompts on stderr and reads from the terminal.
///
/// The terminal itself edits lines: an interrupt ends the process by its signal, as shells expect, Ctrl-D declines, and
/// a question is written once, however many lines it takes.
#[derive(Clone, Copy, Debug)]
pub struct TerminalPrompter {
    /// Whether the terminal understands no escape sequences, so that options are chosen by number.
    pub is_dumb: bool,
}

impl Prompter for TerminalPrompter {
    fn text(
        &mut self,
        question: &str,
        check: &dyn Fn(&str) -> Result<(), String>,
    ) -> Result<String, PromptError> {
        let parse = |line: &str| match check(line) {
            Ok(()) => Ok(line.to_owned()),
            Err(why) => Err(format!("error: {why}")),
        };
        prompt_parsed(question, parse)?.ok_or(PromptError::Declined)
    }

    fn hidden(&mut self, question: &str) -> Result<Zeroizing<Vec<u8>>, PromptError> {
        hidden::prompt_hidden(question, Extent::Line)
    }

    fn hidden_lines(&mut self, question: &str) -> Result<Zeroizing<Vec<u8>>, PromptError> {
        hidden::prompt_hidden(question, Extent::Lines)
    }

    fn choose(&mut self, question: &str, options: &[&str]) -> Result<usize, PromptError> {
        if !self.is_dumb {
            return choice::choose_by_arrows(question, options);
        }
        for (number, option) in (1..).zip(options) {
            write_message(&format!("{number:>3}  {option}\n"))?;
        }
        let parse = |line: &str| parse_choice(line, options.len());
        prompt_parsed(&format!("{question} [1]"), parse)?.ok_or(PromptError::Declined)
    }

    fn confirm(&mut self, question: &str) -> Result<bool, PromptError> {
        Ok(prompt_parsed(&format!("{question} [y/N]"), parse_yes_no)?.unwrap_or(false))
    }
}

/// Prompts until `parse` accepts the line. `None` after Ctrl-D.
fn prompt_parsed<T>(
    question: &str,
    parse: impl Fn(&str) -> Result<T, String>,
) -> Result<Option<T>, PromptError> {
    loop {
        let Some(line) = prompt_line(question)? else { return Ok(None) };
        match parse(&line) {
            Ok(answer) => return Ok(Some(answer)),
            Err(why) => write_message(&format!("{why}\n"))?,
        }
    }
}

/// Prompts for a line and returns it without its end. `None` after Ctrl-D.
fn prompt_line(question: &str) -> Result<Option<String>, PromptError> {
    write_message(&format!("{question} "))?;
    let mut line = String::new();
    let length = io::stdin().read_line(&mut line).map_err(PromptError::Io)?;
    if !line.ends_with('\n') {
        // The terminal did not echo the end of the line.
        write_message("\n")?;
    }
    Ok((length > 0).then(|| line.trim_end_matches(['\r', '\n']).to_owned()))
}

fn write_message(text: &str) -> Result<(), PromptError> {
    io::stderr().write_all(text.as_bytes()).map_err(PromptError::Io)
}

/// Parses the number of an option; the first is the default. Returns its index.
fn parse_choice(text: &str, count: usize) -> Result<usize, String> {
    let number = match text.trim() {
        "" => Some(1),
        text => text.parse().ok().filter(|number| (1..=count).contains(number)),
    };
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
        assert_eq!(parse_choice("", 2), Ok(0), "the default");
        assert!(
            parse_choice("0", 2).is_err()
                && parse_choice("3", 2).is_err()
                && parse_choice("x", 2).is_err()
        );
    }
}
