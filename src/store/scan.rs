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
    StoreError,
    backend::Order,
    door::{Transaction, verified},
    record::{Bucket, Sealed, SecretEntry},
    seal::Sealer,
    seen::Seen,
    uses,
};
use crate::domain::{credential::Credential, last_use::LastUse};

/// From so many credentials on a second thread is worth its start.
const MANY: i64 = 2_000;
/// How many records change hands at once.
const BATCH: usize = 1_024;
/// How many batches the reader may be ahead.
const AHEAD: usize = 4;

/// What is read of one credential.
type Entry = (Sealed<Credential>, Option<Sealed<LastUse>>);
type Batch = Vec<Entry>;

impl Transaction<'_> {
    /// Calls `each` with every credential in some order, the deleted ones too, until it breaks.
    ///
    /// # Errors
    /// What `each` answers, or that a record does not verify or that some are missing; those before it were called.
    pub fn scan<E: From<StoreError> + Send>(
        &self,
        order: Order,
        mut each: impl FnMut(Credential) -> Result<ControlFlow<()>, E> + Send,
    ) -> Result<(), E> {
        self.scan_entries(order, false, |credential, _| each(credential))
    }

    /// The same, each with its last use. A store without a gate is asked once whether there are any.
    ///
    /// # Errors
    /// As for [`Transaction::scan`].
    pub fn scan_with_uses<E: From<StoreError> + Send>(
        &self,
        order: Order,
        each: impl FnMut(Credential, Option<LastUse>) -> Result<ControlFlow<()>, E> + Send,
    ) -> Result<(), E> {
        self.scan_entries(order, self.has_last_uses()?, each)
    }

    fn scan_entries<E: From<StoreError> + Send>(
        &self,
        order: Order,
        with_uses: bool,
        each: impl FnMut(Credential, Option<LastUse>) -> Result<ControlFlow<()>, E> + Send,
    ) -> Result<(), E> {
        let expected = self.count(Bucket::EVERY)?;
        let mut check = Check {
            sealer: Sealer::new(self.keys),
            seen: Seen::none_of(self.head.credentials),
            count: 0,
            ended: Ok(ControlFlow::Continue(())),
            each,
        };
        let read = if self.head.credentials < MANY {
            self.read(order, with_uses, &mut |entry| check.take(entry))
        } else {
            self.scan_ahead(order, with_uses, |batches| {
                // What ended it is kept where `finish` finds it.
                let _ended = batches.into_iter().flatten().try_for_each(|entry| check.take(entry));
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
            let entry = verified(&self.sealer, row, "a secret's digest");
            done = entry.map_err(E::from).and_then(&mut each);
            if done.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        done
    }

    /// Reads every credential, with its last use where that is asked for.
    fn read(
        &self,
        order: Order,
        with_uses: bool,
        take: &mut dyn FnMut(Entry) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let mut asked = Ok(());
        let read = self.raw.scan(order, &mut |row| {
            let last_use = match with_uses {
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
    fn scan_ahead(
        &self,
        order: Order,
        with_uses: bool,
        take: impl FnOnce(Receiver<Batch>) + Send,
    ) -> Result<(), StoreError> {
        let (sender, batches) = sync_channel(AHEAD);
        thread::scope(|scope| {
            let taker = thread::Builder::new().spawn_scoped(scope, || take(batches));
            taker.map_err(|error| StoreError::OutOfReach(format!("no thread: {error}")))?;
            let mut batch = Batch::with_capacity(BATCH);
            let read = self.read(order, with_uses, &mut |entry| {
                batch.push(entry);
                if batch.len() < BATCH {
                    return ControlFlow::Continue(());
                }
                let full = mem::replace(&mut batch, Batch::with_capacity(BATCH));
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
struct Check<'k, F, E> {
    sealer: Sealer<'k>,
    seen: Seen,
    count: i64,
    ended: Result<ControlFlow<()>, E>,
    each: F,
}

impl<F, E> Check<'_, F, E>
where
    F: FnMut(Credential, Option<LastUse>) -> Result<ControlFlow<()>, E>,
    E: From<StoreError>,
{
    fn take(&mut self, entry: Entry) -> ControlFlow<()> {
        self.ended = match self.verified(entry) {
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

    fn verified(
        &mut self,
        (row, last_use): Entry,
    ) -> Result<(Credential, Option<LastUse>), StoreError> {
        let seq = row.record.seq;
        let wrong = |how| StoreError::integrity(format!("credential number {seq} {how}"));
        let credential = self.sealer.open(row).ok_or_else(|| wrong("was altered"))?;
        if !self.seen.is_new(seq) {
            return Err(wrong("comes twice"));
        }
        let last_use = last_use.map(|row| uses::opened(&self.sealer, row, seq)).transpose()?;
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
