//! `show`

use std::slice;

use clap::Args;

use crate::{
    commands::{
        error::CommandError,
        session::{Picker, Session},
    },
    domain::directory::reference::Reference,
    exit::Exit,
    ops::{
        OpError,
        query::{
            filter::ListItem,
            list::list_named,
            resolve::{PartialIds, resolve},
        },
    },
    render::ListWriter,
    store::StoreError,
    view::{ACCOUNT_COLUMN, CredentialListSummary, CredentialView, USAGE_COLUMN},
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
    /// Id, name, user's e-mail address or APP/DISTRICT; prompted for if omitted
    ///
    /// The beginning of an id is enough if no other id begins with it. The reference - stands for those on stdin, one on
    /// each line; they are shown as a list.
    #[arg(value_name = "REFERENCE", value_parser = Reference::parse)]
    reference: Option<Reference>,
}

const PICKER: Picker = Picker { verb: "Show", states: &[] };

pub fn run(args: &ShowArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    let reference = match &args.reference {
        Some(reference) => reference.clone(),
        None => session.pick(PICKER)?,
    };
    if reference.is_stdin() {
        return show_list(&reference, session);
    }
    let store = session.open_to_view()?;
    let mut read = session.begin_read(&store)?;
    let accounts = read.accounts(session.account)?;
    let credential = resolve(&mut read.tx, &accounts, &reference, PartialIds::Allowed)?;
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

/// Lists the credentials that stdin names, in its order.
fn show_list(stdin: &Reference, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    let references = session.read_references(slice::from_ref(stdin))?;
    let store = session.open_to_view()?;
    let mut read = session.begin_read(&store)?;
    let (accounts, now) = (read.accounts(session.account)?, read.now);
    let style = session.style();
    let mut writer = ListWriter::<CredentialView<'static>>::new(
        session.host.stdout,
        &style,
        "gatepass.credentials/v1",
        now.rfc3339_bytes(),
    )?
    .hide(USAGE_COLUMN, !read.tx.has_last_uses()?)
    .hide(ACCOUNT_COLUMN, accounts.len() == 1);
    let summary = list_named(&mut read, &accounts, &references, |item| {
        let ListItem { credential, last_use, account, now, display_name } = item;
        let view = CredentialView::new(credential, last_use, account, now, display_name);
        writer.row(&view).map_err(OpError::Output)
    })?;
    let fit = writer.finish(&CredentialListSummary { summary: &summary, now })?;
    session.end_list(&fit)?;
    Ok(Exit::Success)
}
