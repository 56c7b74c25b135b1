//! The rule for announcing an expiry, for any credential at any time.

use gatepass::domain::{
    credential::{Credential, Revocation, lifetime::Expiry},
    instant::{DAY, Instant},
    notice::is_expiry_announced,
};
use proptest::prelude::*;

use crate::support::records::account_passcode;

/// Seconds, mostly around 30 days.
fn duration() -> impl Strategy<Value = i64> {
    prop_oneof![(-2..=2i64).prop_map(|offset| 30 * DAY + offset), 0..400 * DAY]
}

proptest! {
    /// The threshold lies after the instant at which the expiry was set, and has been reached. A revoked credential has
    /// no expiry to announce.
    #[test]
    fn an_expiry_is_announced_after_its_threshold_was_crossed(
        set_at in 0..4_000_000_000i64,
        lifetime in prop::option::weighted(0.9, duration()),
        left in duration(),
        is_revoked in any::<bool>(),
    ) {
        let end = lifetime.map(|seconds| set_at + seconds);
        let now = end.map_or(set_at + left, |end| end - left);
        let mut credential = Credential {
            expiry: Expiry::from_option(end.map(Instant::from_unix)),
            expiry_set_at: Instant::from_unix(set_at),
            ..account_passcode(1, "Partner")
        };
        if is_revoked {
            credential.revoked = Some(Revocation {
                at: Instant::from_unix(set_at),
                by: "ann@host".to_owned(),
                reason: None,
            });
        }
        let crossed = end.is_some_and(|end| {
            let threshold = end - 30 * DAY;
            set_at < threshold && threshold <= now && now < end
        });
        prop_assert_eq!(
            is_expiry_announced(&credential, Instant::from_unix(now)),
            crossed && !is_revoked
        );
    }
}
