//! Errors about accounts.

use crate::domain::directory::account::AccountId;

/// Why an account was not found, not chosen or not added.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// No account has this Account ID or name.
    #[error("account {0} not found")]
    NotFound(String),
    /// No account was chosen, and the store has several: these.
    #[error("the store has several accounts; choose one")]
    AccountRequired(Vec<AccountId>),
    /// Another account has the Account ID.
    #[error("account {0} already exists")]
    Exists(AccountId),
    /// The account can't be removed, because it has credentials that were not deleted, or apps or districts.
    #[error(
        "account {id} is not empty: credentials: {credentials}, apps: {apps}, districts: {districts}"
    )]
    NotEmpty {
        /// The Account ID.
        id: AccountId,
        /// The number of its credentials that were not deleted.
        credentials: u64,
        /// The number of its apps.
        apps: u64,
        /// The number of its districts.
        districts: u64,
    },
    /// The account can't be removed, because it is the only one.
    #[error("account {0} is the only account of the store")]
    OnlyAccount(AccountId),
    /// Another account has the name.
    #[error("the name {name} is already taken by account {id}")]
    NameTaken {
        /// The name.
        name: String,
        /// The account that has it.
        id: AccountId,
    },
}
