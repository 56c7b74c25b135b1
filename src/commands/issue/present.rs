//! Writing what was issued to stdout.

use std::{fmt::Display, io::Write, path::Path};

use zeroize::Zeroizing;

use super::show_once::{ShowExisting, ShowOnce};
use crate::{
    commands::{error::CommandError, session::Session},
    ops::{
        app::registration::ExistingApp,
        credential::{grant_app::PendingToken, issue::ExistingCredential},
    },
    render::{self, Format, Record, Row, Shape, text::escape},
    view::{AppView, CredentialView, DryRun, IssuedAppView, IssuedView, SecretDelivery},
};

/// Writes what was issued: as a table only the secret, if there is one to show. `out` is the file that holds the secret
/// instead.
///
/// # Errors
/// When it can't be written.
pub fn write_issued(
    session: &mut Session<'_, '_>,
    issued: &impl ShowOnce,
    secret: Option<&[u8]>,
    out: Option<&Path>,
) -> Result<(), CommandError> {
    let path = out.map(|path| path.display().to_string());
    let secret = secret.map(std::str::from_utf8).transpose()?;
    let delivery =
        SecretDelivery { created: true, secret, out: path.as_deref(), dry_run: DryRun::No };
    write_view(session, issued, delivery)
}

/// Writes what a dry run would have issued, without a secret.
///
/// # Errors
/// As for [`write_issued`].
pub fn write_dry_run(
    session: &mut Session<'_, '_>,
    issued: &impl ShowOnce,
) -> Result<(), CommandError> {
    let dry_run = session.dry_run(issued.is_new());
    let delivery = SecretDelivery { created: false, secret: None, out: None, dry_run };
    write_view(session, issued, delivery)?;
    session.report_dry_run()
}

fn write_view(
    session: &mut Session<'_, '_>,
    issued: &impl ShowOnce,
    delivery: SecretDelivery<'_>,
) -> Result<(), CommandError> {
    let style = session.style();
    let secret = delivery.secret;
    let mut bytes = Zeroizing::new(Vec::with_capacity(2048));
    issued.with_view(delivery, &mut |view, details| {
        match (&style.shape, secret) {
            (Shape::Rows(Format::Table), Some(secret)) => {
                bytes.extend_from_slice(secret.as_bytes());
            }
            (Shape::Rows(Format::Table), None) => render::details(&mut *bytes, &style, details)?,
            (Shape::Rows(format), _) => render::record(&mut *bytes, *format, view)?,
            (Shape::Handles, _) if !delivery.dry_run.has_id() => {}
            (Shape::Handles, _) => bytes.extend_from_slice(issued.id().as_bytes()),
            (Shape::Fields(names), _) => render::fields(&mut *bytes, view, names)?,
        }
        Ok(())
    })?;
    if bytes.last().is_some_and(|last| *last != b'\n') {
        bytes.push(b'\n');
    }
    session.write_stdout(&bytes)
}

impl ShowExisting for ExistingCredential {
    fn show_existing(&self, session: &mut Session<'_, '_>) -> Result<(), CommandError> {
        let Self { credential, account, names, last_use, at } = self;
        let name = names.display_name(&credential.subject);
        let what = format!("{} already exists ({}).", escape(&name.text()), credential.id);
        let dry_run = session.dry_run(false);
        let view = CredentialView::new(credential, last_use.as_ref(), account, *at, name);
        let view = IssuedView {
            credential: view.in_dry_run(dry_run),
            secret_delivery: no_secret(dry_run, false),
        };
        if session.shape != Shape::Rows(Format::Table) {
            show_without_secret(session, &view, view.credential.handle(), &[])?;
        }
        session.message(&what)?;
        session.report_dry_run()
    }
}

impl ShowExisting for ExistingApp {
    fn show_existing(&self, session: &mut Session<'_, '_>) -> Result<(), CommandError> {
        let Self { app, account, summary, at } = self;
        let dry_run = session.dry_run(false);
        let view = IssuedAppView {
            schema: "gatepass.issued-app/v1",
            app: AppView::new(app, summary, account, *at).in_dry_run(dry_run),
            secret_delivery: no_secret(dry_run, false),
        };
        if session.shape != Shape::Rows(Format::Table) {
            show_without_secret(session, &view, view.app.handle(), &[])?;
        }
        session.message(&format!("{} already exists ({}).", app.name, app.id))?;
        session.report_dry_run()
    }
}

/// Returns the delivery of something without a secret; `is_new` says whether the command creates it.
fn no_secret(dry_run: DryRun, is_new: bool) -> SecretDelivery<'static> {
    let created = is_new && !dry_run.is_dry_run();
    SecretDelivery { created, secret: None, out: None, dry_run }
}

/// Shows a new token whose secret is issued when its app picks it up.
///
/// # Errors
/// When the output can't be written.
pub fn show_pending_pickup(
    session: &mut Session<'_, '_>,
    pending: &PendingToken,
) -> Result<(), CommandError> {
    let PendingToken { token, account, names, at } = pending;
    let name = names.display_name(&token.subject);
    let dry_run = session.dry_run(true);
    let credential = CredentialView::new(token, None, account, *at, name).in_dry_run(dry_run);
    let view = IssuedView { credential, secret_delivery: no_secret(dry_run, true) };
    let details = view.credential.details();
    show_without_secret(session, &view, view.credential.handle(), &details)?;
    session.report_dry_run()
}

/// Writes a record to stdout; `handle` is its id, if it has one, and `details` its form for a person.
fn show_without_secret(
    session: &mut Session<'_, '_>,
    view: &dyn Record,
    handle: Option<&dyn Display>,
    details: &[(&str, String)],
) -> Result<(), CommandError> {
    let style = session.style();
    let mut bytes = Vec::new();
    match &style.shape {
        Shape::Rows(Format::Table) => render::details(&mut bytes, &style, details)?,
        Shape::Rows(format) => render::record(&mut bytes, *format, view)?,
        Shape::Handles => handle.map_or(Ok(()), |id| writeln!(bytes, "{id}"))?,
        Shape::Fields(names) => render::fields(&mut bytes, view, names)?,
    }
    session.write_stdout(&bytes)
}
