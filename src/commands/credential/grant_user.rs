//! `grant-user`

use clap::{ArgGroup, Args};

use crate::{
    commands::{
        args::{
            import::{
                columns::ColumnArgs,
                users::{self, LifetimeDefaults},
            },
            input_file::{InputFile, input_file},
            lifetime::ExpiringLifetimeArgs,
            new_store::NewStoreArgs,
        },
        error::CommandError,
        issue::{IssueArgs, Progress, Quantity},
        session::{Prompt, Session},
    },
    domain::directory::name::{Email, Note},
    exit::Exit,
    ops::{
        OpContext,
        credential::grant_user::{GrantUserRequest, GrantUsersRequest, grant_user, grant_users},
        secret_sink::CountAsDelivered,
    },
    store::Mode,
};

/// Create a user's passcode, or many from a CSV file
///
/// A user has one passcode at a time. An expired one is replaced. Reset or revoke a valid one instead.
///
/// The CSV file of --from has a header with the column email and optionally the columns lifetime and note, in any
/// order. Commas, semicolons and tabs separate columns. A lifetime is a duration such as 90, 12h or 2w, a date, an
/// RFC 3339 instant, or infinite. Either all passcodes are created or none. Their secrets go to the file of --out.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("who").args(["email", "from"]))]
#[command(after_long_help = r"Examples:
  # Create the passcode of a user
  $ gatepass grant-user ann@example.org --days 90

  # Create the passcodes of all users in a CSV file
  $ gatepass grant-user --from users.csv --days 90 --out secrets.csv

  # Do the same every night, for users who have none yet
  $ gatepass grant-user --from users.csv --days 90 --if-missing \
      --out new.csv")]
pub struct GrantUserArgs {
    /// E-mail address of the user; prompted for if omitted
    #[arg(value_parser = Email::parse, conflicts_with = "columns")]
    email: Option<Email>,
    /// CSV file of users, or - for stdin; requires --out
    ///
    /// --days, --until or --infinite sets the lifetime of users for whom the file has none.
    #[arg(long, value_name = "FILE", conflicts_with = "note", value_parser = input_file())]
    from: Option<InputFile>,
    #[command(flatten)]
    columns: ColumnArgs,
    #[command(flatten)]
    lifetime: ExpiringLifetimeArgs,
    /// A note, shown in lists
    ///
    /// Takes 1 to 500 characters.
    #[arg(long, value_name = "TEXT", value_parser = Note::parse)]
    note: Option<Note>,
    /// Do nothing for a user who has a valid passcode
    ///
    /// With --from, such users are skipped and counted. The command creates no file for --out if there is no new secret.
    /// A revoked passcode is a conflict.
    #[arg(long)]
    if_missing: bool,
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
        grant_user(context, request, args.if_missing, entropy, sink)
    })
}

const EMAIL_PROMPT: Prompt<'_> = Prompt {
    text: "E-mail address of the user?",
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
    let bytes = from.read(session)?;
    let (lifetime, now) = (args.lifetime.given(), session.clock_now());
    let defaults = LifetimeDefaults { lifetime, now };
    let (entries, errors) = users::parse(&bytes, &args.columns, defaults);
    let request = GrantUsersRequest { entries: &entries, if_missing: args.if_missing };
    if !errors.is_empty() {
        let others = try_others(session, request);
        return Err(CommandError::bad_file(from, errors, others));
    }
    let store = session.open_or_init(args.new_store)?;
    let actor = session.actor();
    let context = session.op_context(&store, &actor);
    let progress = Progress::new(session, entries.len());
    // The progress bar ends with the change, before any message about it.
    let granted = args.issue.issue_many(session, &context, move |entropy, sink| {
        grant_users(&context, request, entropy, sink, || progress.add_one())
    });
    let granted = granted
        .map_err(|error| CommandError::bad_file(from, errors, Err::<(), CommandError>(error)))?;
    session.show_changed("Granted", granted)?;
    Ok(Exit::Success)
}

/// Tries the valid lines of a file with others that are not valid, so that one error reports all of them.
fn try_others(
    session: &mut Session<'_, '_>,
    request: GrantUsersRequest<'_>,
) -> Result<(), CommandError> {
    if !session.store_exists()? {
        return Ok(());
    }
    let store = session.open_store(Mode::Write)?;
    let actor = session.actor();
    let context = OpContext { dry_run: true, ..session.op_context(&store, &actor) };
    let sink = &mut CountAsDelivered::default();
    grant_users(&context, request, session.host.entropy, sink, || ())?;
    Ok(())
}
