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
    error::Failure,
    fresh::{Fresh, Made, TakenBack},
    out_file::{OutFile, many_lines, one_line},
    view::{CREDENTIAL_FIELDS, CredentialView, Handed, IssuedView},
};
use crate::{
    domain::{account::Account, credential::Credential},
    exit::Exit,
    ops::{
        Delivery, Desk, Issued, OpError, Outcome,
        delivery::{AfterCommit, DryRun},
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

impl IssueArgs {
    /// Refuses what would lose a secret.
    ///
    /// # Errors
    /// A usage error that names `--out`, or the fields there are.
    pub fn check(&self, session: &Session<'_, '_>, bulk: bool) -> anyhow::Result<()> {
        match bulk {
            true => self.check_for(session, CREDENTIAL_FIELDS, bulk),
            false => self.check_for(session, &Issued::fields(), bulk),
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

    /// Makes something with a secret, or a new secret of it, with `make`, and hands the secret over.
    ///
    /// # Errors
    /// What `make` answers, or [`Failure::Undelivered`].
    pub fn issue<F: Fresh>(
        &self,
        session: &mut Session<'_, '_>,
        store: &Store,
        made: Made,
        make: impl FnOnce(
            &Desk<'_>,
            &mut dyn CryptoRng,
            &mut dyn Delivery,
        ) -> Result<Outcome<F>, OpError>,
    ) -> anyhow::Result<Exit> {
        let actor = session.actor();
        let desk = session.desk(store, &actor);
        match &self.out {
            Some(path) if !desk.dry_run => {
                let mut file = OutFile::create(path, one_line)?;
                match make(&desk, session.host.entropy, &mut file)? {
                    Outcome::Present(present) => existing(session, store, &present)?,
                    Outcome::Issued(fresh) => {
                        file.keep();
                        present(session, &*fresh, None, Some(path))?;
                        session.talk(&format!(
                            "The secret is in {}; it will not be shown again.",
                            path.display()
                        ))?;
                    }
                }
            }
            _ if desk.dry_run => match make(&desk, session.host.entropy, &mut DryRun)? {
                Outcome::Present(present) => existing(session, store, &present)?,
                Outcome::Issued(fresh) => {
                    present(session, &*fresh, None, None)?;
                    session.talk_of_dry_run()?;
                }
            },
            _ => match make(&desk, session.host.entropy, &mut AfterCommit)? {
                Outcome::Present(present) => existing(session, store, &present)?,
                Outcome::Issued(fresh) => self.hand_over(session, &desk, made, &*fresh)?,
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

    /// Shows a secret after the commit. What fails now must not leave anything that nobody has the secret of.
    fn hand_over(
        &self,
        session: &mut Session<'_, '_>,
        desk: &Desk<'_>,
        made: Made,
        fresh: &impl Fresh,
    ) -> anyhow::Result<()> {
        let shown = if session.host.terminal.stdout_is_null {
            Err(anyhow::anyhow!("stdout leads nowhere"))
        } else {
            present(session, fresh, Some(fresh.secret()), None)
        };
        if let Err(error) = shown {
            return Err(take_back(desk, fresh, made, &error).into());
        }
        if let Err(error) = fresh.note_delivered(desk) {
            let id = fresh.id();
            writeln!(
                session.host.stderr,
                "warning: {id} will be listed as never displayed: {error}"
            )?;
        }
        if self.copy {
            copy(session, fresh.secret())?;
        }
        fresh.said_once().iter().try_for_each(|sentence| session.talk(sentence))
    }
}

/// Writes what was made to stdout: to a person the secret alone on its line.
fn present(
    session: &mut Session<'_, '_>,
    fresh: &impl Fresh,
    secret: Option<&[u8]>,
    out: Option<&Path>,
) -> anyhow::Result<()> {
    let style = session.style();
    let path = out.map(|path| path.display().to_string());
    let secret = secret.map(std::str::from_utf8).transpose()?;
    let handed = Handed { created: true, secret, out: path.as_deref() };
    let mut bytes = Zeroizing::new(Vec::with_capacity(2048));
    fresh.view(handed, &mut |view, details| {
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
    let names = look.tx.names_of(&credential.owner)?;
    let called = names.called(&credential.owner);
    let view = CredentialView::new(credential, last_use.as_ref(), account.id, look.now, called);
    let handed = Handed { created, secret: None, out: None };
    let view = IssuedView { credential: view, handed };
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

fn take_back(desk: &Desk<'_>, fresh: &impl Fresh, made: Made, error: &anyhow::Error) -> Failure {
    let why = format!("{error:#}");
    let TakenBack { result, done, hint, other_hint } = fresh.take_back(desk, made);
    match result {
        Ok(()) => Failure::Undelivered { why, done, hint },
        Err(error) => {
            let id = fresh.id();
            let done =
                format!("nobody has the secret of {id}, and it could not be taken back: {error}");
            Failure::Undelivered { why, done, hint: other_hint }
        }
    }
}

/// Puts a secret on the clipboard of the terminal (OSC 52).
fn copy(session: &mut Session<'_, '_>, secret: &[u8]) -> anyhow::Result<()> {
    let mut sequence = Zeroizing::new(Vec::with_capacity(128));
    sequence.extend_from_slice(b"\x1b]52;c;");
    sequence.extend_from_slice(Zeroizing::new(STANDARD.encode(secret)).as_bytes());
    sequence.push(0x07);
    session.host.stderr.write_all(&sequence)?;
    session.host.stderr.flush()?;
    Ok(())
}
