//! Scans of all credentials: each one once and verified, in memory that does not grow with the store.
//!
//! In a large store, two threads share the work: this one reads from the database, and a second one verifies and calls
//! back. A channel of a few batches lets each of them work without waiting for the other at every row.

use std::{
    mem,
    ops::ControlFlow,
    sync::mpsc::{Receiver, sync_channel},
    thread,
};

use super::{ensure::verify_row, seen_seqs::SeenSeqs, transaction::Transaction, usage};
use crate::{
    domain::{credential::Credential, usage::LastUse},
    store::{
        error::StoreError,
        port::{
            backend::SortBy,
            record::{CounterKey, SecretEntry, WithMac},
        },
        row_mac::RowMac,
    },
};

/// The number of credentials above which a second thread makes a scan faster.
const PARALLEL_THRESHOLD: i64 = 2_000;
/// The number of rows in a batch.
const BATCH_SIZE: usize = 1_024;
/// The number of batches that the reader may be ahead.
const MAX_BATCHES_AHEAD: usize = 4;

/// The rows of one credential: itself and its last use, both not yet verified.
type ScannedRow = (WithMac<Credential>, Option<WithMac<LastUse>>);
type ScanBatch = Vec<ScannedRow>;

impl Transaction<'_> {
    /// Calls `each` with every credential in this order, including deleted ones, until it returns `Break`.
    ///
    /// # Errors
    /// The error of `each`, or an integrity error if a credential does not verify or is missing. By then, `each` was
    /// called with every credential before it.
    pub fn scan_credentials<E: From<StoreError> + Send>(
        &self,
        order: SortBy,
        mut each: impl FnMut(Credential) -> Result<ControlFlow<()>, E> + Send,
    ) -> Result<(), E> {
        self.scan_verified(order, false, |credential, _| each(credential))
    }

    /// Calls `each` with every credential and its last use, like [`Transaction::scan_credentials`]. Looks up last
    /// uses only if the store has any.
    ///
    /// # Errors
    /// As for [`Transaction::scan_credentials`].
    pub fn scan_with_usage<E: From<StoreError> + Send>(
        &self,
        order: SortBy,
        each: impl FnMut(Credential, Option<LastUse>) -> Result<ControlFlow<()>, E> + Send,
    ) -> Result<(), E> {
        self.scan_verified(order, self.has_last_uses()?, each)
    }

    fn scan_verified<E: From<StoreError> + Send>(
        &self,
        order: SortBy,
        with_usage: bool,
        each: impl FnMut(Credential, Option<LastUse>) -> Result<ControlFlow<()>, E> + Send,
    ) -> Result<(), E> {
        let expected = self.sum_counters(CounterKey::ALL_CREDENTIALS)?;
        let mut check = ScanCheck {
            row_mac: RowMac::new(self.keys),
            seen: SeenSeqs::up_to(self.head.credentials),
            count: 0,
            flow: Ok(ControlFlow::Continue(())),
            each,
        };
        let read = if self.head.credentials.0 < PARALLEL_THRESHOLD {
            self.read_rows(order, with_usage, &mut |entry| check.accept(entry))
        } else {
            self.scan_in_parallel(order, with_usage, |batches| {
                // The check keeps the result, and `finish` returns it.
                let _flow = batches.into_iter().flatten().try_for_each(|entry| check.accept(entry));
            })
        };
        check.finish(read, expected)
    }

    /// Calls `each` with the entry of every digest, including those of replaced secrets, in no particular order.
    ///
    /// # Errors
    /// The error of `each`, or an integrity error if an entry does not verify. By then, `each` was called with every
    /// entry before it.
    pub fn scan_secrets<E: From<StoreError>>(
        &self,
        mut each: impl FnMut(SecretEntry) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut done = Ok(());
        self.raw.scan_secrets(&mut |row| {
            let entry = verify_row(&self.row_mac, row, "a secret's digest");
            done = entry.map_err(E::from).and_then(&mut each);
            if done.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        done
    }

    /// Reads every credential, with its last use if `with_usage` is set.
    fn read_rows(
        &self,
        order: SortBy,
        with_usage: bool,
        accept: &mut dyn FnMut(ScannedRow) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let mut found = Ok(());
        let read = self.raw.scan_credentials(order, &mut |row| {
            let last_use = match with_usage {
                true => self.raw.find_last_use(row.record.seq),
                false => Ok(None),
            };
            match last_use {
                Ok(last_use) => accept((row, last_use)),
                Err(error) => {
                    found = Err(error);
                    ControlFlow::Break(())
                }
            }
        });
        found.and(read)
    }

    /// Reads batches and sends them to `receive`, which runs on its own thread and drops the receiver to stop early.
    fn scan_in_parallel(
        &self,
        order: SortBy,
        with_usage: bool,
        receive: impl FnOnce(Receiver<ScanBatch>) + Send,
    ) -> Result<(), StoreError> {
        let (sender, batches) = sync_channel(MAX_BATCHES_AHEAD);
        thread::scope(|scope| {
            let verifier = thread::Builder::new().spawn_scoped(scope, || receive(batches));
            verifier.map_err(|error| {
                StoreError::Inaccessible(format!("a thread could not be started: {error}"))
            })?;
            let mut batch = ScanBatch::with_capacity(BATCH_SIZE);
            let read = self.read_rows(order, with_usage, &mut |entry| {
                batch.push(entry);
                if batch.len() < BATCH_SIZE {
                    return ControlFlow::Continue(());
                }
                let full = mem::replace(&mut batch, ScanBatch::with_capacity(BATCH_SIZE));
                sender.send(full).map_or(ControlFlow::Break(()), ControlFlow::Continue)
            });
            // Also the rows before an error. A receiver that was dropped needs no more rows.
            sender.send(batch).ok();
            drop(sender);
            read
        })
    }
}

/// Verifies each row of a scan and passes it to the callback.
struct ScanCheck<'k, F, E> {
    row_mac: RowMac<'k>,
    seen: SeenSeqs,
    count: i64,
    /// The last result of the callback, or the error of the last row.
    flow: Result<ControlFlow<()>, E>,
    each: F,
}

