//! Writing what was issued to stdout.

use std::{io::Write, path::Path};

use zeroize::Zeroizing;

use super::show_once::ShowOnce;
use crate::{
    commands::{error::CommandError, session::Session},
    ops::credential::{grant_app::PendingToken, issue::ExistingCredential},
    render::{self, Format, Row, Shape},
    view::{CredentialView, DryRun, IssuedView, SecretDelivery},
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
            (Shape::Field(name), _) => render::field(&mut *bytes, view, name)?,
        }
        Ok(())
    })?;
    if bytes.last().is_some_and(|last| *last != b'\n') {
        bytes.push(b'\n');
    }
    session.write_stdout(&bytes)
}

/// Shows a credential that exists already, so that no secret was issued.
///
/// # Errors
/// When the output can't be written.
pub fn show_existing(
    session: &mut Session<'_, '_>,
    existing: &ExistingCredential,
) -> Result<(), CommandError> {
    let ExistingCredential { credential, account, names, last_use, at } = existing;
    let name = names.display_name(&credential.subject);
    let view = CredentialView::new(credential, last_use.as_ref(), account, *at, name);
    show_without_secret(session, view.in_dry_run(session.dry_run(false)), false)?;
    session.message(&format!(
        "{} already exists ({}).",
        credential.subject.as_str(),
        credential.id
    ))?;
    session.report_dry_run()
}

/// Shows a new token whose secret is issued when its app picks it up.
///
/// # Errors
/// As for [`show_existing`].
pub fn show_pending_pickup(
    session: &mut Session<'_, '_>,
    pending: &PendingToken,
) -> Result<(), CommandError> {
    let PendingToken { token, account, names, at } = pending;
    let name = names.display_name(&token.subject);
    let view = CredentialView::new(token, None, account, *at, name);
    show_without_secret(session, view.in_dry_run(session.dry_run(true)), true)?;
    session.report_dry_run()
}

/// As a table, shows only a credential that was `created`.
fn show_without_secret(
    session: &mut Session<'_, '_>,
    credential: CredentialView<'_>,
    created: bool,
) -> Result<(), CommandError> {
    let style = session.style();
    let (is_dry_run, dry_run) = (session.global.dry_run, session.dry_run(created));
    let delivery =
        SecretDelivery { created: created && !is_dry_run, secret: None, out: None, dry_run };
    let view = IssuedView { credential, secret_delivery: delivery };
    let mut bytes = Vec::new();
    match &style.shape {
        Shape::Rows(Format::Table) if !created => {}
        Shape::Rows(Format::Table) => {
            render::details(&mut bytes, &style, &view.credential.details())?;
        }
        Shape::Rows(format) => render::record(&mut bytes, *format, &view)?,
        Shape::Handles => {
            view.credential.handle().map_or(Ok(()), |id| writeln!(bytes, "{id}"))?;
        }
        Shape::Field(name) => render::field(&mut bytes, &view, name)?,
    }
    session.write_stdout(&bytes)
}
