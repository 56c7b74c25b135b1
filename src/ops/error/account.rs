//! Errors about accounts.

use crate::domain::directory::account::AccountId;

/// Why an account was not found, not chosen or not added.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// No account has this Account ID.
    #[error("account {0} not found")]
    NotFound(AccountId),
    /// No account was chosen, and the store has several: these.
    #[error("the store has several accounts; choose one")]
    AccountRequired(Vec<AccountId>),
    /// Another account has the Account ID.
    #[error("account {0} already exists")]
    Exists(AccountId),
}
