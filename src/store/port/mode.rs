//! How a backend opens a store.

/// The purpose for which a store is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// To read. The store must exist.
    Read,
    /// To write. The store must exist.
    Write,
    /// To write. Creates the store if it does not exist.
    Create,
}

/// How long to wait for a lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LockWait {
    /// Waits up to five seconds.
    UntilTimeout,
    /// Fails immediately if the lock is held.
    Never,
}
