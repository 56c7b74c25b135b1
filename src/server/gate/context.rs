//! What all workers share.

use std::sync::{Arc, mpsc::Sender};

use arc_swap::ArcSwap;

use crate::{
    config::gate_policy::GatePolicy,
    keys::Keys,
    server::{
        cache::{index_cache::Cache, store_lookup::StoreLookup},
        decision::rate_limiter::RateLimiter,
        log::Log,
        tasks::{client_request::ClientApi, first_use::FirstUse, usage::UsageBuffer},
    },
};

/// The shared state and the queues of all workers.
#[derive(Clone)]
pub struct WorkerContext {
    /// The cache of the store.
    pub cache: Arc<Cache>,
    /// Looks up what the cache does not know.
    pub store_lookup: StoreLookup,
    /// The keys of the store.
    pub keys: Arc<Keys>,
    /// The policy, which control replaces.
    pub policy: Arc<ArcSwap<GatePolicy>>,
    /// Runs the requests of apps.
    pub client_api: ClientApi,
    /// Counts the requests of each credential.
    pub rate_limiter: Arc<RateLimiter>,
    /// Collects the usage of credentials.
    pub usage: Arc<UsageBuffer>,
    /// Requests the end of overlaps.
    pub first_uses: Sender<FirstUse>,
    /// Logs decisions.
    pub log: Log,
}
