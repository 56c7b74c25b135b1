//! The tables of credentials and of the digests of their secrets.

use rusqlite::params;

use super::{
    rows::{self, CREDENTIAL_COLUMNS, SECRET_COLUMNS},
    statements::{CREDENTIAL_STATEMENTS, statement},
    transaction::SqliteTransaction,
};
use crate::{
    domain::{
        credential::{Credential, secret::Digest},
        directory::{
            account::AccountKey,
            id::{CredentialId, PartialId},
        },
        instant::Instant,
        seq::CredentialSeq,
    },
    store::{
        error::StoreError,
        port::{
            backend::{CredentialTables, RowCallback, SortBy},
            record::{SecretEntry, WithMac},
        },
    },
};

impl CredentialTables for SqliteTransaction<'_> {
    fn find_credential(
        &self,
        seq: CredentialSeq,
    ) -> Result<Option<WithMac<Credential>>, StoreError> {
        let statement = statement!("select {CREDENTIAL_COLUMNS} from credential where seq = ?1");
        self.find(statement, [seq.0], rows::credential)
    }

    fn find_credential_by_id(
        &self,
        id: CredentialId,
    ) -> Result<Option<WithMac<Credential>>, StoreError> {
        let statement = statement!("select {CREDENTIAL_COLUMNS} from credential where id = ?1");
        self.find(statement, [&id.bytes[..]], rows::credential)
    }

    fn list_credentials_by_partial_id(
        &self,
        partial_id: PartialId,
        limit: usize,
    ) -> Result<Vec<WithMac<Credential>>, StoreError> {
        let statement = statement!(
            "select {CREDENTIAL_COLUMNS} from credential where id between ?1 and ?2 order by id limit ?3"
        );
        let params = params![&partial_id.least[..], &partial_id.greatest[..], limit as i64];
        self.list(statement, params, rows::credential)
    }

    fn count_credentials_by_partial_id(&self, partial_id: PartialId) -> Result<usize, StoreError> {
        let statement = "select count(*) from credential not indexed where id between ?1 and ?2";
        let params = params![&partial_id.least[..], &partial_id.greatest[..]];
        let count = self.find(statement, params, |row| row.get::<_, i64>(0))?;
        Ok(count.and_then(|count| usize::try_from(count).ok()).unwrap_or_default())
    }

    fn scan_credentials(
        &self,
        order: SortBy,
        each: &mut RowCallback<'_, Credential>,
    ) -> Result<(), StoreError> {
        let by = match order {
            SortBy::Created => "seq",
            SortBy::Name => "owner, seq",
            SortBy::Expiry => "expires_at is null, expires_at, seq",
        };
        // `not indexed`: reads the table itself, never an index that may have lost a row.
        let statement =
            format!("select {CREDENTIAL_COLUMNS} from credential not indexed order by {by}");
        self.scan_rows(&statement, [], rows::credential, each)
    }

    fn list_expiring_by(&self, end: Instant) -> Result<Vec<(CredentialSeq, Instant)>, StoreError> {
        let statement = "select seq, expires_at from credential indexed by credential_ending \
            where expires_at is not null and revoked_at is null and deleted_at is null and expires_at <= ?1 \
            order by expires_at, seq";
        self.list(statement, [end.unix()], |row| {
            Ok((CredentialSeq(row.get(0)?), rows::instant(row, 1)?))
        })
    }

    fn list_slots(&self, account: AccountKey) -> Result<Vec<u8>, StoreError> {
        let statement =
            "select slot from credential where account = ?1 and slot is not null order by slot";
        self.list(statement, [account.0], |row| row.get(0))
    }

    fn insert_credential(&self, credential: &WithMac<Credential>) -> Result<bool, StoreError> {
        self.write_credential(&CREDENTIAL_STATEMENTS.insert, credential)
    }

    fn update_credential(&self, credential: &WithMac<Credential>) -> Result<bool, StoreError> {
        self.write_credential(&CREDENTIAL_STATEMENTS.update, credential)
    }

    fn find_secret(&self, digest: &Digest) -> Result<Option<WithMac<SecretEntry>>, StoreError> {
        let statement = statement!("select {SECRET_COLUMNS} from secret where digest = ?1");
        self.find(statement, [&digest.0[..]], rows::secret)
    }

    fn insert_secret(&self, secret: &WithMac<SecretEntry>) -> Result<bool, StoreError> {
        let statement = statement!(
            "insert into secret ({SECRET_COLUMNS}) values (?1, ?2, ?3) on conflict do nothing"
        );
        let WithMac { record, mac } = secret;
        self.execute(statement, params![&record.digest.0[..], record.credential.0, mac])
    }

    fn scan_secrets(&self, each: &mut RowCallback<'_, SecretEntry>) -> Result<(), StoreError> {
        let statement = statement!("select {SECRET_COLUMNS} from secret order by digest");
        self.scan_rows(statement, [], rows::secret, each)
    }
}
