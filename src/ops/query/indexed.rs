//! Gathering: the credentials that a list has to look at, where an index knows them and a scan of all would be slower.

use super::filter::{Filter, Page};
use crate::{
    domain::{
        credential::{Credential, CredentialKind, State, subject::AppDistrict},
        directory::{app::App, district::District},
        instant::{DAY, Instant},
    },
    ops::{DisplayNames, OpError, ReadTx},
    store::{SortBy, StoreError, Transaction},
};

/// Up to how many credentials are fetched one by one through the index of what ends; past that a scan is faster,
/// and needs no list of their numbers.
const MAX_INDEXED: i64 = 20_000;

/// What an index knows.
pub(in crate::ops) struct IndexedQueryResult {
    /// The credentials, in the order of the list.
    pub credentials: Vec<Credential>,
    /// What their holders are called.
    pub names: DisplayNames,
    /// How many more fit, past the limit of the page.
    pub omitted: u64,
}

/// The credentials that may fit; `None` where all have to be looked at.
pub(in crate::ops) fn run_indexed_query(
    read: &ReadTx<'_>,
    filter: &Filter,
    page: Page,
    now: Instant,
) -> Result<Option<IndexedQueryResult>, OpError> {
    let wants_deleted = filter.include_deleted || filter.states.contains(&State::Deleted);
    let (mut credentials, beyond) = match (&filter.app, &filter.district) {
        (None, None) => match list_expiring_if_few(read, filter, page, now)? {
            Some(few) => (few, 0),
            None => return Ok(None),
        },
        _ if wants_deleted => return Ok(None),
        (Some(app), None) => app_credentials(&read.tx, app, filter, page)?,
        (app, Some(district)) => (district_tokens(&read.tx, app.as_ref(), district)?, 0),
    };
    let names = DisplayNames::for_credentials(&read.tx, &credentials)?;
    match page.sort_by {
        SortBy::Created => credentials.sort_unstable_by_key(|credential| credential.seq),
        SortBy::Expiry => credentials.sort_unstable_by_key(|one| (one.expiry, one.seq)),
        SortBy::Name => {
            // One that can't be named is told where it is listed.
            let name =
                |one: &Credential| names.display_name(one).map(|called| called.to_string()).ok();
            credentials.sort_by_cached_key(|one| (name(one), one.seq));
        }
    }
    Ok(Some(IndexedQueryResult { credentials, names, omitted: beyond }))
}

/// The tokens and the legacy keys of an app. Where nothing else is asked for, only those of the page are read: that
/// there are others is known without them.
fn app_credentials(
    tx: &Transaction<'_>,
    app: &App,
    filter: &Filter,
    page: Page,
) -> Result<(Vec<Credential>, u64), StoreError> {
    let mut all = Vec::new();
    if let Some(key) = tx.find_holder(app.account, CredentialKind::Legacy, app.id.as_str())? {
        all.extend(tx.list_predecessors(&key)?);
        all.push(key);
    }
    let mut numbers = tx.list_token_seqs(app)?;
    let mut beyond = 0;
    if let (Some(limit), SortBy::Created, true) =
        (page.limit, page.sort_by, filter.includes_all_tokens())
    {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        beyond = numbers.len().saturating_sub(limit) as u64;
        numbers.truncate(limit);
    }
    for seq in numbers {
        all.push(tx.get_token(app, seq)?);
    }
    Ok((all, beyond))
}

/// The tokens of a district, or of one app for it.
fn district_tokens(
    tx: &Transaction<'_>,
    app: Option<&App>,
    district: &District,
) -> Result<Vec<Credential>, StoreError> {
    let (mut all, apps) = (Vec::new(), tx.apps()?);
    let is_selected =
        |one: &&App| one.account == district.account && app.is_none_or(|app| app.id == one.id);
    for one in apps.iter().filter(is_selected) {
        let pair = AppDistrict::new(one.id, district.id);
        if let Some(holder) =
            tx.find_holder(district.account, CredentialKind::Token, pair.as_str())?
        {
            all.extend(tx.list_predecessors(&holder)?);
            all.push(holder);
        }
    }
    Ok(all)
}

/// What ends in time, where the index answers faster than a scan.
fn list_expiring_if_few(
    read: &ReadTx<'_>,
    filter: &Filter,
    page: Page,
    now: Instant,
) -> Result<Option<Vec<Credential>>, OpError> {
    let (Some(days), SortBy::Created) = (filter.expiring_days, page.sort_by) else {
        return Ok(None);
    };
    let end = now.plus(i64::from(days) * DAY);
    let is_few = read.tx.count_expiring_by_end_of_day(end)? <= MAX_INDEXED;
    Ok(if is_few { Some(read.tx.list_expiring_by(end)?) } else { None })
}
