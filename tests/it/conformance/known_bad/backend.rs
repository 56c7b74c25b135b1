//! A backend with one fault: everything else goes to a sound backend.

use std::{ops::ControlFlow, time::Duration};

use gatepass::{
    domain::seq::AuditSeq,
    store::{
        Access, StoreError,
        port::{
            backend::{Backend, BackendTransaction, BegunTransaction, SchemaRepair},
            batch::BatchCallback,
            record::{FoundRow, Head, WithMac},
        },
    },
};

use super::faults::Fault;
use crate::conformance::{backend_source::BackendSource, sqlite::SqliteSource};

/// A source of faulty backends.
pub struct FaultySource {
    source: Box<dyn BackendSource>,
    fault: Fault,
}

impl FaultySource {
    pub fn new(fault: Fault) -> Self {
        Self { source: Box::new(SqliteSource::new()), fault }
    }

    fn with_fault(&self, backend: Box<dyn Backend>) -> Box<dyn Backend> {
        Box::new(FaultyBackend { backend, fault: self.fault })
    }
}

impl BackendSource for FaultySource {
    fn another_source(&self) -> Box<dyn BackendSource> {
        Box::new(Self { source: self.source.another_source(), fault: self.fault })
    }
    fn open(&self) -> Box<dyn Backend> {
        self.with_fault(self.source.open())
    }
    fn open_without_waiting(&self) -> Box<dyn Backend> {
        self.with_fault(self.source.open_without_waiting())
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

/// A backend with a fault.
pub struct FaultyBackend {
    pub backend: Box<dyn Backend>,
    pub fault: Fault,
}

impl Backend for FaultyBackend {
    fn begin(&self, access: Access) -> Result<BegunTransaction<'_>, StoreError> {
        let locks = matches!(self.fault, Fault::WriteLocksReaders | Fault::LetsReadersWrite);
        let access = if locks { Access::Write } else { access };
        let BegunTransaction { transaction, head } = self.backend.begin(access)?;
        let faulty = FaultyTransaction { inner: Some(transaction), fault: self.fault };
        Ok(BegunTransaction { transaction: Box::new(faulty), head })
    }

    fn wait_for_change(
        &self,
        timeout: Duration,
        is_interrupted: &dyn Fn() -> bool,
    ) -> Result<bool, StoreError> {
        match self.fault {
            Fault::MissesEveryChange => {
                self.backend.wait_for_change(timeout, is_interrupted)?;
                Ok(false)
            }
            Fault::ReportsAChangeAtOnce => Ok(true),
            _ => self.backend.wait_for_change(timeout, is_interrupted),
        }
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
}

/// A transaction with a fault; `known_bad` implements each trait of a backend for it.
pub struct FaultyTransaction<'b> {
    /// `None` once it is committed.
    inner: Option<Box<dyn BackendTransaction + 'b>>,
    pub fault: Fault,
}

impl Drop for FaultyTransaction<'_> {
    fn drop(&mut self) {
        if self.fault == Fault::CommitsOnDrop
            && let Some(inner) = self.inner.take()
        {
            inner.commit(None).unwrap();
        }
    }
}

impl<'b> FaultyTransaction<'b> {
    pub fn inner(&mut self) -> &mut (dyn BackendTransaction + 'b) {
        self.inner.as_deref_mut().unwrap()
    }

    pub fn has(&self, fault: Fault) -> bool {
        self.fault == fault
    }

    /// Returns what the backend reports after it has inserted `count` of the rows.
    pub fn inserted<T>(&self, rows: &[T], count: usize) -> Result<usize, StoreError> {
        Ok(if self.has(Fault::ReportsEveryInsert) { rows.len() } else { count })
    }

    /// Returns what the backend reports after it has updated `count` of the rows.
    pub fn updated<T>(&self, rows: &[T], count: usize) -> Result<usize, StoreError> {
        Ok(if self.has(Fault::ReportsEveryUpdate) { rows.len() } else { count })
    }

    /// Returns the rows that a lookup finds. `audit_seq` returns the number of the audit record that left a row.
    pub fn found<T>(
        &self,
        mut found: Vec<FoundRow<T>>,
        audit_seq: impl Fn(&T) -> AuditSeq,
    ) -> Vec<FoundRow<T>> {
        if self.has(Fault::ReportsEachRowAsTheNewest) {
            for FoundRow { row, newest_audit } in &mut found {
                *newest_audit = Some(audit_seq(&row.record));
            }
        }
        found
    }

