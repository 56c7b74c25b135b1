//! The tables of credentials and of the digests of their secrets.

use rusqlite::params;

use super::{
    error::to_store_error,
    statements::{column_list, select, select_found},
    transaction::{SqliteTransaction, read, read_found},
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
        usage::LastUse,
    },
    store::{
        error::StoreError,
        port::{
            batch::BatchCallback,
            record::{CredentialRow, FoundRow, SecretEntry, SecretRow, WithMac},
            tables::{CredentialScan, CredentialTables, Order, SortBy},
        },
        table::{Column, CredentialColumn, LastUseColumn, RawRow, Value, read_row},
    },
};

impl CredentialTables for SqliteTransaction<'_> {
    fn find_credentials(
        &mut self,
        seqs: &[CredentialSeq],
    ) -> Result<Vec<FoundRow<Credential>>, StoreError> {
        let statement = select_found!(Credential, "where seq = ?1");
        self.find_each(statement, seqs.iter().map(|seq| [seq.0]), read_found)
    }

    fn find_credentials_by_id(
        &mut self,
        ids: &[CredentialId],
    ) -> Result<Vec<FoundRow<Credential>>, StoreError> {
        let statement = select_found!(Credential, "where id = ?1");
        self.find_each(statement, ids.iter().map(|id| [&id.bytes[..]]), read_found)
    }

    fn list_credentials_by_partial_id(
        &mut self,
        partial_id: PartialId,
        limit: usize,
    ) -> Result<Vec<FoundRow<Credential>>, StoreError> {
        let (least, greatest) = (&partial_id.least[..], &partial_id.greatest[..]);
        let statement =
            select_found!(Credential, "where id between ?1 and ?2 order by id limit ?3");
        let found = self.list(statement, params![least, greatest, limit as i64], read_found)?;
        // A row that the index has lost could make an ambiguous partial ID look unique.
        let count = "select count(*) from credential not indexed where id between ?1 and ?2";
        let count: Option<i64> =
            self.find(count, [least, greatest], |row| row.get(0).map_err(to_store_error))?;
        match count == Some(found.len() as i64) || found.len() == limit {
            true => Ok(found),
            false => Err(StoreError::integrity("the index of ids is wrong")),
        }
    }

    fn list_expiring_by(&mut self, end: Instant) -> Result<Vec<FoundRow<Credential>>, StoreError> {
        let statement = select_found!(
            Credential,
            "indexed by credential_ending \
                where expires_at is not null and revoked_at is null and deleted_at is null and expires_at <= ?1 \
                order by expires_at, seq"
        );
        self.list(statement, [end.unix()], read_found)
    }

    fn list_slots(&mut self, account: AccountKey) -> Result<Vec<u8>, StoreError> {
        let statement =
            "select slot from credential where account = ?1 and slot is not null order by slot";
        self.list(statement, [account.0], |row| row.get(0).map_err(to_store_error))
    }

    fn scan_credentials(
        &mut self,
        scan: CredentialScan,
        each: &mut BatchCallback<'_, CredentialRow>,
    ) -> Result<(), StoreError> {
        let with_usage = scan.with_usage;
        let mut columns = column_list::<Credential>("credential.");
        let mut join = "";
        if with_usage {
            columns = format!("{columns}, {}", column_list::<LastUse>("last_use."));
            join = "left join last_use on last_use.credential = credential.seq";
        }
        // `not indexed`: reads the table itself, never an index that may have lost a row.
        let statement = format!(
            "select {columns} from credential not indexed {join} order by {}",
            order_by(scan)
        );
        let first_of_usage = CredentialColumn::ALL.len();
        self.scan(
            &statement,
            [],
            |row| {
                let position = first_of_usage + LastUseColumn::Credential.index();
                let is_used = with_usage && row.value(position) != Some(Value::Null);
                let last_use = is_used.then(|| read_row(row, first_of_usage)).transpose()?;
                Ok(CredentialRow { credential: read_row(row, 0)?, last_use })
            },
            each,
        )
    }

    fn insert_credentials(
        &mut self,
        credentials: &[WithMac<Credential>],
    ) -> Result<usize, StoreError> {
        self.insert(credentials)
    }

    fn update_credentials(
        &mut self,
        credentials: &[WithMac<Credential>],
    ) -> Result<usize, StoreError> {
        self.update(credentials)
    }

    fn find_secret(&mut self, digest: &Digest) -> Result<Option<SecretRow>, StoreError> {
        let statement = select!(SecretEntry, "where digest = ?1");
        let found = self.find(statement, [&digest.0[..]], read::<SecretEntry>)?;
        let Some(entry) = found else { return Ok(None) };
        let credential = self.find_credentials(&[entry.record.credential])?.pop();
        Ok(Some(SecretRow { entry, credential }))
    }

    fn scan_secrets(
        &mut self,
        each: &mut BatchCallback<'_, WithMac<SecretEntry>>,
    ) -> Result<(), StoreError> {
        self.scan(select!(SecretEntry, "order by digest"), [], read, each)
    }

    fn insert_secrets(&mut self, secrets: &[WithMac<SecretEntry>]) -> Result<usize, StoreError> {
        self.insert(secrets)
    }
}

/// Returns the terms of `order by`.
fn order_by(
    CredentialScan { order: Order { by, is_reversed }, with_usage }: CredentialScan,
) -> String {
    let terms: &[&str] = match by {
        SortBy::Created => &["seq"],
        SortBy::Name => &["owner", "seq"],
        SortBy::Expiry => &["expires_at is null", "expires_at", "seq"],
        SortBy::Kind => &["kind", "seq"],
        SortBy::LastUse if with_usage => &["last_use.at", "seq"],
        SortBy::LastUse => &["seq"],
    };
    let direction = if is_reversed { " desc" } else { "" };
    let terms: Vec<String> = terms.iter().map(|term| format!("{term}{direction}")).collect();
    terms.join(", ")
}
