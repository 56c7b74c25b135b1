//! Show once: where a new secret goes, and what happens when it can't get there.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use clap::Args;
use rand::CryptoRng;
use zeroize::Zeroizing;

use super::{
    out_file::{OutFile, bulk_format, secret_line},
    show_once::{IssueKind, ShowOnce, Withdrawal},
};
use crate::{
    commands::{Session, error::report::CliError},
    domain::{credential::Credential, directory::account::Account},
    exit::Exit,
    ops::{
        IssueOutcome, IssuedCredential, OpContext, OpError, SecretSink,
        credential::issue::ExistingCredential,
        secret_sink::{AfterCommit, DryRunSink},
    },
    render::{Format, Shape, record},
    store::Store,
    view::{CREDENTIAL_FIELDS, CredentialView, IssuedView, SecretDelivery},
};

/// Where a new secret goes.
#[derive(Clone, Debug, Default, Args)]
pub struct IssueArgs {
    /// Write the secret to this new file, readable by you alone, instead of showing it
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Put the secret on the terminal's clipboard, too
    #[arg(long, conflicts_with = "out")]
    pub copy: bool,
}

impl IssueArgs {
    /// Refuses what would lose a secret.
    ///
    /// # Errors
    /// A usage error that names `--out`, or the fields there are.
    pub fn check(&self, session: &Session<'_, '_>, bulk: bool) -> anyhow::Result<()> {
        match bulk {
            true => self.check_for(session, CREDENTIAL_FIELDS, bulk),
            false => self.check_for(session, &IssuedCredential::field_names(), bulk),
        }
    }

