//! Resolves references to accounts.

use super::candidates::{describe_accounts, ensure_unique};
use crate::{
    domain::directory::{
        account::{Account, AccountId},
        reference::Reference,
    },
    ops::{
        context::current_accounts,
        error::{OpError, account::AccountError},
    },
    store::Transaction,
};

/// Returns the id of the account that a reference names: by its Account ID, as people type it, or by its name. No meaning
/// takes precedence.
///
/// # Errors
/// [`AccountError::NotFound`], [`OpError::Ambiguous`].
pub fn resolve_account(
    tx: &mut Transaction<'_>,
    reference: &Reference,
) -> Result<AccountId, OpError> {
    let meant = accounts_meant_by(current_accounts(tx)?, reference);
    match ensure_unique(reference, meant, |found| Ok(describe_accounts(found)))? {
        Some(account) => Ok(account.id),
        None => Err(AccountError::NotFound(reference.as_str().to_owned()).into()),
    }
}

/// Returns those of the accounts that a reference can mean. A removed account has no name any longer.
pub(super) fn accounts_meant_by(mut accounts: Vec<Account>, reference: &Reference) -> Vec<Account> {
    let (id, key) = (AccountId::parse_typed(reference.as_str()).ok(), reference.folded());
    accounts.retain(|account| {
        Some(account.id) == id || account.removed.is_none() && account.name.folded() == key
    });
    accounts
}
