//! Faults of the tables of credentials and digests.

use gatepass::{
    domain::{
        credential::{Credential, lifetime::Expiry, secret::Digest},
        directory::{
            account::AccountKey,
            id::{CredentialId, PartialId},
        },
        instant::Instant,
        seq::{AuditSeq, CredentialSeq},
    },
    store::{
        SortBy, StoreError,
        port::{
            batch::BatchCallback,
            record::{CredentialRow, FoundRow, SecretEntry, SecretRow, WithMac},
            tables::{CredentialScan, CredentialTables},
        },
    },
};

use super::{
    backend::{FaultyTransaction, faultless, faulty_scans, scan_faultily, with_shared_faults},
    faults::Fault,
};

impl CredentialTables for FaultyTransaction<'_> {
    faultless! {
        fn list_slots(account: AccountKey) -> Vec<u8>;
    }

    with_shared_faults! {
        insert fn insert_credentials(&[WithMac<Credential>]) -> usize;
        update fn update_credentials(&[WithMac<Credential>]) -> usize;
        insert fn insert_secrets(&[WithMac<SecretEntry>]) -> usize;
    }

    faulty_scans! {
        fn scan_secrets(WithMac<SecretEntry>);
    }

    fn find_credentials(
        &mut self,
        seqs: &[CredentialSeq],
    ) -> Result<Vec<FoundRow<Credential>>, StoreError> {
        let seqs = self.keys(seqs);
        let mut found = self.inner().find_credentials(seqs)?;
        if self.has(Fault::FindsTheFirstAuditRecordOfASubject) {
            for row in &mut found {
                row.newest_audit = row.newest_audit.map(|_| AuditSeq::FIRST);
            }
        }
        Ok(self.found(found, |one| one.audit_seq))
    }

    fn find_credentials_by_id(
        &mut self,
        ids: &[CredentialId],
    ) -> Result<Vec<FoundRow<Credential>>, StoreError> {
        let ids = self.keys(ids);
        let found = self.inner().find_credentials_by_id(ids)?;
        Ok(self.found(found, |one| one.audit_seq))
    }

    fn list_credentials_by_partial_id(
        &mut self,
        mut prefix: PartialId,
        limit: usize,
    ) -> Result<Vec<FoundRow<Credential>>, StoreError> {
        if self.has(Fault::IgnoresTheIdPrefix) {
            (prefix.least, prefix.greatest) = ([0; 12], [0xff; 12]);
        }
        let found = self.inner().list_credentials_by_partial_id(prefix, limit)?;
        Ok(self.found(found, |one| one.audit_seq))
    }

    fn scan_credentials(
        &mut self,
        mut scan: CredentialScan,
        each: &mut BatchCallback<'_, CredentialRow>,
    ) -> Result<(), StoreError> {
        match self.fault {
            Fault::IgnoresSortOrder => scan.order = SortBy::Created.into(),
            Fault::ScansWithoutLastUses => scan.with_usage = false,
            _ => {}
        }
        let fault = self.fault;
        let distort = |rows: &mut Vec<CredentialRow>| match fault {
            Fault::SkipsTheFirstRow => drop(rows.remove(0)),
            Fault::RepeatsTheFirstRow => rows.insert(0, rows[0].clone()),
            Fault::RepeatsTheFirstRowInsteadOfTheSecond if rows.len() > 1 => {
                rows[1] = rows[0].clone();
            }
            _ => {}
        };
        scan_faultily(fault, |pass| self.inner().scan_credentials(scan, pass), distort, each)
    }

    fn list_expiring_by(&mut self, end: Instant) -> Result<Vec<FoundRow<Credential>>, StoreError> {
        let after = i64::from(self.has(Fault::IncludesExpiryAfterTheBound));
        let mut expiring = self.inner().list_expiring_by(end.plus(after))?;
        match (self.fault, expiring.first_mut()) {
            (Fault::ReturnsAnotherExpiringCredential, Some(first)) => {
                let others = self.inner().find_credentials(&[CredentialSeq(3)])?;
                first.clone_from(&others[0]);
            }
            (Fault::ReturnsAWrongExpiry, Some(first)) => {
                first.row.record.expiry = Expiry::At(end.plus(-1));
            }
            _ => {}
        }
        Ok(self.found(expiring, |one| one.audit_seq))
    }

    fn find_secret(&mut self, digest: &Digest) -> Result<Option<SecretRow>, StoreError> {
        let found = self.inner().find_secret(digest)?;
        let forgets = self.has(Fault::FindsASecretWithoutItsCredential);
        Ok(found.map(|SecretRow { entry, credential }| {
            let credential = credential.filter(|_| !forgets).into_iter().collect();
            SecretRow { entry, credential: self.found(credential, |one| one.audit_seq).pop() }
        }))
    }
}
