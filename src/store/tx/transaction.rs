//! The door, inward: look-ups that answer verified records only.

use std::{cell::RefCell, collections::BTreeMap, sync::Arc};

use zeroize::Zeroizing;

use crate::{
    domain::{
        credential::{Credential, lifetime::Expiry, secret::Digest},
        decision::{KnownSecret, SecretLookup},
        directory::{
            account::{Account, AccountKey},
            app::App,
            id::{CredentialId, ObjectId, PartialId},
        },
        instant::{DAY, Instant},
    },
    keys::{Keys, constant_time_eq},
    store::{
        StoreError,
        port::{
            backend::{Access, Backend, BackendTransaction},
            record::{Counter, CounterKey, Head, WithMac},
        },
        row_mac::{MacFields, RowMac},
    },
};

/// A store, opened with its key.
pub struct Store {
    pub(in crate::store) backend: Box<dyn Backend>,
    pub(in crate::store) keys: Keys,
}

impl Store {
    /// Stands before a backend with the keys of its store.
    pub fn new(backend: Box<dyn Backend>, keys: Keys) -> Self {
        Self { backend, keys }
    }

    /// Begins a transaction; `None` when the store was never founded.
    ///
    /// # Errors
    /// [`StoreError::WrongKey`] when the key is that of another store, [`StoreError::Busy`] when another process
    /// writes for too long.
    pub fn begin(&self, access: Access) -> Result<Option<Transaction<'_>>, StoreError> {
        let raw = self.backend.begin(access)?;
        let Some((key_check, head)) = raw.find_head()? else {
            return Ok(None);
        };
        if !constant_time_eq(&key_check, &self.keys.check_value()) {
            return Err(StoreError::WrongKey);
        }
        let row_mac = RowMac::new(&self.keys);
        let head = verify_row(&row_mac, head, "its head")?;
        Ok(Some(Transaction::new(raw, row_mac, &self.keys, head)))
    }

    /// The same of a store that was opened before, and so must have been founded.
    ///
    /// # Errors
    /// As for [`Store::begin`]; an integrity error when it never was.
    pub fn begin_initialized(&self, access: Access) -> Result<Transaction<'_>, StoreError> {
        self.begin(access)?.ok_or_else(|| StoreError::integrity("it was never founded"))
    }

    /// Whether its address still leads to the store that was opened.
    pub fn is_same_database(&self) -> bool {
        self.backend.is_same_database()
    }

    /// The keyed digest of a secret.
    pub fn digest(&self, secret: &[u8]) -> Digest {
        self.keys.digest(secret)
    }
}

/// An open transaction. Dropping it rolls back.
pub struct Transaction<'s> {
    pub(in crate::store) raw: Box<dyn BackendTransaction + 's>,
    pub(in crate::store) row_mac: RowMac<'s>,
    pub(in crate::store) keys: &'s Keys,
    pub(in crate::store) head: Head,
    /// Changes of tallies that the commit will write.
    pub(in crate::store) counter_deltas: BTreeMap<(AccountKey, CounterKey), i64>,
    accounts: RefCell<Option<Vec<Account>>>,
    /// All apps, once they were read.
    pub(in crate::store) apps: RefCell<Option<Arc<[App]>>>,
}

impl<'s> Transaction<'s> {
    pub(in crate::store) fn new(
        raw: Box<dyn BackendTransaction + 's>,
        row_mac: RowMac<'s>,
        keys: &'s Keys,
        head: Head,
    ) -> Self {
        Self {
            raw,
            row_mac,
            keys,
            head,
            counter_deltas: BTreeMap::new(),
            accounts: RefCell::default(),
            apps: RefCell::default(),
        }
    }

    /// What the newest commit left.
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// The keyed digest of a secret.
    pub fn digest(&self, secret: &[u8]) -> Digest {
        self.keys.digest(secret)
    }

    /// The key that signs what an app is told, in one of its generations.
    pub fn signing_key(&self, app: ObjectId, generation: u32) -> Zeroizing<[u8; 32]> {
        self.keys.webhook.signing_key(app, generation)
    }

