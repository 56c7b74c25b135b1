//! `verify`

use std::io::{BufRead, BufReader, Read};

use clap::Args;
use zeroize::Zeroizing;

use crate::{
    commands::{
        args::{
            account::parse_region,
            scope::{ScopeList, merge_scopes},
        },
        error::CommandError,
        session::Session,
    },
    domain::{
        decision::{Reason, Requirements},
        directory::{account::Region, reference::Reference},
        request::{MAX_HEADER_BYTES, PresentedCredential, RequestError},
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
/// Reads the secret from stdin, or with --headers the header lines of a request. gatepass never reads a secret from the
/// command line, where other users could see it. The command changes nothing and does not count as a use.
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
  $ gatepass verify --headers <headers.txt")]
pub struct VerifyArgs {
    /// Read the header lines of a request, or the output of curl -v
    #[arg(long)]
    headers: bool,
    /// Read a legacy key
    #[arg(long, conflicts_with = "headers")]
    legacy: bool,
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
    /// Require this region: eu1, in1, sg1, us1, aps3 or mec1
    #[arg(long, value_name = "REGION", value_parser = parse_region)]
    region: Option<Region>,
}

pub fn run(args: &VerifyArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    let store = session.open_store(Mode::Read)?;
    // Not with `begin_read`: the account is a requirement, and no secret meets that of an unknown one.
    let mut read = ReadTx::begin(&store, session.host.clock.as_ref())?;
    let requirements = args.requirements(&mut read, session)?;
    let (presented, malformed) = match read_presented(args, session)? {
        Ok(presented) => (Ok(presented), None),
        Err(InvalidInput { error, why }) => (Err(error), why),
    };
    let answer = verify(&mut read, &presented, requirements)?;
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

impl VerifyArgs {
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

/// Input that is rejected without reading the store.
struct InvalidInput {
    error: RequestError,
    /// Why the input is not a secret, if that is the reason.
    why: Option<String>,
}

impl From<RequestError> for InvalidInput {
    fn from(error: RequestError) -> Self {
        Self { error, why: error.malformed.map(|why| why.to_string()) }
    }
}

/// Reads stdin; at a terminal, prompts for it.
fn read_presented(
    args: &VerifyArgs,
    session: &mut Session<'_, '_>,
) -> Result<Result<PresentedCredential, InvalidInput>, CommandError> {
    if session.host.terminal.stdin {
        let what = match (args.headers, args.legacy) {
            (true, _) => "the header lines, then press Ctrl-D",
            (_, true) => "the legacy key",
            _ => "the secret",
        };
        session.message(&format!("Paste {what}:"))?;
    }
    let mut input = Zeroizing::new(Vec::with_capacity(MAX_HEADER_BYTES + 1));
    let mut stdin = BufReader::new(&mut *session.host.stdin).take(MAX_HEADER_BYTES as u64 + 1);
    if session.host.terminal.stdin && !args.headers {
        stdin.read_until(b'\n', &mut input)?;
    } else {
        stdin.read_to_end(&mut input)?;
    }
    Ok(parse_presented(args, &input))
}

fn parse_presented(args: &VerifyArgs, input: &[u8]) -> Result<PresentedCredential, InvalidInput> {
    match (args.headers, args.legacy) {
        (true, _) if input.len() > MAX_HEADER_BYTES => {
            Err(RequestError::from(Reason::Malformed).into())
        }
        (true, _) => Ok(PresentedCredential::from_header_block(input)?),
        (_, true) => PresentedCredential::from_legacy_key(input).map_err(|why| InvalidInput {
            error: Reason::Malformed.into(),
            why: Some(why.to_string()),
        }),
        _ => Ok(PresentedCredential::from_secret(input)?),
    }
}

/// Returns the exit code for a reason.
fn exit_for(reason: Reason) -> Exit {
    match reason {
        Reason::Allowed => Exit::Success,
        Reason::Missing
        | Reason::Duplicate
        | Reason::InQuery
        | Reason::Malformed
        | Reason::AccountMissing
        | Reason::AccountMalformed
        | Reason::Unknown => Exit::VerifyUnknown,
        Reason::Tampered => Exit::Integrity,
        Reason::Expired => Exit::VerifyExpired,
        Reason::Revoked | Reason::Deleted => Exit::VerifyRevoked,
        Reason::Replaced => Exit::VerifyReplaced,
        Reason::WrongAccount
        | Reason::UserPasscodeRequired
        | Reason::LegacySunset
        | Reason::WrongRegion
        | Reason::WrongApp
        | Reason::WrongDistrict
        | Reason::ScopeMissing => Exit::VerifyNotAllowed,
    }
}
