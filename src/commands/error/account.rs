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
        AccountError::NotEmpty { id, credentials, apps, districts } => {
            ErrorReport::new(Exit::Conflict, "account_not_empty")
                .with_hint(format!(
                    "delete its credentials (gatepass list --account {id}), and remove its apps and districts"
                ))
                .with_details(json!({
                    "account": id.as_str(),
                    "credentials": credentials,
                    "apps": apps,
                    "districts": districts,
                }))
        }
        AccountError::OnlyAccount(id) => ErrorReport::new(Exit::Conflict, "only_account")
            .with_hint("a store has at least one account; add another one first")
            .with_details(json!({ "account": id.as_str() })),
        AccountError::NameTaken { id, .. } => ErrorReport::new(Exit::Conflict, "name_taken")
            .with_hint(format!(
                "choose another name, or rename that one: gatepass account edit {id} --name NAME"
            ))
            .with_details(json!({ "account": id.as_str() })),
        AccountError::Exists(_) => {
            ErrorReport::new(Exit::Conflict, "account_exists").with_hint("gatepass account list")
        }
    }
}
