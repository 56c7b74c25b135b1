//! Why the gate can't decide.

/// Why neither the cache nor the store answered a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unavailable {
    /// The store did not answer, or the cache is older than the policy allows. Sent as status 503.
    StoreUnreachable,
    /// A queue is full. Sent as status 429, or 403 where the proxy can't carry it.
    Overloaded,
}
