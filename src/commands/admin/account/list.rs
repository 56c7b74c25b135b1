//! `account list`

use crate::{
    commands::{error::CommandError, session::Session},
    exit::Exit,
    render::ListWriter,
    store::Mode,
    view::{AccountListSummary, AccountView},
};

pub fn run(session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    let store = session.open_store(Mode::Read)?;
    let mut read = session.begin_read(&store)?;
    let accounts = read.accounts(session.account)?;
    let style = session.style();
    let mut writer = ListWriter::<AccountView<'static>>::new(
        &mut *session.host.stdout,
        &style,
        "gatepass.accounts/v1",
        read.now.rfc3339_bytes(),
    )?;
    for account in &accounts {
        let slots_taken = read.tx.count_used_slots(account.key)?;
        writer.row(&AccountView { account, slots_taken })?;
    }
    writer.finish(&AccountListSummary { count: accounts.len() as i64 })?;
    session.host.stdout.flush()?;
    Ok(Exit::Success)
}
