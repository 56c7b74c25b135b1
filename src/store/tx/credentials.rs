//! Credentials and the digests of their secrets.

use std::collections::HashMap;

use super::{
    audit::{AuditContext, AuditedChange},
    ensure::{ensure_newest, ensure_requested, verify_row, verify_summed},
    transaction::Transaction,
};
use crate::{
    domain::{
        audit,
        credential::{Credential, lifetime::Expiry, secret::Digest},
        decision::{KnownSecret, SecretLookup},
        directory::id::{CredentialId, IdPrefix, PartialId},
        instant::Instant,
        seq::CredentialSeq,
    },
    keys::constant_time_eq,
    store::{
        error::StoreError,
        port::record::{CounterKey, FoundRow, SecretEntry, SecretRow},
        row_mac::Summand,
    },
};

impl Transaction<'_> {
    /// Looks up the digest of a secret. A record that does not verify is a result, not an error.
    ///
    /// # Errors
    /// If the store can't be read.
    pub fn find_by_digest(&mut self, digest: &Digest) -> Result<SecretLookup, StoreError> {
        match self.load_by_digest(digest) {
            Ok(Some(known)) => Ok(SecretLookup::Known(Box::new(known))),
            Ok(None) => Ok(SecretLookup::Unknown),
            Err(StoreError::Integrity(_)) => Ok(SecretLookup::Tampered),
            Err(error) => Err(error),
        }
    }

    fn load_by_digest(&mut self, digest: &Digest) -> Result<Option<KnownSecret>, StoreError> {
        self.flush()?;
        let Some(SecretRow { entry, credential }) = self.raw.find_secret(digest)? else {
            return Ok(None);
        };
        let entry = verify_row(&self.row_mac, entry, "a secret's digest")?;
        if !constant_time_eq(&entry.digest.0, &digest.0) {
            return Err(StoreError::integrity("an index refers to another digest"));
        }
        let credential = credential.ok_or_else(|| missing_credential(entry.credential))?;
        let (credential, _) = self.verify_newest(credential)?;
        ensure_requested(credential.seq == entry.credential, &credential)?;
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
        &mut self,
        id: CredentialId,
    ) -> Result<Option<Credential>, StoreError> {
        Ok(self.find_credentials_by_id(&[id])?.pop())
    }

    /// Finds the credentials with these IDs, in any order.
    ///
    /// # Errors
    /// If one does not verify.
    pub fn find_credentials_by_id(
        &mut self,
        ids: &[CredentialId],
    ) -> Result<Vec<Credential>, StoreError> {
        self.flush()?;
        let rows = self.raw.find_credentials_by_id(ids)?;
        let mut found = self.verify_credentials(rows)?;
        let requested: HashMap<[u8; 12], IdPrefix> =
            ids.iter().map(|id| (id.bytes, id.prefix)).collect();
        for credential in &found {
            ensure_requested(requested.contains_key(&credential.id.bytes), credential)?;
        }
        found.retain(|one| requested.get(&one.id.bytes) == Some(&one.id.prefix));
        Ok(found)
    }

    /// Lists at most `limit` credentials whose ID begins with `partial_id`.
    ///
    /// # Errors
    /// If one does not verify.
    pub fn list_credentials_by_partial_id(
        &mut self,
        partial_id: PartialId,
        limit: usize,
    ) -> Result<Vec<Credential>, StoreError> {
        self.flush()?;
        let ids = partial_id.least..=partial_id.greatest;
        let rows = self.raw.list_credentials_by_partial_id(partial_id, limit)?;
        let mut found = self.verify_credentials(rows)?;
        for credential in &found {
            ensure_requested(ids.contains(&credential.id.bytes), credential)?;
        }
        found.retain(|credential| partial_id.matches(credential.id));
        Ok(found)
    }

    /// Finds the credential with this number.
    ///
    /// # Errors
    /// If it does not verify.
    pub fn find_credential(
        &mut self,
        seq: CredentialSeq,
    ) -> Result<Option<Credential>, StoreError> {
        if let Some(known) = self.pending.credentials.get(&seq) {
            return Ok(Some(known.clone()));
        }
        Ok(self.find_credentials(&[seq])?.pop())
    }

    /// Finds the credentials with these numbers, by number.
    ///
    /// # Errors
    /// If one does not verify.
    pub fn find_credentials(
        &mut self,
        seqs: &[CredentialSeq],
    ) -> Result<Vec<Credential>, StoreError> {
        let (mut found, mut unread) = (Vec::with_capacity(seqs.len()), Vec::new());
        for seq in seqs {
            match self.pending.credentials.get(seq) {
                Some(known) => found.push(known.clone()),
                None => unread.push(*seq),
            }
        }
        if !unread.is_empty() {
            let rows = self.raw.find_credentials(&unread)?;
            unread.sort_unstable();
            for credential in self.verify_credentials(rows)? {
                ensure_requested(unread.binary_search(&credential.seq).is_ok(), &credential)?;
                found.push(credential);
            }
        }
        found.sort_unstable_by_key(|credential| credential.seq);
        found.dedup_by_key(|credential| credential.seq);
        Ok(found)
    }

    /// Returns the credential with this number, which another record refers to.
    ///
    /// # Errors
    /// If it does not verify or is missing.
    pub fn get_credential(&mut self, seq: CredentialSeq) -> Result<Credential, StoreError> {
        self.find_credential(seq)?.ok_or_else(|| missing_credential(seq))
    }

    /// Returns the credentials with these numbers, which other records refer to, by number.
    ///
    /// # Errors
    /// If one does not verify or is missing.
    pub fn get_credentials(
        &mut self,
        seqs: &[CredentialSeq],
    ) -> Result<Vec<Credential>, StoreError> {
        let found = self.find_credentials(seqs)?;
        let is_found =
            |seq: &&CredentialSeq| found.binary_search_by_key(*seq, |one| one.seq).is_ok();
        match seqs.iter().find(|seq| !is_found(seq)) {
            Some(missing) => Err(missing_credential(*missing)),
            None => Ok(found),
        }
    }

    /// Counts the credentials that are neither revoked nor deleted and expire by the end of the day of `instant`
    /// (UTC).
    ///
    /// # Errors
    /// If a counter does not verify.
    pub fn count_expiring_by_end_of_day(&mut self, instant: Instant) -> Result<i64, StoreError> {
        self.sum_counters(CounterKey::expiring_until(instant.day()))
    }

    /// Lists the credentials that are neither revoked nor deleted and expire by `instant`, by number.
    ///
    /// # Errors
    /// If one does not verify, or the index of expiries does not contain each one up to the end of that day once and
    /// with its expiry.
    pub fn list_expiring_by(&mut self, instant: Instant) -> Result<Vec<Credential>, StoreError> {
        let wrong = || StoreError::integrity("the index of expiries is wrong");
        self.flush()?;
        // This includes those that expire later that day: a tampered entry may have another number or expiry.
        let end = instant.day().last_second();
        let rows = self.raw.list_expiring_by(end)?;
        let mut found = self.verify_credentials(rows)?;
        found.sort_unstable_by_key(|credential| credential.seq);
        let is_unique = found.is_sorted_by(|one, next| one.seq < next.seq);
        if !is_unique || found.len() as i64 != self.count_expiring_by_end_of_day(instant)? {
            return Err(wrong());
        }
        let expires = |credential: &Credential| {
            credential.is_unrevoked()
                && matches!(credential.expiry, Expiry::At(expiry) if expiry <= end)
        };
        if !found.iter().all(expires) {
            return Err(wrong());
        }
        found.retain(|credential| credential.expiry.has_passed(instant));
        Ok(found)
    }

    /// Verifies credentials. A change keeps them, because it may change them.
    fn verify_credentials(
        &mut self,
        rows: Vec<FoundRow<Credential>>,
    ) -> Result<Vec<Credential>, StoreError> {
        let mut found = Vec::with_capacity(rows.len());
        for row in rows {
            let (credential, summand) = self.verify_newest(row)?;
            if self.keeps_rows() {
                self.pending.credentials.keep(credential.seq, credential.clone(), summand);
            }
            found.push(credential);
        }
        Ok(found)
    }

    /// Verifies a credential, and that it is as its newest audit record left it.
    fn verify_newest(
        &self,
        FoundRow { row, newest_audit }: FoundRow<Credential>,
    ) -> Result<(Credential, Summand), StoreError> {
        let seq = row.record.seq;
        let (credential, summand) =
            verify_summed(&self.row_mac, row, format_args!("credential number {seq}"))?;
        ensure_newest(credential.audit_seq, newest_audit, credential.id)?;
        Ok((credential, summand))
    }

    /// Inserts a credential with the next number, and its audit record. The numbers in `new` are ignored.
    ///
    /// # Errors
    /// If the store can't be read or written.
    pub fn insert_credential(
        &mut self,
        context: &AuditContext<'_>,
        new: Credential,
    ) -> Result<Credential, StoreError> {
        self.head.credentials = self.head.credentials.next();
        let audit_seq = self.head.audit_seq.next();
        let after = Credential { seq: self.head.credentials, audit_seq, ..new };
        self.update_counters(None, &after)?;
        self.claim_credential_name(&after)?;
        self.audit_credential(context, None, &after)?;
        // Together, after the last query: a query may write the collected change, and a digest refers to its credential.
        self.pending.credentials.insert(after.seq, after.clone());
        self.insert_secrets(&[], &after);
        self.flush_if_full()?;
        Ok(after)
    }

    /// Replaces a credential, updates its unique name, digests and counters, and adds its audit record, unless nothing
    /// differs. Reads the previous state itself, so that no caller can pass a wrong one.
    ///
    /// # Errors
    /// If the store can't be read or written.
    pub fn update_credential(
        &mut self,
        context: &AuditContext<'_>,
        after: Credential,
    ) -> Result<Credential, StoreError> {
        let before = self.get_credential(after.seq)?;
        if after == before {
            return Ok(before);
        }
        let after = Credential { audit_seq: self.head.audit_seq.next(), ..after };
        self.update_counters(Some(&before), &after)?;
        self.move_credential_name(&before, &after)?;
        let known: Vec<Digest> = before.secrets.digests().copied().collect();
        self.insert_secrets(&known, &after);
        self.audit_credential(context, Some(&before), &after)?;
        self.pending.credentials.update(after.seq, after.clone())?;
        self.flush_if_full()?;
        Ok(after)
    }

    /// Records that the current secret of `credential` was delivered, unless the credential has a newer secret by now.
    /// This does not change the credential, so it writes no audit record.
    ///
    /// # Errors
    /// If the store can't be read.
    pub fn mark_delivered(
        &mut self,
        credential: &Credential,
        at: Instant,
    ) -> Result<(), StoreError> {
        let mut delivered = self.get_credential(credential.seq)?;
        if delivered.secrets.generation == credential.secrets.generation {
            delivered.secrets.delivered_at = Some(at);
            self.pending.credentials.update(delivered.seq, delivered)?;
        }
        Ok(())
    }

    /// Records that the current secret of `credential` was used while the one before it is retiring. Like
    /// [`Transaction::mark_delivered`], this writes no audit record.
    ///
    /// # Errors
    /// If the store can't be read.
    pub fn mark_replacement_used(&mut self, credential: &Credential) -> Result<(), StoreError> {
        let mut used = self.get_credential(credential.seq)?;
        if used.secrets.generation == credential.secrets.generation
            && let Some(retiring) = &mut used.secrets.retiring
        {
            retiring.replacement_used = true;
            self.pending.credentials.update(used.seq, used)?;
        }
        Ok(())
    }

    /// Inserts the digests of a credential that are not among the `known` ones.
    fn insert_secrets(&mut self, known: &[Digest], credential: &Credential) {
        let new = credential.secrets.digests().filter(|digest| !known.contains(digest));
        let entry = |digest: &Digest| SecretEntry { digest: *digest, credential: credential.seq };
        self.pending.secrets.extend(new.map(entry));
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
        self.append_audit(context, change);
        Ok(())
    }
}

fn missing_credential(seq: CredentialSeq) -> StoreError {
    StoreError::integrity(format!("credential number {seq} is missing"))
}
