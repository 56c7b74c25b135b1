//! Opens stores behind a network.

use std::sync::Arc;

use gatepass::{
    domain::store_address::StoreAddress,
    store::{
        BackendByAddress, LockWait, LockedStore, Mode, OnNewStore, StoreDriver, StoreError,
        port::backend::Backend,
    },
};

use super::{backend::RemoteBackend, faults::Fault, network::Network};

/// Opens every store behind the same network.
pub struct RemoteDriver {
    pub network: Arc<Network>,
    pub fault: Fault,
}

impl StoreDriver for RemoteDriver {
    fn open(
        &self,
        address: &StoreAddress,
        mode: Mode,
        wait: LockWait,
    ) -> Result<Box<dyn Backend>, StoreError> {
        self.network.connect()?;
        let backend = BackendByAddress.open(address, mode, wait)?;
        Ok(Box::new(RemoteBackend::new(backend, self.network.clone(), self.fault)))
    }

    fn create(
        &self,
        address: &StoreAddress,
        wait: LockWait,
        on_new: &mut OnNewStore<'_>,
    ) -> Result<Box<dyn Backend>, StoreError> {
        self.network.connect()?;
        let backend = BackendByAddress.create(address, wait, on_new)?;
        Ok(Box::new(RemoteBackend::new(backend, self.network.clone(), self.fault)))
    }

    fn lock(&self, address: &StoreAddress) -> Result<Box<dyn LockedStore>, StoreError> {
        self.network.connect()?;
        BackendByAddress.lock(address)
    }
}
