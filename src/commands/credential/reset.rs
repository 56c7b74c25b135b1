//! `reset`

use clap::Args;

use crate::{
    commands::{
        Session,
        args::lifetime::LifetimeArgs,
        issue::{issue_args::IssueArgs, show_once::IssueKind},
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

pub(in crate::commands) fn run(
    args: &ResetArgs,
    session: &mut Session<'_, '_>,
) -> anyhow::Result<Exit> {
    let is_bulk = args.references.len() > 1;
    args.issue.check(session, is_bulk)?;
    let store = session.open_store(Mode::Write)?;
    let overlap = Overlap { seconds: args.overlap, until_used: args.until_used };
    let terms = ResetOptions { overlap, lifetime: args.lifetime.given() };
    let mut references = args.references.clone();
    if session.needs_confirmation() {
        references = confirm_reset(&references, terms, session, &store)?;
    }
    let partial_ids = session.partial_ids();
    let request = ResetRequest { references: &references, partial_ids, options: terms };
    if !is_bulk {
        return args.issue.issue(session, &store, IssueKind::Reset, |desk, entropy, delivery| {
            let mut issued = reset(desk, request, entropy, delivery)?;
            Ok(issued.remove(0).into())
        });
    }
    let actor = session.actor();
    let desk = session.op_context(&store, &actor);
    let issued = args
        .issue
        .issue_many(session, &desk, |entropy, delivery| reset(&desk, request, entropy, delivery))?;
    let Some(account) = issued.first().map(|issued| issued.account.clone()) else {
        return Ok(Exit::Success);
    };
    let credentials: Vec<Credential> = issued.into_iter().map(|issued| issued.credential).collect();
    session.show_changed("Reset", &store, &credentials, &account)?;
    Ok(Exit::Success)
}

fn confirm_reset(
    references: &[Reference],
    terms: ResetOptions,
    session: &mut Session<'_, '_>,
    store: &Store,
) -> anyhow::Result<Vec<Reference>> {
    let actor = session.actor();
    let desk = OpContext { dry_run: true, ..session.op_context(store, &actor) };
    let request = ResetRequest { references, partial_ids: session.partial_ids(), options: terms };
    let hit = reset(&desk, request, session.host.entropy, &mut AfterCommit)?;
    let hit: Vec<Credential> = hit.into_iter().map(|issued| issued.credential).collect();
    let verb = if terms.overlap.is_none() { "End the present secret and reset" } else { "Reset" };
    session.confirm_all(verb, store, &hit)
}
