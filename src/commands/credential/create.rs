//! `create`

use clap::Args;

use crate::{
    commands::{
        args::{lifetime::LifetimeArgs, name::parse_name, new_store::NewStoreArgs},
        error::CommandError,
        issue::{IssueArgs, Quantity},
        session::{Prompt, Session},
    },
    domain::{
        credential::CredentialKind,
        directory::name::{Name, Note, TextError},
    },
    exit::Exit,
    ops::{
        IssueOutcome,
        credential::create::{CreateRequest, create},
    },
};

/// Create a passcode for a partner; the secret is shown once
///
/// The first use creates the store, its master key and an account.
///
/// An account has 100 slots for account passcodes. Expired and revoked passcodes keep their slots until they are
/// deleted.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # Create a passcode that is valid for 90 days
  $ gatepass create acme --days 90

  # Write the secret to a file that only you can read
  $ gatepass create acme --days 90 --out acme.secret

  # In a script, make sure that the passcode exists
  $ gatepass create acme --days 90 --if-missing --out acme.secret")]
pub struct CreateArgs {
    /// Name of the partner; prompted for if omitted
    ///
    /// Takes 1 to 100 characters. The name is unique in the account, regardless of case. It must not look like an e-mail
    /// address, APP/DISTRICT, an id or an option.
    #[arg(value_parser = parse_name)]
    name: Option<Name>,
    #[command(flatten)]
    lifetime: LifetimeArgs,
    /// A note, shown in lists
    ///
    /// Takes 1 to 500 characters.
    #[arg(long, value_name = "TEXT", value_parser = Note::parse)]
    note: Option<Note>,
    /// Do nothing if a valid passcode of that name exists
    ///
    /// The command then succeeds without a secret and creates no file for --out. An expired passcode is replaced. A
    /// revoked one is a conflict.
    #[arg(long)]
    if_missing: bool,
    #[command(flatten)]
    issue: IssueArgs,
    #[command(flatten)]
    new_store: NewStoreArgs,
}

pub fn run(args: &CreateArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    args.issue.check(session, Quantity::One)?;
    let request = CreateRequest {
        name: name_or_prompt(args, session)?,
        note: args.note.clone(),
        lifetime: args.lifetime.require(session)?,
        if_missing: args.if_missing,
    };
    let store = session.open_or_init(args.new_store)?;
    let mut new = None;
    let exit = args.issue.issue(session, &store, |context, entropy, sink| {
        let outcome = create(context, request, entropy, sink)?;
        if let IssueOutcome::Issued(issued) = &outcome {
            new = Some((issued.account.clone(), issued.credential.created_at));
        }
        Ok(outcome)
    })?;
    if let Some((account, at)) = new {
        session.warn_if_refused(CredentialKind::Account, &account, at)?;
    }
    Ok(exit)
}

const NAME_PROMPT: Prompt<'_> = Prompt {
    text: "Name of the partner?",
    missing: "NAME",
    hint: "for example: gatepass create acme --days 90",
};

fn name_or_prompt(args: &CreateArgs, session: &mut Session<'_, '_>) -> Result<Name, CommandError> {
    if let Some(name) = &args.name {
        // --if-missing may find an older passcode with a name that a new one must not have.
        if !args.if_missing || !session.store_exists()? {
            name.ensure_partner()?;
        }
        return Ok(name.clone());
    }
    let check = |text: &str| Name::parse_partner(text).map(drop).map_err(describe_wrong_name);
    let text = session.prompt_text(&NAME_PROMPT, &check)?;
    Ok(Name::parse_partner(&text)?)
}

/// Returns why a name is not valid and, in parentheses, what to do instead.
fn describe_wrong_name(why: TextError) -> String {
    match why.hint() {
        Some(hint) => format!("{why} ({hint})"),
        None => why.to_string(),
    }
}
