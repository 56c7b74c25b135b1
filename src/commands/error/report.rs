//! From an error to what a person reads, a script parses and a shell sees: message, hint, code, exit code.

use std::io;

use serde_json::json;

use super::{
    chain::full_message,
    cli,
    command_error::CommandError,
    error_report::{ErrorReport, is_system_fault},
    op, rejected_file, store,
};
use crate::{
    commands::help::colour::message_style,
    config::ConfigError,
    domain::credential::secret::redact,
    exit::Exit,
    host::{Host, PromptError},
    render::{self, FieldError, UnknownField, json_text, text::escape},
};

/// The code of [`PromptError::Declined`].
const DECLINED: &str = "declined";

/// Reports an error on stderr, as text or as JSON, and returns the exit code. A closed pipe is not reported, because its
/// reader chose to stop.
pub fn report(host: &mut Host<'_>, json: bool, error: &CommandError) -> Exit {
    let report = describe(error);
    if report.code == "closed_pipe" {
        return report.exit;
    }
    let message = redact(&full_message(error)).into_owned();
    let hint = report.hint.map(|hint| redact(&hint).into_owned());
    // When stderr is closed nobody reads the message, but the exit code still reports the failure.
    let _written = if json {
        let error = json!({"code": report.code, "message": message, "hint": hint, "details": report.details});
        let document = json!({"schema": "gatepass.error/v1", "error": error});
        writeln!(host.stderr, "{}", json_text(&document))
    } else {
        // To the user, their own answer is not an error.
        let prefix = if report.code == DECLINED { "" } else { "error: " };
        let hint = hint.map(|hint| format!("\nhint: {}", escape(&hint))).unwrap_or_default();
        let lines = report.lines.iter().map(|line| format!("\n  {}", escape(&redact(line))));
        let lines: String = lines.collect();
        let text = format!("{prefix}{}{lines}{hint}", escape(&message));
        writeln!(host.stderr, "{}", render::message(&text, message_style(&host.terminal)))
    };
    report.exit
}

/// Maps every error to its code, hint and exit code.
fn describe(error: &CommandError) -> ErrorReport {
    match error {
        CommandError::Cli(error) => cli::describe(error),
        CommandError::Op(error) => op::describe(error),
        CommandError::File(error) => rejected_file::describe(error),
        CommandError::Store(error) => store::describe(error),
        CommandError::Key(error) => store::describe_key(error),
        CommandError::Config(error) => describe_config(error),
        CommandError::Prompt(PromptError::Declined) => ErrorReport::new(Exit::Failed, DECLINED),
        CommandError::Prompt(PromptError::Interrupted) => {
            ErrorReport::new(Exit::Interrupted, "interrupted")
        }
        CommandError::Prompt(PromptError::Io(_)) => ErrorReport::new(Exit::Failed, "no_answer"),
        CommandError::Lifetime(_) => ErrorReport::new(Exit::Usage, "bad_lifetime"),
        CommandError::Text(error) => op::describe_text(error),
        CommandError::SecretAsReference(_) => ErrorReport::new(Exit::Usage, "secret_in_arguments"),
        CommandError::UnknownField(error) | CommandError::Field(FieldError::Unknown(error)) => {
            describe_unknown_field(error)
        }
        CommandError::Field(FieldError::Write(error))
        | CommandError::Io(error)
        | CommandError::OutputAfterChange(error) => ErrorReport::of_io(error),
        CommandError::IoContext { source: error, .. } => ErrorReport::of_file(error),
        CommandError::Utf8(_) => ErrorReport::new(Exit::Failed, "failed"),
    }
}

fn describe_config(error: &ConfigError) -> ErrorReport {
    match error {
        ConfigError::Io { source, .. }
            if is_system_fault(source) || source.kind() == io::ErrorKind::PermissionDenied =>
        {
            ErrorReport::new(Exit::Busy, "bad_config")
        }
        ConfigError::Io { .. } => ErrorReport::new(Exit::Failed, "bad_config"),
        ConfigError::Unsafe(error) => store::describe_unsafe_path(error),
        ConfigError::Missing { .. }
        | ConfigError::Malformed { .. }
        | ConfigError::NotUtf8 { .. }
        | ConfigError::Value { .. }
        | ConfigError::StoreAddress { .. }
        | ConfigError::NoHome { .. } => ErrorReport::new(Exit::Usage, "bad_config"),
    }
}

fn describe_unknown_field(error: &UnknownField) -> ErrorReport {
    ErrorReport::new(Exit::Usage, "unknown_field")
        .with_hint(format!("use one of {}", error.known.join(", ")))
        .with_details(json!({ "fields": error.known }))
}
