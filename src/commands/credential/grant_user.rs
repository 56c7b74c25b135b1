//! `grant-user`

use clap::{ArgGroup, Args};

use crate::{
    commands::{
        args::{
            import::users,
            input_file::{InputFile, input_file},
            lifetime::ExpiringLifetimeArgs,
            new_store::NewStoreArgs,
        },
        error::{CliError, CommandError},
        issue::{IssueArgs, Quantity, progress_bar},
        session::{Prompt, Session},
    },
    domain::directory::name::{Email, Note},
    exit::Exit,
    ops::credential::grant_user::{GrantUserRequest, grant_user, grant_users},
};

/// Create a user's passcode, or many from a CSV file
///
/// A user has one passcode at a time. An expired one is replaced. Reset or revoke a valid one instead.
///
/// The CSV file of --from has a header with the column email and optionally the columns lifetime and note. A lifetime
/// is a number of days, a date, an RFC 3339 instant, or infinite. Either all passcodes are created or none. Their
/// secrets go to the file of --out.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("who").args(["email", "from"]))]
#[command(after_long_help = "Examples:
  # Create the passcode of a user
  $ gatepass grant-user ann@example.org --days 90

  # Create the passcodes of all users in a CSV file
  $ gatepass grant-user --from users.csv --days 90 --out secrets.csv")]
pub struct GrantUserArgs {
    /// E-mail address of the user; prompted for if omitted
    #[arg(value_parser = Email::parse)]
    email: Option<Email>,
    /// CSV file of users, or - for stdin; requires --out
    ///
    /// --days, --until or --infinite sets the lifetime of users for whom the file has none.
    #[arg(long, value_name = "FILE", conflicts_with = "note", value_parser = input_file())]
    from: Option<InputFile>,
    #[command(flatten)]
    lifetime: ExpiringLifetimeArgs,
    /// A note, shown in lists
    ///
    /// Takes 1 to 500 characters.
    #[arg(long, value_name = "TEXT", value_parser = Note::parse)]
    note: Option<Note>,
    #[command(flatten)]
    issue: IssueArgs,
    #[command(flatten)]
    new_store: NewStoreArgs,
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
    let store = session.open_or_init(args.new_store)?;
    args.issue.issue(session, &store, |context, entropy, sink| {
        Ok(grant_user(context, request, entropy, sink)?.into())
    })
}

const EMAIL_PROMPT: Prompt<'_> = Prompt {
    text: "E-mail address of the user",
    missing: "EMAIL",
    hint: "for example: gatepass grant-user ann@example.org --days 90",
};

fn email_or_prompt(
    args: &GrantUserArgs,
    session: &mut Session<'_, '_>,
) -> Result<Email, CommandError> {
    if let Some(email) = &args.email {
        return Ok(email.clone());
    }
    let check = |text: &str| Email::parse(text).map(drop).map_err(|why| why.to_string());
    let text = session.prompt_text(&EMAIL_PROMPT, &check)?;
    Ok(Email::parse(&text)?)
}

fn grant_many(
    args: &GrantUserArgs,
    session: &mut Session<'_, '_>,
    from: &InputFile,
) -> Result<Exit, CommandError> {
    let now = session.clock_now();
    let requests = users::parse(from.open(session)?, args.lifetime.given(), now)
        .map_err(|why| CliError::bad_file(from, why))?;
    let store = session.open_or_init(args.new_store)?;
    let actor = session.actor();
    let context = session.op_context(&store, &actor);
    let progress = progress_bar(session, requests.len());
    let granted = args.issue.issue_many(session, &context, |entropy, sink| {
        grant_users(&context, &requests, entropy, sink, || progress.inc(1))
    })?;
    progress.finish_and_clear();
    session.show_changed("Granted", granted)?;
    Ok(Exit::Success)
}
