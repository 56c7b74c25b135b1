//! From errors to what a person reads, a script parses and a shell sees: message, hint, code, exit.

use std::fmt::Display;

use serde_json::{Value, json};

use crate::{
    config::ConfigError,
    domain::{
        credential::{lifetime::LifetimeError, secret::redact},
        directory::{name::TextError, reference::SecretAsReference},
    },
    exit::Exit,
    host::{Host, PromptError},
    keys::{KeyError, UnsafePath},
    ops::OpError,
    render::{FieldError, UnknownField, text::escape},
    store::StoreError,
};

/// What only the command line can get wrong.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// An argument that can't be.
    #[error("{message}")]
    Usage {
        /// Its word for scripts.
        code: &'static str,
        /// What is wrong.
        message: String,
        /// The way out.
        hint: Option<String>,
    },
    /// Something is there already, or is not as it must be.
    #[error("{message}")]
    Conflict {
        /// What.
        message: String,
        /// The way out.
        hint: String,
    },
    /// The person said no.
    #[error("nothing was changed")]
    Declined,
    /// A secret was made and could not be shown.
    #[error("the secret could not be written ({why}), so {done}")]
    Undelivered {
        /// Why.
        why: String,
        /// What was done about it.
        done: String,
        /// The way out.
        hint: String,
    },
}

impl CliError {
    /// A usage error.
    pub fn usage(code: &'static str, message: impl Display) -> Self {
        Self::Usage { code, message: message.to_string(), hint: None }
    }

    /// A question that nobody is there to answer.
    pub fn no_terminal(question: &str, flag: &str) -> Self {
        let question = question.trim_end_matches('?');
        let message = format!("there is no terminal to ask at: {question}");
        Self::Usage { code: "no_terminal", message, hint: Some(format!("give {flag}")) }
    }
}

/// The usage error that clap explains in `text`: paragraphs, of which the first says what is wrong, one may give a
/// tip, and the rest points to the help.
pub fn usage_error(text: &str) -> anyhow::Error {
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
    CliError::Usage { code: "usage", message, hint: tip.or(usage) }.into()
}

/// What an error comes to.
pub(super) struct ErrorReport {
    exit: Exit,
    code: &'static str,
    hint: Option<String>,
    details: Value,
}

impl ErrorReport {
    pub(super) fn new(exit: Exit, code: &'static str) -> Self {
        Self { exit, code, hint: None, details: Value::Null }
    }

    pub(super) fn with_hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    pub(super) fn with_hint_option(self, hint: Option<String>) -> Self {
        Self { hint, ..self }
    }

    pub(super) fn with_details(self, details: Value) -> Self {
        Self { details, ..self }
    }
}

/// Tells an error on stderr, as text or as JSON, and answers the exit. A closed pipe is quiet: whoever listened has
/// heard enough.
pub fn report(host: &mut Host<'_>, json: bool, error: &anyhow::Error) -> Exit {
    let told = describe(error);
    if told.code == "closed_pipe" {
        return told.exit;
    }
    let message = escape(&redact(&full_message(error))).into_owned();
    let hint = told.hint.map(|hint| escape(&redact(&hint)).into_owned());
    // Nobody is left to tell when stderr is closed; the exit code still says it.
    let _said = if json {
        let error =
            json!({"code": told.code, "message": message, "hint": hint, "details": told.details});
        let document = json!({"schema": "gatepass.error/v1", "error": error});
        writeln!(host.stderr, "{document}")
    } else {
        let hint = hint.map(|hint| format!("hint: {hint}\n")).unwrap_or_default();
        write!(host.stderr, "error: {message}\n{hint}")
    };
    told.exit
}

/// The error with its causes, each said once.
fn full_message(error: &anyhow::Error) -> String {
    let mut text = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if text.is_empty() {
            text = cause;
        } else if !text.contains(&cause) {
            text = format!("{text}: {cause}");
        }
    }
    text
}

fn describe(error: &anyhow::Error) -> ErrorReport {
    let known = error.chain().find_map(|cause| {
        if let Some(error) = cause.downcast_ref::<OpError>() {
            Some(describe_op(error))
        } else if let Some(error) = cause.downcast_ref::<StoreError>() {
            Some(describe_store(error))
        } else if let Some(error) = cause.downcast_ref::<CliError>() {
            Some(describe_cli(error))
        } else if let Some(error) = cause.downcast_ref::<KeyError>() {
            Some(describe_key(error))
        } else if let Some(error) = cause.downcast_ref::<UnsafePath>() {
            Some(describe_unsafe_path(error))
        } else if let Some(error) = cause.downcast_ref::<ConfigError>() {
            Some(describe_config(error))
        } else if let Some(error) = cause.downcast_ref::<PromptError>() {
            Some(match error {
                PromptError::Interrupted => ErrorReport::new(Exit::Interrupted, "interrupted"),
                PromptError::Io(_) => ErrorReport::new(Exit::Failed, "no_answer"),
            })
        } else if cause.is::<LifetimeError>() {
            Some(ErrorReport::new(Exit::Usage, "bad_lifetime"))
        } else if cause.is::<TextError>() {
            Some(ErrorReport::new(Exit::Usage, "bad_text"))
        } else if cause.is::<SecretAsReference>() {
            Some(ErrorReport::new(Exit::Usage, "secret_in_arguments"))
        } else if let Some(error) = cause.downcast_ref::<UnknownField>() {
            Some(describe_unknown_field(error))
        } else if let Some(FieldError::Unknown(error)) = cause.downcast_ref::<FieldError>() {
            Some(describe_unknown_field(error))
        } else {
            cause.downcast_ref::<std::io::Error>().map(describe_io)
        }
    });
    known.unwrap_or_else(|| ErrorReport::new(Exit::Failed, "failed"))
}

