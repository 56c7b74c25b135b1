//! Resolves the e-mail address of a user.

use std::ops::ControlFlow;

use crate::{
    domain::{
        credential::CredentialKind,
        directory::{
            account::Account,
            name::{Email, fold},
        },
    },
    ops::{
        context::account_id,
        error::{OpError, credential::CredentialError},
    },
    store::{SortBy, StoreError, Transaction},
};

/// Returns the e-mail address, in folded case, of a user who has or had a passcode in one of `accounts`.
///
/// # Errors
/// [`CredentialError::NotFound`].
pub fn resolve_user(
    tx: &mut Transaction<'_>,
    accounts: &[Account],
    email: &Email,
) -> Result<String, OpError> {
    let key = fold(email.as_str());
    for account in accounts {
        if tx.find_holder(account.key, CredentialKind::User, &key)?.is_some() {
            return Ok(key);
        }
    }
    // Only a scan finds users whose passcodes were deleted, because their addresses are free.
    let mut is_known = false;
    tx.scan_credentials(SortBy::Created, |credential| {
        is_known = credential.kind() == CredentialKind::User
            && credential.subject.unique_key() == key
            && account_id(accounts, credential.account).is_some();
        Ok::<_, StoreError>(match is_known {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        })
    })?;
    match is_known {
        true => Ok(key),
        false => Err(CredentialError::NotFound { reference: email.to_string() }.into()),
    }
}
