//! The stand-in: another backend, behind a network.

use std::{
    cell::{Cell, RefCell},
    ops::ControlFlow,
    sync::Arc,
    time::Duration,
};

use gatepass::store::{
    Access, StoreError,
    port::{
        backend::{Backend, BackendTransaction, BegunTransaction, SchemaRepair},
        batch::BatchCallback,
        record::{AuditEntry, Head, WithMac},
    },
};

use super::{
    faults::Fault,
    network::{Lost, Network, RoundTrip},
};

/// A backend behind a network.
pub struct RemoteBackend {
    backend: Box<dyn Backend>,
    network: Arc<Network>,
    pub fault: Fault,
    is_connected: Cell<bool>,
    /// The audit records of transactions whose commit was lost.
    pub uncommitted: RefCell<Vec<WithMac<AuditEntry>>>,
}

impl RemoteBackend {
    /// Puts a backend behind a network.
    pub fn new(backend: Box<dyn Backend>, network: Arc<Network>, fault: Fault) -> Self {
        let (is_connected, uncommitted) = (Cell::new(true), RefCell::default());
        Self { backend, network, fault, is_connected, uncommitted }
    }

    /// Connects if the connection was lost before.
    fn connect(&self) -> Result<(), StoreError> {
        if !self.is_connected.get() {
            self.network.connect()?;
            self.is_connected.set(true);
        }
        Ok(())
    }

    /// Notices the loss of the connection. The transaction in it must have been rolled back.
    fn disconnect(&self) {
        self.is_connected.set(false);
        self.network.after_loss();
    }
}

fn connection_lost() -> StoreError {
    StoreError::Inaccessible("connection lost".to_owned())
}

impl Backend for RemoteBackend {
    fn begin(&self, access: Access) -> Result<BegunTransaction<'_>, StoreError> {
        self.connect()?;
        if self.network.round_trip(RoundTrip::Call).is_some() {
            self.disconnect();
            return Err(connection_lost());
        }
        let BegunTransaction { transaction, head } = self.backend.begin(access)?;
        let transaction = Box::new(RemoteTransaction {
            inner: Some(transaction),
            access,
            remote: self,
            round_trips: 1,
            inserted: Vec::new(),
        });
        Ok(BegunTransaction { transaction, head })
    }

    fn wait_for_change(
        &self,
        timeout: Duration,
        is_interrupted: &dyn Fn() -> bool,
    ) -> Result<bool, StoreError> {
        self.connect()?;
        self.backend.wait_for_change(timeout, is_interrupted)
    }

    fn is_same_database(&self) -> bool {
        self.backend.is_same_database()
    }

    fn check_schema(&self) -> Result<Vec<String>, StoreError> {
        self.backend.check_schema()
    }

    fn repair_schema(&self) -> Result<SchemaRepair, StoreError> {
        self.backend.repair_schema()
    }

    fn check_integrity(&self) -> Result<Vec<String>, StoreError> {
        self.backend.check_integrity()
    }

    fn commit_recovery_time(&self) -> Duration {
        Duration::from_millis(300)
    }
}

/// A transaction behind a network; [`super::tables`] implements the tables for it.
pub struct RemoteTransaction<'b> {
    /// `None` after the connection was lost.
    inner: Option<Box<dyn BackendTransaction + 'b>>,
    access: Access,
    pub remote: &'b RemoteBackend,
    /// Those of this transaction, its beginning included.
    round_trips: usize,
    /// The audit records that the transaction has inserted.
    pub inserted: Vec<WithMac<AuditEntry>>,
}

impl<'b> RemoteTransaction<'b> {
    /// Makes a call of one round trip.
    pub fn call<T>(
        &mut self,
        call: impl FnOnce(&mut (dyn BackendTransaction + 'b)) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.round_trip()?;
        call(self.inner()?)
    }

    /// Makes a scan of one round trip for each batch, or of one if there are no rows.
    pub fn scan<T>(
        &mut self,
        scan: impl FnOnce(
            &mut (dyn BackendTransaction + 'b),
            &mut BatchCallback<'_, T>,
        ) -> Result<(), StoreError>,
        each: &mut BatchCallback<'_, T>,
    ) -> Result<(), StoreError> {
        let (network, mut batches, mut is_lost) = (&self.remote.network, 0, false);
        let scanned = scan(self.inner()?, &mut |batch| {
            batches += 1;
            is_lost = network.round_trip(RoundTrip::Call).is_some();
            if is_lost { ControlFlow::Break(()) } else { each(batch) }
        });
        self.round_trips += batches;
        match (batches, is_lost) {
            (_, true) => Err(self.lose()),
            (0, _) => self.round_trip().and(scanned),
            _ => scanned,
        }
    }

    fn inner(&mut self) -> Result<&mut (dyn BackendTransaction + 'b), StoreError> {
        self.inner.as_deref_mut().ok_or_else(connection_lost)
    }

    fn round_trip(&mut self) -> Result<(), StoreError> {
        self.inner()?;
        self.round_trips += 1;
        match self.remote.network.round_trip(RoundTrip::Call) {
            Some(_) => Err(self.lose()),
            None => Ok(()),
        }
    }

    /// Rolls back, because the connection was lost.
    fn lose(&mut self) -> StoreError {
        self.inner = None;
        if self.remote.fault == Fault::GoesOnAfterLoss {
            self.inner = self.remote.backend.begin(self.access).ok().map(|begun| begun.transaction);
        } else {
            self.remote.disconnect();
        }
        connection_lost()
    }
}

impl Drop for RemoteTransaction<'_> {
    fn drop(&mut self) {
        self.remote.network.end_transaction(self.round_trips);
    }
}

impl BackendTransaction for RemoteTransaction<'_> {
    fn insert_head(&mut self, key_check: &[u8], head: &WithMac<Head>) -> Result<(), StoreError> {
        self.call(|inner| inner.insert_head(key_check, head))
    }

    fn commit(mut self: Box<Self>, head: Option<&WithMac<Head>>) -> Result<(), StoreError> {
        let RemoteBackend { network, fault, .. } = self.remote;
        let inner = self.inner.take().ok_or_else(connection_lost)?;
        self.round_trips += 1;
        let Some(lost) = network.round_trip(RoundTrip::Commit) else { return inner.commit(head) };
        match lost {
            Lost::Answer => inner.commit(head)?,
            Lost::Request => {
                drop(inner);
                self.remote.uncommitted.borrow_mut().append(&mut self.inserted);
            }
        }
        self.remote.disconnect();
        match fault {
            Fault::AcknowledgesLostCommits => Ok(()),
            Fault::DeniesDoubtfulCommits => Err(StoreError::CommitLost),
            _ => Err(StoreError::CommitUnknown(None)),
        }
    }
}
