//! From errors to what a person reads, a script parses and a shell sees: message, hint, code, exit.

mod credentials;
mod legacy;
mod parties;

use std::fmt::Display;

use serde_json::{Value, json};

use crate::{
    config::ConfigError,
    domain::{
        lifetime::LifetimeError, name::TextError, reference::SecretAsReference, secret::scrub,
    },
    exit::Exit,
    host::{Host, PromptError},
    keys::{KeyError, Unsafe},
    ops::OpError,
    render::{FieldError, UnknownField, text::escape},
    store::StoreError,
};

/// What only the command line can get wrong.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
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

impl Failure {
    /// A usage error.
    pub fn usage(code: &'static str, message: impl Display) -> Self {
        Self::Usage { code, message: message.to_string(), hint: None }
    }

    /// A question that nobody is there to answer.
    pub fn needs(question: &str, flag: &str) -> Self {
        let question = question.trim_end_matches('?');
        let message = format!("there is no terminal to ask at: {question}");
        Self::Usage { code: "no_terminal", message, hint: Some(format!("give {flag}")) }
    }
}

/// The usage error that clap explains in `text`: paragraphs, of which the first says what is wrong, one may give a
/// tip, and the rest points to the help.
pub fn usage(text: &str) -> anyhow::Error {
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
    Failure::Usage { code: "usage", message, hint: tip.or(usage) }.into()
}

/// What an error comes to.
struct Told {
    exit: Exit,
    code: &'static str,
    hint: Option<String>,
    details: Value,
}

impl Told {
    fn new(exit: Exit, code: &'static str) -> Self {
        Self { exit, code, hint: None, details: Value::Null }
    }

    fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    fn maybe_hint(self, hint: Option<String>) -> Self {
        Self { hint, ..self }
    }

    fn details(self, details: Value) -> Self {
        Self { details, ..self }
    }
}

