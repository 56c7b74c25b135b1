//! `store migrate`

use clap::Args;

use crate::{
    commands::{admin::doctor::problem_lines, error::CommandError, session::Session},
    exit::Exit,
    ops::admin::migrate::{MigrateRequest, StoreMigration, migrate},
    render::{Format, Shape, text::escape},
    view::{STORE_MIGRATION_FIELDS, StoreMigrationView},
};

#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # Check the store and show what would happen
  $ gatepass store migrate --dry-run

  # Migrate the store
  $ gatepass store migrate")]
pub struct StoreMigrateArgs {}

pub fn run(_: &StoreMigrateArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    session.check_field(STORE_MIGRATION_FIELDS)?;
    let request = MigrateRequest {
        driver: &*session.driver,
        address: &session.config.store,
        keys: session.read_keys()?,
        dry_run: session.global.dry_run,
    };
    let migration = migrate(request, session.host.clock.as_ref())?;
    let view = StoreMigrationView::new(&migration, session.global.dry_run);
    if !migration.issues.is_empty() {
        let problems =
            problem_lines(&migration.issues, "keep the store as it is and restore a backup")
                .join("\n");
        session.show_ignoring_closed_pipe(&view, &problems)?;
        session.report_dry_run()?;
        return Ok(Exit::Integrity);
    }
    if migration.copy.is_some() {
        session.changed.set();
    }
    match session.shape {
        Shape::Rows(Format::Table) | Shape::Handles => {}
        _ => session.show_record(&view, "")?,
    }
    report(&migration, session)?;
    Ok(Exit::Success)
}

/// Reports a migration that found no problem on stderr. Only a dry run leaves an older store without a copy.
fn report(migration: &StoreMigration, session: &mut Session<'_, '_>) -> Result<(), CommandError> {
    let StoreMigration { from, to, copy, .. } = migration;
    let store = session.config.store.to_string();
    let sentence = match copy {
        _ if from == to => format!("The store {store} already has version {to}."),
        Some(copy) => format!(
            "Migrated store {store} from version {from} to {to}. A copy of version {from} is at {copy}."
        ),
        None => {
            let what = format!("store {} from version {from} to {to}", escape(&store));
            return session.report_change("Migrated", &what);
        }
    };
    if session.shape == Shape::Rows(Format::Table) {
        session.notice(&escape(&sentence))?;
    }
    session.report_dry_run()
}