    /// Returns the keys that a lookup finds.
    pub fn keys<'k, T>(&self, keys: &'k [T]) -> &'k [T] {
        if self.has(Fault::FindsOneKeyOnly) { &keys[..keys.len().min(1)] } else { keys }
    }
}

/// Passes the batches of a scan on, with the faults that all scans share. `distort` changes the first batch.
pub fn scan_faultily<T: Clone>(
    fault: Fault,
    scan: impl FnOnce(&mut BatchCallback<'_, T>) -> Result<(), StoreError>,
    distort: impl FnOnce(&mut Vec<T>),
    each: &mut BatchCallback<'_, T>,
) -> Result<(), StoreError> {
    let (mut distort, mut batches) = (Some(distort), Vec::new());
    let scanned = scan(&mut |mut batch| {
        if let Some(distort) = distort.take() {
            distort(&mut batch);
        }
        batches.push(batch);
        ControlFlow::Continue(())
    });
    match fault {
        Fault::SwallowsRowsBeforeAnError => {
            scanned.as_ref().err().into_iter().for_each(|_| batches.clear())
        }
        Fault::LosesTheLastBatch if batches.len() > 1 => drop(batches.pop()),
        Fault::PassesAllRowsInOneBatch => batches = vec![batches.concat()],
        Fault::EndsWithAnEmptyBatch => batches.push(Vec::new()),
        _ => {}
    }
    for batch in batches {
        let is_passed = !batch.is_empty() || fault == Fault::EndsWithAnEmptyBatch;
        if is_passed && each(batch).is_break() && fault != Fault::IgnoresBreak {
            return Ok(());
        }
    }
    scanned
}

/// Defines methods without a fault.
macro_rules! faultless {
    ($(fn $name:ident($($argument:ident: $type:ty),*) -> $result:ty;)*) => {
        $(fn $name(&mut self, $($argument: $type),*) -> Result<$result, StoreError> {
            self.inner().$name($($argument),*)
        })*
    };
}
pub(super) use faultless;

/// Defines methods that find rows by keys, insert rows or update rows, with the faults that all of them share.
macro_rules! with_shared_faults {
    ($($kind:ident fn $name:ident(&[$row:ty]) -> $result:ty;)*) => {
        $(with_shared_faults!(@ $kind $name $row, $result);)*
    };
    (@ find $name:ident $key:ty, $result:ty) => {
        fn $name(&mut self, keys: &[$key]) -> Result<$result, StoreError> {
            let keys = self.keys(keys);
            self.inner().$name(keys)
        }
    };
    (@ insert $name:ident $row:ty, $result:ty) => {
        fn $name(&mut self, rows: &[$row]) -> Result<$result, StoreError> {
            let count = self.inner().$name(rows)?;
            self.inserted(rows, count)
        }
    };
    (@ update $name:ident $row:ty, $result:ty) => {
        fn $name(&mut self, rows: &[$row]) -> Result<$result, StoreError> {
            let count = self.inner().$name(rows)?;
            self.updated(rows, count)
        }
    };
}
pub(super) use with_shared_faults;

/// Defines scans with the faults that all of them share.
macro_rules! faulty_scans {
    ($(fn $name:ident($row:ty);)*) => {
        $(fn $name(&mut self, each: &mut BatchCallback<'_, $row>) -> Result<(), StoreError> {
            scan_faultily(self.fault, |pass| self.inner().$name(pass), |_| {}, each)
        })*
    };
}
pub(super) use faulty_scans;

impl BackendTransaction for FaultyTransaction<'_> {
    faultless! {
        fn insert_head(key_check: &[u8], head: &WithMac<Head>) -> ();
    }

    fn commit(mut self: Box<Self>, head: Option<&WithMac<Head>>) -> Result<(), StoreError> {
        let head = head.filter(|_| !self.has(Fault::KeepsTheFirstHead));
        match self.inner.take() {
            Some(inner) if !self.has(Fault::RollsBackOnCommit) => inner.commit(head),
            _ => Ok(()),
        }
    }
}
