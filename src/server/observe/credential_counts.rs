//! Counts of credentials by state.

use crate::{
    domain::{
        credential::{State, lifetime::Expiry},
        directory::id::CredentialId,
        instant::Instant,
    },
    server::cache::index_cache::Cache,
};

/// The most credentials that are listed by id: those that expire first.
const MAX_LISTED_CREDENTIALS: usize = 10_000;

/// The counts at one time. All are zero while there is no index.
pub struct CredentialCounts {
    /// The number of credentials in each state, in the order of [`State::ALL`].
    pub by_state: [i64; State::ALL.len()],
    /// The credentials that expire soon, first ones first.
    pub expiring: Vec<(Instant, CredentialId)>,
}

impl CredentialCounts {
    /// Counts the credentials in the cache.
    pub fn of(cache: &Cache) -> Self {
        let now = cache.now();
        let mut counts = Self { by_state: [0; State::ALL.len()], expiring: Vec::new() };
        if let Some(index) = &*cache.index.load() {
            index.scan(|entry| {
                let state = State::of(entry.is_deleted(), entry.is_revoked(), entry.expiry(), now);
                counts.by_state[state as usize] += 1;
                if let (State::Expiring, Expiry::At(expiry)) = (state, entry.expiry()) {
                    counts.expiring.push((expiry, entry.id()));
                }
            });
        }
        counts.expiring.sort_unstable();
        counts.expiring.truncate(MAX_LISTED_CREDENTIALS);
        counts
    }
}
