//! Gathering: the credentials that a list has to look at, where an index knows them and a scan of all would be slower.

use crate::{
    domain::{
        app::App,
        credential::{Credential, Kind, State},
        district::District,
        instant::{DAY, Instant},
        owner::Pair,
    },
    ops::{
        Directory, Look, OpError,
        filter::{Filter, Page},
    },
    store::{Order, StoreError, Transaction},
};

/// Up to how many credentials are fetched one by one through the index of what ends; past that a scan is faster,
/// and needs no list of their numbers.
const FEW: i64 = 20_000;

/// What an index knows.
pub(super) struct Gathered {
    /// The credentials, in the order of the list.
    pub credentials: Vec<Credential>,
    /// What their holders are called.
    pub names: Directory,
    /// How many more fit, past the limit of the page.
    pub beyond: u64,
}

/// The credentials that may fit; `None` where all have to be looked at.
pub(super) fn gather(
    look: &Look<'_>,
    filter: &Filter,
    page: Page,
    now: Instant,
) -> Result<Option<Gathered>, OpError> {
    let wants_deleted = filter.all || filter.states.contains(&State::Deleted);
    let (mut credentials, beyond) = match (&filter.app, &filter.district) {
        (None, None) => match few_ending(look, filter, page, now)? {
            Some(few) => (few, 0),
            None => return Ok(None),
        },
        _ if wants_deleted => return Ok(None),
        (Some(app), None) => of_app(&look.tx, app, filter, page)?,
        (app, Some(district)) => (of_district(&look.tx, app.as_ref(), district)?, 0),
    };
    let names = Directory::of(&look.tx, &credentials)?;
    match page.order {
        Order::Created => credentials.sort_unstable_by_key(|credential| credential.seq),
        Order::Expiry => credentials.sort_unstable_by_key(|one| (one.expiry, one.seq)),
        Order::Name => {
            // One that can't be named is told where it is listed.
            let name = |one: &Credential| names.called(one).map(|called| called.to_string()).ok();
            credentials.sort_by_cached_key(|one| (name(one), one.seq));
        }
    }
    Ok(Some(Gathered { credentials, names, beyond }))
}

/// The tokens and the legacy keys of an app. Where nothing else is asked for, only those of the page are read: that
/// there are others is known without them.
fn of_app(
    tx: &Transaction<'_>,
    app: &App,
    filter: &Filter,
    page: Page,
) -> Result<(Vec<Credential>, u64), StoreError> {
    let mut all = Vec::new();
    if let Some(key) = tx.find_holder(app.account, Kind::Legacy, app.id.as_str())? {
        all.extend(tx.older_than(&key)?);
        all.push(key);
    }
    let mut numbers = tx.token_numbers(app)?;
    let mut beyond = 0;
    if let (Some(limit), Order::Created, true) = (page.limit, page.order, filter.takes_all_tokens())
    {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        beyond = numbers.len().saturating_sub(limit) as u64;
        numbers.truncate(limit);
    }
    for seq in numbers {
        all.push(tx.token(app, seq)?);
    }
    Ok((all, beyond))
}

/// The tokens of a district, or of one app for it.
fn of_district(
    tx: &Transaction<'_>,
    app: Option<&App>,
    district: &District,
) -> Result<Vec<Credential>, StoreError> {
    let (mut all, apps) = (Vec::new(), tx.apps()?);
    let is_asked_for =
        |one: &&App| one.account == district.account && app.is_none_or(|app| app.id == one.id);
    for one in apps.iter().filter(is_asked_for) {
        let pair = Pair::new(one.id, district.id);
        if let Some(holder) = tx.find_holder(district.account, Kind::Token, pair.as_str())? {
            all.extend(tx.older_than(&holder)?);
            all.push(holder);
        }
    }
    Ok(all)
}

/// What ends in time, where the index answers faster than a scan.
fn few_ending(
    look: &Look<'_>,
    filter: &Filter,
    page: Page,
    now: Instant,
) -> Result<Option<Vec<Credential>>, OpError> {
    let (Some(days), Order::Created) = (filter.expiring, page.order) else {
        return Ok(None);
    };
    let end = now.plus(i64::from(days) * DAY);
    let is_few = look.tx.count_ending(end)? <= FEW;
    Ok(if is_few { Some(look.tx.list_ending(end)?) } else { None })
}