fn describe_cli(error: &CliError) -> ErrorReport {
    match error {
        CliError::Usage { code, hint, .. } => {
            ErrorReport::new(Exit::Usage, code).with_hint_option(hint.clone())
        }
        CliError::Conflict { hint, .. } => {
            ErrorReport::new(Exit::Conflict, "conflict").with_hint(hint)
        }
        CliError::Declined => ErrorReport::new(Exit::Failed, "declined"),
        CliError::Undelivered { hint, .. } => {
            ErrorReport::new(Exit::Failed, "undelivered").with_hint(hint)
        }
    }
}

fn describe_op(error: &OpError) -> ErrorReport {
    match error {
        OpError::Store(error) => describe_store(error),
        OpError::Output(error) => describe_io(error),
        OpError::SecretNotWritten(_) => ErrorReport::new(Exit::Failed, "undelivered")
            .with_hint("nothing was changed; give another --out"),
        OpError::Credential(error) => super::credential::describe(error),
        OpError::Account(error) => super::account::describe(error),
        OpError::Directory(error) => super::app_or_district::describe(error),
        OpError::AtLine { why, .. } => describe_op(why),
        OpError::Legacy(error) => super::legacy::describe(error),
        OpError::ClockBehind { .. } => ErrorReport::new(Exit::Refused, "clock_behind")
            .with_hint("set the clock right; if it is right, give --accept-clock once"),
        OpError::ConcurrentChange { .. } => ErrorReport::new(Exit::Conflict, "overtaken")
            .with_hint("gatepass show it and decide again"),
    }
}

fn describe_store(error: &StoreError) -> ErrorReport {
    match error {
        StoreError::Missing(_) => ErrorReport::new(Exit::NotFound, "no_store").with_hint(
            "gatepass create makes one; is HOME right, or --store or GATEPASS_STORE missing?",
        ),
        StoreError::Unsafe(error) => describe_unsafe_path(error),
        StoreError::Key(error) => describe_key(error),
        StoreError::WrongKey => ErrorReport::new(Exit::Refused, "wrong_key").with_hint(
            "give the store's own key with --key-file, or bring it back with gatepass key import",
        ),
        StoreError::NotAStore(_) => ErrorReport::new(Exit::Failed, "foreign_store")
            .with_hint("nothing was changed; check --store"),
        StoreError::Newer { .. } => ErrorReport::new(Exit::Failed, "newer_store")
            .with_hint("nothing was changed; use the gatepass that made it, or a newer one"),
        StoreError::Older { .. } => ErrorReport::new(Exit::Failed, "older_store")
            .with_hint("nothing was changed; run gatepass list once where the file may be written"),
        StoreError::Busy => {
            ErrorReport::new(Exit::Busy, "store_busy").with_hint("nothing was changed; try again")
        }
        StoreError::DiskFull => ErrorReport::new(Exit::Failed, "disk_full")
            .with_hint("nothing was changed; make room and try again"),
        StoreError::Inaccessible(_) => ErrorReport::new(Exit::Busy, "store_out_of_reach"),
        StoreError::Integrity(_) => ErrorReport::new(Exit::Integrity, "integrity")
            .with_hint("gatepass doctor tells more; keep the file and restore a copy of it"),
    }
}

fn describe_key(error: &KeyError) -> ErrorReport {
    match error {
        KeyError::Unsafe(error) => describe_unsafe_path(error),
        KeyError::Io { source, .. } if is_disk_full(source) => {
            describe_store(&StoreError::DiskFull)
        }
        other => ErrorReport::new(Exit::Refused, "bad_key").with_hint_option(other.hint()),
    }
}

fn is_disk_full(error: &std::io::Error) -> bool {
    matches!(error.kind(), std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded)
}

fn describe_unsafe_path(error: &UnsafePath) -> ErrorReport {
    ErrorReport::new(Exit::Refused, "unsafe_path").with_hint_option(error.hint())
}

fn describe_config(error: &ConfigError) -> ErrorReport {
    match error {
        ConfigError::Io { .. } => ErrorReport::new(Exit::Failed, "bad_config"),
        _ => ErrorReport::new(Exit::Usage, "bad_config"),
    }
}

fn describe_unknown_field(error: &UnknownField) -> ErrorReport {
    ErrorReport::new(Exit::Usage, "unknown_field")
        .with_hint(format!("one of {}", error.known.join(", ")))
        .with_details(json!({ "fields": error.known }))
}

fn describe_io(error: &std::io::Error) -> ErrorReport {
    match error.kind() {
        std::io::ErrorKind::BrokenPipe => ErrorReport::new(Exit::Success, "closed_pipe"),
        std::io::ErrorKind::Interrupted => ErrorReport::new(Exit::Interrupted, "interrupted"),
        _ => ErrorReport::new(Exit::Failed, "io"),
    }
}

/// A name as a shell takes it.
pub(in crate::commands) fn shell_quote(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.@+".contains(c);
    if !name.is_empty() && !name.starts_with('-') && name.chars().all(plain) {
        name.to_owned()
    } else {
        format!("'{}'", name.replace('\'', r"'\''"))
    }
}
