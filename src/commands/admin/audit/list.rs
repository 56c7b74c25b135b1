//! `audit list`

use std::collections::HashSet;

use clap::Args;
use glob::Pattern;

use crate::{
    commands::{
        args::{
            list::{columns::ListColumns, limit::parse_limit, pattern::matcher},
            time::{parse_end, parse_start},
            words::one_of,
        },
        error::CommandError,
        session::Session,
    },
    domain::{audit::Action, directory::reference::Reference, instant::Instant},
    exit::Exit,
    ops::{
        CredentialError, OpError, ReadTx,
        admin::audit::{self, AuditFilter},
        query::resolve_subject::resolve_subject,
    },
    render::ListWriter,
    view::{AuditListSummary, AuditView},
};

#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # List the changes of a credential
  $ gatepass audit list --of globex

  # List what a user revoked or deleted since the beginning of a year
  $ gatepass audit list --actor ann --action revoke,delete \\
      --since 2026-01-01

  # List the last 20 changes as JSON Lines
  $ gatepass audit list --limit 20 --format jsonl")]
pub struct AuditListArgs {
    /// Only changes of this credential, app, district or account
    ///
    /// Takes the id, name, user's e-mail address or APP/DISTRICT of a credential, the id or name of an app or a district,
    /// or the Account ID or name of an account. The beginning of an id is enough if no other id begins with it. A name
    /// that nothing has any longer stands for everything that once had it.
    #[arg(long, value_name = "REFERENCE", value_parser = Reference::parse)]
    of: Option<Reference>,
    /// Only changes on this date or later
    ///
    /// Takes a date such as 2027-01-31, which means the start of that day in UTC, or an RFC 3339 instant.
    #[arg(long, value_name = "DATE", value_parser = parse_start)]
    since: Option<Instant>,
    /// Only changes on this date or earlier
    ///
    /// Takes a date such as 2027-01-31, which means the end of that day in UTC, or an RFC 3339 instant, before which the
    /// changes were made.
    #[arg(long, value_name = "DATE", value_parser = parse_end)]
    until: Option<Instant>,
    /// Only changes by this user or app, e.g. ann or 'ann@*'
    ///
    /// Takes the name of a user, also of one who called sudo, the client id of an app, the e-mail address of a person, or
    /// the text in the column ACTOR. * matches any text, and ? any character, regardless of case.
    #[arg(long, value_name = "GLOB", value_parser = Pattern::new)]
    actor: Option<Pattern>,
    /// Only these actions, e.g. revoke,delete
    ///
    /// Takes the actions that the column ACTION shows, separated by commas.
    #[arg(long, value_name = "ACTION", value_delimiter = ',', value_parser = one_of(&Action::ALL, Action::as_str))]
    #[arg(hide_possible_values = true)]
    action: Vec<Action>,
    /// Show only the last N of these changes
    #[arg(long, value_name = "N", value_parser = parse_limit)]
    limit: Option<u64>,
    #[command(flatten)]
    columns: ListColumns,
}

pub fn run(args: &AuditListArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    let style = args.columns.style(session)?;
    let store = session.open_to_view()?;
    let mut read = session.begin_read(&store)?;
    let subjects = match &args.of {
        None => None,
        Some(reference) => Some(subjects_of(session, &mut read, reference)?),
    };
    let filter = AuditFilter {
        subjects,
        since: args.since,
        until: args.until,
        actor: args.actor.clone().map(matcher),
        actions: args.action.clone(),
    };
    let mut writer = ListWriter::<AuditView<'static>>::new(
        &mut *session.host.stdout,
        &style,
        "gatepass.audit/v1",
        read.now.rfc3339_bytes(),
    )?;
    let count = audit::list(&mut read, &filter, args.limit, |logged| {
        writer.row(&AuditView::new(logged)).map_err(OpError::Output)
    })?;
    let fit = writer.finish(&AuditListSummary { count: count.cast_signed() })?;
    session.end_list(&fit)?;
    Ok(Exit::Success)
}

/// Returns the id that the reference names. If nothing has the name any longer, returns the ids of all that once had it.
fn subjects_of(
    session: &Session<'_, '_>,
    read: &mut ReadTx<'_>,
    reference: &Reference,
) -> Result<HashSet<String>, OpError> {
    let accounts = read.accounts(session.account)?;
    match resolve_subject(&mut read.tx, &accounts, reference) {
        Err(not_found @ OpError::Credential(CredentialError::NotFound { .. })) => {
            let former = audit::subjects_once_named(read, reference.as_str())?;
            if former.is_empty() { Err(not_found) } else { Ok(former) }
        }
        found => found.map(|id| HashSet::from([id])),
    }
}
