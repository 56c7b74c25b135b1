//! Where a new secret goes, and what happens if it can't get there.

use std::path::{Path, PathBuf};

use clap::Args;
use rand::CryptoRng;

use super::{
    clipboard::copy_to_clipboard,
    out_file::OutFile,
    out_format::{bulk_format, secret_line},
    present::{write_dry_run, write_issued},
    show_once::{ShowExisting, ShowOnce, Withdrawal},
};
use crate::{
    commands::{
        args::output_file::output_file,
        error::{CliError, CommandError, chain_text},
        session::Session,
    },
    domain::audit::ChangeId,
    exit::Exit,
    ops::{
        IssueOutcome, IssuedCredential, OpContext, OpError, SecretSink,
        secret_sink::{AfterCommit, CountAsDelivered},
    },
    render::Shape,
    store::{Store, StoreError},
    view::CREDENTIAL_FIELDS,
};

/// Where a new secret goes.
#[derive(Clone, Debug, Default, Args)]
pub struct IssueArgs {
    /// Write the secret to a new file instead of showing it
    ///
    /// Only you can read the file. An existing file is never overwritten. Several secrets are written as CSV if the name
    /// ends in .csv, otherwise as one JSON object per line. In CSV, a name that a spreadsheet would evaluate as a formula
    /// begins with a quote ('), but e-mail addresses are unchanged.
    #[arg(long, value_name = "FILE", value_parser = output_file())]
    pub out: Option<PathBuf>,
    /// Also copy the secret to the clipboard
    ///
    /// Uses the terminal's escape sequence OSC 52, so it needs a terminal that supports it.
    #[arg(long, conflicts_with = "out")]
    pub copy: bool,
}

/// How many secrets a command issues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// One, which can be shown.
    One,
    /// Any number, which need a file.
    Many,
}

impl IssueArgs {
    /// Rejects arguments with which the secret of a credential would be lost.
    ///
    /// # Errors
    /// A usage error that names `--out` or the fields of the output.
    pub fn check(&self, session: &Session<'_, '_>, quantity: Quantity) -> Result<(), CommandError> {
        match quantity {
            Quantity::Many => self.check_for(session, CREDENTIAL_FIELDS, quantity),
            Quantity::One => self.check_for(session, &IssuedCredential::field_names(), quantity),
        }
    }

