//! What errors about legacy keys come to.

use serde_json::json;

use super::Told;
use crate::{domain::credential::State, exit::Exit, ops::legacy::LegacyError};

pub(super) fn tell(error: &LegacyError) -> Told {
    match error {
        LegacyError::Weak { bits } => Told::new(Exit::Usage, "weak_legacy_key")
            .hint("give --allow-weak if the app can't change it; SECURITY.md tells what that means")
            .details(json!({ "bits": bits })),
        LegacyError::Present { id, state, .. } => Told::new(Exit::Conflict, "legacy_key_present")
            .hint(format!("gatepass revoke {id} first, or let it stay as it is"))
            .details(json!({"id": id.to_string(), "state": state.as_str()})),
        LegacyError::Known { id, state, .. } => Told::new(Exit::Conflict, "secret_known")
            .hint(match state {
                State::Revoked | State::Deleted => {
                    "what was ended stays ended: gatepass grant-app gives the app tokens"
                }
                _ => "each app needs a key of its own; nothing was changed",
            })
            .details(json!({"id": id.to_string(), "state": state.as_str()})),
        LegacyError::Incomplete { missing } => Told::new(Exit::Usage, "incomplete_policy")
            .hint(format!("give {} as well", enumerated(missing)))
            .details(json!({ "missing": missing })),
        LegacyError::LimitedUnannounced { .. } => Told::new(Exit::Usage, "policy_order")
            .hint("announce first, limit then: --announce DATE --limit-from DATE"),
        LegacyError::SunsetBeforeLimit { .. } => Told::new(Exit::Usage, "policy_order")
            .hint("limit first, end then: --limit-from DATE --sunset DATE"),
        LegacyError::NoPolicy(_) => Told::new(Exit::Conflict, "no_policy")
            .hint("gatepass legacy policy --help tells how to set one"),
    }
}

/// Words as a sentence lists them.
fn enumerated(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [some @ .., last] => format!("{} and {last}", some.join(", ")),
    }
}
