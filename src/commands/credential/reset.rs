//! `reset`

use clap::Args;

use crate::{
    commands::{
        args::{
            lifetime::LifetimeArgs,
            overlap::{EndRetiringArgs, end_retiring_text},
            time::parse_overlap,
        },
        error::CommandError,
        issue::{IssueArgs, Quantity},
        session::{Picker, Session},
    },
    domain::{
        credential::{Overlap, ResetOptions, State},
        directory::reference::Reference,
        duration::Duration,
    },
    exit::Exit,
    ops::{
        OpContext,
        credential::{
            changed::ChangedCredentials,
            issue::IssuedCredential,
            reset::{ResetRequest, reset},
        },
        secret_sink::AfterCommit,
    },
    store::{Mode, Store},
    view::expiry_text,
};

/// Rotate secrets; id, name and expiry stay the same
///
/// The new secret is shown once. The old secret stops working immediately, unless --overlap or --until-used keeps it
/// valid: for at most 30 days, and never longer than the credential itself. If the new secret can't be shown, the old one
/// stays valid as it was.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # Replace a secret immediately
  $ gatepass reset globex

  # Keep the old secret valid for a week
  $ gatepass reset globex --overlap 7d

  # Replace several secrets
  $ gatepass reset globex bob@example.org --out secrets.csv")]
pub struct ResetArgs {
    /// Ids, names, users' e-mail addresses or APP/DISTRICT; several require --out; prompted for if omitted
    ///
    /// At a terminal, the beginning of an id is enough if no other id begins with it. The reference - stands
    /// for those on stdin, one on each line; they need --yes.
    #[arg(value_name = "REFERENCE", value_parser = Reference::parse)]
    references: Vec<Reference>,
    /// Keep the old secret valid this long, e.g. 7d
    ///
    /// Takes a number and h, d or w, or a number of days, at most 30d.
    #[arg(long, value_name = "DURATION", value_parser = parse_overlap)]
    overlap: Option<Duration>,
    /// Keep the old secret valid until the new one is used
    ///
    /// The old secret stops working after --overlap at the latest (default 30d).
    #[arg(long)]
    until_used: bool,
    #[command(flatten)]
    during_overlap: EndRetiringArgs,
    #[command(flatten)]
    lifetime: LifetimeArgs,
    #[command(flatten)]
    issue: IssueArgs,
}

const PICKER: Picker = Picker { verb: "Reset", states: &[State::Active, State::Expiring] };

pub fn run(args: &ResetArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    let is_one = args.references.len() <= 1 && !args.references.iter().any(Reference::is_stdin);
    let quantity = if is_one { Quantity::One } else { Quantity::Many };
    args.issue.check(session, quantity)?;
    let mut references = session.references_or_pick(&args.references, PICKER)?;
    let store = session.open_store(Mode::Write)?;
    if references.is_empty() {
        return session.show_no_change(&store);
    }
    let seconds = args.overlap.map(Duration::seconds);
    let options = ResetOptions {
        overlap: Overlap { seconds, until_used: args.until_used },
        lifetime: args.lifetime.given(),
        during_overlap: args.during_overlap.given(),
    };
    if session.needs_confirmation() {
        references = confirm_reset(&references, options, session, &store)?;
    }
    let partial_ids = session.partial_ids();
    let request = ResetRequest { references: &references, partial_ids, options };
    if quantity == Quantity::One {
        return args.issue.issue(session, &store, |context, entropy, sink| {
            let mut issued = reset(context, request, entropy, sink)?;
            Ok(issued.remove(0).into())
        });
    }
    let actor = session.actor();
    let context = session.op_context(&store, &actor);
    let issued = args
        .issue
        .issue_many(session, &context, |entropy, sink| reset(&context, request, entropy, sink))?;
    if let Some(reset) = ChangedCredentials::from_issued(issued) {
        session.show_changed("Reset", reset)?;
    }
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
    let issued = reset(&context, request, session.host.entropy, &mut AfterCommit::default())?;
    let consequence = consequence(&issued, options);
    match ChangedCredentials::from_issued(issued) {
        Some(affected) => session.confirm_all("Reset", &consequence, affected),
        None => Ok(Vec::new()),
    }
}

/// Returns the sentences that say which secrets stop working, and what expires earlier; empty if nothing does.
fn consequence(issued: &[IssuedCredential], options: ResetOptions) -> String {
    let current = match (options.overlap.is_none(), issued.len()) {
        (false, _) => None,
        (true, 1) => Some("The current secret stops working immediately.".to_owned()),
        (true, _) => Some("The current secrets stop working immediately.".to_owned()),
    };
    let ended: Vec<_> = issued.iter().filter_map(|issued| issued.ended_retiring).collect();
    let retiring = match &ended[..] {
        [] => None,
        [one] => Some(end_retiring_text(one)),
        many => Some(format!(
            "{} secrets that earlier resets keep valid stop working immediately.",
            many.len()
        )),
    };
    let sentences = current.into_iter().chain(retiring).chain(shortened_text(issued));
    sentences.collect::<Vec<_>>().join(" ")
}

/// Returns the sentence about credentials that expire earlier after the reset; `None` if there are none.
fn shortened_text(issued: &[IssuedCredential]) -> Option<String> {
    let shortened = issued.iter().filter_map(|issued| Some((issued, issued.shortened_from?)));
    match &shortened.collect::<Vec<_>>()[..] {
        [] => None,
        [(IssuedCredential { credential, .. }, old)] if issued.len() == 1 => {
            let now = credential.expiry_set_at;
            let (old, new) = (expiry_text(*old, now), expiry_text(credential.expiry, now));
            Some(format!("The expiry changes from {old} to {new}."))
        }
        some => Some(format!("{} of the credentials will expire earlier than before.", some.len())),
    }
}
