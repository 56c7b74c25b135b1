//! `status`

use clap::Args;

use crate::{
    commands::{
        error::CommandError,
        session::{Session, read_master_key},
    },
    exit::Exit,
    keys::file::KeyError,
    ops::admin::status::{StoreStatus, status},
    render::{self, Format, Shape},
    store::{STORE_VERSION, StoreError},
    view::StatusView,
};

/// Show the store, key, account and configuration in use
///
/// Also shows how many credentials there are, which one expires next, and who the audit log would name. Nothing is
/// changed. The exit code is 3 if there is no store. With --quiet, nothing is printed.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # Show which store and key are in use
  $ gatepass status

  # Print the path of the store
  $ gatepass status --field store")]
pub struct StatusArgs {}

pub fn run(_: &StatusArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    let contents = read_contents(session);
    let (store_exists, store_version) = match &contents {
        Ok(_) => (Some(true), Some(STORE_VERSION)),
        Err(CommandError::Store(error)) => existence(error),
        Err(_) => (None, None),
    };
    let key = read_master_key(&session.config);
    let next = contents.as_ref().ok().and_then(|contents| contents.next.as_ref());
    let view = StatusView {
        store: session.config.store.to_string(),
        store_exists,
        store_version,
        key_file: session.config.key.path.display().to_string(),
        key_exists: !matches!(key, Err(KeyError::Missing { .. })),
        key_fingerprint: key.ok().map(|key| key.fingerprint()),
        config_file: session.config.file.as_ref().map(|path| path.display().to_string()),
        account: session.account,
        actor: session.actor().to_string(),
        contents: contents.as_ref().ok(),
        next_id: next.map(|next| next.id.to_string()),
    };
    show(session, &view)?;
    match contents {
        Ok(_) => Ok(Exit::Success),
        Err(CommandError::Store(StoreError::Missing(_))) => Ok(Exit::NotFound),
        Err(error) => Err(error),
    }
}

fn read_contents(session: &mut Session<'_, '_>) -> Result<StoreStatus, CommandError> {
    let store = session.open_to_view()?;
    Ok(status(&mut session.begin_read(&store)?, session.account)?)
}

/// Returns whether the store exists, and its version, as far as the error says.
fn existence(error: &StoreError) -> (Option<bool>, Option<i64>) {
    match error {
        StoreError::Missing(_) => (Some(false), None),
        StoreError::Older { found, .. } | StoreError::Newer { found, .. } => {
            (Some(true), Some(*found))
        }
        _ => (None, None),
    }
}

fn show(session: &mut Session<'_, '_>, view: &StatusView<'_>) -> Result<(), CommandError> {
    match session.shape {
        Shape::Handles => Ok(()),
        Shape::Rows(Format::Table) => {
            let mut bytes = Vec::new();
            render::details(&mut bytes, &session.style(), &view.details())?;
            session.write_stdout(&bytes)
        }
        _ => session.show_record(view, ""),
    }
}
