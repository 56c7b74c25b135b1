//! Stores without one of their guards.

use std::{fs, sync::Arc};

use gatepass::{
    domain::{audit::Action, instant::Instant, store_address::StoreAddress},
    store::{
        AuditContext, BackendByAddress, LockWait, LockedStore, Mode, OnNewStore, RepairReport,
        StoreDriver, StoreError, port::backend::Backend,
    },
};

use super::target::Target;
use crate::{
    conformance::known_bad::{backend::FaultyBackend, faults::Fault},
    support::test_env::START_TIME,
};

/// What protects a store from older rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// The newest audit record of each row that is looked up.
    NewestRecord,
    /// The sums of the tables.
    Sums,
    /// What the machine remembers of the newest store that it has seen.
    HistoryMark,
}

impl Guard {
    /// Removes the guard from a store. The guard is back where a later process opens the store.
    pub fn remove_from(self, target: &mut Target) {
        match self {
            Self::NewestRecord => target.env.driver = Arc::new(TrustingDriver),
            Self::Sums => {
                compute_sums_again(target);
                Self::HistoryMark.remove_from(target);
            }
            Self::HistoryMark => fs::remove_dir_all(target.env.path(".local/state")).unwrap(),
        }
    }
}

/// Makes the sums those of the rows as they are, which nobody can do without the key.
fn compute_sums_again(target: &Target) {
    let store = target.env.open_store();
    let mut tx = store.begin_repair().unwrap();
    let context = AuditContext {
        actor: &target.env.actor,
        at: Instant::parse_rfc3339(START_TIME).unwrap(),
        action: Action::StoreRepair,
    };
    tx.finish_repair(&context, &mut RepairReport::default()).unwrap();
    tx.commit().unwrap();
}

/// Opens stores whose backend says of each row that no newer audit record is about it.
struct TrustingDriver;

fn trusting(backend: Box<dyn Backend>) -> Box<dyn Backend> {
    Box::new(FaultyBackend { backend, fault: Fault::ReportsEachRowAsTheNewest })
}

impl StoreDriver for TrustingDriver {
    fn open(
        &self,
        address: &StoreAddress,
        mode: Mode,
        wait: LockWait,
    ) -> Result<Box<dyn Backend>, StoreError> {
        BackendByAddress.open(address, mode, wait).map(trusting)
    }

    fn create(
        &self,
        address: &StoreAddress,
        wait: LockWait,
        on_new: &mut OnNewStore<'_>,
    ) -> Result<Box<dyn Backend>, StoreError> {
        BackendByAddress.create(address, wait, on_new).map(trusting)
    }

    fn lock(&self, address: &StoreAddress) -> Result<Box<dyn LockedStore>, StoreError> {
        BackendByAddress.lock(address)
    }
}