    /// The same, for output with these fields.
    ///
    /// # Errors
    /// As for [`IssueArgs::check`].
    pub fn check_for(
        &self,
        session: &Session<'_, '_>,
        fields: &[&'static str],
        bulk: bool,
    ) -> anyhow::Result<()> {
        session.check_field(fields)?;
        if let Some(path) = self.out.as_ref().filter(|_| !session.global.dry_run) {
            OutFile::check(path)?;
        }
        if self.copy && !session.host.terminal.stderr {
            return Err(CliError::usage(
                "no_terminal",
                "--copy needs a terminal; give --out FILE instead",
            )
            .into());
        }
        let shows_secret = match &session.shape {
            Shape::Rows(_) => true,
            Shape::Field(name) => name == "secret",
            Shape::Handles => false,
        };
        if self.out.is_some() || session.global.dry_run || (shows_secret && !bulk) {
            return Ok(());
        }
        let message = "the secret would be lost: this output does not show it";
        let message =
            if bulk { "many secrets at once go to a file, not to the screen" } else { message };
        let hint = Some("give --out FILE".to_owned());
        Err(CliError::Usage { code: "out_needed", message: message.to_owned(), hint }.into())
    }

    /// Makes something with a secret, or a new secret of it, with `make`, and hands the secret over.
    ///
    /// # Errors
    /// What `make` answers, or [`Failure::Undelivered`].
    pub fn issue<F: ShowOnce>(
        &self,
        session: &mut Session<'_, '_>,
        store: &Store,
        made: IssueKind,
        make: impl FnOnce(
            &OpContext<'_>,
            &mut dyn CryptoRng,
            &mut dyn SecretSink,
        ) -> Result<IssueOutcome<F>, OpError>,
    ) -> anyhow::Result<Exit> {
        let actor = session.actor();
        let desk = session.op_context(store, &actor);
        match &self.out {
            Some(path) if !desk.dry_run => {
                let mut file = OutFile::create(path, secret_line)?;
                match make(&desk, session.host.entropy, &mut file)? {
                    IssueOutcome::Existing(present) => show_existing(session, store, &present)?,
                    IssueOutcome::Issued(fresh) => {
                        file.keep();
                        write_issued(session, &*fresh, None, Some(path))?;
                        session.message(&format!(
                            "The secret is in {}; it will not be shown again.",
                            path.display()
                        ))?;
                    }
                }
            }
            _ if desk.dry_run => match make(&desk, session.host.entropy, &mut DryRunSink)? {
                IssueOutcome::Existing(present) => show_existing(session, store, &present)?,
                IssueOutcome::Issued(fresh) => {
                    write_issued(session, &*fresh, None, None)?;
                    session.report_dry_run()?;
                }
            },
            _ => match make(&desk, session.host.entropy, &mut AfterCommit)? {
                IssueOutcome::Existing(present) => show_existing(session, store, &present)?,
                IssueOutcome::Issued(fresh) => self.show_secret(session, &desk, made, &*fresh)?,
            },
        }
        Ok(Exit::Success)
    }

    /// Makes many secrets with `make`, and puts them into the file of `--out`; a dry run makes no file.
    ///
    /// # Errors
    /// What `make` answers, or that the file can't be made.
    pub fn issue_many<T>(
        &self,
        session: &mut Session<'_, '_>,
        desk: &OpContext<'_>,
        make: impl FnOnce(&mut dyn CryptoRng, &mut dyn SecretSink) -> Result<T, OpError>,
    ) -> anyhow::Result<T> {
        // Nothing but a dry run comes here without a file.
        let Some(path) = self.out.as_ref().filter(|_| !desk.dry_run) else {
            return Ok(make(session.host.entropy, &mut DryRunSink)?);
        };
        let (line, heading) = bulk_format(path);
        let mut file = OutFile::create(path, line)?;
        heading.map_or(Ok(()), |heading| file.write_heading(heading))?;
        let made = make(session.host.entropy, &mut file)?;
        file.keep();
        session.message(&format!(
            "The secrets are in {}; they will not be shown again.",
            path.display()
        ))?;
        Ok(made)
    }

    /// Shows a secret after the commit. What fails now must not leave anything that nobody has the secret of.
    fn show_secret(
        &self,
        session: &mut Session<'_, '_>,
        desk: &OpContext<'_>,
        made: IssueKind,
        fresh: &impl ShowOnce,
    ) -> anyhow::Result<()> {
        let shown = if session.host.terminal.stdout_is_null {
            Err(anyhow::anyhow!("stdout leads nowhere"))
        } else {
            write_issued(session, fresh, Some(fresh.secret()), None)
        };
        if let Err(error) = shown {
            return Err(withdraw_issued(desk, fresh, made, &error).into());
        }
        if let Err(error) = fresh.record_delivered(desk) {
            let id = fresh.id();
            writeln!(
                session.host.stderr,
                "warning: {id} will be listed as never displayed: {error}"
            )?;
        }
        if self.copy {
            copy_to_clipboard(session, fresh.secret())?;
        }
        fresh.messages().iter().try_for_each(|sentence| session.message(sentence))
    }
}

/// Writes what was made to stdout: to a person the secret alone on its line.
fn write_issued(
    session: &mut Session<'_, '_>,
    fresh: &impl ShowOnce,
    secret: Option<&[u8]>,
    out: Option<&Path>,
) -> anyhow::Result<()> {
    let style = session.style();
    let path = out.map(|path| path.display().to_string());
    let secret = secret.map(std::str::from_utf8).transpose()?;
    let handed = SecretDelivery { created: true, secret, out: path.as_deref() };
    let mut bytes = Zeroizing::new(Vec::with_capacity(2048));
    fresh.with_view(handed, &mut |view, details| {
        match (&style.shape, secret) {
            (Shape::Rows(Format::Table), Some(secret)) => {
                bytes.extend_from_slice(secret.as_bytes());
            }
            (Shape::Rows(Format::Table), None) => {
                crate::render::details(&mut *bytes, &style, details)?;
            }
            (Shape::Rows(format), _) => record(&mut *bytes, *format, view)?,
            (Shape::Handles, _) => bytes.extend_from_slice(fresh.id().as_bytes()),
            (Shape::Field(name), _) => crate::render::field(&mut *bytes, view, name)?,
        }
        Ok(())
    })?;
    if bytes.last() != Some(&b'\n') {
        bytes.push(b'\n');
    }
    session.write_stdout(&bytes)?;
    Ok(())
}

/// Shows one that was there already, without a secret.
fn show_existing(
    session: &mut Session<'_, '_>,
    store: &Store,
    present: &ExistingCredential,
) -> anyhow::Result<()> {
    let ExistingCredential { credential, account } = present;
    show_without_secret(session, store, (credential, account), false)?;
    session.message(&format!(
        "{} is there already, as {}.",
        credential.subject.as_str(),
        credential.id
    ))
}

/// Shows a new credential whose secret is made when its holder first asks for it.
pub fn show_pending_pickup(
    session: &mut Session<'_, '_>,
    store: &Store,
    (credential, account): &(Credential, Account),
) -> anyhow::Result<()> {
    show_without_secret(session, store, (credential, account), true)?;
    session.report_dry_run()
}

/// A person hears of one that was there already, and sees one that is new.
fn show_without_secret(
    session: &mut Session<'_, '_>,
    store: &Store,
    (credential, account): (&Credential, &Account),
    created: bool,
) -> anyhow::Result<()> {
    let style = session.style();
    let look = session.begin_read(store)?;
    let last_use = look.tx.find_last_use(credential.seq)?;
    let names = look.tx.display_names(&credential.subject)?;
    let called = names.display_name(&credential.subject);
    let view = CredentialView::new(credential, last_use.as_ref(), account.id, look.now, called);
    let handed = SecretDelivery { created, secret: None, out: None };
    let view = IssuedView { credential: view, secret_delivery: handed };
    let mut bytes = Vec::new();
    match &style.shape {
        Shape::Rows(Format::Table) if !created => {}
        Shape::Rows(Format::Table) => {
            crate::render::details(&mut bytes, &style, &view.credential.details())?;
        }
        Shape::Rows(format) => record(&mut bytes, *format, &view)?,
        Shape::Handles => writeln!(bytes, "{}", credential.id)?,
        Shape::Field(name) => crate::render::field(&mut bytes, &view, name)?,
    }
    session.write_stdout(&bytes)
}

fn withdraw_issued(
    desk: &OpContext<'_>,
    fresh: &impl ShowOnce,
    made: IssueKind,
    error: &anyhow::Error,
) -> CliError {
    let why = format!("{error:#}");
    let Withdrawal { result, description: done, hint, hint_on_failure: other_hint } =
        fresh.withdraw(desk, made);
    match result {
        Ok(()) => CliError::Undelivered { why, done, hint },
        Err(error) => {
            let id = fresh.id();
            let done =
                format!("nobody has the secret of {id}, and it could not be taken back: {error}");
            CliError::Undelivered { why, done, hint: other_hint }
        }
    }
}

/// Puts a secret on the clipboard of the terminal (OSC 52).
fn copy_to_clipboard(session: &mut Session<'_, '_>, secret: &[u8]) -> anyhow::Result<()> {
    let mut sequence = Zeroizing::new(Vec::with_capacity(128));
    sequence.extend_from_slice(b"\x1b]52;c;");
    sequence.extend_from_slice(Zeroizing::new(STANDARD.encode(secret)).as_bytes());
    sequence.push(0x07);
    session.host.stderr.write_all(&sequence)?;
    session.host.stderr.flush()?;
    Ok(())
}
