//! The traits that a database backend implements. A backend stores rows with their MACs and finds them again. It
//! neither verifies MACs nor makes decisions.
//!
//! The traits are object-safe. A transaction is a value, and dropping it rolls back.

use std::ops::{ControlFlow, RangeInclusive};

use super::record::{AuditEntry, Counter, Head, Namespace, SecretEntry, UniqueName, WithMac};
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

/// The purpose of a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Reads only. It neither waits for a writer nor makes one wait, and a change is an error.
    Read,
    /// Writes. It holds the write lock from its beginning, and a commit that returned survives a power failure.
    Write,
    /// Writes like `Write`, but a power failure may undo a commit that returned, always as a whole.
    WriteRelaxed,
}

/// The order of a scan. Rows that are equal in this order are sorted by creation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortBy {
    /// By creation.
    Created,
    /// By name or email address, code point by code point.
    Name,
    /// By expiry, those that never expire last.
    Expiry,
}

/// A callback that receives each row of a scan. Returning `Break` ends the scan.
pub type RowCallback<'a, T> = dyn FnMut(WithMac<T>) -> ControlFlow<()> + 'a;

/// The check value that identifies the store's key, and the head.
pub type HeadRow = (Vec<u8>, WithMac<Head>);

/// An open database that contains a store.
pub trait Backend: Send {
    /// Begins a transaction.
    ///
    /// # Errors
    /// [`StoreError::Busy`] if the write lock is not available in time.
    fn begin(&self, access: Access) -> Result<Box<dyn BackendTransaction + '_>, StoreError>;

    /// Returns whether the store's address still leads to the database that was opened. A file may have been removed
    /// or replaced, which an open handle to it does not show.
    fn is_same_database(&self) -> bool;

    /// Has the database check its own structure. Returns a description of each problem; none if the structure is
    /// intact.
    ///
    /// # Errors
    /// If the check could not run.
    fn check_integrity(&self) -> Result<Vec<String>, StoreError>;
}

/// An open transaction of a [`Backend`].
///
/// A look-up returns `None` if the row does not exist. An insert returns `false` if another row with the same number,
/// ID or slot exists, and an update or removal returns `false` if the row does not exist.
pub trait BackendTransaction:
    CredentialTables
    + DirectoryTables
    + UniqueNameTable
    + UsageTable
    + MessageTable
    + CounterTable
    + AuditTable
{
    /// Finds the head; `None` in a store that was not initialized.
    fn find_head(&self) -> Result<Option<HeadRow>, StoreError>;
    /// Inserts the first head, with the check value of the key.
    fn insert_head(&self, key_check: &[u8], head: &WithMac<Head>) -> Result<(), StoreError>;
    /// Replaces the head.
    fn update_head(&self, head: &WithMac<Head>) -> Result<bool, StoreError>;

    /// Lists all accounts by number.
    fn list_accounts(&self) -> Result<Vec<WithMac<Account>>, StoreError>;
    /// Inserts an account under its own number.
    fn insert_account(&self, account: &WithMac<Account>) -> Result<bool, StoreError>;
    /// Replaces the account with this number.
    fn update_account(&self, account: &WithMac<Account>) -> Result<bool, StoreError>;

    /// Makes all changes of the transaction permanent.
    fn commit(self: Box<Self>) -> Result<(), StoreError>;
}

/// The tables of credentials and of the digests of their secrets.
pub trait CredentialTables {
    /// Finds the credential with this number.
    fn find_credential(
        &self,
        seq: CredentialSeq,
    ) -> Result<Option<WithMac<Credential>>, StoreError>;
    /// Finds the credential with this ID, ignoring the prefix of the ID.
    fn find_credential_by_id(
        &self,
        id: CredentialId,
    ) -> Result<Option<WithMac<Credential>>, StoreError>;
    /// Lists at most `limit` credentials whose ID begins with `partial_id`, ignoring the prefix of the ID.
    fn list_credentials_by_partial_id(
        &self,
        partial_id: PartialId,
        limit: usize,
    ) -> Result<Vec<WithMac<Credential>>, StoreError>;
    /// Counts the credentials whose ID begins with `partial_id` in the table itself, without the index of IDs: so a
    /// row that the index has lost is noticed.
    fn count_credentials_by_partial_id(&self, partial_id: PartialId) -> Result<usize, StoreError>;
    /// Calls `each` with every credential in this order.
    fn scan_credentials(
        &self,
        order: SortBy,
        each: &mut RowCallback<'_, Credential>,
    ) -> Result<(), StoreError>;
    /// Lists number and expiry (both as stored) of the credentials that are neither revoked nor deleted and expire by
    /// `end`, by expiry.
    fn list_expiring_by(&self, end: Instant) -> Result<Vec<(CredentialSeq, Instant)>, StoreError>;
    /// Lists the used slots of an account, ascending.
    fn list_slots(&self, account: AccountKey) -> Result<Vec<u8>, StoreError>;
    /// Inserts a credential under its own number.
    fn insert_credential(&self, credential: &WithMac<Credential>) -> Result<bool, StoreError>;
    /// Replaces the credential with this number.
    fn update_credential(&self, credential: &WithMac<Credential>) -> Result<bool, StoreError>;

