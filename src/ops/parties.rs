//! From references to apps and districts.

use crate::{
    domain::{account::Account, app::App, district::District, reference::Reference},
    ops::{OpError, resolve::Prefixes},
    store::Transaction,
};

/// The app that a reference names among those of `accounts`.
///
/// # Errors
/// That there is none.
pub fn resolve_app(
    tx: &Transaction<'_>,
    accounts: &[Account],
    reference: &Reference,
    _: Prefixes,
) -> Result<App, OpError> {
    for account in accounts {
        if let Some(found) = tx.find_app_named(account.key, reference.as_str())? {
            return Ok(found);
        }
    }
    Err(OpError::NoSuchApp { reference: reference.as_str().to_owned() })
}

/// The district that a reference names among those of `accounts`.
///
/// # Errors
/// That there is none.
pub fn resolve_district(
    tx: &Transaction<'_>,
    accounts: &[Account],
    reference: &Reference,
    _: Prefixes,
) -> Result<District, OpError> {
    for account in accounts {
        if let Some(found) = tx.find_district_named(account.key, reference.as_str())? {
            return Ok(found);
        }
    }
    Err(OpError::NoSuchDistrict { reference: reference.as_str().to_owned() })
}
