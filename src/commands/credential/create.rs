//! `create`

use clap::Args;

use crate::{
    commands::{
        args::lifetime::LifetimeArgs,
        error::CommandError,
        issue::{IssueArgs, IssueKind, Quantity},
        session::Session,
    },
    domain::directory::name::{Name, Note},
    exit::Exit,
    ops::credential::create::{CreateRequest, create},
};

/// Makes an account passcode for one partner and shows its secret once.
///
/// The first one makes the store and its key. An account holds at most 100 passcodes, expired and revoked ones
/// included; delete frees a place.
#[derive(Debug, Args)]
pub struct CreateArgs {
    /// The partner's name, unique in the account in any case of letters; at a terminal a missing one is asked for
    #[arg(value_parser = Name::parse)]
    name: Option<Name>,
    #[command(flatten)]
    lifetime: LifetimeArgs,
    /// A free text, shown in lists
    #[arg(long, value_name = "TEXT", value_parser = Note::parse)]
    note: Option<Note>,
    /// Succeed without a secret when a passcode of that name is good already
    #[arg(long)]
    if_missing: bool,
    #[command(flatten)]
    issue: IssueArgs,
}

pub fn run(args: &CreateArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    args.issue.check(session, Quantity::One)?;
    let request = CreateRequest {
        name: name_or_prompt(args, session)?,
        note: args.note.clone(),
        lifetime: args.lifetime.require(session)?,
        if_missing: args.if_missing,
    };
    let store = session.open_or_init()?;
    args.issue.issue(session, &store, IssueKind::New, |context, entropy, sink| {
        create(context, request, entropy, sink)
    })
}

fn name_or_prompt(args: &CreateArgs, session: &mut Session<'_, '_>) -> Result<Name, CommandError> {
    if let Some(name) = &args.name {
        return Ok(name.clone());
    }
    let check = |text: &str| Name::parse(text).map(drop).map_err(|why| why.to_string());
    let text = session.prompt_text("What is the partner called?", "the NAME", &check)?;
    Ok(Name::parse(&text)?)
}
