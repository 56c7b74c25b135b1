//! `list`

use clap::{Args, ValueEnum};
use glob::{MatchOptions, Pattern};

use super::{
    Session,
    view::{COLUMNS_WITH_USE, CredentialView, stamp},
};
use crate::{
    domain::{
        account::CAP,
        credential::{Kind, State},
        instant::Instant,
        lifetime::{LifetimeError, parse_moment},
        name::{Email, fold},
        reference::Reference,
    },
    exit::Exit,
    ops::{
        Look, OpError,
        filter::{Filter, Item, NameTest, Page},
        list::{Summary, list},
        parties::{resolve_app, resolve_district},
        resolve::Prefixes,
    },
    render::{Format, ListWriter, Record, Row, Shape, Value},
    store::{Order, sqlite::Mode},
};

/// Lists credentials.
///
/// Deleted ones are left out unless --all or --state deleted asks for them. At a terminal a line below tells what
/// matched and how many places are taken.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// Only these kinds: account, user, token, legacy
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = kind)]
    kind: Vec<Kind>,
    /// Only in these states: active, expiring, expired, revoked, deleted
    #[arg(long, value_name = "STATE", value_delimiter = ',', value_parser = state)]
    state: Vec<State>,
    /// Only what has expired or will within so many days (30 if none are given), and is neither revoked nor deleted
    #[arg(long, value_name = "DAYS", num_args = 0..=1, default_missing_value = "30")]
    #[arg(value_parser = super::check::days)]
    expiring: Option<u32>,
    /// Only what was not used for so many days; what never was counts from when it was made
    #[arg(long, value_name = "DAYS", value_parser = super::check::days)]
    unused: Option<u32>,
    /// Only the passcodes of this user
    #[arg(long, value_name = "EMAIL", value_parser = Email::parse)]
    user: Option<Email>,
    /// Only the tokens of this app, and its legacy key: its name, id or client id
    #[arg(long, value_name = "APP", value_parser = Reference::parse)]
    app: Option<Reference>,
    /// Only the tokens for this district: its name, id or external id
    #[arg(long, value_name = "DISTRICT", value_parser = Reference::parse)]
    district: Option<Reference>,
    /// Only names and addresses that fit this pattern, of apps and districts, too: * any text, ? any character, [a-c] one of these
    #[arg(long, value_name = "GLOB", value_parser = Pattern::new)]
    name: Option<Pattern>,
    /// The order of the list
    #[arg(long, value_name = "ORDER", default_value = "created")]
    sort: Sort,
    /// At most so many
    #[arg(long, value_name = "N", value_parser = count)]
    limit: Option<u64>,
    /// Those that were deleted, too
    #[arg(long)]
    all: bool,
    /// The list as it will be at the beginning of a date (UTC), or at an RFC 3339 instant
    #[arg(long, value_name = "DATE", value_parser = moment)]
    at: Option<Instant>,
}

/// The orders of a list.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Sort {
    /// By creation
    Created,
    /// By name or address
    Name,
    /// By end, those without one last
    Expires,
}

pub(super) fn run(args: &ListArgs, session: &mut Session<'_, '_>) -> anyhow::Result<Exit> {
    let store = session.open(Mode::Read)?;
    let look = session.look(&store)?;
    let filter = filter(args, session, &look)?;
    let page = Page { order: order(args.sort), limit: args.limit };
    let now = filter.at.unwrap_or(look.now);
    let style = session.style();
    // Where no gate ever noted a use, a column that says so would be in the way.
    let shows_use = args.unused.is_some() || look.tx.has_last_uses()?;
    let mut writer = ListWriter::<CredentialView<'static>>::with_columns(
        session.host.stdout,
        &style,
        "gatepass.credentials/v1",
        now.stamp(),
        if shows_use { COLUMNS_WITH_USE } else { CredentialView::columns() },
    )?;
    let summary =
        list(&look, &filter, page, |Item { credential, last_use, account, now, called }| {
            let view = CredentialView::new(credential, last_use, account, now, called);
            writer.row(&view.showing_use(shows_use)).map_err(OpError::Output)
        })?;
    writer.finish(&SummaryView { summary: &summary, now })?;
    session.host.stdout.flush()?;
    if style.shape == Shape::Rows(Format::Table) {
        writeln!(session.host.stderr, "{}", footer(&summary, &filter))?;
    }
    Ok(Exit::Done)
}

