//! The door, outward: changes, each sealed, tallied and written into the audit log in the same transaction.

use super::transaction::{Store, Transaction};
use crate::{
    domain::{
        actor::Actor,
        audit::{self, Action, AuditRecord, GENESIS, STORE_SUBJECT},
        credential::{Credential, CredentialKind, secret::Digest},
        directory::account::{Account, AccountKey},
        instant::Instant,
    },
    store::{
        StoreError,
        port::{
            backend::Access,
            record::{AuditEntry, Counter, CounterKey, Head, Namespace, SecretEntry, UniqueName},
        },
        row_mac::{RowMac, audit_link},
    },
};

/// Who makes a change, when, and what it is.
#[derive(Clone, Copy, Debug)]
pub struct AuditContext<'a> {
    /// By whom.
    pub actor: &'a Actor,
    /// When.
    pub at: Instant,
    /// What.
    pub action: Action,
}

impl Store {
    /// Founds a store that has only its tables: writes the head that ties it to the key. A store that another
    /// process founded meanwhile is left as it is.
    ///
    /// # Errors
    /// As for [`Store::begin`].
    pub fn init(&self, at: Instant) -> Result<Transaction<'_>, StoreError> {
        if let Some(transaction) = self.begin(Access::Write)? {
            return Ok(transaction);
        }
        let raw = self.backend.begin(Access::Write)?;
        if raw.find_head()?.is_some() {
            drop(raw);
            return self.init(at);
        }
        if !raw.list_accounts()?.is_empty() {
            return Err(StoreError::integrity("its head is missing"));
        }
        let head = Head {
            created_at: at,
            accounts: 0,
            credentials: 0,
            apps: 0,
            districts: 0,
            messages: 0,
            audit_seq: 0,
            audit_at: at,
            audit_link: GENESIS,
            escrowed_at: None,
        };
        let row_mac = RowMac::new(&self.keys);
        raw.insert_head(&self.keys.check_value(), &row_mac.authenticate(head.clone()))?;
        Ok(Transaction::new(raw, row_mac, &self.keys, head))
    }
}

