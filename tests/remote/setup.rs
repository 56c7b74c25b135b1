//! What a test sets up by environment variables, none of which gatepass knows.

use std::{
    env,
    fs::{self, File},
    path::Path,
    sync::Arc,
    time::Duration,
};

use crate::{
    driver::RemoteDriver,
    faults::Fault,
    network::{Lost, Network},
};

/// A round trip takes this long.
const DELAY: Duration = Duration::from_millis(20);

/// How many attempts to connect the network refuses at most after a connection was lost: more than gatepass makes to
/// find out whether a commit was made.
const MAX_REFUSALS: usize = 4;

/// Which connections are lost.
#[derive(Clone, Copy)]
enum Losses {
    /// One in ten round trips, in every attempt.
    OneInTen,
    /// The first commit of a command.
    FirstCommit(Lost),
}

/// What a test sets up.
pub struct Setup {
    losses: Losses,
    fault: Fault,
    /// Whether the operator repeats a command whose outcome is unknown without asking whether its change was made.
    pub is_careless: bool,
    /// Determines which round trips are lost.
    seed: u64,
    /// The file for what the operator notes.
    pub notes: File,
}

impl Setup {
    /// Reads the environment. The process takes the first number that is free in the directory `REMOTE_NOTES`.
    pub fn from_env() -> Self {
        let value = |name: &str| env::var(name).unwrap_or_default();
        let losses = match &*value("REMOTE_LOSSES") {
            "" => Losses::OneInTen,
            "first-request" => Losses::FirstCommit(Lost::Request),
            "first-answer" => Losses::FirstCommit(Lost::Answer),
            other => panic!("REMOTE_LOSSES={other}"),
        };
        let (fault, is_careless) = match &*value("REMOTE_MISTAKE") {
            "" => (Fault::None, false),
            "acknowledges-lost-commits" => (Fault::AcknowledgesLostCommits, false),
            "repeats-unknown-changes" => (Fault::None, true),
            other => panic!("REMOTE_MISTAKE={other}"),
        };
        let (number, notes) = take_number(value("REMOTE_NOTES").as_ref());
        let seed = value("REMOTE_SEED").parse::<u64>().unwrap() << 32 | number << 16;
        Self { losses, fault, is_careless, seed, notes }
    }

    /// Returns the driver for an attempt, counted from 1. Each one has other losses.
    pub fn driver(&self, attempt: usize) -> Arc<RemoteDriver> {
        let network = Network::new();
        network.delay(DELAY);
        let seed = self.seed | attempt as u64;
        match self.losses {
            Losses::OneInTen => {
                network.lose_one_in(10, seed);
                network.refuse_after_loss(seed as usize % (MAX_REFUSALS + 1));
            }
            Losses::FirstCommit(lost) if attempt == 1 => {
                network.lose_commit(1, lost);
                network.refuse_after_loss(MAX_REFUSALS);
            }
            Losses::FirstCommit(_) => {}
        }
        Arc::new(RemoteDriver { network: Arc::new(network), fault: self.fault })
    }
}

/// Creates a file whose name is the first number that is free in a directory.
fn take_number(directory: &Path) -> (u64, File) {
    fs::create_dir_all(directory).unwrap();
    let mut numbers = 1..;
    numbers
        .find_map(|number| {
            Some((number, File::create_new(directory.join(number.to_string())).ok()?))
        })
        .unwrap()
}
