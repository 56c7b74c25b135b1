//! The configuration file: TOML, every key optional, no key unknown.

use std::path::PathBuf;

use serde::Deserialize;
use thiserror::Error;

use super::{ColorChoice, gate::GateFile};

/// What a configuration file says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FileConfig {
    /// The path of the store; a relative one is meant from the file's directory.
    pub store: Option<PathBuf>,
    /// The path of the key file, likewise.
    pub key_file: Option<PathBuf>,
    /// The account that commands work on.
    pub account: Option<String>,
    /// The format of the output.
    pub format: Option<String>,
    /// When the output is coloured.
    pub color: Option<ColorChoice>,
    /// Whether webhooks may be at private addresses.
    pub allow_private_webhooks: Option<bool>,
    /// The settings of the gate.
    pub serve: Option<GateFile>,
}

/// What is wrong with a configuration file, and where.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line}, column {column}: {message}")]
pub struct ConfigFileError {
    /// The line, counted from 1.
    pub line: usize,
    /// The character of the line, counted from 1.
    pub column: usize,
    /// What is wrong, on one line and without control characters.
    pub message: String,
}

/// Reads the text of a configuration file.
///
/// # Errors
/// The first flaw. Any text is answered; none panics.
pub fn parse(text: &str) -> Result<FileConfig, ConfigFileError> {
    toml::from_str(text).map_err(|error| {
        let start = error.span().map_or(0, |span| span.start);
        let (line, column) = position(text, start);
        ConfigFileError { line, column, message: one_line(error.message()) }
    })
}

fn position(text: &str, offset: usize) -> (usize, usize) {
    let before: String =
        text.char_indices().take_while(|(at, _)| *at < offset).map(|(_, c)| c).collect();
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    (line, column)
}

/// A parser's message may repeat what the file says: escapes of a terminal too.
fn one_line(message: &str) -> String {
    let shown = |c: char| match c {
        '\n' => " ".to_owned(),
        _ if c.is_control() => c.escape_default().to_string(),
        _ => c.to_string(),
    };
    message.trim_end().chars().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_key_is_read() {
        let text = "store = '/s'\nkey-file = '/k'\naccount = 'A'\nformat = 'json'\ncolor = 'never'\nallow-private-webhooks = true\n[serve]\nworkers = 2\n";
        let expected = FileConfig {
            store: Some("/s".into()),
            key_file: Some("/k".into()),
            account: Some("A".into()),
            format: Some("json".into()),
            color: Some(ColorChoice::Never),
            allow_private_webhooks: Some(true),
            serve: Some(GateFile { workers: Some(2), ..GateFile::default() }),
        };
        assert_eq!(parse(text), Ok(expected));
        assert_eq!(parse("# nothing\n"), Ok(FileConfig::default()));
    }

    #[test]
    fn errors_have_a_line_and_a_column() {
        let at = |text| parse(text).map_err(|flaw| (flaw.line, flaw.column)).unwrap_err();
        assert_eq!(at("store = '/s'\nkey_file = '/k'\n"), (2, 1));
        assert_eq!(at("account = 7\n"), (1, 11));
        assert_eq!(at("\n\nä\n").0, 3);
        assert_eq!(at("account = 'ä' x\n"), (1, 15));
        assert_eq!(at("color = 'blue'\n"), (1, 9));
        assert_eq!(at("store = '/a'\nstore = '/b'\n").0, 2);
        let message = parse("key_file = 1").unwrap_err().to_string();
        assert!(message.contains("unknown field `key_file`"), "{message}");
    }

    #[test]
    fn messages_are_one_line_without_escapes() {
        let message = parse("\"\\u001b[31m\\n\" = 1").unwrap_err().to_string();
        assert!(!message.contains(|c: char| c.is_control()), "{message:?}");
    }

    #[test]
    fn deep_nesting_is_an_error() {
        for open in ["[", "{a=", "a."] {
            assert!(parse(&format!("store = {}", open.repeat(100_000))).is_err());
            assert!(parse(&open.repeat(100_000)).is_err());
        }
    }

    proptest! {
        #[test]
        fn parsing_never_panics_and_locates_errors(text in "\\PC*|[a-z\\[\\]{}=.'\"\n#-]*") {
            if let Err(flaw) = parse(&text) {
                prop_assert!(flaw.line >= 1 && flaw.column >= 1);
                prop_assert!(flaw.line <= text.matches('\n').count() + 1);
            }
        }
    }
}
