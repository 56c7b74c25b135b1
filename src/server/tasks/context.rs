//! What every background thread works with.

use std::sync::Arc;

use crate::{
    domain::{actor::Actor, instant::Clock},
    ops::OpContext,
    server::{log::Log, store_handle::OpenStore},
    store::Store,
};

/// The store, the clock, the actor and the log of background threads.
#[derive(Clone)]
pub struct TaskContext<'t> {
    /// Opens the store.
    pub open_store: &'t OpenStore,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The actor that the audit log names for what the gate does by itself.
    pub actor: &'t Actor,
    /// The log.
    pub log: Log,
}

impl TaskContext<'_> {
    /// Returns the context of an operation on an open store.
    pub fn op_context<'s>(&'s self, store: &'s Store) -> OpContext<'s> {
        OpContext::unattended(store, &*self.clock, self.actor)
    }
}
