//! `list`

use clap::{
    Args,
    builder::{PossibleValuesParser, TypedValueParser},
};
use glob::Pattern;

use crate::{
    commands::{
        args::{
            list::{columns::ListColumns, limit::parse_limit, pattern::matcher},
            time::{parse_duration, parse_start},
            words::one_of,
        },
        error::{CliError, CommandError},
        session::Session,
    },
    domain::{
        credential::{CredentialKind, State},
        directory::{
            account::PASSCODE_CAP,
            name::{Email, fold},
            reference::Reference,
        },
        duration::Duration,
        instant::Instant,
    },
    exit::Exit,
    ops::{
        OpError, ReadTx,
        query::{
            filter::{Filter, ListItem, Page},
            list::{ListSummary, list},
            resolve::PartialIds,
            resolve_directory::{resolve_app, resolve_district},
            resolve_user::resolve_user,
        },
    },
    render::{Format, ListWriter, Shape},
    store::{Order, SortBy},
    view::{ACCOUNT_COLUMN, CredentialListSummary, CredentialView, USAGE_COLUMN},
};

/// List credentials
///
/// Filters can be combined: the list contains the credentials that match all of them. Deleted credentials are left out,
/// unless you use --all or --state deleted. At a terminal, a line below the table shows the number of matches, and
/// of slots used in the accounts that are shown.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  # List the credentials that expire within 14 days
  $ gatepass list --expiring 14

  # List the tokens of an app as CSV, with only these columns
  $ gatepass list --kind token --app 'Reading App' --format csv \\
      --columns id,district_name,expires_at

  # List the credentials that nobody has used for 90 days
  $ gatepass list --unused 90d --state active,expiring

  # List the users, the last to expire first
  $ gatepass list --kind user --sort -expires")]
pub struct ListArgs {
    /// Only these kinds, e.g. account,user
    ///
    /// Takes several separated by commas, too.
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = one_of(&CredentialKind::ALL, CredentialKind::as_str))]
    kind: Vec<CredentialKind>,
    /// Only these states, e.g. expired,revoked
    ///
    /// Takes several separated by commas, too. A credential is expiring if it is valid for 30 days or less.
    #[arg(long, value_name = "STATE", value_delimiter = ',', value_parser = one_of(&State::ALL, State::as_str))]
    state: Vec<State>,
    /// Only those expired or expiring within this time [default: 30d]
    ///
    /// Takes a number and h, d or w, or a number of days. Revoked and deleted credentials are left out.
    #[arg(long, value_name = "DURATION", num_args = 0..=1, default_missing_value = "30")]
    #[arg(value_parser = parse_duration)]
    expiring: Option<Duration>,
    /// Only those unused for at least this time, e.g. 90d
    ///
    /// Takes a number and h, d or w, or a number of days. For credentials that were never used, the time since their
    /// creation counts.
    #[arg(long, value_name = "DURATION", value_parser = parse_duration)]
    unused: Option<Duration>,
    /// Only the passcodes of this user
    #[arg(long, value_name = "EMAIL", value_parser = Email::parse)]
    user: Option<Email>,
    /// Only the tokens and the legacy key of this app
    ///
    /// Takes the id, client id or name of the app.
    #[arg(long, value_name = "APP", value_parser = Reference::parse)]
    app: Option<Reference>,
    /// Only the tokens for this district
    ///
    /// Takes the id, external id or name of the district.
    #[arg(long, value_name = "DISTRICT", value_parser = Reference::parse)]
    district: Option<Reference>,
    /// Only names that match this pattern, e.g. 'acme*'
    ///
    /// In the pattern, * matches any text, ? any character, and [a-c] one of these characters, all regardless of case.
    /// The pattern also matches e-mail addresses, and the apps and districts of tokens.
    #[arg(long, value_name = "GLOB", value_parser = Pattern::new)]
    name: Option<Pattern>,
    /// Only those whose name or note contains this text
    ///
    /// Also searches e-mail addresses and the names of apps and districts, regardless of case.
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,
    /// Order: created, name, expires, kind or used; -expires for the reverse
    ///
    /// created and expires begin with the earliest, and credentials that never expire come last. used begins with those
    /// that were never used, followed by the last use longest ago. A hyphen before any of these reverses the order.
    #[arg(long, value_name = "ORDER", default_value = "created", value_parser = sort_parser())]
    #[arg(allow_hyphen_values = true, hide_possible_values = true)]
    sort: Order,
    /// Show at most N
    #[arg(long, value_name = "N", value_parser = parse_limit)]
    limit: Option<u64>,
    /// Include deleted ones
    #[arg(long)]
    all: bool,
    /// Show the list as it will be on this date
    ///
    /// Takes a date such as 2027-01-31, which means the start of that day in UTC, or an RFC 3339 instant. Shows the
    /// states that today's credentials will have at that time, which can't be in the past.
    #[arg(long, value_name = "DATE", value_parser = parse_start)]
    at: Option<Instant>,
    #[command(flatten)]
    columns: ListColumns,
}

