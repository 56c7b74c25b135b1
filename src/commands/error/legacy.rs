//! Reports of errors about legacy keys.

use serde_json::json;

use super::error_report::ErrorReport;
use crate::{domain::credential::State, exit::Exit, ops::LegacyError};

/// Maps an error about legacy keys to its code, hint and exit code.
pub(super) fn describe(error: &LegacyError) -> ErrorReport {
    match error {
        LegacyError::Weak { bits } => ErrorReport::new(Exit::Usage, "weak_legacy_key")
            .with_hint(
                "give --allow-weak if the app can't change it; SECURITY.md tells what that means",
            )
            .with_details(json!({ "bits": bits })),
        LegacyError::AlreadyHasKey { id, state, .. } => {
            ErrorReport::new(Exit::Conflict, "legacy_key_present")
                .with_hint(format!("gatepass revoke {id} first, or let it stay as it is"))
                .with_details(json!({"id": id.to_string(), "state": state.as_str()}))
        }
        LegacyError::SecretInUse { id, state, .. } => {
            ErrorReport::new(Exit::Conflict, "secret_known")
                .with_hint(match state {
                    State::Revoked | State::Deleted => {
                        "what was ended stays ended: gatepass grant-app gives the app tokens"
                    }
                    State::Active | State::Expiring | State::Expired => {
                        "each app needs a key of its own; nothing was changed"
                    }
                })
                .with_details(json!({"id": id.to_string(), "state": state.as_str()}))
        }
        LegacyError::IncompletePolicy { missing } => {
            ErrorReport::new(Exit::Usage, "incomplete_policy")
                .with_hint(format!("give {} as well", join_words(missing)))
                .with_details(json!({ "missing": missing }))
        }
        LegacyError::LimitBeforeAnnouncement { .. } => {
            ErrorReport::new(Exit::Usage, "policy_order")
                .with_hint("announce first, limit then: --announce DATE --limit-from DATE")
        }
        LegacyError::SunsetBeforeLimit { .. } => ErrorReport::new(Exit::Usage, "policy_order")
            .with_hint("limit first, end then: --limit-from DATE --sunset DATE"),
        LegacyError::NoPolicy(_) => ErrorReport::new(Exit::Conflict, "no_policy")
            .with_hint("gatepass legacy policy --help tells how to set one"),
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
