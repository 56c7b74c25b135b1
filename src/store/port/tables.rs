//! The tables of a backend: how their rows are found, read and written.

use std::ops::RangeInclusive;

use super::{
    batch::BatchCallback,
    record::{
        AuditEntry, Counter, CredentialRow, FoundRow, MessageRow, Namespace, SecretEntry,
        SecretRow, UniqueName, UniqueNameKey, WithMac,
    },
};
use crate::{
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
    store::error::StoreError,
};

/// What a scan is sorted by. Rows that are equal are sorted by creation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortBy {
    /// By creation.
    Created,
    /// By name or email address, code point by code point.
    Name,
    /// By expiry, those that never expire last.
    Expiry,
    /// By kind, in the order of their names.
    Kind,
    /// By last use, those that were never used first. By creation if the scan does not read the last uses.
    LastUse,
}

impl SortBy {
    /// Everything that a scan can be sorted by.
    pub const ALL: [Self; 5] = [Self::Created, Self::Name, Self::Expiry, Self::Kind, Self::LastUse];
}

/// The order of a scan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// What the rows are sorted by.
    pub by: SortBy,
    /// Whether the order is reversed, including that of equal rows.
    pub is_reversed: bool,
}

impl From<SortBy> for Order {
    fn from(by: SortBy) -> Self {
        Self { by, is_reversed: false }
    }
}

/// The credentials to scan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CredentialScan {
    /// The order.
    pub order: Order,
    /// Whether to read the last uses, too.
    pub with_usage: bool,
}

/// The tables of credentials and of the digests of their secrets.
pub trait CredentialTables {
    /// Finds the credentials with these numbers, in any order.
    fn find_credentials(
        &mut self,
        seqs: &[CredentialSeq],
    ) -> Result<Vec<FoundRow<Credential>>, StoreError>;
    /// Finds the credentials with these IDs, ignoring the prefixes of the IDs, in any order.
    fn find_credentials_by_id(
        &mut self,
        ids: &[CredentialId],
    ) -> Result<Vec<FoundRow<Credential>>, StoreError>;
    /// Lists at most `limit` credentials whose ID begins with `partial_id`, ignoring the prefix of the ID.
    fn list_credentials_by_partial_id(
        &mut self,
        partial_id: PartialId,
        limit: usize,
    ) -> Result<Vec<FoundRow<Credential>>, StoreError>;
    /// Lists the credentials that are neither revoked nor deleted and expire by `end`, by expiry.
    fn list_expiring_by(&mut self, end: Instant) -> Result<Vec<FoundRow<Credential>>, StoreError>;
    /// Lists the used slots of an account, ascending.
    fn list_slots(&mut self, account: AccountKey) -> Result<Vec<u8>, StoreError>;
    /// Passes every credential to `each`.
    fn scan_credentials(
        &mut self,
        scan: CredentialScan,
        each: &mut BatchCallback<'_, CredentialRow>,
    ) -> Result<(), StoreError>;
    /// Inserts credentials under their own numbers.
    fn insert_credentials(
        &mut self,
        credentials: &[WithMac<Credential>],
    ) -> Result<usize, StoreError>;
    /// Replaces the credentials with these numbers.
    fn update_credentials(
        &mut self,
        credentials: &[WithMac<Credential>],
    ) -> Result<usize, StoreError>;

    /// Finds the entry of a digest, and the credential that it refers to.
    fn find_secret(&mut self, digest: &Digest) -> Result<Option<SecretRow>, StoreError>;
    /// Passes the entry of every digest to `each`, in any order.
    fn scan_secrets(
        &mut self,
        each: &mut BatchCallback<'_, WithMac<SecretEntry>>,
    ) -> Result<(), StoreError>;
    /// Inserts entries of digests.
    fn insert_secrets(&mut self, secrets: &[WithMac<SecretEntry>]) -> Result<usize, StoreError>;
}

/// The tables of accounts, apps and districts.
pub trait DirectoryTables {
    /// Lists all accounts by number.
    fn list_accounts(&mut self) -> Result<Vec<WithMac<Account>>, StoreError>;
    /// Inserts accounts under their own numbers.
    fn insert_accounts(&mut self, accounts: &[WithMac<Account>]) -> Result<usize, StoreError>;
    /// Replaces the accounts with these numbers.
    fn update_accounts(&mut self, accounts: &[WithMac<Account>]) -> Result<usize, StoreError>;

    /// Lists all apps by number, including removed ones.
    fn list_apps(&mut self) -> Result<Vec<WithMac<App>>, StoreError>;
    /// Inserts apps under their own numbers.
    fn insert_apps(&mut self, apps: &[WithMac<App>]) -> Result<usize, StoreError>;
    /// Replaces the apps with these numbers.
    fn update_apps(&mut self, apps: &[WithMac<App>]) -> Result<usize, StoreError>;

    /// Finds the districts with these numbers, in any order.
    fn find_districts(
        &mut self,
        seqs: &[DistrictSeq],
    ) -> Result<Vec<FoundRow<District>>, StoreError>;
    /// Finds the districts with these IDs, in any order.
    fn find_districts_by_id(
        &mut self,
        ids: &[ObjectId],
    ) -> Result<Vec<FoundRow<District>>, StoreError>;
    /// Passes every district to `each` by number, including removed ones.
    fn scan_districts(
        &mut self,
        each: &mut BatchCallback<'_, WithMac<District>>,
    ) -> Result<(), StoreError>;
    /// Inserts districts under their own numbers.
    fn insert_districts(&mut self, districts: &[WithMac<District>]) -> Result<usize, StoreError>;
    /// Replaces the districts with these numbers.
    fn update_districts(&mut self, districts: &[WithMac<District>]) -> Result<usize, StoreError>;
}

