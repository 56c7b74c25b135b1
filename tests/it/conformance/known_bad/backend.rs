//! A backend with one fault: everything else goes to a sound backend.

use std::ops::{ControlFlow, RangeInclusive};

use gatepass::{
    domain::{
        credential::{Credential, secret::Digest},
        directory::{
            account::{Account, AccountKey},
            id::{CredentialId, PartialId},
        },
        instant::Instant,
        seq::{AuditSeq, CredentialSeq},
    },
    store::{
        Access, SortBy, StoreError,
        port::{
            backend::{
                AuditTable, Backend, BackendTransaction, CounterTable, CredentialTables, HeadRow,
                RowCallback, UniqueNameTable,
            },
            record::{AuditEntry, Counter, Head, Namespace, SecretEntry, UniqueName, WithMac},
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

struct FaultyBackend {
    backend: Box<dyn Backend>,
    fault: Fault,
}

impl Backend for FaultyBackend {
    fn begin(&self, access: Access) -> Result<Box<dyn BackendTransaction + '_>, StoreError> {
        let locks = matches!(self.fault, Fault::WriteLocksReaders | Fault::LetsReadersWrite);
        let access = if locks { Access::Write } else { access };
        let inner = Some(self.backend.begin(access)?);
        Ok(Box::new(FaultyTransaction { inner, fault: self.fault }))
    }

    fn is_same_database(&self) -> bool {
        self.backend.is_same_database()
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
            inner.commit().unwrap();
        }
    }
}

impl FaultyTransaction<'_> {
    pub fn inner(&self) -> &dyn BackendTransaction {
        self.inner.as_deref().unwrap()
    }

    pub fn has(&self, fault: Fault) -> bool {
        self.fault == fault
    }

    pub fn inserted(&self, result: Result<bool, StoreError>) -> Result<bool, StoreError> {
        Ok(result? || self.has(Fault::ReportsEveryInsert))
    }

    pub fn updated(&self, result: Result<bool, StoreError>) -> Result<bool, StoreError> {
        Ok(result? || self.has(Fault::ReportsEveryUpdate))
    }
}

fn narrow(number: i64) -> i64 {
    i64::from(number as i32)
}

/// Defines methods without a fault.
macro_rules! faultless {
    ($(fn $name:ident($($argument:ident: $type:ty),*) -> $result:ty;)*) => {
        $(fn $name(&self, $($argument: $type),*) -> Result<$result, StoreError> {
            self.inner().$name($($argument),*)
        })*
    };
}
pub(super) use faultless;

impl BackendTransaction for FaultyTransaction<'_> {
    faultless! {
        fn find_head() -> Option<HeadRow>;
        fn insert_head(key_check: &[u8], head: &WithMac<Head>) -> ();
        fn list_accounts() -> Vec<WithMac<Account>>;
    }

    fn update_head(&self, head: &WithMac<Head>) -> Result<bool, StoreError> {
        if self.has(Fault::KeepsTheFirstHead) {
            return Ok(true);
        }
        self.updated(self.inner().update_head(head))
    }

    fn insert_account(&self, account: &WithMac<Account>) -> Result<bool, StoreError> {
        let mut account = account.clone();
        if self.has(Fault::NarrowsIntegers) {
            account.record.audit_seq = AuditSeq(narrow(account.record.audit_seq.0));
        }
        self.inserted(self.inner().insert_account(&account))
    }

    fn update_account(&self, account: &WithMac<Account>) -> Result<bool, StoreError> {
        self.updated(self.inner().update_account(account))
    }

    fn commit(mut self: Box<Self>) -> Result<(), StoreError> {
        match self.inner.take() {
            Some(inner) if !self.has(Fault::RollsBackOnCommit) => inner.commit(),
            _ => Ok(()),
        }
    }
}

