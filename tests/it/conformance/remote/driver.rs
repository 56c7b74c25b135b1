//! Runs the program on a store behind a network.

use std::sync::Arc;

use gatepass::{
    domain::store_address::StoreAddress,
    store::{
        BackendByAddress, LockWait, LockedStore, Mode, StoreDriver, StoreError,
        port::backend::Backend,
    },
};

use super::{backend::RemoteBackend, faults::Fault, network::Network};
use crate::support::test_env::TestEnv;

/// Opens every store behind the same network.
pub struct RemoteDriver {
    network: Arc<Network>,
}

impl RemoteDriver {
    /// Puts a network between the commands of an environment and its store.
    pub fn install(env: &mut TestEnv) -> Arc<Network> {
        let network = Arc::new(Network::new());
        env.driver = Arc::new(Self { network: network.clone() });
        network
    }
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
        Ok(Box::new(RemoteBackend::new(backend, self.network.clone(), Fault::None)))
    }

    fn lock(&self, address: &StoreAddress) -> Result<Box<dyn LockedStore>, StoreError> {
        self.network.connect()?;
        BackendByAddress.lock(address)
    }
}
