//! `district connect`

use clap::{ArgGroup, Args};

use crate::{
    commands::{
        args::{
            import::{columns::ColumnArgs, districts, line_errors::LineErrors},
            input_file::{InputFile, input_file},
            token_terms::{PICKUP_ENDPOINT, TokenTermsArgs},
        },
        error::CommandError,
        issue::{IssueArgs, Progress, Quantity},
        session::Session,
    },
    domain::directory::reference::Reference,
    exit::Exit,
    ops::{
        OpContext,
        app::connect::{ConnectRequest, DistrictEntry, DistrictReference, connect},
        credential::changed::ChangedCredentials,
    },
    store::{Mode, Store},
    view::CREDENTIAL_FIELDS,
};

/// Create tokens of several apps for one district, or for many
///
/// Use this command when a district signs up. It creates one token per app and district, with the same scopes. Either
/// all tokens are created or none. The secrets go to the file of --out, or the apps fetch them with --pickup.
///
/// The CSV file of --from has a header with the column district for existing districts, or with the column name and
/// optionally the column external_id. With name, districts that do not exist are added. Commas, semicolons and tabs
/// separate columns.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("which").required(true).args(["district", "from"]))]
#[command(after_long_help = r"Examples:
  # Connect a district to two apps, which fetch the secrets
  $ gatepass district connect Shelbyville --app 'Reading App' \
      --app Roster --scope read:students --days 365 --pickup

  # Connect all districts in a CSV file to an app
  $ gatepass district connect --from districts.csv --app Roster \
      --scope read:students --days 365 --out secrets.csv")]
pub struct ConnectArgs {
    /// District: id, external id or name
    #[arg(value_name = "DISTRICT", value_parser = Reference::parse, conflicts_with = "columns")]
    district: Option<Reference>,
    /// CSV file of districts, or - for stdin
    #[arg(long, value_name = "FILE", value_parser = input_file())]
    from: Option<InputFile>,
    #[command(flatten)]
    columns: ColumnArgs,
    /// App to create a token for: id, client id or name; can be repeated
    #[arg(long = "app", value_name = "APP", required = true, value_parser = Reference::parse)]
    apps: Vec<Reference>,
    #[command(flatten)]
    terms: TokenTermsArgs,
    /// Let each app fetch its secrets, so that nobody else sees them
    ///
    /// gatepass generates a secret when the app first calls GET /oauth/tokens.
    #[arg(long, conflicts_with_all = ["out", "copy"])]
    pickup: bool,
    /// Skip pairs of which the app has a valid token for the district
    ///
    /// They are counted. The command creates no file for --out if there is no new secret. A revoked token is a conflict.
    #[arg(long)]
    if_missing: bool,
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
    let (districts, errors) = districts(args, session)?;
    let request = ConnectRequest {
        apps: args.apps.clone(),
        districts,
        settings: args.terms.settings(None, session)?,
        if_missing: args.if_missing,
    };
    let granted = match errors.is_empty() {
        true => grant(args, session, &store, request),
        // All errors of the file are reported at once.
        false => try_others(session, &store, request),
    };
    let granted = match (granted, &args.from) {
        (Ok(granted), _) if errors.is_empty() => granted,
        (granted, Some(from)) => return Err(CommandError::bad_file(from, errors, granted)),
        (granted, None) => granted?,
    };
    session.show_changed("Granted", granted)?;
    if args.pickup {
        session.message(&format!(
            "The tokens have no secrets yet. Each app fetches its own from {PICKUP_ENDPOINT}."
        ))?;
    }
    Ok(Exit::Success)
}

fn grant(
    args: &ConnectArgs,
    session: &mut Session<'_, '_>,
    store: &Store,
    request: ConnectRequest,
) -> Result<ChangedCredentials, CommandError> {
    let actor = session.actor();
    let context = session.op_context(store, &actor);
    let progress = Progress::new(session, request.apps.len() * request.districts.len());
    // The progress bar ends with the change, before any message about it.
    let each = move || progress.add_one();
    if args.pickup {
        Ok(connect(&context, request, session.host.entropy, None, each)?)
    } else {
        args.issue.issue_many(session, &context, move |entropy, sink| {
            connect(&context, request, entropy, Some(sink), each)
        })
    }
}

/// Tries the valid lines of a file with others that are not valid.
fn try_others(
    session: &mut Session<'_, '_>,
    store: &Store,
    request: ConnectRequest,
) -> Result<ChangedCredentials, CommandError> {
    let actor = session.actor();
    let context = OpContext { dry_run: true, ..session.op_context(store, &actor) };
    Ok(connect(&context, request, session.host.entropy, None, || ())?)
}

/// Returns the districts of the file, or the one that the arguments name, and the lines of the file that are not valid.
fn districts(
    args: &ConnectArgs,
    session: &mut Session<'_, '_>,
) -> Result<(Vec<DistrictEntry>, LineErrors), CommandError> {
    if let Some(from) = &args.from {
        return Ok(districts::parse(&from.read(session)?, &args.columns));
    }
    let named = args.district.iter().cloned().map(DistrictReference::Existing);
    let entries = named.map(|district| DistrictEntry { line: None, district }).collect();
    Ok((entries, LineErrors::default()))
}