    /// Finds the entry of a digest.
    fn find_secret(&self, digest: &Digest) -> Result<Option<WithMac<SecretEntry>>, StoreError>;
    /// Inserts the entry of a digest.
    fn insert_secret(&self, secret: &WithMac<SecretEntry>) -> Result<bool, StoreError>;
    /// Calls `each` with the entry of every digest.
    fn scan_secrets(&self, each: &mut RowCallback<'_, SecretEntry>) -> Result<(), StoreError>;
}

/// The tables of apps and districts.
pub trait DirectoryTables {
    /// Lists all apps by number, including removed ones.
    fn list_apps(&self) -> Result<Vec<WithMac<App>>, StoreError>;
    /// Inserts an app under its own number.
    fn insert_app(&self, app: &WithMac<App>) -> Result<bool, StoreError>;
    /// Replaces the app with this number.
    fn update_app(&self, app: &WithMac<App>) -> Result<bool, StoreError>;

    /// Finds the district with this number.
    fn find_district(&self, seq: DistrictSeq) -> Result<Option<WithMac<District>>, StoreError>;
    /// Finds the district with this ID.
    fn find_district_by_id(&self, id: ObjectId) -> Result<Option<WithMac<District>>, StoreError>;
    /// Calls `each` with every district by number, including removed ones.
    fn scan_districts(&self, each: &mut RowCallback<'_, District>) -> Result<(), StoreError>;
    /// Inserts a district under its own number.
    fn insert_district(&self, district: &WithMac<District>) -> Result<bool, StoreError>;
    /// Replaces the district with this number.
    fn update_district(&self, district: &WithMac<District>) -> Result<bool, StoreError>;
}

/// The table of unique names.
pub trait UniqueNameTable {
    /// Finds a unique name by its case-folded text.
    fn find_unique_name(
        &self,
        account: AccountKey,
        namespace: Namespace,
        key: &str,
    ) -> Result<Option<WithMac<UniqueName>>, StoreError>;
    /// Returns whether a unique name exists. If the database has a second index of the names, this uses another one
    /// than [`UniqueNameTable::find_unique_name`], so that damage to one of them is noticed.
    fn unique_name_exists(
        &self,
        account: AccountKey,
        namespace: Namespace,
        key: &str,
    ) -> Result<bool, StoreError>;
    /// Lists at most `limit` names that begin with `start`, in order.
    fn list_unique_names(
        &self,
        account: AccountKey,
        namespace: Namespace,
        start: &str,
        limit: usize,
    ) -> Result<Vec<WithMac<UniqueName>>, StoreError> {
        let mut found = Vec::new();
        if limit > 0 {
            self.scan_unique_names_from(account, namespace, start, &mut |row| {
                found.push(row);
                if found.len() < limit { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            })?;
        }
        Ok(found)
    }
    /// Calls `each` with every name that begins with `start`, in order.
    fn scan_unique_names_from(
        &self,
        account: AccountKey,
        namespace: Namespace,
        start: &str,
        each: &mut RowCallback<'_, UniqueName>,
    ) -> Result<(), StoreError>;
    /// Calls `each` with every unique name.
    fn scan_unique_names(&self, each: &mut RowCallback<'_, UniqueName>) -> Result<(), StoreError>;
    /// Sets the holder of a name, replacing a previous holder.
    fn put_unique_name(&self, name: &WithMac<UniqueName>) -> Result<(), StoreError>;
    /// Removes a name.
    fn remove_unique_name(
        &self,
        account: AccountKey,
        namespace: Namespace,
        key: &str,
    ) -> Result<bool, StoreError>;
}

/// The tables of usage: the last use of each credential and its uses per day.
pub trait UsageTable {
    /// Finds the last use of the credential with this number. The callback of a scan may call this.
    fn find_last_use(
        &self,
        credential: CredentialSeq,
    ) -> Result<Option<WithMac<LastUse>>, StoreError>;
    /// Returns whether any credential has a last use; reads at most one row.
    fn has_last_uses(&self) -> Result<bool, StoreError>;
    /// Calls `each` with every last use, by the number of the credential.
    fn scan_last_uses(&self, each: &mut RowCallback<'_, LastUse>) -> Result<(), StoreError>;
    /// Sets the last use of a credential.
    fn put_last_use(&self, last_use: &WithMac<LastUse>) -> Result<(), StoreError>;

    /// Lists the uses of the credential with this number on these days (UTC), by day. A day without uses has no row.
    fn list_daily_usage(
        &self,
        credential: CredentialSeq,
        days: RangeInclusive<Day>,
    ) -> Result<Vec<WithMac<DailyUse>>, StoreError>;
    /// Calls `each` with every row, by credential and day.
    fn scan_daily_usage(&self, each: &mut RowCallback<'_, DailyUse>) -> Result<(), StoreError>;
    /// Sets the uses of a credential on one day.
    fn put_daily_use(&self, daily_use: &WithMac<DailyUse>) -> Result<(), StoreError>;
    /// Removes the rows of a credential for all days before `day`.
    fn remove_daily_usage(&self, credential: CredentialSeq, day: Day) -> Result<(), StoreError>;
}

/// The table of messages to apps: the outbox.
pub trait MessageTable {
    /// Finds the message with this number.
    fn find_message(&self, seq: MessageSeq) -> Result<Option<WithMac<OutboxMessage>>, StoreError>;
    /// Calls `each` with every message by number.
    fn scan_messages(&self, each: &mut RowCallback<'_, OutboxMessage>) -> Result<(), StoreError>;
    /// Calls `each` with every pending message by number.
    fn scan_pending_messages(
        &self,
        each: &mut RowCallback<'_, OutboxMessage>,
    ) -> Result<(), StoreError>;
    /// Lists the messages about the credential with this number, by their own number.
    fn list_messages_about(
        &self,
        credential: CredentialSeq,
    ) -> Result<Vec<WithMac<OutboxMessage>>, StoreError>;
    /// Lists at most `limit` messages that ended before `before`, the earliest first.
    fn list_ended_messages(
        &self,
        before: Instant,
        limit: usize,
    ) -> Result<Vec<WithMac<OutboxMessage>>, StoreError>;
    /// Inserts a message under its own number.
    fn insert_message(&self, message: &WithMac<OutboxMessage>) -> Result<bool, StoreError>;
    /// Replaces the message with this number.
    fn update_message(&self, message: &WithMac<OutboxMessage>) -> Result<bool, StoreError>;
    /// Removes the message with this number.
    fn remove_message(&self, seq: MessageSeq) -> Result<bool, StoreError>;
}

/// The table of counters.
pub trait CounterTable {
    /// Lists the counters of all accounts whose key number is in `keys`.
    fn list_counters(&self, keys: RangeInclusive<i64>)
    -> Result<Vec<WithMac<Counter>>, StoreError>;
    /// Finds the counter of an account with this key number.
    fn find_counter(
        &self,
        account: AccountKey,
        key: i64,
    ) -> Result<Option<WithMac<Counter>>, StoreError>;
    /// Sets a counter.
    fn put_counter(&self, counter: &WithMac<Counter>) -> Result<(), StoreError>;
}

/// The table of audit records.
pub trait AuditTable {
    /// Calls `each` with every audit record from number `first` on.
    fn scan_audit(
        &self,
        first: AuditSeq,
        each: &mut RowCallback<'_, AuditEntry>,
    ) -> Result<(), StoreError>;
    /// Inserts an audit record under its own number.
    fn insert_audit(&self, entry: &WithMac<AuditEntry>) -> Result<bool, StoreError>;
}
