//! `show`

use clap::Args;

use super::{Session, view::CredentialView};
use crate::{
    domain::reference::Reference,
    exit::Exit,
    ops::resolve::{Prefixes, resolve},
    store::{StoreError, sqlite::Mode},
};

/// Shows one credential; never its secret.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// Its id, name, user's e-mail address, APP/DISTRICT, or the beginning of its id
    #[arg(value_name = "REFERENCE", value_parser = Reference::parse)]
    reference: Reference,
}

pub(super) fn run(args: &ShowArgs, session: &mut Session<'_, '_>) -> anyhow::Result<Exit> {
    let store = session.open(Mode::Read)?;
    let look = session.look(&store)?;
    let accounts = look.accounts(session.account)?;
    let credential = resolve(&look.tx, &accounts, &args.reference, Prefixes::Taken)?;
    let account = accounts.iter().find(|account| account.key == credential.account);
    let account = account.ok_or_else(|| {
        StoreError::Integrity(format!("the account of {} is missing", credential.id))
    })?;
    let last_use = look.tx.last_use(credential.seq)?;
    let names = look.tx.names_of(&credential.owner)?;
    let called = names.called(&credential.owner);
    let view = CredentialView::new(&credential, last_use.as_ref(), account.id, look.now, called);
    session.show(&view, &view.details())?;
    Ok(Exit::Done)
}
