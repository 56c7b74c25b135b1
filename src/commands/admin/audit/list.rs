//! `audit list`

use clap::Args;

use crate::{
    commands::{error::CommandError, session::Session},
    domain::directory::{account::AccountId, reference::Reference},
    exit::Exit,
    ops::{OpError, admin::audit, query::resolve_subject::resolve_subject},
    render::ListWriter,
    store::Mode,
    view::{AuditListSummary, AuditView},
};

#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # List the changes of a credential
  $ gatepass audit list --of globex

  # List all changes as JSON Lines
  $ gatepass audit list --format jsonl")]
pub struct AuditListArgs {
    /// Only changes of this credential, app, district or account
    ///
    /// Takes the id, name, user's e-mail address or APP/DISTRICT of a credential, the id or name of an app or a district,
    /// or an Account ID. The beginning of an id is enough if no other id begins with it.
    #[arg(long, value_name = "REFERENCE", value_parser = Reference::parse)]
    of: Option<Reference>,
}

pub fn run(args: &AuditListArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    let store = session.open_store(Mode::Read)?;
    let mut read = session.begin_read(&store)?;
    let subject = match &args.of {
        None => None,
        Some(reference) => Some(match AccountId::parse(reference.as_str()) {
            Ok(id) => read.accounts(Some(id)).map(|_| id.to_string())?,
            Err(_) => {
                let accounts = read.accounts(session.account)?;
                resolve_subject(&mut read.tx, &accounts, reference)?
            }
        }),
    };
    let style = session.style();
    let mut writer = ListWriter::<AuditView<'static>>::new(
        &mut *session.host.stdout,
        &style,
        "gatepass.audit/v1",
        read.now.rfc3339_bytes(),
    )?;
    let count = audit::list(&mut read, subject.as_deref(), |record| {
        writer.row(&AuditView::new(record)).map_err(OpError::Output)
    })?;
    writer.finish(&AuditListSummary { count: count.cast_signed() })?;
    session.host.stdout.flush()?;
    Ok(Exit::Success)
}
