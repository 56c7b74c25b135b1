//! `reset`

use clap::Args;

use super::{
    Session,
    error::Failure,
    issue::{IssueArgs, Made, OutFile, many_lines},
    lifetime::LifetimeArgs,
};
use crate::{
    domain::{lifetime::Overlap, reference::Reference},
    exit::Exit,
    ops::{
        Desk, Issued,
        delivery::AfterCommit,
        reset::{Terms, reset},
    },
    store::{Store, sqlite::Mode},
};

/// Gives credentials new secrets, shown once; their ids, names and ends stay.
///
/// The old secret ends at once, unless --overlap or --until-used lets it live on for a while: 30 days at most, and
/// never longer than the credential itself.
#[derive(Debug, Args)]
pub struct ResetArgs {
    /// Ids, names or users' e-mail addresses; several need --out
    #[arg(value_name = "REFERENCE", required = true, value_parser = Reference::parse)]
    references: Vec<Reference>,
    /// Let the old secret live on so long, such as 12h, 7d or 2w
    #[arg(long, value_name = "DURATION", value_parser = Overlap::parse)]
    overlap: Option<i64>,
    /// Let the old secret live on until the new one is used
    #[arg(long)]
    until_used: bool,
    #[command(flatten)]
    lifetime: LifetimeArgs,
    #[command(flatten)]
    issue: IssueArgs,
}

pub(super) fn run(args: &ResetArgs, session: &mut Session<'_, '_>) -> anyhow::Result<Exit> {
    let is_bulk = args.references.len() > 1;
    args.issue.check(session, is_bulk)?;
    let store = session.open(Mode::Write)?;
    confirm(args, session, &store)?;
    let (terms, prefixes) = (terms(args), session.prefixes());
    if is_bulk {
        return many(args, session, &store);
    }
    args.issue.issue(session, &store, Made::Reset, |desk, entropy, delivery| {
        let mut issued = reset(desk, &args.references, prefixes, terms, entropy, delivery)?;
        Ok(issued.remove(0).into())
    })
}

fn terms(args: &ResetArgs) -> Terms {
    let overlap = Overlap { seconds: args.overlap, until_used: args.until_used };
    Terms { overlap, lifetime: args.lifetime.given() }
}

fn confirm(args: &ResetArgs, session: &mut Session<'_, '_>, store: &Store) -> anyhow::Result<()> {
    let actor = session.actor();
    let desk = Desk { dry_run: true, ..session.desk(store, &actor) };
    let prefixes = session.prefixes();
    let hit = reset(
        &desk,
        &args.references,
        prefixes,
        terms(args),
        session.host.entropy,
        &mut AfterCommit,
    )?;
    let hit: Vec<_> = hit.into_iter().map(|issued| issued.credential).collect();
    let verb =
        if terms(args).overlap.is_none() { "End the present secret and reset" } else { "Reset" };
    session.confirm_all(verb, &hit)
}

fn many(args: &ResetArgs, session: &mut Session<'_, '_>, store: &Store) -> anyhow::Result<Exit> {
    let actor = session.actor();
    let desk = session.desk(store, &actor);
    let (terms, prefixes) = (terms(args), session.prefixes());
    let issued = match &args.issue.out {
        Some(path) if !desk.dry_run => {
            let (line, heading) = many_lines(path);
            let mut file = OutFile::create(path, line)?;
            heading.map_or(Ok(()), |heading| file.heading(heading))?;
            let issued =
                reset(&desk, &args.references, prefixes, terms, session.host.entropy, &mut file)?;
            file.keep();
            issued
        }
        None if !desk.dry_run => {
            return Err(Failure::needs("many secrets go to a file", "--out FILE").into());
        }
        _ => {
            reset(&desk, &args.references, prefixes, terms, session.host.entropy, &mut AfterCommit)?
        }
    };
    let Some(account) = issued.first().map(|issued| issued.account.clone()) else {
        return Ok(Exit::Done);
    };
    let credentials: Vec<_> =
        issued.into_iter().map(|Issued { credential, .. }| credential).collect();
    session.show_changed("Reset", store, &credentials, &account)?;
    Ok(Exit::Done)
}
