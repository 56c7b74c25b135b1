//! stdin, which one argument can read, and the references in it.

use std::{fmt::Display, io::Read};

use zeroize::Zeroizing;

use super::context::Session;
use crate::{
    commands::error::{CliError, CommandError, WithMessage},
    domain::directory::reference::Reference,
};

impl Session<'_, '_> {
    /// Returns stdin for an argument that is `-`. From then on there are no prompts.
    ///
    /// # Errors
    /// A usage error if another argument has read it.
    pub fn take_stdin(&mut self) -> Result<&mut dyn Read, CommandError> {
        if std::mem::replace(&mut self.is_stdin_taken, true) {
            let message = "only one argument can be - (stdin)";
            return Err(CliError::usage("stdin_taken", message).into());
        }
        Ok(&mut *self.host.stdin)
    }

    /// Replaces a `-` among the references by the references on stdin, one on each line.
    ///
    /// # Errors
    /// When stdin can't be read, a line is a secret, or `-` is there twice.
    pub fn read_references(
        &mut self,
        arguments: &[Reference],
    ) -> Result<Vec<Reference>, CommandError> {
        let mut references = Vec::with_capacity(arguments.len());
        for argument in arguments {
            if argument.is_stdin() {
                let mut text = Zeroizing::new(Vec::new());
                let read = self.take_stdin()?.read_to_end(&mut text);
                read.with_message(|| "stdin could not be read".to_owned())?;
                references.extend(parse_lines(&text)?);
            } else {
                references.push(argument.clone());
            }
        }
        Ok(references)
    }
}

/// Parses one reference on each line. Blank lines are skipped.
fn parse_lines(text: &[u8]) -> Result<Vec<Reference>, CliError> {
    let wrong = |why: &dyn Display| CliError::usage("bad_stdin", format!("stdin, {why}"));
    let text = std::str::from_utf8(text).map_err(|_| wrong(&"not valid UTF-8"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines = text.lines().map(str::trim).enumerate().filter(|(_, line)| !line.is_empty());
    lines
        .map(|(at, line)| {
            let is_secret =
                |_| wrong(&format_args!("line {}: a secret instead of a name or id", at + 1));
            Reference::parse(line).map_err(is_secret)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(input: &str) -> Result<Vec<String>, String> {
        let references = parse_lines(input.as_bytes()).map_err(|error| error.to_string())?;
        Ok(references.iter().map(|reference| reference.as_str().to_owned()).collect())
    }

    #[test]
    fn each_line_is_a_reference() {
        assert_eq!(texts("").unwrap(), [""; 0]);
        assert_eq!(
            texts("\u{feff}acme\r\n\r\n  \n Roster/Elk Grove \n-").unwrap(),
            ["acme", "Roster/Elk Grove", "-"]
        );
    }

    #[test]
    fn a_wrong_line_is_named() {
        let secret = format!("acme\n\ngpa_{}\n", "a".repeat(49));
        let error = texts(&secret).unwrap_err();
        assert!(error.starts_with("stdin, line 3: a secret instead of"), "{error}");
        assert_eq!(parse_lines(b"\xff").unwrap_err().to_string(), "stdin, not valid UTF-8");
    }
}
