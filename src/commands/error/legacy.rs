//! Reports of errors about legacy keys.

use serde_json::json;

use super::error_report::ErrorReport;
use crate::{domain::credential::State, exit::Exit, ops::LegacyError};

/// Maps an error about legacy keys to its code, hint and exit code.
pub(super) fn describe(error: &LegacyError) -> ErrorReport {
    match error {
        LegacyError::Weak { bits } => ErrorReport::new(Exit::Usage, "weak_legacy_key")
            .with_hint(
                "use --allow-weak if the app can't change it; SECURITY.md describes the risk",
            )
            .with_details(json!({ "bits": bits })),
        LegacyError::AlreadyHasKey { id, state, .. } => {
            ErrorReport::new(Exit::Conflict, "legacy_key_present")
                .with_hint(format!("to replace it, revoke it first: gatepass revoke {id}"))
                .with_details(json!({"id": id.to_string(), "state": state.as_str()}))
        }
        LegacyError::SecretInUse { id, state, .. } => {
            ErrorReport::new(Exit::Conflict, "secret_known")
                .with_hint(match state {
                    State::Revoked | State::Deleted => {
                        "a revoked or deleted secret can't be imported again; to create tokens: gatepass grant-app"
                    }
                    State::Active | State::Expiring | State::Expired => {
                        "each app needs its own key; nothing was changed"
                    }
                })
                .with_details(json!({"id": id.to_string(), "state": state.as_str()}))
        }
        LegacyError::IncompletePolicy { missing } => {
            ErrorReport::new(Exit::Usage, "incomplete_policy")
                .with_hint(format!("also set {}", join_words(missing)))
                .with_details(json!({ "missing": missing }))
        }
        LegacyError::LimitBeforeAnnouncement { .. } => {
            ErrorReport::new(Exit::Usage, "policy_order")
                .with_hint("the limit can't start before the announcement: --announce DATE --limit-from DATE")
        }
        LegacyError::SunsetBeforeLimit { .. } => ErrorReport::new(Exit::Usage, "policy_order")
            .with_hint("the sunset can't come before the limit: --limit-from DATE --sunset DATE"),
    }
}

/// Joins words as in "a, b and c".
fn join_words(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [some @ .., last] => format!("{} and {last}", some.join(", ")),
    }
}