/// The values of `--sort`. A hyphen before one of them reverses the order.
const SORT_KEYS: [(&str, SortBy); 5] = [
    ("created", SortBy::Created),
    ("name", SortBy::Name),
    ("expires", SortBy::Expiry),
    ("kind", SortBy::Kind),
    ("used", SortBy::LastUse),
];

fn sort_parser() -> impl TypedValueParser<Value = Order> {
    let keys = SORT_KEYS.iter().flat_map(|(key, _)| [(*key).to_owned(), format!("-{key}")]);
    PossibleValuesParser::new(keys).try_map(|text| {
        let key = text.strip_prefix('-').unwrap_or(&text);
        let found = SORT_KEYS.iter().find(|(known, _)| *known == key);
        let (_, by) = found.ok_or("unknown order")?;
        Ok::<_, &str>(Order { by: *by, is_reversed: text.starts_with('-') })
    })
}

pub fn run(args: &ListArgs, session: &mut Session<'_, '_>) -> Result<Exit, CommandError> {
    let style = args.columns.style(session)?;
    let store = session.open_to_view()?;
    let mut read = session.begin_read(&store)?;
    if let Some(at) = args.at.filter(|at| *at < read.now) {
        return Err(past_date(at).into());
    }
    let filter = filter(args, session, &mut read)?;
    let page = Page { order: args.sort, limit: args.limit };
    let now = filter.as_of.unwrap_or(read.now);
    // The column is left out of a store in which no gate ever recorded a use.
    let shows_accounts = read.accounts(session.account)?.len() > 1;
    let shows_use = args.unused.is_some() || read.tx.has_last_uses()?;
    let mut writer = ListWriter::<CredentialView<'static>>::new(
        session.host.stdout,
        &style,
        "gatepass.credentials/v1",
        now.rfc3339_bytes(),
    )?
    .hide(USAGE_COLUMN, !shows_use)
    .hide(ACCOUNT_COLUMN, !shows_accounts);
    let summary = list(
        &mut read,
        &filter,
        page,
        |ListItem { credential, last_use, account, now, display_name }| {
            let view = CredentialView::new(credential, last_use, account, now, display_name);
            writer.row(&view).map_err(OpError::Output)
        },
    )?;
    let fit = writer.finish(&CredentialListSummary { summary: &summary, now })?;
    session.end_list(&fit)?;
    if style.shape == Shape::Rows(Format::Table) {
        session.message(&footer(&summary, &filter))?;
    }
    Ok(Exit::Success)
}

fn filter(
    args: &ListArgs,
    session: &Session<'_, '_>,
    read: &mut ReadTx<'_>,
) -> Result<Filter, CommandError> {
    let accounts = read.accounts(session.account)?;
    let tx = &mut read.tx;
    let app = args.app.as_ref().map(|app| resolve_app(tx, &accounts, app, PartialIds::Allowed));
    let district = args.district.as_ref();
    let district = district.map(|one| resolve_district(tx, &accounts, one, PartialIds::Allowed));
    let user = args.user.as_ref().map(|user| resolve_user(tx, &accounts, user));
    Ok(Filter {
        account: session.account,
        kinds: args.kind.clone(),
        states: args.state.clone(),
        expiring_within: args.expiring,
        unused_for: args.unused,
        user: user.transpose()?,
        app: app.transpose()?,
        district: district.transpose()?,
        name: args.name.clone().map(matcher),
        search: args.search.as_deref().map(fold),
        include_deleted: args.all,
        as_of: args.at,
    })
}

fn past_date(at: Instant) -> CliError {
    CliError::Usage {
        code: "date_in_the_past",
        message: format!("--at {at} is in the past; the store has only the current records"),
        hint: Some(format!("to list the changes before then: gatepass audit list --until {at}")),
    }
}

/// Returns the line on stderr below the table.
fn footer(summary: &ListSummary, filter: &Filter) -> String {
    let ListSummary { matched, listed, .. } = *summary;
    let noun = if matched == 1 { "credential" } else { "credentials" };
    let mut text = match listed < matched {
        true => format!("{listed} of {matched} {noun}"),
        false => format!("{matched} {noun}"),
    };
    match summary.states.filter(|_| filter.is_empty()) {
        None => text.push_str(if matched == 1 { " matches" } else { " match" }),
        Some(states) => {
            let counts = || states.iter().filter(|(_, count)| *count > 0);
            let is_listed = |state| filter.include_deleted || state != State::Deleted;
            let parts: Vec<String> = counts()
                .filter(|(state, _)| is_listed(*state))
                .map(|(state, count)| format!("{count} {}", state.as_str()))
                .collect();
            if !parts.is_empty() {
                text.push_str(&format!(": {}", parts.join(", ")));
            }
            if let Some((_, count)) = counts().find(|(state, _)| !is_listed(*state)) {
                text.push_str(&format!("; {count} deleted (shown with --all)"));
            }
        }
    }
    let is_shown = |account| filter.is_empty() || summary.listed_accounts.contains(account);
    for (account, slots) in summary.slots_used.iter().filter(|(account, _)| is_shown(account)) {
        text.push_str(&format!("; {slots} of {PASSCODE_CAP} slots used in {account}"));
    }
    text
}
