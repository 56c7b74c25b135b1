//! Lists that an index answers faster than a scan of all credentials.

use std::collections::BTreeMap;

use super::{
    display_names::DisplayNames,
    filter::{Filter, Page},
};
use crate::{
    domain::{
        credential::{Credential, CredentialKind, State, subject::AppDistrict},
        directory::{app::App, district::District},
        instant::Instant,
        seq::CredentialSeq,
        usage::LastUse,
    },
    ops::{context::ReadTx, error::OpError},
    store::{Order, SortBy, StoreError, Transaction},
};

/// The maximum number of credentials read one by one through the index of expiries. For more of them a scan is faster,
/// and it does not keep them in memory.
const MAX_INDEXED: i64 = 20_000;

/// The result of an indexed query.
pub(super) struct IndexedQueryResult {
    /// The credentials that may meet the filter, in the order of the list.
    pub credentials: Vec<Credential>,
    /// Their display names.
    pub names: DisplayNames,
    /// Their last uses, without those that were never used.
    pub last_uses: BTreeMap<CredentialSeq, LastUse>,
    /// The number of further credentials that meet the filter and were not read, because the page ends before them.
    pub omitted: u64,
}

/// Returns the credentials that may meet the filter; `None` if a scan is faster or no index helps.
///
/// # Errors
/// If a record can't be verified.
pub(super) fn run_indexed_query(
    read: &mut ReadTx<'_>,
    filter: &Filter,
    page: Page,
    now: Instant,
) -> Result<Option<IndexedQueryResult>, OpError> {
    let wants_deleted = filter.include_deleted || filter.states.contains(&State::Deleted);
    let (credentials, omitted) = match (&filter.app, &filter.district) {
        (None, None) => match list_expiring_if_few(read, filter, page, now)? {
            Some(few) => (few, 0),
            None => return Ok(None),
        },
        _ if wants_deleted => return Ok(None),
        (Some(app), None) => app_credentials(&mut read.tx, app, filter, page)?,
        (app, Some(district)) => (district_tokens(&mut read.tx, app.as_ref(), district)?, 0),
    };
    let names = DisplayNames::for_credentials(&mut read.tx, &credentials)?;
    let seqs: Vec<_> = credentials.iter().map(|credential| credential.seq).collect();
    let last_uses = read.tx.find_last_uses(&seqs)?;
    let mut result = IndexedQueryResult { credentials, names, last_uses, omitted };
    result.sort(page.order);
    Ok(Some(result))
}

impl IndexedQueryResult {
    fn sort(&mut self, order: Order) {
        let Self { credentials, names, last_uses, .. } = self;
        match order.by {
            SortBy::Created => credentials.sort_unstable_by_key(|one| one.seq),
            SortBy::Expiry => credentials.sort_unstable_by_key(|one| (one.expiry, one.seq)),
            SortBy::Kind => credentials.sort_unstable_by_key(|one| (one.kind().as_str(), one.seq)),
            SortBy::LastUse => {
                let at = |one: &Credential| last_uses.get(&one.seq).map(|last_use| last_use.at);
                credentials.sort_unstable_by_key(|one| (at(one), one.seq));
            }
            SortBy::Name => {
                // A missing name is reported when the credential is listed.
                let name =
                    |one: &Credential| names.display_name(one).map(|name| name.to_string()).ok();
                credentials.sort_by_cached_key(|one| (name(one), one.seq));
            }
        }
        if order.is_reversed {
            credentials.reverse();
        }
    }
}

/// Returns the tokens and the legacy keys of an app. If no other condition applies, only the tokens of the page are
/// read, and the second value counts the others.
fn app_credentials(
    tx: &mut Transaction<'_>,
    app: &App,
    filter: &Filter,
    page: Page,
) -> Result<(Vec<Credential>, u64), StoreError> {
    let mut all = Vec::new();
    if let Some(key) = tx.find_holder(app.account, CredentialKind::Legacy, app.id.as_str())? {
        all.extend(tx.list_predecessors(&key)?);
        all.push(key);
    }
    let mut seqs = tx.list_token_seqs(app)?;
    let mut omitted = 0;
    if let (Some(limit), SortBy::Created, true) =
        (page.limit, page.order.by, filter.includes_all_tokens() && !page.order.is_reversed)
    {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        omitted = seqs.len().saturating_sub(limit) as u64;
        seqs.truncate(limit);
    }
    all.extend(tx.get_tokens(app, &seqs)?);
    Ok((all, omitted))
}

/// Returns the tokens of a district, or only those of one app for it.
fn district_tokens(
    tx: &mut Transaction<'_>,
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

/// Returns the credentials that expire in time, if they are few and no other order is wanted.
fn list_expiring_if_few(
    read: &mut ReadTx<'_>,
    filter: &Filter,
    page: Page,
    now: Instant,
) -> Result<Option<Vec<Credential>>, OpError> {
    let (Some(time), SortBy::Created) = (filter.expiring_within, page.order.by) else {
        return Ok(None);
    };
    let end = now.plus(time.seconds());
    let is_few = read.tx.count_expiring_by_end_of_day(end)? <= MAX_INDEXED;
    Ok(if is_few { Some(read.tx.list_expiring_by(end)?) } else { None })
}
