//! Which apps and districts have a text as id or name, and which pairs of both a reference of the form `APP/DISTRICT` can
//! mean.

use crate::{
    domain::{
        credential::subject::AppDistrict,
        directory::{
            account::{Account, AccountKey},
            app::App,
            district::District,
            id::ObjectId,
            name::fold,
            reference::Reference,
        },
    },
    ops::context::account_id,
    store::{Namespace, StoreError, Transaction, UniqueNameKey},
};

/// Returns whether a text is the id, the client id or the name of an app that was not removed.
pub(super) fn is_app(app: &App, text: &str) -> bool {
    app.removed.is_none()
        && (app.id.as_str() == text
            || app.client_id.as_str() == text
            || app.name.folded() == fold(text))
}

/// Finds the districts that were not removed and whose id, name or external id is one of these texts, in each case in
/// the account beside it. Returns those of each text; one district can be there twice.
///
/// # Errors
/// If one of them can't be verified.
pub(super) fn find_districts(
    tx: &mut Transaction<'_>,
    texts: &[(AccountKey, &str)],
) -> Result<Vec<Vec<District>>, StoreError> {
    let ids: Vec<_> = texts.iter().filter_map(|(_, text)| ObjectId::parse(text)).collect();
    let by_id = if ids.is_empty() { Vec::new() } else { tx.find_districts_by_id(&ids)? };
    let names: Vec<_> = texts.iter().map(|(account, text)| names_of(*account, text)).collect();
    let by_name = tx.find_named_districts(&names.concat())?;
    let meant = texts.iter().zip(names).map(|((account, text), names)| {
        let has_id = |one: &&District| {
            one.account == *account && one.removed.is_none() && one.id.as_str() == *text
        };
        let named = names.iter().filter_map(|name| by_name.get(name));
        by_id.iter().filter(has_id).chain(named).cloned().collect()
    });
    Ok(meant.collect())
}

/// Returns the unique names that a text can be. An id is none, because no name looks like one.
fn names_of(account: AccountKey, text: &str) -> Vec<UniqueNameKey> {
    if ObjectId::parse(text).is_some() {
        return Vec::new();
    }
    let key = fold(text);
    let namespaces = [Namespace::Districts, Namespace::ExternalIds].into_iter();
    namespaces.map(|namespace| UniqueNameKey { account, namespace, key: key.clone() }).collect()
}

/// An app and a district that a reference can mean.
pub(super) struct FoundPair {
    /// The position of the reference.
    pub reference: usize,
    /// The account of both.
    pub account: AccountKey,
    /// The app and the district.
    pub pair: AppDistrict,
}

/// Returns the apps and districts that the references can mean. Names and external ids may contain a `/`, so every split
/// counts.
///
/// # Errors
/// If an app or a district that is named can't be verified.
pub(super) fn find_pairs(
    tx: &mut Transaction<'_>,
    accounts: &[Account],
    references: &[Reference],
) -> Result<Vec<FoundPair>, StoreError> {
    if references.iter().all(|reference| !reference.as_str().contains('/')) {
        return Ok(Vec::new());
    }
    let apps = tx.apps()?;
    let (mut sides, mut districts) = (Vec::new(), Vec::new());
    for (position, app, district) in splits(references) {
        for app in apps.iter().filter(|one| is_app(one, app)) {
            if account_id(accounts, app.account).is_some() {
                sides.push((position, app));
                districts.push((app.account, district));
            }
        }
    }
    let districts = find_districts(tx, &districts)?;
    let pairs = sides.into_iter().zip(districts).flat_map(|((reference, app), districts)| {
        districts.into_iter().map(move |district| FoundPair {
            reference,
            account: app.account,
            pair: AppDistrict::new(app.id, district.id),
        })
    });
    Ok(pairs.collect())
}

/// Splits the references at each `/`. Returns the position of the reference and both sides.
fn splits(references: &[Reference]) -> impl Iterator<Item = (usize, &str, &str)> {
    references.iter().enumerate().flat_map(|(position, reference)| {
        let text = reference.as_str();
        text.match_indices('/').map(move |(at, _)| (position, &text[..at], &text[at + 1..]))
    })
}
