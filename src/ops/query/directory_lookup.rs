//! Which apps and districts have a text as id or name.

use crate::{
    domain::directory::{
        account::AccountKey, app::App, district::District, id::ObjectId, name::fold,
    },
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
