//! Resolves references of the form `APP/DISTRICT`.

use super::directory_lookup::{find_districts, is_app};
use crate::{
    domain::{
        credential::subject::AppDistrict,
        directory::{
            account::{Account, AccountKey},
            reference::Reference,
        },
    },
    ops::context::account_id,
    store::{StoreError, Transaction},
};

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
