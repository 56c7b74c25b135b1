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
    Session,
    error::{Failure, quote},
    out_file::{OutFile, many_lines, one_line},
    view::{CREDENTIAL_FIELDS, CredentialView, ISSUED_FIELDS, IssuedView, expires},
};
use crate::{
    domain::{
        account::Account,
        credential::{Credential, Kind},
        secret::Plaintext,
    },
    exit::Exit,
    ops::{
        Delivery, Desk, Issued, OpError, Outcome,
        delivery::{AfterCommit, DryRun, delivered, revoke_undelivered, withdraw_undelivered},
    },
    render::{Format, Shape, record},
    store::Store,
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

/// Whether a secret belongs to a new credential or to one that was reset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// A new credential: undelivered, it is revoked.
    New,
    /// A reset one: undelivered, only the new secret is withdrawn.
    Reset,
}

impl IssueArgs {
    /// Refuses what would lose a secret.
    ///
    /// # Errors
    /// A usage error that names `--out`, or the fields there are.
    pub fn check(&self, session: &Session<'_, '_>, bulk: bool) -> anyhow::Result<()> {
        if bulk {
            session.check_field(CREDENTIAL_FIELDS)?;
        } else {
            session.check_field(&[CREDENTIAL_FIELDS, ISSUED_FIELDS].concat())?;
        }
        if let Some(path) = self.out.as_ref().filter(|_| !session.global.dry_run) {
            OutFile::check(path)?;
        }
        if self.copy && !session.host.terminal.stderr {
            return Err(Failure::usage(
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
        Err(Failure::Usage { code: "out_needed", message: message.to_owned(), hint }.into())
    }

    /// Makes a credential or its new secret with `make`, and hands the secret over.
    ///
    /// # Errors
    /// What `make` answers, or [`Failure::Undelivered`].
    pub fn issue(
        &self,
        session: &mut Session<'_, '_>,
        store: &Store,
        made: Made,
        make: impl FnOnce(&Desk<'_>, &mut dyn CryptoRng, &mut dyn Delivery) -> Result<Outcome, OpError>,
    ) -> anyhow::Result<Exit> {
        let actor = session.actor();
        let desk = session.desk(store, &actor);
        match &self.out {
            Some(path) if !desk.dry_run => {
                let mut file = OutFile::create(path, one_line)?;
                match make(&desk, session.host.entropy, &mut file)? {
                    Outcome::Present(present) => existing(session, store, &present)?,
                    Outcome::Issued(issued) => {
                        file.keep();
                        present(session, &issued, None, Some(path))?;
                        session.talk(&format!(
                            "The secret is in {}; it will not be shown again.",
                            path.display()
                        ))?;
                    }
                }
            }
            _ if desk.dry_run => match make(&desk, session.host.entropy, &mut DryRun)? {
                Outcome::Present(present) => existing(session, store, &present)?,
                Outcome::Issued(issued) => {
                    present(session, &issued, None, None)?;
                    session.talk_of_dry_run()?;
                }
            },
            _ => match make(&desk, session.host.entropy, &mut AfterCommit)? {
                Outcome::Present(present) => existing(session, store, &present)?,
                Outcome::Issued(issued) => self.hand_over(session, &desk, made, &issued)?,
            },
        }
        Ok(Exit::Done)
    }

    /// Makes many secrets with `make`, and puts them into the file of `--out`; a dry run makes no file.
    ///
    /// # Errors
    /// What `make` answers, or that the file can't be made.
    pub fn issue_many<T>(
        &self,
        session: &mut Session<'_, '_>,
        desk: &Desk<'_>,
        make: impl FnOnce(&mut dyn CryptoRng, &mut dyn Delivery) -> Result<T, OpError>,
    ) -> anyhow::Result<T> {
        // Nothing but a dry run comes here without a file.
        let Some(path) = self.out.as_ref().filter(|_| !desk.dry_run) else {
            return Ok(make(session.host.entropy, &mut DryRun)?);
        };
        let (line, heading) = many_lines(path);
        let mut file = OutFile::create(path, line)?;
        heading.map_or(Ok(()), |heading| file.heading(heading))?;
        let made = make(session.host.entropy, &mut file)?;
        file.keep();
        session.talk(&format!(
            "The secrets are in {}; they will not be shown again.",
            path.display()
        ))?;
        Ok(made)
    }

    /// Shows a secret after the commit. What fails now must not leave a credential that nobody has the secret of.
    fn hand_over(
        &self,
        session: &mut Session<'_, '_>,
        desk: &Desk<'_>,
        made: Made,
        issued: &Issued,
    ) -> anyhow::Result<()> {
        let shown = if session.host.terminal.stdout_is_null {
            Err(anyhow::anyhow!("stdout leads nowhere"))
        } else {
            present(session, issued, Some(&issued.secret), None)
        };
        if let Err(error) = shown {
            return Err(take_back(desk, issued, made, &error).into());
        }
        if let Err(error) = delivered(desk, &issued.credential) {
            let id = issued.credential.id;
            writeln!(
                session.host.stderr,
                "warning: {id} will be listed as never displayed: {error}"
            )?;
        }
        if self.copy {
            copy(session, issued)?;
        }
        said_once(session, issued)
    }
}

/// Writes what was made to stdout: to a person the secret alone on its line.
fn present(
    session: &mut Session<'_, '_>,
    issued: &Issued,
    secret: Option<&Plaintext>,
    out: Option<&Path>,
) -> anyhow::Result<()> {
    let style = session.style();
    // The change happened at this instant, whatever the clock says.
    let now = issued.credential.secrets.made_at;
    let last_use = issued.last_use.as_ref();
    let credential = CredentialView::new(&issued.credential, last_use, issued.account.id, now);
    let path = out.map(|path| path.display().to_string());
    let secret = secret.map(|secret| std::str::from_utf8(secret.expose())).transpose()?;
    let view = IssuedView { credential, created: true, secret, out: path.as_deref() };
    let mut bytes = Zeroizing::new(Vec::with_capacity(2048));
    match (&style.shape, secret) {
        (Shape::Rows(Format::Table), Some(secret)) => bytes.extend_from_slice(secret.as_bytes()),
        (Shape::Rows(Format::Table), None) => {
            crate::render::details(&mut *bytes, &style, &view.credential.details())?;
        }
        (Shape::Rows(format), _) => record(&mut *bytes, *format, &view)?,
        (Shape::Handles, _) => bytes.extend_from_slice(issued.credential.id.to_string().as_bytes()),
        (Shape::Field(name), _) => crate::render::field(&mut *bytes, &view, name)?,
    }
    if bytes.last() != Some(&b'\n') {
        bytes.push(b'\n');
    }
    session.put(&bytes)?;
    Ok(())
}

/// Shows one that was there already, without a secret.
fn existing(
    session: &mut Session<'_, '_>,
    store: &Store,
    present: &(Credential, Account),
) -> anyhow::Result<()> {
    without_secret(session, store, present, false)?;
    let credential = &present.0;
    session.talk(&format!("{} is there already, as {}.", credential.owner.as_str(), credential.id))
}

/// Shows a new credential whose secret is made when its holder first asks for it.
pub fn awaiting(
    session: &mut Session<'_, '_>,
    store: &Store,
    waiting: &(Credential, Account),
) -> anyhow::Result<()> {
    without_secret(session, store, waiting, true)?;
    session.talk_of_dry_run()
}

/// A person hears of one that was there already, and sees one that is new.
fn without_secret(
    session: &mut Session<'_, '_>,
    store: &Store,
    (credential, account): &(Credential, Account),
    created: bool,
) -> anyhow::Result<()> {
    let style = session.style();
    let look = session.look(store)?;
    let last_use = look.tx.last_use(credential.seq)?;
    let view = CredentialView::new(credential, last_use.as_ref(), account.id, look.now);
    let view = IssuedView { credential: view, created, secret: None, out: None };
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
    session.put(&bytes)
}

fn take_back(desk: &Desk<'_>, issued: &Issued, made: Made, error: &anyhow::Error) -> Failure {
    let (id, why) = (issued.credential.id, format!("{error:#}"));
    let owner = named(&issued.credential);
    let (result, done, hint) = match made {
        Made::New => (
            revoke_undelivered(desk, &issued.credential),
            format!("{id} was revoked"),
            format!("gatepass delete {owner}, then make it again"),
        ),
        Made::Reset => (
            withdraw_undelivered(desk, &issued.credential),
            format!("the new secret of {id} was withdrawn; the old one ends as it was told"),
            format!("gatepass reset {owner} again"),
        ),
    };
    match result {
        Ok(()) => Failure::Undelivered { why, done, hint },
        Err(error) => {
            let done =
                format!("nobody has the secret of {id}, and it could not be taken back: {error}");
            Failure::Undelivered { why, done, hint: format!("gatepass revoke {id}") }
        }
    }
}

/// Puts the secret on the clipboard of the terminal (OSC 52).
fn copy(session: &mut Session<'_, '_>, issued: &Issued) -> anyhow::Result<()> {
    let mut sequence = Zeroizing::new(Vec::with_capacity(128));
    sequence.extend_from_slice(b"\x1b]52;c;");
    sequence.extend_from_slice(Zeroizing::new(STANDARD.encode(issued.secret.expose())).as_bytes());
    sequence.push(0x07);
    session.host.stderr.write_all(&sequence)?;
    session.host.stderr.flush()?;
    Ok(())
}

fn said_once(session: &mut Session<'_, '_>, issued: &Issued) -> anyhow::Result<()> {
    let credential = &issued.credential;
    let owner = credential.owner.as_str();
    let ends = expires(credential, credential.secrets.made_at);
    session.talk(&format!(
        "This is the secret of {owner} ({}, account {}); it expires: {ends}.",
        credential.id, issued.account.id
    ))?;
    session.talk(&format!(
        "It will not be shown again. If it is lost, make a new one: gatepass reset {}",
        named(credential)
    ))
}

/// As an admin names it in a command: tokens have no name that anybody would type.
fn named(credential: &Credential) -> String {
    match credential.kind() {
        Kind::Account | Kind::User => quote(credential.owner.as_str()),
        Kind::Token | Kind::Legacy => credential.id.to_string(),
    }
}