/// The table of unique names.
pub trait UniqueNameTable {
    /// Finds unique names, in any order.
    fn find_unique_names(
        &mut self,
        keys: &[UniqueNameKey],
    ) -> Result<Vec<WithMac<UniqueName>>, StoreError>;
    /// Lists at most `limit` names of a namespace that begin with `start`, in order.
    fn list_unique_names(
        &mut self,
        account: AccountKey,
        namespace: Namespace,
        start: &str,
        limit: usize,
    ) -> Result<Vec<WithMac<UniqueName>>, StoreError>;
    /// Passes every unique name to `each`, in any order.
    fn scan_unique_names(
        &mut self,
        each: &mut BatchCallback<'_, WithMac<UniqueName>>,
    ) -> Result<(), StoreError>;
    /// Sets the holders of names, replacing previous holders.
    fn put_unique_names(&mut self, names: &[WithMac<UniqueName>]) -> Result<(), StoreError>;
    /// Removes names.
    fn remove_unique_names(&mut self, keys: &[UniqueNameKey]) -> Result<usize, StoreError>;
}

/// The tables of usage: the last use of each credential and its uses per day.
pub trait UsageTable {
    /// Finds the last uses of the credentials with these numbers, in any order.
    fn find_last_uses(
        &mut self,
        credentials: &[CredentialSeq],
    ) -> Result<Vec<WithMac<LastUse>>, StoreError>;
    /// Returns whether any credential has a last use; reads at most one row.
    fn has_last_uses(&mut self) -> Result<bool, StoreError>;
    /// Passes every last use to `each`, by the number of the credential.
    fn scan_last_uses(
        &mut self,
        each: &mut BatchCallback<'_, WithMac<LastUse>>,
    ) -> Result<(), StoreError>;
    /// Sets the last uses of credentials.
    fn put_last_uses(&mut self, last_uses: &[WithMac<LastUse>]) -> Result<(), StoreError>;

    /// Lists the uses of these credentials on these days, by credential and day. A day without uses has no row.
    fn list_daily_usage(
        &mut self,
        credentials: &[CredentialSeq],
        days: RangeInclusive<Day>,
    ) -> Result<Vec<WithMac<DailyUse>>, StoreError>;
    /// Passes every row to `each`, by credential and day.
    fn scan_daily_usage(
        &mut self,
        each: &mut BatchCallback<'_, WithMac<DailyUse>>,
    ) -> Result<(), StoreError>;
    /// Sets the uses of credentials on days, and removes the uses of the same credentials on days before `oldest`. Returns
    /// the rows that it removed, in any order.
    fn put_daily_uses(
        &mut self,
        daily_uses: &[WithMac<DailyUse>],
        oldest: Day,
    ) -> Result<Vec<WithMac<DailyUse>>, StoreError>;
}

/// The table of messages: the outbox.
pub trait MessageTable {
    /// Finds the messages with these numbers, in any order.
    fn find_messages(&mut self, seqs: &[MessageSeq]) -> Result<Vec<MessageRow>, StoreError>;
    /// Passes every message to `each` by number.
    fn scan_messages(&mut self, each: &mut BatchCallback<'_, MessageRow>)
    -> Result<(), StoreError>;
    /// Passes every pending message to `each` by number.
    fn scan_pending_messages(
        &mut self,
        each: &mut BatchCallback<'_, MessageRow>,
    ) -> Result<(), StoreError>;
    /// Lists the messages about the credentials with these numbers, by their own numbers.
    fn list_messages_about(
        &mut self,
        credentials: &[CredentialSeq],
    ) -> Result<Vec<MessageRow>, StoreError>;
    /// Lists at most `limit` messages that ended before `before`, the earliest first.
    fn list_ended_messages(
        &mut self,
        before: Instant,
        limit: usize,
    ) -> Result<Vec<MessageRow>, StoreError>;
    /// Inserts messages under their own numbers.
    fn insert_messages(&mut self, messages: &[WithMac<OutboxMessage>])
    -> Result<usize, StoreError>;
    /// Replaces the messages with these numbers.
    fn update_messages(&mut self, messages: &[WithMac<OutboxMessage>])
    -> Result<usize, StoreError>;
    /// Removes the messages with these numbers.
    fn remove_messages(&mut self, seqs: &[MessageSeq]) -> Result<usize, StoreError>;
}

/// The table of counters.
pub trait CounterTable {
    /// Lists the counters of all accounts whose key number is in `keys`.
    fn list_counters(
        &mut self,
        keys: RangeInclusive<i64>,
    ) -> Result<Vec<WithMac<Counter>>, StoreError>;
    /// Finds the counters of accounts with these key numbers, in any order.
    fn find_counters(
        &mut self,
        keys: &[(AccountKey, i64)],
    ) -> Result<Vec<WithMac<Counter>>, StoreError>;
    /// Sets counters.
    fn put_counters(&mut self, counters: &[WithMac<Counter>]) -> Result<(), StoreError>;
}

/// The table of audit records.
pub trait AuditTable {
    /// Finds the audit record with this number.
    fn find_audit(&mut self, seq: AuditSeq) -> Result<Option<WithMac<AuditEntry>>, StoreError>;
    /// Passes every audit record from number `first` on to `each`, by number.
    fn scan_audit(
        &mut self,
        first: AuditSeq,
        each: &mut BatchCallback<'_, WithMac<AuditEntry>>,
    ) -> Result<(), StoreError>;
    /// Inserts audit records under their own numbers.
    fn insert_audit(&mut self, entries: &[WithMac<AuditEntry>]) -> Result<usize, StoreError>;
}