impl CredentialTables for FaultyTransaction<'_> {
    faultless! {
        fn find_credential(seq: CredentialSeq) -> Option<WithMac<Credential>>;
        fn find_credential_by_id(id: CredentialId) -> Option<WithMac<Credential>>;
        fn count_credentials_by_partial_id(prefix: PartialId) -> usize;
        fn list_slots(account: AccountKey) -> Vec<u8>;
        fn find_secret(digest: &Digest) -> Option<WithMac<SecretEntry>>;
        fn scan_secrets(each: &mut RowCallback<'_, SecretEntry>) -> ();
    }

    fn list_credentials_by_partial_id(
        &self,
        mut prefix: PartialId,
        limit: usize,
    ) -> Result<Vec<WithMac<Credential>>, StoreError> {
        if self.has(Fault::IgnoresTheIdPrefix) {
            (prefix.least, prefix.greatest) = ([0; 12], [0xff; 12]);
        }
        self.inner().list_credentials_by_partial_id(prefix, limit)
    }

    fn scan_credentials(
        &self,
        order: SortBy,
        each: &mut RowCallback<'_, Credential>,
    ) -> Result<(), StoreError> {
        let order = if self.has(Fault::IgnoresSortOrder) { SortBy::Created } else { order };
        let mut first = None;
        let mut number = 0;
        self.inner().scan_credentials(order, &mut |row| {
            number += 1;
            match (self.fault, number) {
                (Fault::SkipsTheFirstRow, 1) => ControlFlow::Continue(()),
                (Fault::RepeatsTheFirstRow, 1) => {
                    each(row.clone())?;
                    each(row)
                }
                (Fault::RepeatsTheFirstRowInsteadOfTheSecond, 1) => {
                    first = Some(row.clone());
                    each(row)
                }
                (Fault::RepeatsTheFirstRowInsteadOfTheSecond, 2) => {
                    each(first.take().unwrap_or(row))
                }
                _ => each(row),
            }
        })
    }

    fn list_expiring_by(&self, end: Instant) -> Result<Vec<(CredentialSeq, Instant)>, StoreError> {
        let after = i64::from(self.has(Fault::IncludesExpiryAfterTheBound));
        let mut ending = self.inner().list_expiring_by(end.plus(after))?;
        match (self.fault, ending.first_mut()) {
            (Fault::ReturnsAnotherCredentialsExpiry, Some((seq, _))) => *seq = CredentialSeq(3),
            (Fault::ReturnsAWrongExpiry, Some((_, end))) => *end = end.plus(1),
            _ => {}
        }
        Ok(ending)
    }

    fn insert_credential(&self, credential: &WithMac<Credential>) -> Result<bool, StoreError> {
        self.inserted(self.inner().insert_credential(credential))
    }

    fn update_credential(&self, credential: &WithMac<Credential>) -> Result<bool, StoreError> {
        self.updated(self.inner().update_credential(credential))
    }

    fn insert_secret(&self, secret: &WithMac<SecretEntry>) -> Result<bool, StoreError> {
        self.inserted(self.inner().insert_secret(secret))
    }
}

impl UniqueNameTable for FaultyTransaction<'_> {
    faultless! {
        fn find_unique_name(account: AccountKey, namespace: Namespace, key: &str) -> Option<WithMac<UniqueName>>;
        fn unique_name_exists(account: AccountKey, namespace: Namespace, key: &str) -> bool;
        fn scan_unique_names(each: &mut RowCallback<'_, UniqueName>) -> ();
    }

    fn scan_unique_names_from(
        &self,
        account: AccountKey,
        namespace: Namespace,
        start: &str,
        each: &mut RowCallback<'_, UniqueName>,
    ) -> Result<(), StoreError> {
        let start = if self.has(Fault::IgnoresTheNamePrefix) { "" } else { start };
        self.inner().scan_unique_names_from(account, namespace, start, each)
    }

    fn put_unique_name(&self, holding: &WithMac<UniqueName>) -> Result<(), StoreError> {
        let UniqueName { account, namespace, key, .. } = &holding.record;
        let is_held = self.inner().find_unique_name(*account, *namespace, key)?.is_some();
        if is_held && self.has(Fault::KeepsTheFirstHolder) {
            return Ok(());
        }
        self.inner().put_unique_name(holding)
    }

    fn remove_unique_name(
        &self,
        account: AccountKey,
        namespace: Namespace,
        key: &str,
    ) -> Result<bool, StoreError> {
        if self.has(Fault::NeverRemovesHolders) {
            return Ok(self.inner().find_unique_name(account, namespace, key)?.is_some());
        }
        self.inner().remove_unique_name(account, namespace, key)
    }
}

impl CounterTable for FaultyTransaction<'_> {
    faultless! {
        fn find_counter(account: AccountKey, key: i64) -> Option<WithMac<Counter>>;
        fn put_counter(counter: &WithMac<Counter>) -> ();
    }

    fn list_counters(
        &self,
        range: RangeInclusive<i64>,
    ) -> Result<Vec<WithMac<Counter>>, StoreError> {
        let open = i64::from(self.has(Fault::ListsCountersBeyondTheRange));
        self.inner().list_counters(*range.start()..=range.end().saturating_add(open))
    }
}

impl AuditTable for FaultyTransaction<'_> {
    fn scan_audit(
        &self,
        first: AuditSeq,
        each: &mut RowCallback<'_, AuditEntry>,
    ) -> Result<(), StoreError> {
        let first =
            if self.has(Fault::IgnoresTheFirstAuditNumber) { AuditSeq::FIRST } else { first };
        self.inner().scan_audit(first, &mut |row| match each(row) {
            _ if self.has(Fault::IgnoresBreak) => ControlFlow::Continue(()),
            flow => flow,
        })
    }

    fn insert_audit(&self, entry: &WithMac<AuditEntry>) -> Result<bool, StoreError> {
        let mut entry = entry.clone();
        if self.has(Fault::TruncatesTexts) {
            entry.record.record.subject.truncate(255);
        }
        self.inserted(self.inner().insert_audit(&entry))
    }
}
