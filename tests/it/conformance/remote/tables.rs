//! The tables of the stand-in.

use std::ops::RangeInclusive;

use gatepass::{
    domain::{
        credential::{Credential, secret::Digest},
        directory::{
            account::{Account, AccountKey},
            app::App,
            district::District,
            id::{CredentialId, ObjectId, PartialId},
        },
        instant::{Day, Instant},
        notice::OutboxMessage,
        seq::{AuditSeq, CredentialSeq, DistrictSeq, MessageSeq},
        usage::{DailyUse, LastUse},
    },
    store::{
        Namespace, StoreError,
        port::{
            batch::BatchCallback,
            record::{
                AuditEntry, Counter, CredentialRow, FoundRow, MessageRow, SecretEntry, SecretRow,
                UniqueName, UniqueNameKey, WithMac,
            },
            tables::{
                AuditTable, CounterTable, CredentialScan, CredentialTables, DirectoryTables,
                MessageTable, UniqueNameTable, UsageTable,
            },
        },
    },
};

use super::{backend::RemoteTransaction, faults::Fault};

/// Defines calls of one round trip, and scans.
macro_rules! round_trips {
    ($(fn $name:ident($($argument:ident: $type:ty),*) -> $result:ty;)*) => {
        $(fn $name(&mut self, $($argument: $type),*) -> Result<$result, StoreError> {
            self.call(|inner| inner.$name($($argument),*))
        })*
    };
    ($(scan $name:ident($($argument:ident: $type:ty),*) -> $row:ty;)*) => {
        $(fn $name(
            &mut self,
            $($argument: $type,)*
            each: &mut BatchCallback<'_, $row>,
        ) -> Result<(), StoreError> {
            self.scan(|inner, each| inner.$name($($argument,)* each), each)
        })*
    };
}

impl CredentialTables for RemoteTransaction<'_> {
    round_trips! {
        fn find_credentials(seqs: &[CredentialSeq]) -> Vec<FoundRow<Credential>>;
        fn find_credentials_by_id(ids: &[CredentialId]) -> Vec<FoundRow<Credential>>;
        fn list_credentials_by_partial_id(id: PartialId, limit: usize) -> Vec<FoundRow<Credential>>;
        fn list_expiring_by(end: Instant) -> Vec<FoundRow<Credential>>;
        fn list_slots(account: AccountKey) -> Vec<u8>;
        fn insert_credentials(credentials: &[WithMac<Credential>]) -> usize;
        fn update_credentials(credentials: &[WithMac<Credential>]) -> usize;
        fn find_secret(digest: &Digest) -> Option<SecretRow>;
        fn insert_secrets(secrets: &[WithMac<SecretEntry>]) -> usize;
    }
    round_trips! {
        scan scan_credentials(scan: CredentialScan) -> CredentialRow;
        scan scan_secrets() -> WithMac<SecretEntry>;
    }
}

impl DirectoryTables for RemoteTransaction<'_> {
    round_trips! {
        fn list_accounts() -> Vec<WithMac<Account>>;
        fn insert_accounts(accounts: &[WithMac<Account>]) -> usize;
        fn update_accounts(accounts: &[WithMac<Account>]) -> usize;
        fn list_apps() -> Vec<WithMac<App>>;
        fn insert_apps(apps: &[WithMac<App>]) -> usize;
        fn update_apps(apps: &[WithMac<App>]) -> usize;
        fn find_districts(seqs: &[DistrictSeq]) -> Vec<FoundRow<District>>;
        fn find_districts_by_id(ids: &[ObjectId]) -> Vec<FoundRow<District>>;
        fn insert_districts(districts: &[WithMac<District>]) -> usize;
        fn update_districts(districts: &[WithMac<District>]) -> usize;
    }
    round_trips! {
        scan scan_districts() -> WithMac<District>;
    }
}

impl UniqueNameTable for RemoteTransaction<'_> {
    round_trips! {
        fn find_unique_names(keys: &[UniqueNameKey]) -> Vec<WithMac<UniqueName>>;
        fn list_unique_names(account: AccountKey, namespace: Namespace, start: &str, limit: usize) -> Vec<WithMac<UniqueName>>;
        fn put_unique_names(names: &[WithMac<UniqueName>]) -> ();
        fn remove_unique_names(keys: &[UniqueNameKey]) -> usize;
    }
    round_trips! {
        scan scan_unique_names() -> WithMac<UniqueName>;
    }
}

impl UsageTable for RemoteTransaction<'_> {
    round_trips! {
        fn find_last_uses(credentials: &[CredentialSeq]) -> Vec<WithMac<LastUse>>;
        fn has_last_uses() -> bool;
        fn put_last_uses(last_uses: &[WithMac<LastUse>]) -> ();
        fn list_daily_usage(credentials: &[CredentialSeq], days: RangeInclusive<Day>) -> Vec<WithMac<DailyUse>>;
        fn put_daily_uses(daily_uses: &[WithMac<DailyUse>], oldest: Day) -> Vec<WithMac<DailyUse>>;
    }
    round_trips! {
        scan scan_last_uses() -> WithMac<LastUse>;
        scan scan_daily_usage() -> WithMac<DailyUse>;
    }
}

impl MessageTable for RemoteTransaction<'_> {
    round_trips! {
        fn find_messages(seqs: &[MessageSeq]) -> Vec<MessageRow>;
        fn list_messages_about(credentials: &[CredentialSeq]) -> Vec<MessageRow>;
        fn list_ended_messages(before: Instant, limit: usize) -> Vec<MessageRow>;
        fn insert_messages(messages: &[WithMac<OutboxMessage>]) -> usize;
        fn update_messages(messages: &[WithMac<OutboxMessage>]) -> usize;
        fn remove_messages(seqs: &[MessageSeq]) -> usize;
    }
    round_trips! {
        scan scan_messages() -> MessageRow;
        scan scan_pending_messages() -> MessageRow;
    }
}

impl CounterTable for RemoteTransaction<'_> {
    round_trips! {
        fn list_counters(keys: RangeInclusive<i64>) -> Vec<WithMac<Counter>>;
        fn find_counters(keys: &[(AccountKey, i64)]) -> Vec<WithMac<Counter>>;
        fn put_counters(counters: &[WithMac<Counter>]) -> ();
    }
}

impl AuditTable for RemoteTransaction<'_> {
    round_trips! {
        scan scan_audit(first: AuditSeq) -> WithMac<AuditEntry>;
    }

    fn find_audit(&mut self, seq: AuditSeq) -> Result<Option<WithMac<AuditEntry>>, StoreError> {
        let found = self.call(|inner| inner.find_audit(seq))?;
        let uncommitted = self.remote.uncommitted.borrow();
        match self.remote.fault {
            Fault::FindsUncommittedRecords => Ok(found.or_else(|| {
                uncommitted.iter().find(|entry| entry.record.record.seq == seq).cloned()
            })),
            Fault::FindsNoRecords => Ok(None),
            _ => Ok(found),
        }
    }

    fn insert_audit(&mut self, entries: &[WithMac<AuditEntry>]) -> Result<usize, StoreError> {
        self.inserted.extend_from_slice(entries);
        self.call(|inner| inner.insert_audit(entries))
    }
}
