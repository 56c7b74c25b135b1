//! `app reset`

use clap::Args;

use crate::{
    commands::{
        args::{
            overlap::{EndRetiringArgs, end_retiring_text},
            time::parse_overlap,
        },
        error::CommandError,
        issue::{IssueArgs, Quantity, ShowOnce},
        session::Session,
    },
    domain::{
        credential::{Overlap, ResetOptions},
        directory::reference::Reference,
        duration::Duration,
    },
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
    /// Takes a number and h, d or w, or a number of days, at most 30d.
    #[arg(long, value_name = "DURATION", value_parser = parse_overlap)]
    overlap: Option<Duration>,
    #[command(flatten)]
    during_overlap: EndRetiringArgs,
    #[command(flatten)]
    issue: IssueArgs,
}

pub fn run(args: &AppResetArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    args.issue.check_for(session, &IssuedApp::field_names(), Quantity::One)?;
    let store = session.open_store(Mode::Write)?;
    let options = ResetOptions {
        overlap: Overlap { seconds: args.overlap.map(Duration::seconds), until_used: false },
        lifetime: None,
        during_overlap: args.during_overlap.given(),
    };
    let mut reference = args.reference.clone();
    if session.needs_confirmation() {
        reference = confirm_reset(&reference, options, session, &store)?;
    }
    args.issue.issue(session, &store, |context, entropy, sink| {
        Ok(reset(context, &reference, options, entropy, sink)?.into())
    })
}

/// Prompts for a confirmation. Returns a reference to exactly this app.
fn confirm_reset(
    reference: &Reference,
    options: ResetOptions,
    session: &mut Session<'_, '_>,
    store: &Store,
) -> Result<Reference, CommandError> {
    let actor = session.actor();
    let context = OpContext { dry_run: true, ..session.op_context(store, &actor) };
    let preview =
        reset(&context, reference, options, session.host.entropy, &mut AfterCommit::default())?;
    let (id, name) = (preview.app.id, escape(preview.app.name.as_str()));
    let mut question = format!("Reset the client secret of app {name} ({id})?");
    if let Some(retiring) = &preview.ended_retiring {
        question = format!("{} {question}", end_retiring_text(retiring));
    }
    if options.overlap.is_none() {
        question = format!("The current client secret stops working immediately. {question}");
    }
    session.confirm(&question)?;
    Ok(Reference::from_object_id(id))
}
