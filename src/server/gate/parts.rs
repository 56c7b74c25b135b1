//! What the gate is built from.

use std::sync::Arc;

use rand::CryptoRng;

use crate::{
    config::gate_policy::GatePolicy,
    domain::{actor::Actor, instant::Clock},
    keys::Keys,
    ops::outbox::send::SharedTransport,
    server::{http::listener::Listener, store_handle::OpenStore},
};

/// Reads the policy again; an error is a message for the log.
pub type ReloadPolicy<'r> = dyn FnMut() -> Result<GatePolicy, String> + Send + 'r;

/// The parts of a gate.
pub struct Gate<'g> {
    /// Accepts the requests of proxies and apps.
    pub listener: Listener,
    /// Accepts health checks and requests for metrics.
    pub ops_listener: Listener,
    /// The policy at the start.
    pub policy: GatePolicy,
    /// Opens the store.
    pub open_store: &'g OpenStore,
    /// The keys of the store.
    pub keys: Keys,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The actor that the audit log names for what the gate does by itself.
    pub actor: &'g Actor,
    /// Sends messages to apps; `None` if another process does.
    pub transport: Option<SharedTransport>,
    /// The randomness of new secrets.
    pub entropy: &'g mut (dyn CryptoRng + Send),
    /// A random number for the request ids of each worker; its length is the number of workers.
    pub request_id_seeds: Vec<u64>,
    /// Reads the policy again on SIGHUP.
    pub reload: Box<ReloadPolicy<'g>>,
    /// Notifies the service manager of each phase.
    pub notify: &'g (dyn Fn(ServicePhase) + Sync),
}

/// The phases that a service manager is notified of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServicePhase {
    /// The gate accepts requests.
    Ready,
    /// The gate reads its policy again.
    Reloading,
    /// The gate shuts down.
    Stopping,
}
