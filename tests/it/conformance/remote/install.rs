//! Runs the commands of an environment on a store behind a network.

use std::sync::Arc;

use super::{driver::RemoteDriver, faults::Fault, network::Network};
use crate::support::test_env::TestEnv;

impl RemoteDriver {
    /// Puts a network between the commands of an environment and its store.
    pub fn install(env: &mut TestEnv) -> Arc<Network> {
        let network = Arc::new(Network::new());
        env.driver = Arc::new(Self { network: network.clone(), fault: Fault::None });
        network
    }
}
