//! Reports of errors about accounts.

use serde_json::json;

use super::error_report::ErrorReport;
use crate::{exit::Exit, ops::AccountError};

/// Maps an error about accounts to its code, hint and exit code.
pub(super) fn describe(error: &AccountError) -> ErrorReport {
    match error {
        AccountError::NotFound(_) => {
            ErrorReport::new(Exit::NotFound, "no_such_account").with_hint("gatepass account list")
        }
        AccountError::AccountRequired(accounts) => {
            let accounts: Vec<&str> = accounts.iter().map(|account| account.as_str()).collect();
            ErrorReport::new(Exit::Usage, "several_accounts")
                .with_hint(format!(
                    "set --account or GATEPASS_ACCOUNT to one of {}",
                    accounts.join(", ")
                ))
                .with_details(json!({ "accounts": accounts }))
        }
        AccountError::Exists(_) => {
            ErrorReport::new(Exit::Conflict, "account_exists").with_hint("gatepass account list")
        }
    }
}
