//! `grant-user`

use std::{
    fs::File,
    path::{Path, PathBuf},
};

use clap::{ArgGroup, Args};

use crate::{
    commands::{
        args::{import::users, lifetime::ExpiringLifetimeArgs},
        error::{CliError, CommandError, WithMessage},
        issue::{IssueArgs, IssueKind, Quantity, progress_bar},
        session::Session,
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

pub fn run(args: &GrantUserArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    let quantity = if args.from.is_some() { Quantity::Many } else { Quantity::One };
    args.issue.check(session, quantity)?;
    if let Some(from) = &args.from {
        return grant_many(args, session, from);
    }
    let request = GrantUserRequest {
        email: email_or_prompt(args, session)?,
        note: args.note.clone(),
        lifetime: args.lifetime.require(session)?,
    };
    let store = session.open_or_init()?;
    args.issue.issue(session, &store, IssueKind::New, |context, entropy, sink| {
        Ok(grant_user(context, request, entropy, sink)?.into())
    })
}

fn email_or_prompt(
    args: &GrantUserArgs,
    session: &mut Session<'_, '_>,
) -> Result<Email, CommandError> {
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
) -> Result<Exit, CommandError> {
    let file = File::open(from).with_message(|| format!("{} could not be read", from.display()))?;
    let requests = users::parse(file, args.lifetime.given(), session.clock_now())
        .map_err(|why| CliError::bad_file(from, why))?;
    let store = session.open_or_init()?;
    let actor = session.actor();
    let context = session.op_context(&store, &actor);
    let progress = progress_bar(session, requests.len());
    let mut granted = Vec::with_capacity(requests.len());
    let account = args.issue.issue_many(session, &context, |entropy, sink| {
        grant_users(&context, requests, entropy, sink, |issued| {
            granted.push(issued.credential.clone());
            progress.inc(1);
        })
    })?;
    progress.finish_and_clear();
    session.show_changed("Granted", &store, &granted, &account)?;
    Ok(Exit::Success)
}
