//! `show`

use clap::Args;

use crate::{
    commands::Session,
    domain::directory::reference::Reference,
    exit::Exit,
    ops::query::resolve::{PartialIds, resolve},
    store::{StoreError, sqlite::Mode},
    view::CredentialView,
};

/// Shows one credential; never its secret.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// Its id, name, user's e-mail address, APP/DISTRICT, or the beginning of its id
    #[arg(value_name = "REFERENCE", value_parser = Reference::parse)]
    reference: Reference,
}

pub(in crate::commands) fn run(
    args: &ShowArgs,
    session: &mut Session<'_, '_>,
) -> anyhow::Result<Exit> {
    let store = session.open_store(Mode::Read)?;
    let look = session.begin_read(&store)?;
    let accounts = look.accounts(session.account)?;
    let credential = resolve(&look.tx, &accounts, &args.reference, PartialIds::Allowed)?;
    let account = accounts.iter().find(|account| account.key == credential.account);
    let account = account.ok_or_else(|| {
        StoreError::Integrity(format!("the account of {} is missing", credential.id))
    })?;
    let last_use = look.tx.find_last_use(credential.seq)?;
    let names = look.tx.display_names(&credential.subject)?;
    let called = names.display_name(&credential.subject);
    let view = CredentialView::new(&credential, last_use.as_ref(), account.id, look.now, called);
    session.show(&view, &view.details())?;
    Ok(Exit::Success)
}
