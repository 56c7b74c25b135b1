//! What a backend must do. It keeps sealed records and answers look-ups; it neither verifies nor decides.
//!
//! The traits are object-safe. A transaction is a value: dropping it rolls back.

use std::ops::ControlFlow;

use super::{
    StoreError,
    record::{AuditEntry, Head, Holding, Register, Sealed, SecretEntry, Tally},
};
use crate::domain::{
    account::{Account, AccountKey},
    app::App,
    credential::Credential,
    district::District,
    id::{CredentialId, IdPrefix, ObjectId},
    last_use::{DailyUse, LastUse},
    secret::Digest,
    webhook::Message,
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
pub enum Order {
    /// By creation.
    Created,
    /// By name or address, code point by code point.
    Name,
    /// By end, those without one last.
    Expiry,
}

/// What a callback is called with for each row; it says whether to go on.
pub type Each<'a, T> = dyn FnMut(Sealed<T>) -> ControlFlow<()> + 'a;

/// What tells the key of a store, and its head.
pub type HeadRow = (Vec<u8>, Sealed<Head>);

/// A database that holds a store.
pub trait Backend: Send {
    /// Begins a transaction.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when the write lock can't be had in time.
    fn begin(&self, access: Access) -> Result<Box<dyn BackendTransaction + '_>, StoreError>;

    /// Whether its address still leads to the database that was opened: a file may have been taken away, or another
    /// put in its place, while whoever has it open sees nothing of that.
    fn is_in_place(&self) -> bool;

    /// Asks the database to examine its own structure; an empty list means that it found nothing wrong.
    ///
    /// # Errors
    /// When it can't be asked.
    fn examine(&self) -> Result<Vec<String>, StoreError>;
}

/// An open transaction of a [`Backend`].
///
/// Look-ups answer `None` for what is not there; updates answer whether a row was hit.
pub trait BackendTransaction: Parties + DailyUses + Outbox {
    /// The head; `None` in a store that was never founded.
    fn find_head(&self) -> Result<Option<HeadRow>, StoreError>;
    /// Writes the first head, with what tells the key.
    fn insert_head(&self, key_check: &[u8], head: &Sealed<Head>) -> Result<(), StoreError>;
    /// Replaces the head.
    fn update_head(&self, head: &Sealed<Head>) -> Result<bool, StoreError>;

    /// All accounts, by number.
    fn list_accounts(&self) -> Result<Vec<Sealed<Account>>, StoreError>;
    /// Adds an account under the number that it carries.
    fn insert_account(&self, account: &Sealed<Account>) -> Result<bool, StoreError>;
    /// Replaces an account.
    fn update_account(&self, account: &Sealed<Account>) -> Result<bool, StoreError>;

    /// The credential with this number.
    fn find_by_seq(&self, seq: i64) -> Result<Option<Sealed<Credential>>, StoreError>;
    /// The credential with this id, whatever its class.
    fn find_by_id(&self, id: CredentialId) -> Result<Option<Sealed<Credential>>, StoreError>;
    /// At most `limit` credentials whose id begins so, whatever its class.
    fn list_by_id_prefix(
        &self,
        prefix: IdPrefix,
        limit: usize,
    ) -> Result<Vec<Sealed<Credential>>, StoreError>;
    /// How many there are, asked of the credentials themselves and not of the index of their ids.
    fn count_by_id_prefix(&self, prefix: IdPrefix) -> Result<usize, StoreError>;
    /// Every credential, in some order.
    fn scan(&self, order: Order, each: &mut Each<'_, Credential>) -> Result<(), StoreError>;
    /// The numbers and ends of those neither revoked nor deleted that end before `before`, by end.
    fn list_ending(&self, before: i64) -> Result<Vec<(i64, i64)>, StoreError>;
    /// The places under the cap that are taken in an account, ascending.
    fn list_slots(&self, account: AccountKey) -> Result<Vec<u8>, StoreError>;
    /// Adds a credential under the number that it carries.
    fn insert_credential(&self, credential: &Sealed<Credential>) -> Result<bool, StoreError>;
    /// Replaces a credential.
    fn update_credential(&self, credential: &Sealed<Credential>) -> Result<bool, StoreError>;

    /// Whose digest this is.
    fn find_secret(&self, digest: &Digest) -> Result<Option<Sealed<SecretEntry>>, StoreError>;
    /// Adds a digest.
    fn insert_secret(&self, secret: &Sealed<SecretEntry>) -> Result<bool, StoreError>;
    /// Every digest.
    fn scan_secrets(&self, each: &mut Each<'_, SecretEntry>) -> Result<(), StoreError>;

    /// The last use of the credential with this number. The callback of a scan may ask for it.
    fn find_last_use(&self, credential: i64) -> Result<Option<Sealed<LastUse>>, StoreError>;
    /// Whether there is any last use at all, at the cost of one look.
    fn has_last_uses(&self) -> Result<bool, StoreError>;
    /// Every last use.
    fn scan_last_uses(&self, each: &mut Each<'_, LastUse>) -> Result<(), StoreError>;
    /// Sets the last use of a credential.
    fn put_last_use(&self, last_use: &Sealed<LastUse>) -> Result<(), StoreError>;

    /// Who holds this name or address.
    fn find_holding(
        &self,
        account: AccountKey,
        register: Register,
        key: &str,
    ) -> Result<Option<Sealed<Holding>>, StoreError>;
    /// Whether somebody holds it, asked of another index than [`BackendTransaction::find_holding`] asks, where the
    /// database has one: damage to one of the two is told by the other.
    fn is_held(
        &self,
        account: AccountKey,
        register: Register,
        key: &str,
    ) -> Result<bool, StoreError>;
    /// At most `limit` names or addresses of an account that begin with `start`, in order.
    fn list_holdings(
        &self,
        account: AccountKey,
        register: Register,
        start: &str,
        limit: usize,
    ) -> Result<Vec<Sealed<Holding>>, StoreError> {
        let mut found = Vec::new();
        if limit > 0 {
            self.scan_holdings_from(account, register, start, &mut |row| {
                found.push(row);
                if found.len() < limit { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            })?;
        }
        Ok(found)
    }
    /// All of these, in order, without keeping any.
    fn scan_holdings_from(
        &self,
        account: AccountKey,
        register: Register,
        start: &str,
        each: &mut Each<'_, Holding>,
    ) -> Result<(), StoreError>;
    /// Every name and address.
    fn scan_holdings(&self, each: &mut Each<'_, Holding>) -> Result<(), StoreError>;
    /// Gives a name or address to a credential, whoever had it before.
    fn put_holding(&self, holding: &Sealed<Holding>) -> Result<(), StoreError>;
    /// Frees a name or address.
    fn remove_holding(
        &self,
        account: AccountKey,
        register: Register,
        key: &str,
    ) -> Result<bool, StoreError>;

    /// The tallies of all accounts whose bucket lies within `buckets`.
    fn list_tallies(
        &self,
        buckets: std::ops::RangeInclusive<i64>,
    ) -> Result<Vec<Sealed<Tally>>, StoreError>;
    /// One tally.
    fn find_tally(
        &self,
        account: AccountKey,
        bucket: i64,
    ) -> Result<Option<Sealed<Tally>>, StoreError>;
    /// Sets a tally.
    fn put_tally(&self, tally: &Sealed<Tally>) -> Result<(), StoreError>;

    /// The audit records from `first` on.
    fn scan_audit(&self, first: i64, each: &mut Each<'_, AuditEntry>) -> Result<(), StoreError>;
    /// Adds an audit record under the number that it carries.
    fn insert_audit(&self, entry: &Sealed<AuditEntry>) -> Result<bool, StoreError>;

    /// Makes everything so far permanent.
    fn commit(self: Box<Self>) -> Result<(), StoreError>;
}

/// The part of a [`BackendTransaction`] that is about apps and districts.
pub trait Parties {
    /// All apps, by number.
    fn list_apps(&self) -> Result<Vec<Sealed<App>>, StoreError>;
    /// Adds an app under the number that it carries.
    fn insert_app(&self, app: &Sealed<App>) -> Result<bool, StoreError>;
    /// Replaces an app.
    fn update_app(&self, app: &Sealed<App>) -> Result<bool, StoreError>;

    /// The district with this number.
    fn find_district(&self, seq: i64) -> Result<Option<Sealed<District>>, StoreError>;
    /// The district with this id.
    fn find_district_by_id(&self, id: ObjectId) -> Result<Option<Sealed<District>>, StoreError>;
    /// Every district, by number.
    fn scan_districts(&self, each: &mut Each<'_, District>) -> Result<(), StoreError>;
    /// Adds a district under the number that it carries.
    fn insert_district(&self, district: &Sealed<District>) -> Result<bool, StoreError>;
    /// Replaces a district.
    fn update_district(&self, district: &Sealed<District>) -> Result<bool, StoreError>;
}

/// The part of a [`BackendTransaction`] that is about what apps are told.
pub trait Outbox {
    /// The message with this number.
    fn find_message(&self, seq: i64) -> Result<Option<Sealed<Message>>, StoreError>;
    /// Every message, by number.
    fn scan_messages(&self, each: &mut Each<'_, Message>) -> Result<(), StoreError>;
    /// Every message that has not ended, by number.
    fn scan_pending_messages(&self, each: &mut Each<'_, Message>) -> Result<(), StoreError>;
    /// Every message about the credential with this number, by number.
    fn list_messages_about(&self, credential: i64) -> Result<Vec<Sealed<Message>>, StoreError>;
    /// At most `limit` messages that ended before `before`, those first that ended first.
    fn list_ended_messages(
        &self,
        before: i64,
        limit: usize,
    ) -> Result<Vec<Sealed<Message>>, StoreError>;
    /// Adds a message under the number that it carries.
    fn insert_message(&self, message: &Sealed<Message>) -> Result<bool, StoreError>;
    /// Replaces a message.
    fn update_message(&self, message: &Sealed<Message>) -> Result<bool, StoreError>;
    /// Takes a message away.
    fn remove_message(&self, seq: i64) -> Result<bool, StoreError>;
}

/// The part of a [`BackendTransaction`] that is about uses by day.
pub trait DailyUses {
    /// How often the credential with this number was used on each of these days, by day; none of a day without uses.
    fn list_daily_uses(
        &self,
        credential: i64,
        days: std::ops::RangeInclusive<i64>,
    ) -> Result<Vec<Sealed<DailyUse>>, StoreError>;
    /// All of them, by credential and day.
    fn scan_daily_uses(&self, each: &mut Each<'_, DailyUse>) -> Result<(), StoreError>;
    /// Sets how often a credential was used on a day.
    fn put_daily_use(&self, daily_use: &Sealed<DailyUse>) -> Result<(), StoreError>;
    /// Removes what is kept of a credential's days before `day`.
    fn remove_daily_uses(&self, credential: i64, day: i64) -> Result<(), StoreError>;
}
