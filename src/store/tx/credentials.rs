//! Credentials and the digests of their secrets.

use super::{
    audit::{AuditContext, AuditedChange},
    ensure::{ensure_credential_matches, ensure_written, verify_row},
    transaction::Transaction,
};
use crate::{
    domain::{
        audit,
        credential::{Credential, lifetime::Expiry, secret::Digest},
        decision::{KnownSecret, SecretLookup},
        directory::id::{CredentialId, PartialId},
        instant::Instant,
        seq::CredentialSeq,
    },
    keys::constant_time_eq,
    store::{
        error::StoreError,
        port::record::{CounterKey, SecretEntry, WithMac},
    },
};

impl Transaction<'_> {
    /// Looks up the digest of a secret. A record that does not verify is a result, not an error.
    ///
    /// # Errors
    /// If the store can't be read.
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
            return Err(StoreError::integrity("an index refers to another digest"));
        }
        let credential = self.get_credential(entry.credential)?;
        let account = self.account_of(&credential)?;
        let app = match credential.subject.app() {
            Some(id) => self.find_app(id)?,
            None => None,
        };
        Ok(Some(KnownSecret { credential, account, app, digest: *digest }))
    }

    /// Finds the credential with this ID.
    ///
    /// # Errors
    /// If it does not verify.
    pub fn find_credential_by_id(
        &self,
        id: CredentialId,
    ) -> Result<Option<Credential>, StoreError> {
        let found = self
            .raw
            .find_credential_by_id(id)?
            .map(|row| self.verify_credential(row))
            .transpose()?;
        let found = found
            .map(|found| ensure_credential_matches(found, |one| one.id.bytes == id.bytes))
            .transpose()?;
        Ok(found.filter(|credential| credential.id.prefix == id.prefix))
    }

    /// Lists at most `limit` credentials whose ID begins with `partial_id`.
    ///
    /// # Errors
    /// If one does not verify, or the index of IDs has lost one.
    pub fn list_credentials_by_partial_id(
        &self,
        partial_id: PartialId,
        limit: usize,
    ) -> Result<Vec<Credential>, StoreError> {
        let ids = partial_id.least..=partial_id.greatest;
        let has_prefix = |found: &Credential| ids.contains(&found.id.bytes);
        let rows = self.raw.list_credentials_by_partial_id(partial_id, limit)?;
        // Without this check, a row that the index has lost could make an ambiguous partial ID look unique.
        if rows.len() != self.raw.count_credentials_by_partial_id(partial_id)?.min(limit) {
            return Err(StoreError::integrity("the index of ids is wrong"));
        }
        let mut found = rows
            .into_iter()
            .map(|row| ensure_credential_matches(self.verify_credential(row)?, has_prefix))
            .collect::<Result<Vec<_>, _>>()?;
        found.retain(|credential| partial_id.matches(credential.id));
        Ok(found)
    }

    /// Finds the credential with this number.
    ///
    /// # Errors
    /// If it does not verify.
    pub fn find_credential(&self, seq: CredentialSeq) -> Result<Option<Credential>, StoreError> {
        let found =
            self.raw.find_credential(seq)?.map(|row| self.verify_credential(row)).transpose()?;
        found
            .map(|found| ensure_credential_matches(found, |credential| credential.seq == seq))
            .transpose()
    }

    /// Returns the credential with this number, which another record refers to.
    ///
    /// # Errors
    /// If it does not verify or is missing.
    pub fn get_credential(&self, seq: CredentialSeq) -> Result<Credential, StoreError> {
        self.find_credential(seq)?
            .ok_or_else(|| StoreError::integrity(format!("credential number {seq} is missing")))
    }

    /// Counts the credentials that are neither revoked nor deleted and expire by the end of the day of `instant`
    /// (UTC).
    ///
    /// # Errors
    /// If a counter does not verify.
    pub fn count_expiring_by_end_of_day(&self, instant: Instant) -> Result<i64, StoreError> {
        self.sum_counters(CounterKey::expiring_until(instant.day()))
    }

    /// Lists the credentials that are neither revoked nor deleted and expire by `instant`, by number.
    ///
    /// # Errors
    /// If one does not verify, or the index of expiries does not contain each one up to the end of that day once and
    /// with its expiry.
    pub fn list_expiring_by(&self, instant: Instant) -> Result<Vec<Credential>, StoreError> {
        let wrong = || StoreError::integrity("the index of expiries is wrong");
        let mut expiring = self.raw.list_expiring_by(instant.day().last_second())?;
        expiring.sort_unstable();
        let is_unique = expiring.is_sorted_by(|(one, _), (next, _)| one < next);
        if !is_unique || expiring.len() as i64 != self.count_expiring_by_end_of_day(instant)? {
            return Err(wrong());
        }
        // This includes those that expire later that day: a tampered entry may have another number or expiry.
        let mut found = Vec::with_capacity(expiring.len());
        for (seq, expiry) in expiring {
            let credential = self.get_credential(seq)?;
            if !credential.is_unrevoked() || credential.expiry != Expiry::At(expiry) {
                return Err(wrong());
            }
            found.push(credential);
        }
        found.retain(|credential| credential.expiry.has_passed(instant));
        Ok(found)
    }

    fn verify_credential(&self, row: WithMac<Credential>) -> Result<Credential, StoreError> {
        let seq = row.record.seq;
        self.row_mac.verify(row).ok_or_else(|| {
            StoreError::integrity(format!("credential number {seq} was changed outside gatepass"))
        })
    }

    /// Inserts a credential with the next number, and its audit record. The numbers in `new` are ignored.
    ///
    /// # Errors
    /// If the store can't be written.
    pub fn insert_credential(
        &mut self,
        context: &AuditContext<'_>,
        new: Credential,
    ) -> Result<Credential, StoreError> {
        self.head.credentials = self.head.credentials.next();
        let (seq, audit_seq) = (self.head.credentials, self.head.audit_seq.next());
        let after = Credential { seq, audit_seq, ..new };
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

    /// Replaces a credential and updates its unique name, digests and counters. Reads the previous state itself, so
    /// that no caller can pass a wrong one.
    ///
    /// # Errors
    /// If the store can't be written.
    pub fn update_credential(
        &mut self,
        context: &AuditContext<'_>,
        after: Credential,
    ) -> Result<Credential, StoreError> {
        let before = self.get_credential(after.seq)?;
        let after = Credential { audit_seq: self.head.audit_seq.next(), ..after };
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

    /// Records that the current secret of `credential` was delivered, unless the credential has a newer secret by now.
    /// This does not change the credential, so it writes no audit record.
    ///
    /// # Errors
    /// If the store can't be written.
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

    fn audit_credential(
        &mut self,
        context: &AuditContext<'_>,
        before: Option<&Credential>,
        after: &Credential,
    ) -> Result<(), StoreError> {
        let account = self.account_of(after)?.id;
        let fields = |credential: &Credential| audit::credential_fields(credential, &account);
        let names = self.display_names_or_empty(&after.subject)?;
        let change = AuditedChange {
            subject: after.id.to_string(),
            name: Some(names.label(&after.subject).into_owned()),
            before: before.map(fields),
            after: Some(fields(after)),
        };
        self.append_audit(context, change)
    }
}