    /// Rejects arguments with which a secret would be lost, for an output with these fields.
    ///
    /// # Errors
    /// As for [`IssueArgs::check`].
    pub fn check_for(
        &self,
        session: &Session<'_, '_>,
        fields: &[&'static str],
        quantity: Quantity,
    ) -> Result<(), CommandError> {
        session.check_field(fields)?;
        if let Some(path) = self.out.as_ref().filter(|_| !session.global.dry_run) {
            OutFile::check(path)?;
        }
        if self.copy && !session.host.terminal.stderr {
            let message = "--copy needs a terminal; use --out FILE instead";
            return Err(CliError::usage("no_terminal", message).into());
        }
        let shows_secret = match &session.shape {
            Shape::Rows(_) => true,
            Shape::Fields(names) => names.iter().any(|name| name == "secret"),
            Shape::Handles => false,
        };
        if self.out.is_some()
            || session.global.dry_run
            || (shows_secret && quantity == Quantity::One)
        {
            return Ok(());
        }
        let message = match quantity {
            Quantity::One => "this output format would not show the secret",
            Quantity::Many => "several secrets can only be written to a file",
        };
        let hint = Some("use --out FILE".to_owned());
        Err(CliError::Usage { code: "out_needed", message: message.to_owned(), hint }.into())
    }

    /// Issues a secret with `issue` and hands it over: to the file of `--out` before the commit, or to stdout after it.
    ///
    /// # Errors
    /// The error of `issue`; [`CliError::Undelivered`]; [`CliError::SecretInDoubt`] or [`CliError::SecretLostInDoubt`] if
    /// nobody knows whether the commit succeeded.
    pub fn issue<F: ShowOnce>(
        &self,
        session: &mut Session<'_, '_>,
        store: &Store,
        issue: impl FnOnce(
            &OpContext<'_>,
            &mut dyn CryptoRng,
            &mut dyn SecretSink,
        ) -> Result<IssueOutcome<F, F::Existing>, OpError>,
    ) -> Result<Exit, CommandError> {
        let actor = session.actor();
        let context = session.op_context(store, &actor);
        match &self.out {
            Some(path) if !context.dry_run => {
                let mut file = OutFile::create(path, secret_line)?;
                match issue(&context, session.host.entropy, &mut file)? {
                    IssueOutcome::Existing(existing) => existing.show_existing(session)?,
                    IssueOutcome::Issued(issued) => report_file(session, &*issued, file, path)?,
                }
            }
            _ if context.dry_run => {
                let mut sink = CountAsDelivered::default();
                match issue(&context, session.host.entropy, &mut sink)? {
                    IssueOutcome::Existing(existing) => existing.show_existing(session)?,
                    IssueOutcome::Issued(issued) => write_dry_run(session, &*issued)?,
                }
            }
            _ => {
                let mut sink = AfterCommit::default();
                match issue(&context, session.host.entropy, &mut sink)? {
                    IssueOutcome::Existing(existing) => existing.show_existing(session)?,
                    IssueOutcome::Issued(issued) => match sink.in_doubt {
                        None => self.show_secret(session, &context, &*issued)?,
                        Some(change) => self.show_secret_in_doubt(session, &*issued, change)?,
                    },
                }
            }
        }
        Ok(Exit::Success)
    }

    /// Issues many secrets with `issue` and writes them to the file of `--out`. Without secrets, and in a dry run, there
    /// is no file.
    ///
    /// # Errors
    /// The error of `issue`, or that the file can't be created.
    pub fn issue_many<T>(
        &self,
        session: &mut Session<'_, '_>,
        context: &OpContext<'_>,
        issue: impl FnOnce(&mut dyn CryptoRng, &mut dyn SecretSink) -> Result<T, OpError>,
    ) -> Result<T, CommandError> {
        // `check` lets only a dry run come here without a file.
        let Some(path) = self.out.as_ref().filter(|_| !context.dry_run) else {
            return Ok(issue(session.host.entropy, &mut CountAsDelivered::default())?);
        };
        let (format, heading) = bulk_format(path);
        let mut file = OutFile::create(path, format)?;
        heading.map_or(Ok(()), |heading| file.write_heading(heading))?;
        let issued = issue(session.host.entropy, &mut file)?;
        if !file.has_secrets() {
            return Ok(issued);
        }
        file.keep()?;
        session.message(&format!(
            "The secrets are in {}; they will not be shown again.",
            path.display()
        ))?;
        Ok(issued)
    }

    /// Shows a secret after the commit. If that fails, withdraws it, because nobody has it. Otherwise completes the
    /// change: a reset ends the old secret.
    fn show_secret(
        &self,
        session: &mut Session<'_, '_>,
        context: &OpContext<'_>,
        issued: &impl ShowOnce,
    ) -> Result<(), CommandError> {
        if let Err(error) = write_secret(session, issued) {
            return Err(withdraw_issued(context, issued, &error).into());
        }
        if let Err(error) = issued.record_delivered(context) {
            let id = issued.id();
            if let Some(hint) = issued.hint_if_incomplete() {
                return Err(CliError::Incomplete { id, source: error.into(), hint }.into());
            }
            let may = match &error {
                OpError::Store(StoreError::CommitUnknown(_)) => "may",
                _ => "will",
            };
            session
                .notice(&format!("warning: {id} {may} be listed as never displayed: {error}"))?;
        }
        if self.copy {
            copy_to_clipboard(session, issued.secret())?;
        }
        issued.messages().iter().try_for_each(|sentence| session.message(sentence))
    }

    /// Shows a secret whose commit was left in doubt. Nothing is withdrawn: the secret may be the only valid one.
    ///
    /// # Errors
    /// Always, because the change may not have been made: [`CliError::SecretInDoubt`], or
    /// [`CliError::SecretLostInDoubt`] if the secret can't be shown.
    fn show_secret_in_doubt(
        &self,
        session: &mut Session<'_, '_>,
        issued: &impl ShowOnce,
        change: ChangeId,
    ) -> Result<(), CommandError> {
        if let Err(error) = write_secret(session, issued) {
            return Err(CliError::SecretLostInDoubt { why: chain_text(&error), change }.into());
        }
        if self.copy {
            copy_to_clipboard(session, issued.secret())?;
        }
        Err(CliError::SecretInDoubt { change }.into())
    }
}

/// Writes a secret to stdout, unless it would be lost there.
fn write_secret(session: &mut Session<'_, '_>, issued: &impl ShowOnce) -> Result<(), CommandError> {
    if session.host.terminal.stdout_is_null {
        return Err(CliError::StdoutIsNull.into());
    }
    write_issued(session, issued, Some(issued.secret()), None)
}

/// Keeps the file that holds the secret, and reports it.
fn report_file(
    session: &mut Session<'_, '_>,
    issued: &impl ShowOnce,
    file: OutFile,
    path: &Path,
) -> Result<(), CommandError> {
    let kept = file.keep();
    let shown = write_issued(session, issued, None, Some(path));
    // A doubt first: without the id of the change, nobody could find out whether the secret is valid.
    kept?;
    let place = format!("The secret is in {}; it will not be shown again.", path.display());
    match shown {
        Err(error) if !error.is_closed_pipe() => {
            session.notice(&place)?;
            Err(error)
        }
        shown => shown.and_then(|()| session.message(&place)),
    }
}

/// Withdraws a secret that could not be shown because of `error`.
fn withdraw_issued(
    context: &OpContext<'_>,
    issued: &impl ShowOnce,
    error: &CommandError,
) -> CliError {
    let why = chain_text(error);
    let Withdrawal { result, description, hint, hint_on_failure } = issued.withdraw(context);
    match result {
        Ok(()) => CliError::Undelivered { why, done: description, hint },
        Err(OpError::Store(StoreError::CommitUnknown(Some(change)))) => {
            CliError::SecretLostInDoubt { why, change }
        }
        Err(error) => {
            let id = issued.id();
            let done =
                format!("nobody has the secret of {id}, and it could not be withdrawn: {error}");
            CliError::Undelivered { why, done, hint: hint_on_failure }
        }
    }
}