/// Tells an error on stderr, as text or as JSON, and answers the exit. A closed pipe is quiet: whoever listened has
/// heard enough.
pub fn report(host: &mut Host<'_>, json: bool, error: &anyhow::Error) -> Exit {
    let told = tell(error);
    if told.code == "closed_pipe" {
        return told.exit;
    }
    let message = escape(&scrub(&message(error))).into_owned();
    let hint = told.hint.map(|hint| escape(&scrub(&hint)).into_owned());
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
fn message(error: &anyhow::Error) -> String {
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

fn tell(error: &anyhow::Error) -> Told {
    let known = error.chain().find_map(|cause| {
        if let Some(error) = cause.downcast_ref::<OpError>() {
            Some(tell_op(error))
        } else if let Some(error) = cause.downcast_ref::<StoreError>() {
            Some(tell_store(error))
        } else if let Some(error) = cause.downcast_ref::<Failure>() {
            Some(tell_failure(error))
        } else if let Some(error) = cause.downcast_ref::<KeyError>() {
            Some(tell_key(error))
        } else if let Some(error) = cause.downcast_ref::<Unsafe>() {
            Some(tell_unsafe(error))
        } else if let Some(error) = cause.downcast_ref::<ConfigError>() {
            Some(tell_config(error))
        } else if let Some(error) = cause.downcast_ref::<PromptError>() {
            Some(match error {
                PromptError::Interrupted => Told::new(Exit::Interrupted, "interrupted"),
                PromptError::Io(_) => Told::new(Exit::Failed, "no_answer"),
            })
        } else if cause.is::<LifetimeError>() {
            Some(Told::new(Exit::Usage, "bad_lifetime"))
        } else if cause.is::<TextError>() {
            Some(Told::new(Exit::Usage, "bad_text"))
        } else if cause.is::<SecretAsReference>() {
            Some(Told::new(Exit::Usage, "secret_in_arguments"))
        } else if let Some(error) = cause.downcast_ref::<UnknownField>() {
            Some(tell_field(error))
        } else if let Some(FieldError::Unknown(error)) = cause.downcast_ref::<FieldError>() {
            Some(tell_field(error))
        } else {
            cause.downcast_ref::<std::io::Error>().map(tell_io)
        }
    });
    known.unwrap_or_else(|| Told::new(Exit::Failed, "failed"))
}

fn tell_failure(error: &Failure) -> Told {
    match error {
        Failure::Usage { code, hint, .. } => Told::new(Exit::Usage, code).maybe_hint(hint.clone()),
        Failure::Conflict { hint, .. } => Told::new(Exit::Conflict, "conflict").hint(hint),
        Failure::Declined => Told::new(Exit::Failed, "declined"),
        Failure::Undelivered { hint, .. } => Told::new(Exit::Failed, "undelivered").hint(hint),
    }
}

fn tell_op(error: &OpError) -> Told {
    match error {
        OpError::Store(error) => tell_store(error),
        OpError::Output(error) => tell_io(error),
        OpError::Delivery(_) => {
            Told::new(Exit::Failed, "undelivered").hint("nothing was changed; give another --out")
        }
        OpError::NoSuchCredential { .. }
        | OpError::Ambiguous { .. }
        | OpError::PrefixNotTaken { .. }
        | OpError::NameTaken { .. }
        | OpError::AlreadyGranted { .. }
        | OpError::CapReached { .. }
        | OpError::AlreadyRevoked { .. }
        | OpError::AlreadyDeleted { .. }
        | OpError::Expired { .. }
        | OpError::Lifetime(_)
        | OpError::UserForever
        | OpError::HasNoName { .. }
        | OpError::OnlyTokens { .. }
        | OpError::LegacyIsNotIssued
        | OpError::MayNotIntrospect { .. } => credentials::tell(error),
        OpError::NoSuchApp { .. }
        | OpError::NoSuchDistrict { .. }
        | OpError::TokenGranted { .. }
        | OpError::OtherExternalId { .. }
        | OpError::AmbiguousParty { .. }
        | OpError::PartyNameTaken { .. }
        | OpError::ExternalIdTaken { .. }
        | OpError::StillLive { .. }
        | OpError::NoWebhook { .. } => parties::tell(error),
        OpError::NoSuchAccount(_) => {
            Told::new(Exit::NotFound, "no_such_account").hint("gatepass account list")
        }
        OpError::SeveralAccounts(accounts) => {
            let accounts: Vec<&str> = accounts.iter().map(|account| account.as_str()).collect();
            Told::new(Exit::Usage, "several_accounts")
                .hint(format!("give --account or GATEPASS_ACCOUNT, one of {}", accounts.join(", ")))
                .details(json!({ "accounts": accounts }))
        }
        OpError::AccountExists(_) => {
            Told::new(Exit::Conflict, "account_exists").hint("gatepass account list")
        }
        OpError::Line { why, .. } => tell_op(why),
        OpError::Legacy(error) => legacy::tell(error),
        OpError::ClockBehind { .. } => Told::new(Exit::Refused, "clock_behind")
            .hint("set the clock right; if it is right, give --accept-clock once"),
        OpError::Overtaken { .. } => {
            Told::new(Exit::Conflict, "overtaken").hint("gatepass show it and decide again")
        }
    }
}

fn tell_store(error: &StoreError) -> Told {
    match error {
        StoreError::Missing(_) => Told::new(Exit::NotFound, "no_store").hint(
            "gatepass create makes one; is HOME right, or --store or GATEPASS_STORE missing?",
        ),
        StoreError::Unsafe(error) => tell_unsafe(error),
        StoreError::Key(error) => tell_key(error),
        StoreError::WrongKey => Told::new(Exit::Refused, "wrong_key").hint(
            "give the store's own key with --key-file, or bring it back with gatepass key import",
        ),
        StoreError::Foreign(_) => {
            Told::new(Exit::Failed, "foreign_store").hint("nothing was changed; check --store")
        }
        StoreError::Newer { .. } => Told::new(Exit::Failed, "newer_store")
            .hint("nothing was changed; use the gatepass that made it, or a newer one"),
        StoreError::Older { .. } => Told::new(Exit::Failed, "older_store")
            .hint("nothing was changed; run gatepass list once where the file may be written"),
        StoreError::Busy => {
            Told::new(Exit::Busy, "store_busy").hint("nothing was changed; try again")
        }
        StoreError::Full => Told::new(Exit::Failed, "disk_full")
            .hint("nothing was changed; make room and try again"),
        StoreError::OutOfReach(_) => Told::new(Exit::Busy, "store_out_of_reach"),
        StoreError::Integrity(_) => Told::new(Exit::Integrity, "integrity")
            .hint("gatepass doctor tells more; keep the file and restore a copy of it"),
    }
}

fn tell_key(error: &KeyError) -> Told {
    match error {
        KeyError::Unsafe(error) => tell_unsafe(error),
        KeyError::Io { source, .. } if is_full(source) => tell_store(&StoreError::Full),
        other => Told::new(Exit::Refused, "bad_key").maybe_hint(other.hint()),
    }
}

fn is_full(error: &std::io::Error) -> bool {
    matches!(error.kind(), std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded)
}

fn tell_unsafe(error: &Unsafe) -> Told {
    Told::new(Exit::Refused, "unsafe_path").maybe_hint(error.hint())
}

fn tell_config(error: &ConfigError) -> Told {
    match error {
        ConfigError::Io { .. } => Told::new(Exit::Failed, "bad_config"),
        _ => Told::new(Exit::Usage, "bad_config"),
    }
}

fn tell_field(error: &UnknownField) -> Told {
    Told::new(Exit::Usage, "unknown_field")
        .hint(format!("one of {}", error.known.join(", ")))
        .details(json!({ "fields": error.known }))
}

fn tell_io(error: &std::io::Error) -> Told {
    match error.kind() {
        std::io::ErrorKind::BrokenPipe => Told::new(Exit::Done, "closed_pipe"),
        std::io::ErrorKind::Interrupted => Told::new(Exit::Interrupted, "interrupted"),
        _ => Told::new(Exit::Failed, "io"),
    }
}

/// A name as a shell takes it.
pub(super) fn quote(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.@+".contains(c);
    if !name.is_empty() && !name.starts_with('-') && name.chars().all(plain) {
        name.to_owned()
    } else {
        format!("'{}'", name.replace('\'', r"'\''"))
    }
}
