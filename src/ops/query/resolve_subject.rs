//! Resolves references to anything that audit records are about.

use super::{
    candidates::{
        describe_accounts, describe_apps, describe_credentials, describe_districts, ensure_unique,
    },
    resolve::{PartialIds, credentials_meant_by, not_found},
    resolve_account::accounts_meant_by,
    resolve_directory::{apps_meant_by, districts_meant_by},
};
use crate::{
    domain::directory::{account::Account, reference::Reference},
    ops::error::OpError,
    store::Transaction,
};

/// Returns the id of the account, or of the credential, app or district of one of `accounts`, that a reference names.
///
/// # Errors
/// [`CredentialError::NotFound`](crate::ops::CredentialError::NotFound), [`OpError::Ambiguous`].
pub fn resolve_subject(
    tx: &mut Transaction<'_>,
    accounts: &[Account],
    reference: &Reference,
) -> Result<String, OpError> {
    let credentials = credentials_meant_by(tx, accounts, reference)?;
    let apps = apps_meant_by(tx, accounts, reference, PartialIds::Allowed)?;
    let districts = districts_meant_by(tx, accounts, reference, PartialIds::Allowed)?;
    let mut candidates = describe_accounts(&accounts_meant_by(tx.accounts()?, reference));
    candidates.extend(describe_credentials(tx, accounts, &credentials)?);
    candidates.extend(describe_apps(accounts, &apps));
    candidates.extend(describe_districts(accounts, &districts));
    match ensure_unique(reference, candidates, |first| Ok(first.to_vec()))? {
        Some(subject) => Ok(subject.id),
        None => Err(not_found(reference).into()),
    }
}