impl Transaction<'_> {
    /// Adds an account; its number and audit record are given here.
    ///
    /// # Errors
    /// When the store can't be written.
    pub fn insert_account(
        &mut self,
        context: &AuditContext<'_>,
        draft: Account,
    ) -> Result<Account, StoreError> {
        self.head.accounts += 1;
        let account = Account {
            key: AccountKey(self.head.accounts),
            audit_seq: self.head.audit_seq + 1,
            ..draft
        };
        ensure_written(
            self.raw.insert_account(&self.row_mac.authenticate(account.clone()))?,
            "account",
            account.id,
        )?;
        self.audit_account(context, None, &account)?;
        Ok(account)
    }

    /// Replaces an account.
    ///
    /// # Errors
    /// When the store can't be written.
    pub fn update_account(
        &mut self,
        context: &AuditContext<'_>,
        before: &Account,
        after: Account,
    ) -> Result<Account, StoreError> {
        let account = Account { audit_seq: self.head.audit_seq + 1, ..after };
        ensure_written(
            self.raw.update_account(&self.row_mac.authenticate(account.clone()))?,
            "account",
            account.id,
        )?;
        self.audit_account(context, Some(before), &account)?;
        Ok(account)
    }

    /// Adds a credential; its number and audit record are given here.
    ///
    /// # Errors
    /// When the store can't be written.
    pub fn insert_credential(
        &mut self,
        context: &AuditContext<'_>,
        draft: Credential,
    ) -> Result<Credential, StoreError> {
        self.head.credentials += 1;
        let after =
            Credential { seq: self.head.credentials, audit_seq: self.head.audit_seq + 1, ..draft };
        ensure_written(
            self.raw.insert_credential(&self.row_mac.authenticate(after.clone()))?,
            "credential",
            after.id,
        )?;
        self.update_counters(None, &after)?;
        self.claim_credential_name(&after)?;
        self.insert_secret(after.secrets.current, &after)?;
        self.audit_credential(context, None, &after)?;
        Ok(after)
    }

    /// Replaces a credential, and keeps its name, digests and tallies in step. How it was before is read here, so
    /// that no caller can be wrong about it.
    ///
    /// # Errors
    /// When the store can't be written.
    pub fn update_credential(
        &mut self,
        context: &AuditContext<'_>,
        after: Credential,
    ) -> Result<Credential, StoreError> {
        let before = self.get_credential(after.seq)?;
        let after = Credential { audit_seq: self.head.audit_seq + 1, ..after };
        ensure_written(
            self.raw.update_credential(&self.row_mac.authenticate(after.clone()))?,
            "credential",
            after.id,
        )?;
        self.update_counters(Some(&before), &after)?;
        self.move_credential_name(&before, &after)?;
        if after.secrets.generation != before.secrets.generation {
            self.insert_secret(after.secrets.current, &after)?;
        }
        self.audit_credential(context, Some(&before), &after)?;
        Ok(after)
    }

    /// Notes that the secret that `credential` had when it was last read was handed over. That is no change of the
    /// credential, so it has no audit record; and it undoes none that was made since.
    ///
    /// # Errors
    /// When the store can't be written.
    pub fn mark_delivered(
        &mut self,
        credential: Credential,
        at: Instant,
    ) -> Result<(), StoreError> {
        let mut delivered = self.get_credential(credential.seq)?;
        if delivered.secrets.generation != credential.secrets.generation {
            return Ok(());
        }
        delivered.secrets.delivered_at = Some(at);
        let id = delivered.id;
        ensure_written(
            self.raw.update_credential(&self.row_mac.authenticate(delivered))?,
            "credential",
            id,
        )
    }

    /// Writes an audit record about the store itself.
    ///
    /// # Errors
    /// When the store can't be written.
    pub fn audit_store(
        &mut self,
        context: &AuditContext<'_>,
        after: Option<String>,
    ) -> Result<(), StoreError> {
        self.append_audit(context, STORE_SUBJECT.to_owned(), None, None, after)
    }

    /// Notes when the key was copied for escrow.
    pub fn set_escrowed(&mut self, at: Instant) {
        self.head.escrowed_at = Some(at);
    }

    /// Makes everything so far permanent.
    ///
    /// # Errors
    /// When it could not be: then nothing was changed.
    pub fn commit(mut self) -> Result<(), StoreError> {
        for ((account, bucket), delta) in std::mem::take(&mut self.counter_deltas) {
            if delta != 0 {
                let count = self.stored_counter(account, bucket)? + delta;
                let tally = Counter { account, key: bucket.number(), count };
                self.raw.put_counter(&self.row_mac.authenticate(tally))?;
            }
        }
        let head = self.row_mac.authenticate(self.head.clone());
        if !self.raw.update_head(&head)? {
            return Err(StoreError::integrity("its head is missing"));
        }
        self.raw.commit()
    }

    fn update_counters(
        &mut self,
        before: Option<&Credential>,
        after: &Credential,
    ) -> Result<(), StoreError> {
        let app = self.app_seq_of_token(after)?;
        let mut add = |credential: &Credential, count: i64| {
            for bucket in CounterKey::of_credential(credential, app) {
                *self.counter_deltas.entry((credential.account, bucket)).or_default() += count;
            }
        };
        if let Some(before) = before {
            add(before, -1);
        }
        add(after, 1);
        Ok(())
    }

    fn insert_secret(
        &self,
        digest: Option<Digest>,
        credential: &Credential,
    ) -> Result<(), StoreError> {
        let Some(digest) = digest else { return Ok(()) };
        let entry = SecretEntry { digest, credential: credential.seq };
        ensure_written(
            self.raw.insert_secret(&self.row_mac.authenticate(entry))?,
            "secret of",
            credential.id,
        )
    }

    /// A user's newest passcode takes the address from an older one, and so with tokens; the name of a partner belongs
    /// to one alone.
    fn claim_credential_name(&self, holder: &Credential) -> Result<(), StoreError> {
        let (account, kind, key) = (holder.account, holder.kind(), holder.subject.unique_key());
        let is_free =
            kind != CredentialKind::Account || self.find_holder_seq(account, kind, &key)?.is_none();
        ensure_written(is_free, "the name of", holder.id)?;
        let (register, holder) = (Namespace::Credentials(kind), holder.seq);
        self.raw.put_unique_name(&self.row_mac.authenticate(UniqueName {
            account,
            namespace: register,
            key,
            holder,
        }))
    }

    /// Frees what was held before and takes what is held after. The address of a deleted credential goes back to
    /// the newest one of the same user that is still listed.
    fn move_credential_name(
        &self,
        before: &Credential,
        after: &Credential,
    ) -> Result<(), StoreError> {
        let (account, kind, key) = (before.account, before.kind(), before.subject.unique_key());
        if after.deleted.is_none() && after.subject.unique_key() == key {
            return Ok(());
        }
        let holder = self.find_holder_seq(account, kind, &key)?;
        if holder != Some(before.seq) {
            return Ok(());
        }
        self.raw.remove_unique_name(account, Namespace::Credentials(kind), &key)?;
        if after.deleted.is_none() {
            return self.claim_credential_name(after);
        }
        let mut previous = after.previous;
        while let Some(seq) = previous {
            let older = self.get_credential(seq)?;
            if older.deleted.is_none() {
                return self.claim_credential_name(&older);
            }
            previous = older.previous;
        }
        Ok(())
    }

    fn find_holder_seq(
        &self,
        account: AccountKey,
        kind: CredentialKind,
        key: &str,
    ) -> Result<Option<i64>, StoreError> {
        let row = self.find_unique_name(account, Namespace::Credentials(kind), key)?;
        let holding = row
            .map(|row| super::transaction::verify_row(&self.row_mac, row, "the holder of a name"));
        Ok(holding.transpose()?.map(|holding| holding.holder))
    }

    fn audit_account(
        &mut self,
        context: &AuditContext<'_>,
        before: Option<&Account>,
        after: &Account,
    ) -> Result<(), StoreError> {
        self.clear_account_cache();
        let (subject, name) = (after.id.to_string(), Some(after.name.to_string()));
        self.append_audit(
            context,
            subject,
            name,
            before.map(audit::account_fields),
            Some(audit::account_fields(after)),
        )
    }

    fn audit_credential(
        &mut self,
        context: &AuditContext<'_>,
        before: Option<&Credential>,
        after: &Credential,
    ) -> Result<(), StoreError> {
        let account = self.account_of(after)?.id;
        let fields = |credential: &Credential| audit::credential_fields(credential, &account);
        let (subject, name) = (
            after.id.to_string(),
            Some(self.display_names_or_empty(&after.subject)?.label(&after.subject).into_owned()),
        );
        self.append_audit(context, subject, name, before.map(fields), Some(fields(after)))
    }

    pub(in crate::store) fn append_audit(
        &mut self,
        context: &AuditContext<'_>,
        subject: String,
        name: Option<String>,
        before: Option<String>,
        after: Option<String>,
    ) -> Result<(), StoreError> {
        let seq = self.head.audit_seq + 1;
        let record = AuditRecord {
            seq,
            at: context.at,
            actor: context.actor.clone(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            action: context.action,
            subject,
            name,
            before,
            after,
        };
        let link = audit_link(&self.head.audit_link, &record);
        (self.head.audit_seq, self.head.audit_at, self.head.audit_link) = (seq, context.at, link);
        ensure_written(
            self.raw.insert_audit(&self.row_mac.authenticate(AuditEntry { record, link }))?,
            "audit record",
            seq,
        )
    }
}

/// A change that hit no row, or met one that can't be there, found the store other than it was a moment before.
pub(in crate::store) fn ensure_written(
    was_written: bool,
    what: &str,
    id: impl std::fmt::Display,
) -> Result<(), StoreError> {
    match was_written {
        true => Ok(()),
        false => {
            Err(StoreError::integrity(format!("{what} {id} could not be written where it belongs")))
        }
    }
}
