//! What a backend must do. It keeps sealed records and answers look-ups; it neither verifies nor decides.
//!
//! The traits are object-safe. A transaction is a value: dropping it rolls back.

use std::ops::ControlFlow;

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
        notice::OutboxMessage,
        usage::{DailyUse, LastUse},
    },
    store::StoreError,
};

/// What a transaction is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Looks only; never waits for a writer, never makes one wait. A change is an error.
    Read,
    /// Changes; takes the write lock before it begins. Once acknowledged, its commit survives a power cut.
    Write,
    /// Changes likewise, but its commit may be lost with the power, alone and as a whole.
    WriteRelaxed,
}

/// The order of a scan. Ties are broken by the order of creation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortBy {
    /// By creation.
    Created,
    /// By name or address, code point by code point.
    Name,
    /// By end, those without one last.
    Expiry,
}

/// What a callback is called with for each row; it says whether to go on.
pub type RowCallback<'a, T> = dyn FnMut(WithMac<T>) -> ControlFlow<()> + 'a;

/// What tells the key of a store, and its head.
pub type HeadRow = (Vec<u8>, WithMac<Head>);

/// A database that holds a store.
pub trait Backend: Send {
    /// Begins a transaction.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when the write lock can't be had in time.
    fn begin(&self, access: Access) -> Result<Box<dyn BackendTransaction + '_>, StoreError>;

    /// Whether its address still leads to the database that was opened: a file may have been taken away, or another
    /// put in its place, while whoever has it open sees nothing of that.
    fn is_same_database(&self) -> bool;

    /// Asks the database to examine its own structure; an empty list means that it found nothing wrong.
    ///
    /// # Errors
    /// When it can't be asked.
    fn check_integrity(&self) -> Result<Vec<String>, StoreError>;
}

/// An open transaction of a [`Backend`].
///
/// Look-ups answer `None` for what is not there; updates answer whether a row was hit.
pub trait BackendTransaction: DirectoryTables + UsageTable + MessageTable {
    /// The head; `None` in a store that was never founded.
    fn find_head(&self) -> Result<Option<HeadRow>, StoreError>;
    /// Writes the first head, with what tells the key.
    fn insert_head(&self, key_check: &[u8], head: &WithMac<Head>) -> Result<(), StoreError>;
    /// Replaces the head.
    fn update_head(&self, head: &WithMac<Head>) -> Result<bool, StoreError>;

    /// All accounts, by number.
    fn list_accounts(&self) -> Result<Vec<WithMac<Account>>, StoreError>;
    /// Adds an account under the number that it carries.
    fn insert_account(&self, account: &WithMac<Account>) -> Result<bool, StoreError>;
    /// Replaces an account.
    fn update_account(&self, account: &WithMac<Account>) -> Result<bool, StoreError>;

    /// The credential with this number.
    fn find_credential(&self, seq: i64) -> Result<Option<WithMac<Credential>>, StoreError>;
    /// The credential with this id, whatever its class.
    fn find_credential_by_id(
        &self,
        id: CredentialId,
    ) -> Result<Option<WithMac<Credential>>, StoreError>;
    /// At most `limit` credentials whose id begins so, whatever its class.
    fn list_credentials_by_partial_id(
        &self,
        prefix: PartialId,
        limit: usize,
    ) -> Result<Vec<WithMac<Credential>>, StoreError>;
    /// How many there are, asked of the credentials themselves and not of the index of their ids.
    fn count_credentials_by_partial_id(&self, prefix: PartialId) -> Result<usize, StoreError>;
    /// Every credential, in some order.
    fn scan_credentials(
        &self,
        order: SortBy,
        each: &mut RowCallback<'_, Credential>,
    ) -> Result<(), StoreError>;
    /// The numbers and ends of those neither revoked nor deleted that end before `before`, by end.
    fn list_expiring_before(&self, before: i64) -> Result<Vec<(i64, i64)>, StoreError>;
    /// The places under the cap that are taken in an account, ascending.
    fn list_slots(&self, account: AccountKey) -> Result<Vec<u8>, StoreError>;
    /// Adds a credential under the number that it carries.
    fn insert_credential(&self, credential: &WithMac<Credential>) -> Result<bool, StoreError>;
    /// Replaces a credential.
    fn update_credential(&self, credential: &WithMac<Credential>) -> Result<bool, StoreError>;

