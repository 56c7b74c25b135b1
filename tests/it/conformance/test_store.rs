//! An initialized store with one account, and helpers for the rows of a backend.

use std::{
    ops::{ControlFlow, Deref},
    sync::LazyLock,
};

use gatepass::{
    domain::{
        actor::Actor,
        audit::Action,
        credential::{Credential, CredentialKind},
        directory::{
            account::{Account, AccountKey},
            app::App,
            district::District,
        },
    },
    store::{
        Access, AuditContext, IntegrityIssue, Store, StoreError, Transaction,
        port::{
            backend::{Backend, BackendTransaction, HeadRow},
            batch::BatchCallback,
            record::{FoundRow, WithMac},
        },
    },
};

use super::backend_source::BackendSource;
use crate::support::records::{account, account_passcode, actor, deleted, keys, now, revoked};

/// An initialized store with one account.
pub struct TestStore {
    pub store: Store,
    pub account: Account,
}

impl Deref for TestStore {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}

impl TestStore {
    pub fn new(source: &dyn BackendSource) -> Self {
        let store = Store::new(source.open(), keys(1));
        let mut tx = store.init(now()).unwrap();
        let draft = account("948-4KK-444Z");
        let account = tx.insert_account(&audit_context(Action::AccountAdd), draft).unwrap();
        tx.commit().unwrap();
        Self { store, account }
    }

    pub fn read(&self) -> Transaction<'_> {
        self.begin(Access::Read).unwrap()
    }

    pub fn write(&self) -> Transaction<'_> {
        self.begin(Access::Write).unwrap()
    }

    /// Makes changes in one transaction and commits it.
    pub fn commit<T>(&self, change: impl FnOnce(&mut Transaction<'_>) -> T) -> T {
        self.commit_with(Access::Write, change)
    }

    /// Like [`Self::commit`], with the kind of transaction that records usage and deliveries.
    pub fn commit_relaxed<T>(&self, change: impl FnOnce(&mut Transaction<'_>) -> T) -> T {
        self.commit_with(Access::WriteRelaxed, change)
    }

    fn commit_with<T>(&self, access: Access, change: impl FnOnce(&mut Transaction<'_>) -> T) -> T {
        let mut tx = self.begin(access).unwrap();
        let result = change(&mut tx);
        tx.commit().unwrap();
        result
    }

    pub fn add(&self, draft: Credential) -> Credential {
        self.commit(|tx| insert_credential(tx, draft))
    }

    /// Adds passcodes `P1`, `P2` and so on.
    pub fn add_passcodes(&self, count: u8) -> Vec<Credential> {
        (1..=count)
            .map(|number| self.add(account_passcode(number, &format!("P{number}"))))
            .collect()
    }

    pub fn add_app(&self, draft: App) -> App {
        self.commit(|tx| tx.insert_app(&audit_context(Action::AppAdd), draft).unwrap())
    }

    pub fn add_district(&self, draft: District) -> District {
        self.commit(|tx| tx.insert_district(&audit_context(Action::DistrictAdd), draft).unwrap())
    }

    pub fn change_app(&self, action: Action, after: App) -> App {
        self.commit(|tx| tx.update_app(&audit_context(action), after).unwrap())
    }

    pub fn change_district(&self, action: Action, after: District) -> District {
        self.commit(|tx| tx.update_district(&audit_context(action), after).unwrap())
    }

    pub fn change_credential(&self, action: Action, after: Credential) -> Credential {
        self.commit(|tx| tx.update_credential(&audit_context(action), after).unwrap())
    }

    pub fn revoke(&self, credential: &Credential) -> Credential {
        self.change_credential(Action::Revoke, revoked(credential.clone()))
    }

    pub fn delete(&self, credential: &Credential) -> Credential {
        self.change_credential(Action::Delete, deleted(credential.clone()))
    }

    /// Returns the id of the credential that holds a name or an address.
    pub fn holder(&self, kind: CredentialKind, key: &str) -> Option<String> {
        let found = self.read().find_holder(self.account.key, kind, key).unwrap();
        found.map(|credential| credential.id.to_string())
    }

    pub fn integrity_issues(&self) -> Vec<IntegrityIssue> {
        self.check_integrity().unwrap()
    }
}

pub fn insert_credential(tx: &mut Transaction<'_>, draft: Credential) -> Credential {
    tx.insert_credential(&audit_context(Action::Create), draft).unwrap()
}

/// Returns the audit context of an action by Ann, now.
pub fn audit_context(action: Action) -> AuditContext<'static> {
    static ANN: LazyLock<Actor> = LazyLock::new(actor);
    AuditContext { actor: &ANN, at: now(), action }
}

/// Adds a MAC to a record. Backends do not verify MACs, so a constant one will do.
pub fn authenticated<T>(record: T) -> WithMac<T> {
    WithMac { record, mac: [7; 16] }
}

/// Begins a transaction of the backend itself, which verifies nothing.
pub fn begin_raw(backend: &dyn Backend, access: Access) -> Box<dyn BackendTransaction + '_> {
    backend.begin(access).unwrap().transaction
}