    /// All accounts, oldest first.
    ///
    /// # Errors
    /// When one does not verify or is missing.
    pub fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        if let Some(known) = &*self.accounts.borrow() {
            return Ok(known.clone());
        }
        let rows = self.raw.list_accounts()?;
        if rows.len() as i64 != self.head.accounts {
            return Err(StoreError::integrity("the number of accounts is wrong"));
        }
        let accounts: Vec<Account> = rows
            .into_iter()
            .map(|row| verify_row(&self.row_mac, row, "an account"))
            .collect::<Result<_, _>>()?;
        *self.accounts.borrow_mut() = Some(accounts.clone());
        Ok(accounts)
    }

    pub(in crate::store) fn clear_account_cache(&mut self) {
        self.accounts = RefCell::default();
    }

    /// The account of a credential.
    ///
    /// # Errors
    /// When there is none: the store is not whole.
    pub fn account_of(&self, credential: &Credential) -> Result<Account, StoreError> {
        let of = |accounts: &[Account]| {
            accounts.iter().find(|one| one.key == credential.account).cloned()
        };
        let known = self.accounts.borrow().as_deref().and_then(of);
        let found = match known {
            Some(account) => Some(account),
            None => of(&self.accounts()?),
        };
        found.ok_or_else(|| {
            StoreError::integrity(format!("the account of {} is missing", credential.id))
        })
    }

    /// What is known of a digest. A record that does not verify is an answer, not an error.
    ///
    /// # Errors
    /// When the store can't be read.
    pub fn find_by_digest(&self, digest: &Digest) -> Result<SecretLookup, StoreError> {
        match self.load_by_digest(digest) {
            Ok(Some(known)) => Ok(SecretLookup::Known(Box::new(known))),
            Ok(None) => Ok(SecretLookup::Unknown),
            Err(StoreError::Integrity(_)) => Ok(SecretLookup::Tampered),
            Err(error) => Err(error),
        }
    }

    fn load_by_digest(&self, digest: &Digest) -> Result<Option<KnownSecret>, StoreError> {
        let Some(row) = self.raw.find_secret(digest)? else {
            return Ok(None);
        };
        let entry = verify_row(&self.row_mac, row, "a secret's digest")?;
        if !constant_time_eq(&entry.digest.0, &digest.0) {
            return Err(StoreError::integrity("an index leads to another digest"));
        }
        let credential = self.get_credential(entry.credential)?;
        let account = self.account_of(&credential)?;
        let app = match credential.subject.app() {
            Some(id) => self.find_app(id)?,
            None => None,
        };
        Ok(Some(KnownSecret { credential, account, app, digest: *digest }))
    }

    /// The credential with this id.
    ///
    /// # Errors
    /// When it does not verify.
    pub fn find_credential_by_id(
        &self,
        id: CredentialId,
    ) -> Result<Option<Credential>, StoreError> {
        let found = self
            .raw
            .find_credential_by_id(id)?
            .map(|row| self.verify_credential(row))
            .transpose()?;
        let found =
            found.map(|found| ensure_match(found, |one| one.id.bytes == id.bytes)).transpose()?;
        Ok(found.filter(|credential| credential.id.prefix == id.prefix))
    }

    /// At most `limit` credentials whose id begins so.
    ///
    /// # Errors
    /// When one does not verify.
    pub fn list_credentials_by_partial_id(
        &self,
        prefix: PartialId,
        limit: usize,
    ) -> Result<Vec<Credential>, StoreError> {
        let has_prefix =
            |found: &Credential| (prefix.least..=prefix.greatest).contains(&found.id.bytes);
        let rows = self.raw.list_credentials_by_partial_id(prefix, limit)?;
        // One that the index has lost would make an ambiguous beginning name a single credential.
        if rows.len() != self.raw.count_credentials_by_partial_id(prefix)?.min(limit) {
            return Err(StoreError::integrity("the index of ids is wrong"));
        }
        let mut found = rows
            .into_iter()
            .map(|row| ensure_match(self.verify_credential(row)?, has_prefix))
            .collect::<Result<Vec<_>, _>>()?;
        found.retain(|credential| prefix.matches(credential.id));
        Ok(found)
    }

    /// The credential with this number.
    ///
    /// # Errors
    /// When it does not verify.
    pub fn find_credential(&self, seq: i64) -> Result<Option<Credential>, StoreError> {
        let found =
            self.raw.find_credential(seq)?.map(|row| self.verify_credential(row)).transpose()?;
        found.map(|found| ensure_match(found, |credential| credential.seq == seq)).transpose()
    }

    /// The credential with this number, which another record says exists.
    ///
    /// # Errors
    /// When it does not verify or is missing.
    pub fn get_credential(&self, seq: i64) -> Result<Credential, StoreError> {
        self.find_credential(seq)?
            .ok_or_else(|| StoreError::integrity(format!("credential number {seq} is missing")))
    }

    /// How many credentials, neither revoked nor deleted, end by the end of the day of `instant`.
    ///
    /// # Errors
    /// When a tally does not verify.
    pub fn count_expiring_by_end_of_day(&self, instant: Instant) -> Result<i64, StoreError> {
        self.sum_counters(0..=instant.day())
    }

    /// The credentials, neither revoked nor deleted, that end by `instant`, by number.
    ///
    /// # Errors
    /// When the index has not each one of that day and before, once and with its end; or one does not verify.
    pub fn list_expiring_by(&self, instant: Instant) -> Result<Vec<Credential>, StoreError> {
        let wrong = || StoreError::integrity("the index of what ends is wrong");
        let mut ending = self.raw.list_expiring_before((instant.day() + 1) * DAY)?;
        ending.sort_unstable();
        let is_once = ending.is_sorted_by(|(one, _), (next, _)| one < next);
        if !is_once || ending.len() as i64 != self.count_expiring_by_end_of_day(instant)? {
            return Err(wrong());
        }
        // Those that end later on that day, too: an entry that was altered may tell of another one, or of another end.
        let mut found = Vec::with_capacity(ending.len());
        for (seq, end) in ending {
            let credential = self.get_credential(seq)?;
            if !credential.is_unrevoked()
                || credential.expiry != Expiry::At(Instant::from_unix(end))
            {
                return Err(wrong());
            }
            found.push(credential);
        }
        found.retain(|credential| credential.expiry.has_passed(instant));
        Ok(found)
    }

    /// How many places under the cap are taken, those of this transaction included.
    ///
    /// # Errors
    /// When the tally does not verify, or the index of the places tells another number.
    pub fn count_used_slots(&self, account: AccountKey) -> Result<i64, StoreError> {
        Ok(self.list_used_slots(account)?.len() as i64)
    }

    /// The lowest place under the cap that is free, of places 1 to `cap`.
    ///
    /// # Errors
    /// As for [`Transaction::places_taken`].
    pub fn free_slot(&self, account: AccountKey, cap: u8) -> Result<Option<u8>, StoreError> {
        let taken = self.list_used_slots(account)?;
        Ok((1..=cap).find(|slot| taken.binary_search(slot).is_err()))
    }

    /// The places that are taken, ascending: as many as the tally says, which is none where it is missing.
    fn list_used_slots(&self, account: AccountKey) -> Result<Vec<u8>, StoreError> {
        let (slots, tally) =
            (self.raw.list_slots(account)?, self.counter_with_pending(account, CounterKey::Slots)?);
        if slots.len() as i64 != tally || !slots.is_sorted() {
            return Err(StoreError::integrity("the index of the places is wrong"));
        }
        Ok(slots)
    }

    /// A tally, with what this transaction has yet to add: nothing, where it changed nothing that is counted there.
    pub(in crate::store) fn counter_with_pending(
        &self,
        account: AccountKey,
        bucket: CounterKey,
    ) -> Result<i64, StoreError> {
        let pending = self.counter_deltas.get(&(account, bucket)).copied().unwrap_or_default();
        Ok(self.stored_counter(account, bucket)? + pending)
    }

    /// A tally, without what this transaction has yet to add.
    pub(in crate::store) fn stored_counter(
        &self,
        account: AccountKey,
        bucket: CounterKey,
    ) -> Result<i64, StoreError> {
        let number = bucket.number();
        let Some(row) = self.raw.find_counter(account, number)? else {
            return Ok(0);
        };
        let tally: Counter = verify_row(&self.row_mac, row, "a tally")?;
        Ok(tally.count)
    }

    /// How many credentials are in these buckets, those that this transaction has yet to count included.
    pub(in crate::store) fn sum_counters(
        &self,
        buckets: std::ops::RangeInclusive<i64>,
    ) -> Result<i64, StoreError> {
        let pending = self
            .counter_deltas
            .iter()
            .filter(|((_, bucket), _)| buckets.contains(&bucket.number()));
        let mut sum: i64 = pending.map(|(_, delta)| delta).sum();
        for row in self.raw.list_counters(buckets)? {
            sum += verify_row(&self.row_mac, row, "a tally")?.count;
        }
        Ok(sum)
    }

    fn verify_credential(&self, row: WithMac<Credential>) -> Result<Credential, StoreError> {
        let seq = row.record.seq;
        self.row_mac
            .verify(row)
            .ok_or_else(|| StoreError::integrity(format!("credential number {seq} was altered")))
    }
}

/// An index that leads to another record than was asked for is wrong.
pub(in crate::store) fn ensure_match(
    found: Credential,
    is_right: impl FnOnce(&Credential) -> bool,
) -> Result<Credential, StoreError> {
    match is_right(&found) {
        true => Ok(found),
        false => Err(StoreError::integrity(format!(
            "an index leads to {}, which was not asked for",
            found.id
        ))),
    }
}

pub(in crate::store) fn verify_row<T: MacFields>(
    row_mac: &RowMac<'_>,
    row: WithMac<T>,
    what: &str,
) -> Result<T, StoreError> {
    row_mac.verify(row).ok_or_else(|| StoreError::integrity(format!("{what} was altered")))
}
