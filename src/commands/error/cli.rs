//! Errors that only the command line can have.

use std::fmt::Display;

use super::{error_report::ErrorReport, store::outcome_unknown};
use crate::{domain::audit::ChangeId, exit::Exit, ops::OpError, store::StoreError};

/// An error that only the command line can have.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// An argument, or a file that an argument names, is not valid.
    #[error("{message}")]
    Usage {
        /// The error code of the JSON output.
        code: &'static str,
        /// What is wrong.
        message: String,
        /// What to do about it.
        hint: Option<String>,
    },
    /// Something exists that must not, or is not in the state that the command needs.
    #[error("{message}")]
    Conflict {
        /// What is in the way.
        message: String,
        /// What to do about it.
        hint: String,
    },
    /// There is no credential to choose from.
    #[error("no credential to {}", verb.to_lowercase())]
    NothingToPick {
        /// The command.
        verb: &'static str,
    },
    /// A secret was issued but could not be shown.
    #[error("the secret could not be written ({why}), so {done}")]
    Undelivered {
        /// Why it could not be shown.
        why: String,
        /// What gatepass did to the credential.
        done: String,
        /// What to do about it.
        hint: String,
    },
    /// A secret was shown, but the change that waited for that could not be completed.
    #[error("the new secret of {id} was written, but the change could not be completed: {source}")]
    Incomplete {
        /// The id of the credential or app.
        id: String,
        /// Why it could not be completed.
        source: Box<OpError>,
        /// What to do about it.
        hint: String,
    },
    /// A secret was written, but nobody knows whether it is valid.
    #[error(
        "the connection to the store was lost during the commit of change {change}: the secret was written, but it may not be valid"
    )]
    SecretInDoubt {
        /// The change that issued the secret.
        change: ChangeId,
    },
    /// A secret could not be shown, and nobody knows whether it is valid.
    #[error(
        "the secret could not be written ({why}), and the connection to the store was lost during the commit of change {change}: nobody has the secret, but it may be valid"
    )]
    SecretLostInDoubt {
        /// Why it could not be shown.
        why: String,
        /// The change that issued or withdrew the secret.
        change: ChangeId,
    },
    /// stdout is the null device, so a secret written to it would be lost.
    #[error("stdout is the null device")]
    StdoutIsNull,
    /// The master key could not be written to stdout.
    #[error("the key could not be written: {why}")]
    KeyNotWritten {
        /// The error of stdout.
        why: String,
    },
}

impl CliError {
    /// Returns a usage error without a hint.
    pub fn usage(code: &'static str, message: impl Display) -> Self {
        Self::Usage { code, message: message.to_string(), hint: None }
    }

    /// Returns the usage error for a value that is missing where there is no terminal to prompt for it.
    pub fn no_terminal(missing: &str, hint: &str) -> Self {
        let message = format!("{missing} is required (no terminal to prompt)");
        Self::Usage { code: "no_terminal", message, hint: Some(hint.to_owned()) }
    }

    /// Returns the usage error for a `question` that nobody can confirm, and `why`.
    pub fn no_confirmation(question: &str, why: &str) -> Self {
        let question = question.trim_end_matches(['?', '.']);
        let message = format!("confirmation is required ({why}): {question}");
        Self::Usage { code: "no_terminal", message, hint: Some("use --yes".to_owned()) }
    }
}

/// Converts the usage error that clap explains in `text`.
///
/// clap writes paragraphs: the first says what is wrong, one may hold a tip, and the last holds the usage.
pub fn usage_error(text: &str) -> CliError {
    let mut paragraphs = text.trim_end().split("\n\n").map(|paragraph| {
        let lines: Vec<&str> = paragraph.lines().map(str::trim).collect();
        lines.join(" ")
    });
    let first = paragraphs.next().unwrap_or_default();
    let message = first.strip_prefix("error: ").unwrap_or(&first).to_owned();
    let (mut tip, mut usage) = (None, None);
    for paragraph in paragraphs {
        if let Some(text) =
            paragraph.strip_prefix("tip: ").filter(|tip| !tip.starts_with("to pass"))
        {
            tip = tip.or_else(|| Some(text.to_owned()));
        } else if let Some(text) = paragraph.strip_prefix("Usage: ") {
            usage = Some(format!("usage: {text}"));
        }
    }
    CliError::Usage { code: "usage", message, hint: tip.or(usage) }
}

/// Maps the error to its code, hint and exit code.
pub(super) fn describe(error: &CliError) -> ErrorReport {
    match error {
        CliError::Usage { code, hint, .. } => {
            ErrorReport::new(Exit::Usage, code).with_hint_option(hint.clone())
        }
        CliError::Conflict { hint, .. } => {
            ErrorReport::new(Exit::Conflict, "conflict").with_hint(hint)
        }
        CliError::NothingToPick { .. } => ErrorReport::new(Exit::NotFound, "no_such_credential")
            .with_hint("to list credentials, including deleted ones: gatepass list --all"),
        CliError::Undelivered { hint, .. } => {
            ErrorReport::new(Exit::Failed, "undelivered").with_hint(hint)
        }
        CliError::Incomplete { source, hint, .. } => incomplete(source, hint),
        CliError::SecretInDoubt { change } | CliError::SecretLostInDoubt { change, .. } => {
            outcome_unknown(Some(change))
        }
        CliError::StdoutIsNull | CliError::KeyNotWritten { .. } => {
            ErrorReport::new(Exit::Failed, "failed")
        }
    }
}

/// Returns the report of a change that could not be completed because of `why`.
fn incomplete(why: &OpError, hint: &str) -> ErrorReport {
    match why {
        OpError::Store(StoreError::CommitUnknown(change)) => outcome_unknown(change.as_ref()),
        _ => ErrorReport::new(Exit::Failed, "not_completed").with_hint(hint),
    }
}
