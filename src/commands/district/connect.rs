//! `district connect`

use std::{fs::File, path::PathBuf};

use clap::{ArgGroup, Args};

use crate::{
    commands::{
        args::{
            import::districts,
            token_terms::{PICKUP_ENDPOINT, TokenTermsArgs},
        },
        error::{CliError, CommandError, WithMessage},
        issue::{IssueArgs, Quantity, progress_bar},
        session::Session,
    },
    domain::directory::reference::Reference,
    exit::Exit,
    ops::app::connect::{ConnectRequest, DistrictEntry, DistrictReference, connect},
    store::sqlite::Mode,
    view::CREDENTIAL_FIELDS,
};

/// Makes the tokens of several apps for a district, or for many from a CSV file, all or none.
///
/// A sign-up: what the scopes name is shared with each of the apps. The file has a heading with the column district,
/// for districts that are there, or with the columns name and, if you like, external_id, where those that are not
/// there yet are added. The secrets go to --out: as CSV if its name ends in .csv, else one JSON object a line; with
/// --pickup there are none until the apps ask for them.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("which").required(true).args(["district", "from"]))]
pub struct ConnectArgs {
    /// The district: its name, id or external id
    #[arg(value_name = "DISTRICT", value_parser = Reference::parse)]
    district: Option<Reference>,
    /// A CSV file of many districts
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// An app that it is shared with: its name, id or client id; may be given several times
    #[arg(long = "app", value_name = "APP", required = true, value_parser = Reference::parse)]
    apps: Vec<Reference>,
    #[command(flatten)]
    terms: TokenTermsArgs,
    /// Make no secrets: each app makes its own when it first asks for it, and nobody else sees it
    #[arg(long, conflicts_with_all = ["out", "copy"])]
    pickup: bool,
    #[command(flatten)]
    issue: IssueArgs,
}

pub fn run(args: &ConnectArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    if args.pickup {
        session.check_field(CREDENTIAL_FIELDS)?;
    } else {
        args.issue.check(session, Quantity::Many)?;
    }
    let store = session.open_store(Mode::Write)?;
    let request = ConnectRequest {
        apps: args.apps.clone(),
        districts: districts(args)?,
        settings: args.terms.settings(None, session)?,
    };
    let actor = session.actor();
    let context = session.op_context(&store, &actor);
    let progress = progress_bar(session, request.apps.len() * request.districts.len());
    let mut granted = Vec::new();
    let each = |credential| {
        granted.push(credential);
        progress.inc(1);
    };
    let account = if args.pickup {
        connect(&context, request, session.host.entropy, None, each)?
    } else {
        args.issue.issue_many(session, &context, |entropy, sink| {
            connect(&context, request, entropy, Some(sink), each)
        })?
    };
    progress.finish_and_clear();
    session.show_changed("Granted", &store, &granted, &account)?;
    if args.pickup {
        session.message(&format!(
            "No secret was made yet: each app gets its own from {PICKUP_ENDPOINT}."
        ))?;
    }
    Ok(Exit::Success)
}

/// Returns the districts of the file, or the one that the arguments name.
fn districts(args: &ConnectArgs) -> Result<Vec<DistrictEntry>, CommandError> {
    if let Some(from) = &args.from {
        let file =
            File::open(from).with_message(|| format!("{} could not be read", from.display()))?;
        return Ok(districts::parse(file).map_err(|why| CliError::bad_file(from, why))?);
    }
    let named = args.district.iter().cloned().map(DistrictReference::Existing);
    Ok(named.map(|district| DistrictEntry { line: None, district }).collect())
}
