//! Scans of all credentials: each one verified, and at the end their sum, in memory that does not grow with the store.
//!
//! In a large store, two threads share the work: this one reads from the database, and a second one verifies and calls
//! back. A channel of a few batches lets each of them work without waiting for the other at every row.

use std::{
    ops::ControlFlow,
    sync::mpsc::{Receiver, sync_channel},
    thread,
};

use super::{ensure::verify_summed, transaction::Transaction, usage::tampered_last_use};
use crate::{
    domain::{credential::Credential, seq::CredentialSeq, usage::LastUse},
    store::{
        error::StoreError,
        port::{
            backend::BackendTransaction,
            batch::BatchCallback,
            record::{CredentialRow, SecretEntry},
            tables::{CredentialScan, Order},
        },
        row_mac::{RowMac, SummedTable, TableSums},
    },
};

/// The number of credentials above which a second thread makes a scan faster.
const PARALLEL_THRESHOLD: CredentialSeq = CredentialSeq(2_000);
/// The number of batches that the reader may be ahead.
const MAX_BATCHES_AHEAD: usize = 4;

type ScanBatch = Vec<CredentialRow>;

impl Transaction<'_> {
    /// Calls `each` with every credential in this order, including deleted ones, until it returns `Break`.
    ///
    /// # Errors
    /// The error of `each`, or an integrity error: if a credential does not verify, after `each` was called with every
    /// credential before it; if credentials are missing, were added or are older versions, after all of them.
    pub fn scan_credentials<E: From<StoreError> + Send>(
        &mut self,
        order: impl Into<Order>,
        mut each: impl FnMut(Credential) -> Result<ControlFlow<()>, E> + Send,
    ) -> Result<(), E> {
        let scan = CredentialScan { order: order.into(), with_usage: false };
        self.scan_verified(scan, |credential, _| each(credential))
    }

    /// Calls `each` with every credential and its last use, like [`Transaction::scan_credentials`]. Reads last uses
    /// only if the store has any.
    ///
    /// # Errors
    /// As for [`Transaction::scan_credentials`].
    pub fn scan_with_usage<E: From<StoreError> + Send>(
        &mut self,
        order: impl Into<Order>,
        each: impl FnMut(Credential, Option<LastUse>) -> Result<ControlFlow<()>, E> + Send,
    ) -> Result<(), E> {
        let with_usage = self.has_last_uses()?;
        self.scan_verified(CredentialScan { order: order.into(), with_usage }, each)
    }

    fn scan_verified<E: From<StoreError> + Send>(
        &mut self,
        scan: CredentialScan,
        each: impl FnMut(Credential, Option<LastUse>) -> Result<ControlFlow<()>, E> + Send,
    ) -> Result<(), E> {
        self.flush()?;
        let mut check = ScanCheck {
            row_mac: RowMac::new(self.keys),
            sums: TableSums::default(),
            flow: Ok(ControlFlow::Continue(())),
            each,
        };
        let read = if self.head.credentials < PARALLEL_THRESHOLD {
            self.raw.scan_credentials(scan, &mut |batch| check.accept(batch))
        } else {
            scan_in_parallel(&mut *self.raw, scan, |batches| {
                // The check keeps the result, and `finish` returns it.
                let _flow = batches.into_iter().try_for_each(|batch| check.accept(batch));
            })
        };
        check.finish(read, |sums| self.ensure_sum(SummedTable::Credentials, sums))
    }

    /// Calls `each` with the entry of every digest, including those of replaced secrets, in no particular order.
    ///
    /// # Errors
    /// The error of `each`, or an integrity error: if an entry does not verify, after `each` was called with every entry
    /// before it; if entries are missing or were added, after all of them.
    pub fn scan_secrets<E: From<StoreError>>(
        &mut self,
        mut each: impl FnMut(SecretEntry) -> Result<(), E>,
    ) -> Result<(), E> {
        self.flush()?;
        let (row_mac, mut sums, mut done) = (&self.row_mac, TableSums::default(), Ok(()));
        self.raw.scan_secrets(&mut |batch| {
            done = batch.into_iter().try_for_each(|row| {
                let (entry, summand) = verify_summed(row_mac, row, "a secret's digest")?;
                sums.add(SummedTable::Secrets, summand);
                each(entry)
            });
            if done.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        done?;
        Ok(self.ensure_sum(SummedTable::Secrets, &sums)?)
    }
}

/// Reads batches and sends them to `receive`, which runs on its own thread and drops the receiver to stop early.
fn scan_in_parallel(
    raw: &mut dyn BackendTransaction,
    scan: CredentialScan,
    receive: impl FnOnce(Receiver<ScanBatch>) + Send,
) -> Result<(), StoreError> {
    let (sender, batches) = sync_channel(MAX_BATCHES_AHEAD);
    thread::scope(|scope| {
        let verifier = thread::Builder::new().spawn_scoped(scope, || receive(batches));
        verifier.map_err(|error| {
            StoreError::Inaccessible(format!("a thread could not be started: {error}"))
        })?;
        // A receiver that was dropped needs no more rows. The sender goes with the callback, so that the receiver ends.
        let send: &mut BatchCallback<'_, CredentialRow> = &mut move |batch| {
            sender.send(batch).map_or(ControlFlow::Break(()), ControlFlow::Continue)
        };
        raw.scan_credentials(scan, send)
    })
}

/// Verifies each row of a scan and passes it to the callback.
struct ScanCheck<'k, F, E> {
    row_mac: RowMac<'k>,
    sums: TableSums,
    /// The last result of the callback, or the error of the last row.
    flow: Result<ControlFlow<()>, E>,
    each: F,
}

impl<F, E> ScanCheck<'_, F, E>
where
    F: FnMut(Credential, Option<LastUse>) -> Result<ControlFlow<()>, E>,
    E: From<StoreError>,
{
    fn accept(&mut self, batch: ScanBatch) -> ControlFlow<()> {
        for row in batch {
            self.flow = match self.verify(row) {
                Ok((credential, last_use)) => (self.each)(credential, last_use),
                Err(error) => Err(error.into()),
            };
            if !matches!(self.flow, Ok(ControlFlow::Continue(()))) {
                return ControlFlow::Break(());
            }
        }
        ControlFlow::Continue(())
    }

    fn verify(
        &mut self,
        CredentialRow { credential: row, last_use }: CredentialRow,
    ) -> Result<(Credential, Option<LastUse>), StoreError> {
        let seq = row.record.seq;
        let (credential, summand) =
            verify_summed(&self.row_mac, row, format_args!("credential number {seq}"))?;
        self.sums.add(SummedTable::Credentials, summand);
        let last_use = last_use.map(|row| {
            let last_use = self.row_mac.verify(row).filter(|last_use| last_use.credential == seq);
            last_use.ok_or_else(|| tampered_last_use(seq))
        });
        let last_use = last_use.transpose()?;
        Ok((credential, last_use))
    }

    /// Returns the first error. The reader may have been ahead of it and have met another one.
    fn finish(
        self,
        read: Result<(), StoreError>,
        ensure_sum: impl FnOnce(&TableSums) -> Result<(), StoreError>,
    ) -> Result<(), E> {
        if self.flow?.is_break() {
            return Ok(());
        }
        read?;
        Ok(ensure_sum(&self.sums)?)
    }
}
