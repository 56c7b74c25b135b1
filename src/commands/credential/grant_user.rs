//! `grant-user`

use std::{
    fs::File,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::Context;
use clap::{ArgGroup, Args};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::{
    commands::{
        Session,
        args::{
            import::users::{self, UserImportError},
            lifetime::ExpiringLifetimeArgs,
        },
        error::report::CliError,
        issue::{issue_args::IssueArgs, show_once::IssueKind},
    },
    domain::directory::name::{Email, Note},
    exit::Exit,
    ops::credential::grant_user::{GrantUserRequest, grant_user, grant_users},
};

/// Makes the passcode of one user and shows its secret once, or of many from a CSV file.
///
/// A user has one passcode at a time. An expired one is replaced; a good one has to be reset or revoked. The file
/// has a heading with the column email and, if you like, lifetime (days, a date, or infinite) and note; its users are
/// granted in one transaction, all or none, and their secrets go to --out: as CSV if its name ends in .csv, else one
/// JSON object a line.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("who").args(["email", "from"]))]
pub struct GrantUserArgs {
    /// The user's e-mail address; at a terminal a missing one is asked for
    #[arg(value_parser = Email::parse)]
    email: Option<Email>,
    /// A CSV file of many users
    #[arg(long, value_name = "FILE", conflicts_with = "note")]
    from: Option<PathBuf>,
    #[command(flatten)]
    lifetime: ExpiringLifetimeArgs,
    /// A free text, shown in lists
    #[arg(long, value_name = "TEXT", value_parser = Note::parse)]
    note: Option<Note>,
    #[command(flatten)]
    issue: IssueArgs,
}

pub(in crate::commands) fn run(
    args: &GrantUserArgs,
    session: &mut Session<'_, '_>,
) -> anyhow::Result<Exit> {
    args.issue.check(session, args.from.is_some())?;
    if let Some(from) = &args.from {
        return grant_many(args, session, from);
    }
    let grant = GrantUserRequest {
        email: email_or_prompt(args, session)?,
        note: args.note.clone(),
        lifetime: args.lifetime.require(session)?,
    };
    let store = session.open_or_init()?;
    args.issue.issue(session, &store, IssueKind::New, |desk, entropy, delivery| {
        Ok(grant_user(desk, grant, entropy, delivery)?.into())
    })
}

fn email_or_prompt(args: &GrantUserArgs, session: &mut Session<'_, '_>) -> anyhow::Result<Email> {
    if let Some(email) = &args.email {
        return Ok(email.clone());
    }
    let check = |text: &str| Email::parse(text).map(drop).map_err(|why| why.to_string());
    let text = session.prompt_text(
        "What is the user's e-mail address?",
        "the EMAIL or --from FILE",
        &check,
    )?;
    Ok(Email::parse(&text)?)
}

fn grant_many(
    args: &GrantUserArgs,
    session: &mut Session<'_, '_>,
    from: &Path,
) -> anyhow::Result<Exit> {
    let file = File::open(from).with_context(|| format!("{} could not be read", from.display()))?;
    let grants = users::parse(file, args.lifetime.given(), session.clock_now())
        .map_err(|why| bad_file(from, &why))?;
    let store = session.open_or_init()?;
    let actor = session.actor();
    let desk = session.op_context(&store, &actor);
    let progress = progress_bar(session, grants.len());
    let mut granted = Vec::with_capacity(grants.len());
    let account = args.issue.issue_many(session, &desk, |entropy, delivery| {
        grant_users(&desk, grants, entropy, delivery, |issued| {
            granted.push(issued.credential.clone());
            progress.inc(1);
        })
    })?;
    progress.finish_and_clear();
    session.show_changed("Granted", &store, &granted, &account)?;
    Ok(Exit::Success)
}

/// Seen on a terminal only, and only of what takes more than a second.
pub(in crate::commands) fn progress_bar(session: &Session<'_, '_>, length: usize) -> ProgressBar {
    let target = match session.host.terminal.stderr {
        true => ProgressDrawTarget::stderr(),
        false => ProgressDrawTarget::hidden(),
    };
    let bar = ProgressBar::with_draw_target(Some(length as u64), target);
    let style = ProgressStyle::with_template("{pos} of {len} granted, {eta} left")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    bar.with_style(style).with_elapsed(Duration::ZERO)
}

fn bad_file(path: &Path, why: &UserImportError) -> CliError {
    CliError::usage("bad_file", format!("{}, {why}", path.display()))
}