fn filter(args: &ListArgs, session: &Session<'_, '_>, look: &Look<'_>) -> anyhow::Result<Filter> {
    let (tx, accounts) = (&look.tx, look.accounts(session.account)?);
    let app = args.app.as_ref().map(|app| resolve_app(tx, &accounts, app, Prefixes::Taken));
    let district = args.district.as_ref();
    let district = district.map(|one| resolve_district(tx, &accounts, one, Prefixes::Taken));
    let pattern = args.name.clone().map(|pattern| {
        let options = MatchOptions { case_sensitive: false, ..MatchOptions::default() };
        Box::new(move |text: &str| pattern.matches_with(text, options)) as NameTest
    });
    Ok(Filter {
        account: session.account,
        kinds: args.kind.clone(),
        states: args.state.clone(),
        expiring: args.expiring,
        unused: args.unused,
        user: args.user.as_ref().map(|user| fold(user.as_str())),
        app: app.transpose()?,
        district: district.transpose()?,
        name: pattern,
        all: args.all,
        at: args.at,
    })
}

fn order(sort: Sort) -> Order {
    match sort {
        Sort::Created => Order::Created,
        Sort::Name => Order::Name,
        Sort::Expires => Order::Expiry,
    }
}

/// What is said on stderr below a list.
fn footer(summary: &Summary, filter: &Filter) -> String {
    let Summary { matched, listed, .. } = *summary;
    let noun = if matched == 1 { "credential" } else { "credentials" };
    let mut text = match listed < matched {
        true => format!("{listed} of {matched} {noun}"),
        false => format!("{matched} {noun}"),
    };
    match summary.states.filter(|_| filter.is_empty()) {
        None => text.push_str(if matched == 1 { " matches" } else { " match" }),
        Some(states) => {
            let counts = || State::ALL.into_iter().zip(states).filter(|(_, count)| *count > 0);
            let is_listed = |state| filter.all || state != State::Deleted;
            let parts: Vec<String> = counts()
                .filter(|(state, _)| is_listed(*state))
                .map(|(state, count)| format!("{count} {}", state.as_str()))
                .collect();
            if !parts.is_empty() {
                text.push_str(&format!(": {}", parts.join(", ")));
            }
            if let Some((_, count)) = counts().find(|(state, _)| !is_listed(*state)) {
                text.push_str(&format!("; {count} deleted, shown with --all"));
            }
        }
    }
    for (account, places) in &summary.places {
        text.push_str(&format!("; {places} of {CAP} places taken in {account}"));
    }
    text
}

/// The end of a list.
struct SummaryView<'a> {
    summary: &'a Summary,
    now: Instant,
}

impl Record for SummaryView<'_> {
    fn fields<'a>(&'a self, put: &mut dyn FnMut(&'static str, Value<'a>)) {
        let count = |count: u64| Value::Integer(count.cast_signed());
        put("matched", count(self.summary.matched));
        put("listed", count(self.summary.listed));
        put("at", stamp(Some(self.now)));
        let states = self.summary.states;
        put("active", states.map_or(Value::Null, |states| count(states[0])));
        put("expiring", states.map_or(Value::Null, |states| count(states[1])));
        put("expired", states.map_or(Value::Null, |states| count(states[2])));
        put("revoked", states.map_or(Value::Null, |states| count(states[3])));
        put("deleted", states.map_or(Value::Null, |states| count(states[4])));
        put(
            "places_taken",
            Value::Integer(self.summary.places.iter().map(|(_, places)| places).sum()),
        );
    }
}

fn kind(text: &str) -> Result<Kind, String> {
    Kind::parse(text).ok_or_else(|| "a kind is account, user, token or legacy".to_owned())
}

fn state(text: &str) -> Result<State, String> {
    State::parse(text)
        .ok_or_else(|| "a state is active, expiring, expired, revoked or deleted".to_owned())
}

fn count(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| "a limit is a whole number".to_owned())
}

fn moment(text: &str) -> Result<Instant, LifetimeError> {
    parse_moment(text, Instant::start_of)
}