impl<F, E> ScanCheck<'_, F, E>
where
    F: FnMut(Credential, Option<LastUse>) -> Result<ControlFlow<()>, E>,
    E: From<StoreError>,
{
    fn accept(&mut self, entry: ScannedRow) -> ControlFlow<()> {
        self.flow = match self.verify(entry) {
            Ok((credential, last_use)) => (self.each)(credential, last_use),
            Err(error) => Err(error.into()),
        };
        self.count += 1;
        if matches!(self.flow, Ok(ControlFlow::Continue(()))) {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    }

    fn verify(
        &mut self,
        (row, last_use): ScannedRow,
    ) -> Result<(Credential, Option<LastUse>), StoreError> {
        let seq = row.record.seq;
        let issue = |what| StoreError::integrity(format!("credential number {seq} {what}"));
        let credential =
            self.row_mac.verify(row).ok_or_else(|| issue("was changed outside gatepass"))?;
        if !self.seen.insert(seq) {
            return Err(issue("is duplicated"));
        }
        let last_use =
            last_use.map(|row| usage::verify_last_use(&self.row_mac, row, seq)).transpose()?;
        Ok((credential, last_use))
    }

    /// Returns the first error. The reader may have been ahead of it and have met another one.
    fn finish(self, read: Result<(), StoreError>, expected: i64) -> Result<(), E> {
        if self.flow?.is_break() {
            return Ok(());
        }
        read?;
        if self.count != expected {
            let reason = format!("{expected} credentials expected, {} found", self.count);
            return Err(StoreError::integrity(reason).into());
        }
        Ok(())
    }
}
