//! A scan: every credential once and verified, in memory that does not grow with the store.
//!
//! Past some thousands the work is shared: this thread reads from the database, a second one verifies and calls back.
//! Between them stand a few batches, so that neither waits for the other at every row.

use std::{
    mem,
    ops::ControlFlow,
    sync::mpsc::{Receiver, sync_channel},
    thread,
};

use super::{
    seen_seqs::SeenSeqs,
    transaction::{Transaction, verify_row},
    usage,
};
use crate::{
    domain::{credential::Credential, usage::LastUse},
    store::{
        StoreError,
        port::{
            backend::SortBy,
            record::{CounterKey, SecretEntry, WithMac},
        },
        row_mac::RowMac,
    },
};

/// From so many credentials on a second thread is worth its start.
const PARALLEL_THRESHOLD: i64 = 2_000;
/// How many records change hands at once.
const BATCH_SIZE: usize = 1_024;
/// How many batches the reader may be ahead.
const MAX_BATCHES_AHEAD: usize = 4;

/// What is read of one credential.
type ScannedRow = (WithMac<Credential>, Option<WithMac<LastUse>>);
type ScanBatch = Vec<ScannedRow>;

impl Transaction<'_> {
    /// Calls `each` with every credential in some order, the deleted ones too, until it breaks.
    ///
    /// # Errors
    /// What `each` answers, or that a record does not verify or that some are missing; those before it were called.
    pub fn scan_credentials<E: From<StoreError> + Send>(
        &self,
        order: SortBy,
        mut each: impl FnMut(Credential) -> Result<ControlFlow<()>, E> + Send,
    ) -> Result<(), E> {
        self.scan_verified(order, false, |credential, _| each(credential))
    }

    /// The same, each with its last use. A store without a gate is asked once whether there are any.
    ///
    /// # Errors
    /// As for [`Transaction::scan`].
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
            ended: Ok(ControlFlow::Continue(())),
            each,
        };
        let read = if self.head.credentials < PARALLEL_THRESHOLD {
            self.read_rows(order, with_usage, &mut |entry| check.accept(entry))
        } else {
            self.scan_in_parallel(order, with_usage, |batches| {
                // What ended it is kept where `finish` finds it.
                let _ended =
                    batches.into_iter().flatten().try_for_each(|entry| check.accept(entry));
            })
        };
        check.finish(read, expected)
    }

    /// Calls `each` with every digest there is, in no order that means anything: those of replaced secrets too.
    ///
    /// # Errors
    /// What `each` answers, or that an entry does not verify; those before it were called.
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

    /// Reads every credential, with its last use where that is asked for.
    fn read_rows(
        &self,
        order: SortBy,
        with_usage: bool,
        take: &mut dyn FnMut(ScannedRow) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let mut asked = Ok(());
        let read = self.raw.scan_credentials(order, &mut |row| {
            let last_use = match with_usage {
                true => self.raw.find_last_use(row.record.seq),
                false => Ok(None),
            };
            match last_use {
                Ok(last_use) => take((row, last_use)),
                Err(error) => {
                    asked = Err(error);
                    ControlFlow::Break(())
                }
            }
        });
        asked.and(read)
    }

    /// Reads batches for `take`, which gets them on a thread of its own and drops the receiver when it has enough.
    fn scan_in_parallel(
        &self,
        order: SortBy,
        with_usage: bool,
        take: impl FnOnce(Receiver<ScanBatch>) + Send,
    ) -> Result<(), StoreError> {
        let (sender, batches) = sync_channel(MAX_BATCHES_AHEAD);
        thread::scope(|scope| {
            let verifier = thread::Builder::new().spawn_scoped(scope, || take(batches));
            verifier.map_err(|error| StoreError::Inaccessible(format!("no thread: {error}")))?;
            let mut batch = ScanBatch::with_capacity(BATCH_SIZE);
            let read = self.read_rows(order, with_usage, &mut |entry| {
                batch.push(entry);
                if batch.len() < BATCH_SIZE {
                    return ControlFlow::Continue(());
                }
                let full = mem::replace(&mut batch, ScanBatch::with_capacity(BATCH_SIZE));
                sender.send(full).map_or(ControlFlow::Break(()), ControlFlow::Continue)
            });
            // Also what came before an error; where nobody listens any more, nobody misses it.
            sender.send(batch).ok();
            drop(sender);
            read
        })
    }
}

/// What is asked of every record of a scan.
struct ScanCheck<'k, F, E> {
    row_mac: RowMac<'k>,
    seen: SeenSeqs,
    count: i64,
    ended: Result<ControlFlow<()>, E>,
    each: F,
}

impl<F, E> ScanCheck<'_, F, E>
where
    F: FnMut(Credential, Option<LastUse>) -> Result<ControlFlow<()>, E>,
    E: From<StoreError>,
{
    fn accept(&mut self, entry: ScannedRow) -> ControlFlow<()> {
        self.ended = match self.verify(entry) {
            Ok((credential, last_use)) => (self.each)(credential, last_use),
            Err(error) => Err(error.into()),
        };
        self.count += 1;
        if matches!(self.ended, Ok(ControlFlow::Continue(()))) {
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
        let wrong = |how| StoreError::integrity(format!("credential number {seq} {how}"));
        let credential = self.row_mac.verify(row).ok_or_else(|| wrong("was altered"))?;
        if !self.seen.insert(seq) {
            return Err(wrong("comes twice"));
        }
        let last_use =
            last_use.map(|row| usage::verify_last_use(&self.row_mac, row, seq)).transpose()?;
        Ok((credential, last_use))
    }

    /// The first thing that went wrong. The reader may have been ahead of it and met another.
    fn finish(self, read: Result<(), StoreError>, expected: i64) -> Result<(), E> {
        if self.ended?.is_break() {
            return Ok(());
        }
        read?;
        if self.count != expected {
            let why = format!("{expected} credentials are expected, {} are there", self.count);
            return Err(StoreError::integrity(why).into());
        }
        Ok(())
    }
}