    /// Whose digest this is.
    fn find_secret(&self, digest: &Digest) -> Result<Option<WithMac<SecretEntry>>, StoreError>;
    /// Adds a digest.
    fn insert_secret(&self, secret: &WithMac<SecretEntry>) -> Result<bool, StoreError>;
    /// Every digest.
    fn scan_secrets(&self, each: &mut RowCallback<'_, SecretEntry>) -> Result<(), StoreError>;

    /// The last use of the credential with this number. The callback of a scan may ask for it.
    fn find_last_use(&self, credential: i64) -> Result<Option<WithMac<LastUse>>, StoreError>;
    /// Whether there is any last use at all, at the cost of one look.
    fn has_last_uses(&self) -> Result<bool, StoreError>;
    /// Every last use.
    fn scan_last_uses(&self, each: &mut RowCallback<'_, LastUse>) -> Result<(), StoreError>;
    /// Sets the last use of a credential.
    fn put_last_use(&self, last_use: &WithMac<LastUse>) -> Result<(), StoreError>;

    /// Who holds this name or address.
    fn find_unique_name(
        &self,
        account: AccountKey,
        namespace: Namespace,
        key: &str,
    ) -> Result<Option<WithMac<UniqueName>>, StoreError>;
    /// Whether somebody holds it, asked of another index than [`BackendTransaction::find_holding`] asks, where the
    /// database has one: damage to one of the two is told by the other.
    fn unique_name_exists(
        &self,
        account: AccountKey,
        namespace: Namespace,
        key: &str,
    ) -> Result<bool, StoreError>;
    /// At most `limit` names or addresses of an account that begin with `start`, in order.
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
    /// All of these, in order, without keeping any.
    fn scan_unique_names_from(
        &self,
        account: AccountKey,
        namespace: Namespace,
        start: &str,
        each: &mut RowCallback<'_, UniqueName>,
    ) -> Result<(), StoreError>;
    /// Every name and address.
    fn scan_unique_names(&self, each: &mut RowCallback<'_, UniqueName>) -> Result<(), StoreError>;
    /// Gives a name or address to a credential, whoever had it before.
    fn put_unique_name(&self, holding: &WithMac<UniqueName>) -> Result<(), StoreError>;
    /// Frees a name or address.
    fn remove_unique_name(
        &self,
        account: AccountKey,
        namespace: Namespace,
        key: &str,
    ) -> Result<bool, StoreError>;

    /// The tallies of all accounts whose bucket lies within `buckets`.
    fn list_counters(
        &self,
        buckets: std::ops::RangeInclusive<i64>,
    ) -> Result<Vec<WithMac<Counter>>, StoreError>;
    /// One tally.
    fn find_counter(
        &self,
        account: AccountKey,
        bucket: i64,
    ) -> Result<Option<WithMac<Counter>>, StoreError>;
    /// Sets a tally.
    fn put_counter(&self, tally: &WithMac<Counter>) -> Result<(), StoreError>;

    /// The audit records from `first` on.
    fn scan_audit(
        &self,
        first: i64,
        each: &mut RowCallback<'_, AuditEntry>,
    ) -> Result<(), StoreError>;
    /// Adds an audit record under the number that it carries.
    fn insert_audit(&self, entry: &WithMac<AuditEntry>) -> Result<bool, StoreError>;

    /// Makes everything so far permanent.
    fn commit(self: Box<Self>) -> Result<(), StoreError>;
}

/// The part of a [`BackendTransaction`] that is about apps and districts.
pub trait DirectoryTables {
    /// All apps, by number.
    fn list_apps(&self) -> Result<Vec<WithMac<App>>, StoreError>;
    /// Adds an app under the number that it carries.
    fn insert_app(&self, app: &WithMac<App>) -> Result<bool, StoreError>;
    /// Replaces an app.
    fn update_app(&self, app: &WithMac<App>) -> Result<bool, StoreError>;

    /// The district with this number.
    fn find_district(&self, seq: i64) -> Result<Option<WithMac<District>>, StoreError>;
    /// The district with this id.
    fn find_district_by_id(&self, id: ObjectId) -> Result<Option<WithMac<District>>, StoreError>;
    /// Every district, by number.
    fn scan_districts(&self, each: &mut RowCallback<'_, District>) -> Result<(), StoreError>;
    /// Adds a district under the number that it carries.
    fn insert_district(&self, district: &WithMac<District>) -> Result<bool, StoreError>;
    /// Replaces a district.
    fn update_district(&self, district: &WithMac<District>) -> Result<bool, StoreError>;
}

/// The part of a [`BackendTransaction`] that is about what apps are told.
pub trait MessageTable {
    /// The message with this number.
    fn find_message(&self, seq: i64) -> Result<Option<WithMac<OutboxMessage>>, StoreError>;
    /// Every message, by number.
    fn scan_messages(&self, each: &mut RowCallback<'_, OutboxMessage>) -> Result<(), StoreError>;
    /// Every message that has not ended, by number.
    fn scan_pending_messages(
        &self,
        each: &mut RowCallback<'_, OutboxMessage>,
    ) -> Result<(), StoreError>;
    /// Every message about the credential with this number, by number.
    fn list_messages_about(
        &self,
        credential: i64,
    ) -> Result<Vec<WithMac<OutboxMessage>>, StoreError>;
    /// At most `limit` messages that ended before `before`, those first that ended first.
    fn list_ended_messages(
        &self,
        before: i64,
        limit: usize,
    ) -> Result<Vec<WithMac<OutboxMessage>>, StoreError>;
    /// Adds a message under the number that it carries.
    fn insert_message(&self, message: &WithMac<OutboxMessage>) -> Result<bool, StoreError>;
    /// Replaces a message.
    fn update_message(&self, message: &WithMac<OutboxMessage>) -> Result<bool, StoreError>;
    /// Takes a message away.
    fn remove_message(&self, seq: i64) -> Result<bool, StoreError>;
}

/// The part of a [`BackendTransaction`] that is about uses by day.
pub trait UsageTable {
    /// How often the credential with this number was used on each of these days, by day; none of a day without uses.
    fn list_daily_usage(
        &self,
        credential: i64,
        days: std::ops::RangeInclusive<i64>,
    ) -> Result<Vec<WithMac<DailyUse>>, StoreError>;
    /// All of them, by credential and day.
    fn scan_daily_usage(&self, each: &mut RowCallback<'_, DailyUse>) -> Result<(), StoreError>;
    /// Sets how often a credential was used on a day.
    fn put_daily_use(&self, daily_use: &WithMac<DailyUse>) -> Result<(), StoreError>;
    /// Removes what is kept of a credential's days before `day`.
    fn remove_daily_usage(&self, credential: i64, day: i64) -> Result<(), StoreError>;
}
