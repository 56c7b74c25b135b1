//! The suite on the stand-in.

use std::sync::Arc;

use gatepass::store::port::backend::Backend;

use super::{backend::RemoteBackend, faults::Fault, network::Network};
use crate::conformance::{
    backend_source::BackendSource,
    every_case::{every_case, tests},
    sqlite::SqliteSource,
};

every_case!(tests RemoteSource::new);

/// A store of its own behind a network.
pub struct RemoteSource {
    source: Box<dyn BackendSource>,
    /// The network between the store and all backends that the source opens.
    pub network: Arc<Network>,
    fault: Fault,
}

impl RemoteSource {
    pub fn new() -> Self {
        Self::with_fault(Fault::None)
    }

    pub fn with_fault(fault: Fault) -> Self {
        Self { source: Box::new(SqliteSource::new()), network: Arc::new(Network::new()), fault }
    }

    /// Returns another empty source with the same fault.
    pub fn another(&self) -> Self {
        Self::with_fault(self.fault)
    }

    fn behind_network(&self, backend: Box<dyn Backend>) -> Box<dyn Backend> {
        Box::new(RemoteBackend::new(backend, self.network.clone(), self.fault))
    }
}

impl BackendSource for RemoteSource {
    fn another_source(&self) -> Box<dyn BackendSource> {
        Box::new(self.another())
    }
    fn open(&self) -> Box<dyn Backend> {
        self.behind_network(self.source.open())
    }
    fn open_without_waiting(&self) -> Box<dyn Backend> {
        self.behind_network(self.source.open_without_waiting())
    }
    fn tamper(&self, statement: &str) {
        self.source.tamper(statement);
    }
    fn blob(&self, bytes: &[u8]) -> String {
        self.source.blob(bytes)
    }
    fn columns(&self, table: &str) -> Vec<String> {
        self.source.columns(table)
    }
}
