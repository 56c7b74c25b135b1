//! A row of the table, and the checks that every rejection must pass.

use serde_json::Value;

use crate::support::test_env::CommandOutput;

pub const WHOLE_DAYS: &str = "from 1d to 365d";
pub const CONFLICTING_FLAGS: &str = "cannot be used with";
pub const NO_LIFETIME: &str = "use --days N, --for DURATION, --until DATE, --infinite or --forever";
pub const SECRET_EXPOSED: &str = "treat it as exposed";

/// A command line that must be rejected.
#[derive(Clone)]
pub struct Case {
    pub label: &'static str,
    /// The arguments; `~/` stands for the home directory.
    pub line: String,
    pub exit: u8,
    /// A part of the message or its hint.
    pub message: &'static str,
}

/// Returns the cases with one exit code, from rows of a label, a command line and a part of the message.
pub fn rows(exit: u8, rows: &[(&'static str, &str, &'static str)]) -> Vec<Case> {
    rows_in(exit, "{}", rows)
}

/// Like [`rows`], with a command line whose `{}` is replaced by the second column.
pub fn rows_in(exit: u8, line: &str, rows: &[(&'static str, &str, &'static str)]) -> Vec<Case> {
    rows.iter()
        .map(|&(label, part, message)| Case {
            label,
            line: line.replace("{}", part),
            exit,
            message,
        })
        .collect()
}

/// Returns the error object on stderr. Panics if the document has another shape than `gatepass.error/v1`.
pub fn parse_json_error(output: &CommandOutput) -> Value {
    let document: Value = serde_json::from_str(&output.stderr).unwrap();
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&document), ["error", "schema"], "{output}");
    assert_eq!(document["schema"], "gatepass.error/v1");
    let error = &document["error"];
    assert_eq!(keys(error), ["code", "details", "hint", "message"], "{output}");
    let code = error["code"].as_str().unwrap();
    assert!(
        !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'),
        "{output}"
    );
    let message = error["message"].as_str().unwrap();
    assert!(!message.is_empty() && !message.starts_with("error"), "{output}");
    assert!(error["hint"].is_null() || error["hint"].is_string(), "{output}");
    assert!(error["details"].is_null() || error["details"].is_object(), "{output}");
    assert!(is_terminal_safe(&output.stderr), "{output}");
    error.clone()
}

/// Returns whether a text has no character that could control a terminal.
pub fn is_terminal_safe(text: &str) -> bool {
    !text.chars().any(|c| (c.is_control() && c != '\n') || ('\u{200b}'..='\u{202e}').contains(&c))
}
