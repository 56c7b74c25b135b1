//! `app reset`

use clap::Args;

use crate::{
    commands::{
        error::CommandError,
        issue::{IssueArgs, IssueKind, Quantity, ShowOnce},
        session::Session,
    },
    domain::{credential::Overlap, directory::reference::Reference},
    exit::Exit,
    ops::{
        OpContext,
        app::client_secret::{IssuedApp, reset},
        secret_sink::AfterCommit,
    },
    render::text::escape,
    store::{Store, sqlite::Mode},
};

#[derive(Debug, Args)]
pub struct AppResetArgs {
    /// Its id, client id or name
    #[arg(value_name = "APP", value_parser = Reference::parse)]
    reference: Reference,
    /// Let the old client secret live on so long, such as 12h, 7d or 2w
    #[arg(long, value_name = "DURATION", value_parser = Overlap::parse)]
    overlap: Option<i64>,
    #[command(flatten)]
    issue: IssueArgs,
}

pub fn run(args: &AppResetArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    args.issue.check_for(session, &IssuedApp::field_names(), Quantity::One)?;
    let store = session.open_store(Mode::Write)?;
    let overlap = Overlap { seconds: args.overlap, until_used: false };
    if session.needs_confirmation() {
        confirm_reset(&args.reference, overlap, session, &store)?;
    }
    args.issue.issue(session, &store, IssueKind::Reset, |context, entropy, sink| {
        Ok(reset(context, &args.reference, overlap, entropy, sink)?.into())
    })
}

fn confirm_reset(
    reference: &Reference,
    overlap: Overlap,
    session: &mut Session<'_, '_>,
    store: &Store,
) -> Result<(), CommandError> {
    let actor = session.actor();
    let context = OpContext { dry_run: true, ..session.op_context(store, &actor) };
    let preview = reset(&context, reference, overlap, session.host.entropy, &mut AfterCommit)?;
    let verb = if overlap.is_none() { "End the present client secret and reset" } else { "Reset" };
    let app = &preview.app;
    session.confirm(&format!("{verb} {} ({})?", escape(app.name.as_str()), app.id))
}
