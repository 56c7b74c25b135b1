//! The network between a program and its database. Its behaviour is set by a test, and shared by all connections.

use std::{
    sync::{Mutex, MutexGuard},
    thread,
    time::Duration,
};

use gatepass::store::StoreError;
use rand_chacha::{
    ChaCha20Rng,
    rand_core::{Rng as _, SeedableRng},
};

/// A number of refused attempts to connect that only [`Network::restore`] ends.
pub const FOREVER: usize = usize::MAX;

/// The half of a round trip that a lost connection loses. It makes a difference only for a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// The request: the database does not commit.
    Request,
    /// The answer: the database commits, and the program does not hear of it.
    Answer,
}

impl Lost {
    /// Both halves.
    pub const EITHER: [Self; 2] = [Self::Request, Self::Answer];
}

/// A round trip as the network sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoundTrip {
    /// The beginning of a transaction, or a call in one.
    Call,
    /// A commit.
    Commit,
}

/// When the connection is lost next.
enum Plan {
    Never,
    /// After this number of further round trips.
    AfterCalls(usize, Lost),
    /// After this number of further commits.
    AfterCommits(usize, Lost),
    /// In one of this number of round trips.
    OneIn(u32, Box<ChaCha20Rng>),
}

/// Something that happens at the moment in which a connection is lost.
type Meanwhile = Box<dyn FnOnce() + Send>;

struct State {
    round_trips: usize,
    longest_transaction: usize,
    delay: Duration,
    plan: Plan,
    /// How many attempts to connect fail after a connection was lost.
    refusals_after_loss: usize,
    /// How many more attempts to connect fail.
    refusals: usize,
    meanwhile: Option<Meanwhile>,
}

/// The network between a program and its database.
pub struct Network(Mutex<State>);

impl Network {
    /// Creates a network without delay that loses nothing.
    pub fn new() -> Self {
        Self(Mutex::new(State {
            round_trips: 0,
            longest_transaction: 0,
            delay: Duration::ZERO,
            plan: Plan::Never,
            refusals_after_loss: 0,
            refusals: 0,
            meanwhile: None,
        }))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    /// Returns the number of round trips since the last call.
    pub fn take_round_trips(&self) -> usize {
        std::mem::take(&mut self.state().round_trips)
    }

    /// Returns the number of round trips of the longest transaction that ended since the last call.
    pub fn take_longest_transaction(&self) -> usize {
        std::mem::take(&mut self.state().longest_transaction)
    }

    /// Notes that a transaction of this number of round trips has ended.
    pub fn end_transaction(&self, round_trips: usize) {
        let mut state = self.state();
        state.longest_transaction = state.longest_transaction.max(round_trips);
    }

    /// Delays every round trip.
    pub fn delay(&self, delay: Duration) {
        self.state().delay = delay;
    }

    /// Loses the connection in round trip `number` from now on, counted from 1.
    pub fn lose_call(&self, number: usize, lost: Lost) {
        self.state().plan = Plan::AfterCalls(number - 1, lost);
    }

    /// Loses the connection in commit `number` from now on, counted from 1.
    pub fn lose_commit(&self, number: usize, lost: Lost) {
        self.state().plan = Plan::AfterCommits(number - 1, lost);
    }

    /// Loses the connection in one of `calls` round trips, the same ones for the same seed.
    pub fn lose_one_in(&self, calls: u32, seed: u64) {
        self.state().plan = Plan::OneIn(calls, Box::new(ChaCha20Rng::seed_from_u64(seed)));
    }

    /// Stops losing connections, and accepts new ones.
    pub fn restore(&self) {
        let mut state = self.state();
        (state.plan, state.refusals_after_loss, state.refusals) = (Plan::Never, 0, 0);
    }

    /// Refuses this many attempts to connect after a connection was lost.
    pub fn refuse_after_loss(&self, attempts: usize) {
        self.state().refusals_after_loss = attempts;
    }

    /// Does something at the moment in which the next connection is lost, before it can be replaced.
    pub fn meanwhile(&self, action: impl FnOnce() + Send + 'static) {
        self.state().meanwhile = Some(Box::new(action));
    }

    /// Connects again after a connection was lost.
    pub fn connect(&self) -> Result<(), StoreError> {
        let mut state = self.state();
        if state.refusals == 0 {
            return Ok(());
        }
        if state.refusals != FOREVER {
            state.refusals -= 1;
        }
        Err(StoreError::Inaccessible("connection refused".to_owned()))
    }

    /// Makes a round trip. Returns what was lost, if the connection was; the caller then closes it and calls
    /// [`Self::after_loss`].
    pub fn round_trip(&self, kind: RoundTrip) -> Option<Lost> {
        let mut state = self.state();
        state.round_trips += 1;
        let lost = state.plan.next(kind);
        if lost.is_some() {
            state.refusals = state.refusals_after_loss;
        }
        let delay = state.delay;
        drop(state);
        thread::sleep(delay);
        lost
    }

    /// Does what a test wants to happen after a connection was lost.
    pub fn after_loss(&self) {
        let meanwhile = self.state().meanwhile.take();
        if let Some(action) = meanwhile {
            action();
        }
    }
}

impl Plan {
    /// Returns what is lost in the next round trip.
    fn next(&mut self, kind: RoundTrip) -> Option<Lost> {
        let (left, lost) = match self {
            Self::Never => return None,
            Self::AfterCommits(..) if kind != RoundTrip::Commit => return None,
            Self::OneIn(calls, rng) => {
                let lost = if rng.next_u32() % 2 == 0 { Lost::Request } else { Lost::Answer };
                return (rng.next_u32() % *calls == 0).then_some(lost);
            }
            Self::AfterCalls(left, lost) | Self::AfterCommits(left, lost) => (left, *lost),
        };
        if *left > 0 {
            *left -= 1;
            return None;
        }
        *self = Self::Never;
        Some(lost)
    }
}
