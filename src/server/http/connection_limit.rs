//! How many connections may be open at once.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// The most connections at once, if the open-file limit permits that many.
const MAX_CONNECTIONS: usize = 16_384;
/// How many open files are reserved for other purposes than connections.
const RESERVED_FILES: u64 = 128;

/// The number of open connections, and its limit.
pub struct ConnectionLimit {
    /// The most connections at once.
    pub max: usize,
    /// How many are open now.
    pub open: AtomicUsize,
}

impl ConnectionLimit {
    /// A limit that the open-file limit of the process permits, which is raised as far as the system allows.
    pub fn from_open_file_limit() -> Self {
        Self { max: max_connections(), open: AtomicUsize::new(0) }
    }

    /// Returns whether more than half of the permitted connections are open.
    pub fn is_crowded(&self) -> bool {
        self.open.load(Ordering::Relaxed) > self.max / 2
    }
}

/// The permit of one open connection; dropping it makes room for another.
pub struct ConnectionPermit(Arc<ConnectionLimit>);

impl ConnectionPermit {
    /// Returns a permit, or `None` if the limit is reached.
    pub fn acquire(limit: &Arc<ConnectionLimit>) -> Option<Self> {
        // Created first: if the limit is reached, dropping it takes back the increment.
        let permit = Self(limit.clone());
        (limit.open.fetch_add(1, Ordering::Relaxed) < limit.max).then_some(permit)
    }
}

impl Drop for ConnectionPermit {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::Relaxed);
    }
}

fn max_connections() -> usize {
    let files = getrlimit(Resource::Nofile);
    // If the system refuses, the current limit stays.
    setrlimit(Resource::Nofile, Rlimit { current: files.maximum, ..files }).ok();
    let files = getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX);
    let sockets = usize::try_from(files.saturating_sub(RESERVED_FILES)).unwrap_or(MAX_CONNECTIONS);
    sockets.clamp(1, MAX_CONNECTIONS)
}
