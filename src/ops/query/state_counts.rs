//! Numbers of credentials by state.

use crate::domain::credential::State;

/// The number of credentials in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StateCounts([u64; State::ALL.len()]);

impl StateCounts {
    /// Counts one more credential.
    pub(super) fn add(&mut self, state: State) {
        self.0[state as usize] += 1;
    }

    /// Returns the number of credentials in one state.
    pub fn get(&self, state: State) -> u64 {
        self.0[state as usize]
    }

    /// Returns all states with their numbers, in the order of [`State::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = (State, u64)> {
        State::ALL.into_iter().zip(self.0)
    }
}
