//! When a coming expiry is announced.

use crate::domain::{
    credential::{Credential, State},
    instant::Instant,
};

/// Returns whether the expiry of a credential is to be announced at `now`: it is expiring, and was not when the expiry was
/// set. Otherwise there is no news: the notice of the creation or of the change contained the expiry.
pub fn is_expiry_announced(credential: &Credential, now: Instant) -> bool {
    let when_set = State::of(false, false, credential.expiry, credential.expiry_set_at);
    when_set == State::Active && credential.state(now) == State::Expiring
}