/// Returns the rows that a lookup found.
pub fn found_rows<T>(found: Result<Vec<FoundRow<T>>, StoreError>) -> Vec<WithMac<T>> {
    found.unwrap().into_iter().map(|found| found.row).collect()
}

/// Returns the head, which the beginning of a transaction reads.
pub fn read_head(backend: &dyn Backend) -> Option<HeadRow> {
    backend.begin(Access::Read).unwrap().head
}

/// Returns a backend with accounts 1 and 2, which credentials can belong to.
pub fn with_accounts(source: &dyn BackendSource) -> Box<dyn Backend> {
    let backend = source.open();
    let mut tx = begin_raw(&*backend, Access::Write);
    let accounts = [(1, "948-4KK-444Z"), (2, "TEST-948-4KK-444Z")]
        .map(|(key, id)| authenticated(Account { key: AccountKey(key), ..account(id) }));
    assert_eq!(tx.insert_accounts(&accounts).unwrap(), 2);
    tx.commit(None).unwrap();
    backend
}

/// Inserts a credential as a row of the backend; it must be new.
pub fn insert_row(tx: &mut dyn BackendTransaction, credential: Credential) {
    assert_eq!(tx.insert_credentials(&[authenticated(credential)]).unwrap(), 1);
}

/// Inserts rows of passcodes with the numbers from 1 on.
pub fn insert_passcodes(tx: &mut dyn BackendTransaction, count: u8) {
    for number in 1..=count {
        insert_row(tx, account_passcode(number, "Partner"));
    }
}

/// Returns the rows that a scan passes to its callback.
pub fn collect_rows<T>(
    scan: impl FnOnce(&mut BatchCallback<'_, T>) -> Result<(), StoreError>,
) -> Vec<T> {
    collect_batches(usize::MAX, scan).into_iter().flatten().collect()
}

/// Returns the batches that a scan passes to its callback, which stops the scan after `limit` of them. None is empty.
pub fn collect_batches<T>(
    limit: usize,
    scan: impl FnOnce(&mut BatchCallback<'_, T>) -> Result<(), StoreError>,
) -> Vec<Vec<T>> {
    let mut batches = Vec::new();
    scan(&mut |batch| {
        assert!(!batch.is_empty(), "a batch without rows");
        batches.push(batch);
        if batches.len() < limit { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })
    .unwrap();
    batches
}

/// A callback of the scans that verify what they read.
pub type Callback<'a, T> = dyn FnMut(T) -> Result<ControlFlow<()>, StoreError> + Send + 'a;

/// Returns the records of a scan that verifies what it reads.
pub fn collect<T: Send>(
    scan: impl FnOnce(&mut Callback<'_, T>) -> Result<(), StoreError>,
) -> Result<Vec<T>, StoreError> {
    let mut records = Vec::new();
    scan(&mut |record| {
        records.push(record);
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(records)
}

/// Panics unless the result is an integrity error, with any message.
#[track_caller]
pub fn assert_integrity_error<T>(result: Result<T, StoreError>) {
    match result {
        Err(StoreError::Integrity(_)) => {}
        Err(other) => panic!("another error: {other}"),
        Ok(_) => panic!("no error"),
    }
}
