//! `verify`: arguments and output.

use clap::Args;

use super::{
    find::find_secrets,
    input::{InputFormat, InvalidInput, exit_for, read_presented},
};
use crate::{
    commands::{
        args::{
            scope::{ScopeList, merge_scopes},
            words::one_of,
        },
        error::CommandError,
        session::{Prompt, Session},
    },
    domain::{
        decision::Requirements,
        directory::{account::Region, reference::Reference},
    },
    exit::Exit,
    ops::{
        ReadTx,
        query::{
            resolve::PartialIds,
            resolve_directory::{resolve_app, resolve_district},
            verify::verify,
        },
    },
    render::{Format, Shape, text::escape},
    store::Mode,
    view::DecisionView,
};

/// Identify a secret and check that it is valid (see exit codes)
///
/// Reads the secret from stdin, or with --headers the header lines of a request. Quotes, Bearer, and the name of a
/// variable, a header or a JSON field around the secret are ignored. gatepass never reads a secret from the command line,
/// where other users could see it. The command changes nothing and does not count as a use.
///
/// The exit code is 0 if the secret is valid, 10 if it is unknown or malformed, 11 if it has expired, 12 if it was
/// revoked or deleted, and 13 if a reset replaced it. It is 14 if the secret is valid, but not allowed here: for the
/// wrong account, region, app or district, for a missing scope, or by the policy of the account. It is 8 if the record
/// fails the integrity check.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # Identify a secret
  $ gatepass verify <found.secret

  # Check that a token may read the students of a district
  $ gatepass verify --district 0607 --scope read:students <token.secret

  # Check the headers of a request
  $ gatepass verify --headers <headers.txt

  # Find out whether a log contains valid secrets
  $ gatepass verify --find <access.log")]
pub struct VerifyArgs {
    /// Read the header lines of a request, or the output of curl -v
    #[arg(long)]
    headers: bool,
    /// Read a legacy key
    #[arg(long, conflicts_with = "headers")]
    legacy: bool,
    /// Look for secrets in any text, such as a log, and report each
    ///
    /// Reports the line of each secret, but not the secret. The exit code is 0 if a valid one was found, otherwise that of
    /// the secret that is closest to valid, or 10 if there are none.
    #[arg(long, conflicts_with_all = ["headers", "legacy"])]
    find: bool,
    /// Require this scope, e.g. read:students; can be repeated
    ///
    /// Several can be separated by spaces or commas.
    #[arg(long = "scope", value_name = "SCOPE", value_parser = ScopeList::parse)]
    scopes: Vec<ScopeList>,
    /// Require this district: id, external id or name
    #[arg(long, value_name = "DISTRICT", value_parser = Reference::parse)]
    district: Option<Reference>,
    /// Require this app: id, client id or name
    #[arg(long, value_name = "APP", value_parser = Reference::parse)]
    app: Option<Reference>,
    /// Require this region
    #[arg(long, value_name = "REGION", value_parser = one_of(&Region::ALL, Region::as_str))]
    region: Option<Region>,
}

pub fn run(args: &VerifyArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    let store = session.open_store(Mode::Read)?;
    let clock = session.host.clock.as_ref();
    // Not with `begin_read`: the account is a requirement, and no secret meets that of an unknown one.
    let requirements = args.requirements(&mut ReadTx::begin(&store, clock)?, session)?;
    if args.find {
        let pasted = match session.host.terminal.stdin {
            true => Some(session.prompt_hidden_lines(&TEXT_PROMPT)?),
            false => None,
        };
        return find_secrets(session, &store, &requirements, pasted);
    }
    // The transaction begins after the input was read, which may take a while.
    let presented = read_presented(args.format(), session)?;
    let mut read = ReadTx::begin(&store, session.host.clock.as_ref())?;
    let (presented, malformed) = match presented {
        Ok(presented) => (Ok(presented), None),
        Err(InvalidInput { error, why }) => (Err(error), why),
    };
    let answer = verify(&mut read, &presented, requirements)?;
    if answer.lacks_names {
        session.notice(
            "warning: the name of its app or its district failed verification; run gatepass doctor",
        )?;
    }
    let decision = &answer.decision;
    let view = DecisionView::new(&answer, malformed);
    match (&session.shape, &decision.known) {
        (Shape::Handles, Some(known)) => {
            session.show_ignoring_closed_pipe(&view, &known.credential.id.to_string())?
        }
        (Shape::Handles, None) => {}
        (Shape::Rows(Format::Table), _) => {
            session.show_ignoring_closed_pipe(&view, &escape(&view.sentence()))?
        }
        _ => session.show_ignoring_closed_pipe(&view, "")?,
    }
    Ok(exit_for(decision.reason))
}

const TEXT_PROMPT: Prompt<'_> = Prompt {
    text: "Text to search, ended by Ctrl-D?",
    missing: "a text",
    hint: "use gatepass verify --find <FILE",
};

impl VerifyArgs {
    fn format(&self) -> InputFormat {
        match (self.headers, self.legacy) {
            (true, _) => InputFormat::Headers,
            (_, true) => InputFormat::LegacyKey,
            _ => InputFormat::Secret,
        }
    }

    fn requirements(
        &self,
        read: &mut ReadTx<'_>,
        session: &Session<'_, '_>,
    ) -> Result<Requirements, CommandError> {
        // Read only if needed: without an app or a district, an unknown account is no error.
        let is_needed = self.app.is_some() || self.district.is_some();
        let accounts = if is_needed { read.accounts(session.account)? } else { Vec::new() };
        let (tx, partial_ids) = (&mut read.tx, PartialIds::Allowed);
        let app = self.app.as_ref();
        let app = app.map(|named| resolve_app(tx, &accounts, named, partial_ids));
        let district = self.district.as_ref();
        let district = district.map(|named| resolve_district(tx, &accounts, named, partial_ids));
        let scopes = (!self.scopes.is_empty()).then(|| merge_scopes(&self.scopes));
        Ok(Requirements {
            account: session.account,
            region: self.region,
            district: district.transpose()?.map(|district| district.id.as_str().into()),
            app: app.transpose()?.map(|app| app.id.as_str().into()),
            scopes: scopes.transpose()?.map(|scopes| scopes.as_str().into()),
        })
    }
}
