//! `reset`

use clap::Args;

use crate::{
    commands::{
        args::lifetime::LifetimeArgs,
        error::CommandError,
        issue::{IssueArgs, IssueKind, Quantity},
        session::Session,
    },
    domain::{
        credential::{Credential, Overlap},
        directory::reference::Reference,
    },
    exit::Exit,
    ops::{
        OpContext,
        credential::reset::{ResetOptions, ResetRequest, reset},
        secret_sink::AfterCommit,
    },
    store::{Store, sqlite::Mode},
};

/// Gives credentials new secrets, shown once; their ids, names and ends stay.
///
/// The old secret ends at once, unless --overlap or --until-used lets it live on for a while: 30 days at most, and
/// never longer than the credential itself.
#[derive(Debug, Args)]
pub struct ResetArgs {
    /// Ids, names, users' e-mail addresses or APP/DISTRICT; several need --out
    #[arg(value_name = "REFERENCE", required = true, value_parser = Reference::parse)]
    references: Vec<Reference>,
    /// Let the old secret live on so long, such as 12h, 7d or 2w
    #[arg(long, value_name = "DURATION", value_parser = Overlap::parse)]
    overlap: Option<i64>,
    /// Let the old secret live on until the new one is used, or as long as --overlap says
    #[arg(long)]
    until_used: bool,
    #[command(flatten)]
    lifetime: LifetimeArgs,
    #[command(flatten)]
    issue: IssueArgs,
}

pub fn run(args: &ResetArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    let quantity = if args.references.len() > 1 { Quantity::Many } else { Quantity::One };
    args.issue.check(session, quantity)?;
    let store = session.open_store(Mode::Write)?;
    let overlap = Overlap { seconds: args.overlap, until_used: args.until_used };
    let options = ResetOptions { overlap, lifetime: args.lifetime.given() };
    let mut references = args.references.clone();
    if session.needs_confirmation() {
        references = confirm_reset(&references, options, session, &store)?;
    }
    let partial_ids = session.partial_ids();
    let request = ResetRequest { references: &references, partial_ids, options };
    if quantity == Quantity::One {
        return args.issue.issue(session, &store, IssueKind::Reset, |context, entropy, sink| {
            let mut issued = reset(context, request, entropy, sink)?;
            Ok(issued.remove(0).into())
        });
    }
    let actor = session.actor();
    let context = session.op_context(&store, &actor);
    let issued = args
        .issue
        .issue_many(session, &context, |entropy, sink| reset(&context, request, entropy, sink))?;
    let Some(account) = issued.first().map(|issued| issued.account.clone()) else {
        return Ok(Exit::Success);
    };
    let credentials: Vec<Credential> = issued.into_iter().map(|issued| issued.credential).collect();
    session.show_changed("Reset", &store, &credentials, &account)?;
    Ok(Exit::Success)
}

fn confirm_reset(
    references: &[Reference],
    options: ResetOptions,
    session: &mut Session<'_, '_>,
    store: &Store,
) -> Result<Vec<Reference>, CommandError> {
    let actor = session.actor();
    let context = OpContext { dry_run: true, ..session.op_context(store, &actor) };
    let request = ResetRequest { references, partial_ids: session.partial_ids(), options };
    let issued = reset(&context, request, session.host.entropy, &mut AfterCommit)?;
    let affected: Vec<Credential> = issued.into_iter().map(|issued| issued.credential).collect();
    let verb = if options.overlap.is_none() { "End the present secret and reset" } else { "Reset" };
    session.confirm_all(verb, store, &affected)
}
