//! `complete-names`: live names for completion scripts. It makes no store, waits for no lock and never fails: a
//! shell that completes is no place for errors.

use std::io::Write;

use clap::Args;

use super::{Session, session::open_with};
use crate::{
    domain::{credential::Kind, name::fold},
    exit::Exit,
    store::sqlite::{Mode, Waiting},
};

/// How many names are offered.
const MOST: usize = 100;

/// Prints names for completion scripts.
#[derive(Debug, Args)]
pub struct CompleteArgs {
    /// What was typed so far
    #[arg(default_value = "")]
    start: String,
}

pub(super) fn run(args: &CompleteArgs, session: &mut Session<'_, '_>) -> Exit {
    // Whatever goes wrong, the answer is that nothing is offered.
    let _offered = offer(args, session);
    Exit::Done
}

fn offer(args: &CompleteArgs, session: &mut Session<'_, '_>) -> anyhow::Result<()> {
    let store = open_with(&session.config, Mode::Read, Waiting::Never, session.keys()?)?;
    let look = session.look(&store)?;
    let (start, mut text, mut left) = (fold(&args.start), Vec::new(), MOST);
    for account in look.accounts(session.account)? {
        for kind in Kind::ALL {
            for holder in look.tx.list_holders(account.key, kind, &start, left)? {
                writeln!(text, "{}", holder.owner.as_str())?;
                left -= 1;
            }
        }
    }
    session.host.stdout.write_all(&text)?;
    Ok(session.host.stdout.flush()?)
}
