//! `show`

use clap::Args;

use crate::{
    commands::{error::CommandError, session::Session},
    domain::directory::reference::Reference,
    exit::Exit,
    ops::query::resolve::{PartialIds, resolve},
    store::{Mode, StoreError},
    view::CredentialView,
};

/// Show a credential, but never its secret
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # Show a passcode
  $ gatepass show globex

  # Show the token of an app for a district
  $ gatepass show 'Reading App/Springfield'

  # Print only the expiry
  $ gatepass show globex --field expires_at")]
pub struct ShowArgs {
    /// Id, name, user's e-mail address or APP/DISTRICT
    ///
    /// The beginning of an id is enough if no other id begins with it.
    #[arg(value_name = "REFERENCE", value_parser = Reference::parse)]
    reference: Reference,
}

pub fn run(args: &ShowArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    let store = session.open_store(Mode::Read)?;
    let mut read = session.begin_read(&store)?;
    let accounts = read.accounts(session.account)?;
    let credential = resolve(&mut read.tx, &accounts, &args.reference, PartialIds::Allowed)?;
    let account = accounts.iter().find(|account| account.key == credential.account);
    let account = account.ok_or_else(|| {
        StoreError::Integrity(format!("the account of {} is missing", credential.id))
    })?;
    let last_use = read.tx.find_last_use(credential.seq)?;
    let names = read.tx.display_names(&credential.subject)?;
    let name = names.display_name(&credential.subject);
    let view = CredentialView::new(&credential, last_use.as_ref(), account, read.now, name);
    session.show(&view, &view.details())?;
    Ok(Exit::Success)
}
