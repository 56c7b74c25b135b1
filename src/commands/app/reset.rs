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
    store::{Mode, Store},
};

#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # Generate a new client secret; keep the old one valid for a week
  $ gatepass app reset 'Reading App' --overlap 7d")]
pub struct AppResetArgs {
    /// Id, client id or name
    #[arg(value_name = "APP", value_parser = Reference::parse)]
    reference: Reference,
    /// Keep the old client secret valid this long, e.g. 7d
    ///
    /// Takes a number and h, d or w, at most 30d.
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
    let preview =
        reset(&context, reference, overlap, session.host.entropy, &mut AfterCommit::default())?;
    let consequence = match overlap.is_none() {
        true => " The current one stops working immediately.",
        false => "",
    };
    let app = &preview.app;
    session.confirm(&format!(
        "Reset the client secret of app {} ({})?{consequence}",
        escape(app.name.as_str()),
        app.id
    ))
}
