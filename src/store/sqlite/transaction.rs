//! Transactions on SQLite: one statement for each question.

use std::ops::{ControlFlow, RangeInclusive};

use rusqlite::{Connection, OptionalExtension, Params, Row, params};

use super::{
    rows::{self, ACCOUNT_COLUMNS, CREDENTIAL_COLUMNS},
    statements::{ACCOUNT_STATEMENTS, CREDENTIAL_STATEMENTS},
    to_store_error,
};
use crate::{
    domain::{
        credential::{Credential, secret::Digest},
        directory::{
            account::{Account, AccountKey},
            id::{CredentialId, PartialId},
        },
        instant::Instant,
        usage::LastUse,
    },
    store::{
        StoreError,
        port::{
            backend::{Access, BackendTransaction, HeadRow, RowCallback, SortBy},
            record::{AuditEntry, Counter, Head, Namespace, SecretEntry, UniqueName, WithMac},
        },
    },
};

/// An open transaction; dropped without a commit, it rolls back.
pub(super) struct SqliteTransaction<'c> {
    connection: &'c Connection,
    access: Access,
    is_open: bool,
}

impl<'c> SqliteTransaction<'c> {
    pub(super) fn begin(connection: &'c Connection, access: Access) -> Result<Self, StoreError> {
        // Set each time anew, so that no transaction depends on how the one before it ended.
        let statement = match access {
            Access::Read => {
                // A gate begins a thousand of them a second: it is parsed once.
                let mut begin =
                    connection.prepare_cached("begin deferred").map_err(to_store_error)?;
                begin.execute([]).map_err(to_store_error)?;
                return Ok(Self { connection, access, is_open: true });
            }
            Access::Write => "pragma synchronous = full; begin immediate",
            // What a gate notes of a million credentials touches every page once: there is nothing to keep them for.
            Access::WriteRelaxed => {
                "pragma synchronous = normal; pragma cache_size = -1024; begin immediate"
            }
        };
        connection.execute_batch(statement).map_err(to_store_error)?;
        Ok(Self { connection, access, is_open: true })
    }

    pub(super) fn find<T>(
        &self,
        statement: &str,
        params: impl Params,
        read: impl FnOnce(&Row<'_>) -> Result<T, rusqlite::Error>,
    ) -> Result<Option<T>, StoreError> {
        let mut statement = self.connection.prepare_cached(statement).map_err(to_store_error)?;
        statement.query_row(params, read).optional().map_err(to_store_error)
    }

    pub(super) fn list<T>(
        &self,
        statement: &str,
        params: impl Params,
        read: impl FnMut(&Row<'_>) -> Result<T, rusqlite::Error>,
    ) -> Result<Vec<T>, StoreError> {
        let mut statement = self.connection.prepare_cached(statement).map_err(to_store_error)?;
        let rows = statement.query_map(params, read).map_err(to_store_error)?;
        rows.collect::<Result<_, _>>().map_err(to_store_error)
    }

    pub(super) fn scan_rows<T>(
        &self,
        statement: &str,
        params: impl Params,
        read: impl Fn(&Row<'_>) -> Result<WithMac<T>, rusqlite::Error>,
        each: &mut RowCallback<'_, T>,
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(statement).map_err(to_store_error)?;
        let mut rows = statement.query(params).map_err(to_store_error)?;
        while let Some(row) = rows.next().map_err(to_store_error)? {
            if each(read(row).map_err(to_store_error)?).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// Whether exactly one row was hit.
    pub(super) fn execute(&self, statement: &str, params: impl Params) -> Result<bool, StoreError> {
        if self.access == Access::Read {
            return Err(StoreError::Inaccessible("the transaction is for reading only".to_owned()));
        }
        let mut statement = self.connection.prepare_cached(statement).map_err(to_store_error)?;
        Ok(statement.execute(params).map_err(to_store_error)? == 1)
    }
}

impl Drop for SqliteTransaction<'_> {
    fn drop(&mut self) {
        if self.is_open {
            // There is nobody to tell, and a connection that can't do it rolls back when it closes.
            let rollback = self.connection.prepare_cached("rollback");
            let _rolled_back = rollback.and_then(|mut rollback| rollback.execute([]));
        }
    }
}

impl BackendTransaction for SqliteTransaction<'_> {
    fn find_head(&self) -> Result<Option<HeadRow>, StoreError> {
        let statement = "select key_check, created_at, accounts, credentials, apps, districts, messages, \
            audit_seq, audit_at, audit_link, escrowed_at, mac from head where id = 1";
        self.find(statement, [], rows::head)
    }

    fn insert_head(&self, key_check: &[u8], head: &WithMac<Head>) -> Result<(), StoreError> {
        let statement = "insert into head (id, key_check, created_at, accounts, credentials, apps, districts, messages, \
            audit_seq, audit_at, audit_link, escrowed_at, mac) \
            values (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
        let WithMac { record: h, mac } = head;
        let params = params![
            key_check,
            h.created_at.unix(),
            h.accounts,
            h.credentials,
            h.apps,
            h.districts,
            h.messages,
            h.audit_seq,
            h.audit_at.unix(),
            &h.audit_link[..],
            h.escrowed_at.map(Instant::unix),
            mac
        ];
        self.execute(statement, params).map(drop)
    }

    fn update_head(&self, head: &WithMac<Head>) -> Result<bool, StoreError> {
        let statement = "update head set created_at = ?1, accounts = ?2, credentials = ?3, apps = ?4, districts = ?5, \
            messages = ?6, audit_seq = ?7, audit_at = ?8, audit_link = ?9, escrowed_at = ?10, mac = ?11 where id = 1";
        let WithMac { record: h, mac } = head;
        let params = params![
            h.created_at.unix(),
            h.accounts,
            h.credentials,
            h.apps,
            h.districts,
            h.messages,
            h.audit_seq,
            h.audit_at.unix(),
            &h.audit_link[..],
            h.escrowed_at.map(Instant::unix),
            mac
        ];
        self.execute(statement, params)
    }

    fn list_accounts(&self) -> Result<Vec<WithMac<Account>>, StoreError> {
        self.list(&format!("select {ACCOUNT_COLUMNS} from account order by key"), [], rows::account)
    }

    fn insert_account(&self, account: &WithMac<Account>) -> Result<bool, StoreError> {
        self.write_account(&ACCOUNT_STATEMENTS.insert, account)
    }

    fn update_account(&self, account: &WithMac<Account>) -> Result<bool, StoreError> {
        self.write_account(&ACCOUNT_STATEMENTS.update, account)
    }

    fn find_credential(&self, seq: i64) -> Result<Option<WithMac<Credential>>, StoreError> {
        self.find(
            &format!("select {CREDENTIAL_COLUMNS} from credential where seq = ?1"),
            [seq],
            rows::credential,
        )
    }

    fn find_credential_by_id(
        &self,
        id: CredentialId,
    ) -> Result<Option<WithMac<Credential>>, StoreError> {
        self.find(
            &format!("select {CREDENTIAL_COLUMNS} from credential where id = ?1"),
            [&id.bytes[..]],
            rows::credential,
        )
    }

    fn list_credentials_by_partial_id(
        &self,
        prefix: PartialId,
        limit: usize,
    ) -> Result<Vec<WithMac<Credential>>, StoreError> {
        let statement = format!(
            "select {CREDENTIAL_COLUMNS} from credential where id between ?1 and ?2 order by id limit ?3"
        );
        let params = params![&prefix.least[..], &prefix.greatest[..], limit as i64];
        self.list(&statement, params, rows::credential)
    }

    fn count_credentials_by_partial_id(&self, prefix: PartialId) -> Result<usize, StoreError> {
        let statement = "select count(*) from credential not indexed where id between ?1 and ?2";
        let params = params![&prefix.least[..], &prefix.greatest[..]];
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
        // `not indexed`: the table itself is asked, never an index that may have lost a row.
        let statement =
            format!("select {CREDENTIAL_COLUMNS} from credential not indexed order by {by}");
        self.scan_rows(&statement, [], rows::credential, each)
    }

    fn list_expiring_before(&self, before: i64) -> Result<Vec<(i64, i64)>, StoreError> {
        let statement = "select seq, expires_at from credential indexed by credential_ending \
            where expires_at is not null and revoked_at is null and deleted_at is null and expires_at < ?1 \
            order by expires_at, seq";
        self.list(statement, [before], |row| Ok((row.get(0)?, row.get(1)?)))
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
        self.find(
            "select digest, credential, mac from secret where digest = ?1",
            [&digest.0[..]],
            rows::secret,
        )
    }

    fn insert_secret(&self, secret: &WithMac<SecretEntry>) -> Result<bool, StoreError> {
        let statement = "insert into secret (digest, credential, mac) values (?1, ?2, ?3) on conflict do nothing";
        let WithMac { record, mac } = secret;
        self.execute(statement, params![&record.digest.0[..], record.credential, mac])
    }

    fn scan_secrets(&self, each: &mut RowCallback<'_, SecretEntry>) -> Result<(), StoreError> {
        self.scan_rows(
            "select digest, credential, mac from secret order by digest",
            [],
            rows::secret,
            each,
        )
    }

    fn find_last_use(&self, credential: i64) -> Result<Option<WithMac<LastUse>>, StoreError> {
        let statement =
            "select credential, at, peer, count, mac from last_use where credential = ?1";
        self.find(statement, [credential], rows::last_use)
    }

    fn has_last_uses(&self) -> Result<bool, StoreError> {
        Ok(self.find("select 1 from last_use limit 1", [], |_| Ok(()))?.is_some())
    }

    fn scan_last_uses(&self, each: &mut RowCallback<'_, LastUse>) -> Result<(), StoreError> {
        let statement = "select credential, at, peer, count, mac from last_use order by credential";
        self.scan_rows(statement, [], rows::last_use, each)
    }

    fn put_last_use(&self, last_use: &WithMac<LastUse>) -> Result<(), StoreError> {
        let statement = "insert into last_use (credential, at, peer, count, mac) values (?1, ?2, ?3, ?4, ?5) \
            on conflict (credential) do update set at = ?2, peer = ?3, count = ?4, mac = ?5";
        let WithMac { record: u, mac } = last_use;
        let params = params![u.credential, u.at.unix(), u.peer, u.count.cast_signed(), mac];
        self.execute(statement, params).map(drop)
    }

    fn find_unique_name(
        &self,
        account: AccountKey,
        namespace: Namespace,
        key: &str,
    ) -> Result<Option<WithMac<UniqueName>>, StoreError> {
        let statement = "select account, register, owner_key, holder, mac from holding \
            where account = ?1 and register = ?2 and owner_key = ?3";
        self.find(statement, params![account.0, namespace.as_str(), key], rows::unique_name)
    }

    fn unique_name_exists(
        &self,
        account: AccountKey,
        namespace: Namespace,
        key: &str,
    ) -> Result<bool, StoreError> {
        let statement = "select 1 from holding indexed by holding_name \
            where owner_key = ?1 and register = ?2 and account = ?3";
        let found =
            self.find(statement, params![key, namespace.as_str(), account.0], |_| Ok(()))?;
        Ok(found.is_some())
    }

    fn scan_unique_names_from(
        &self,
        account: AccountKey,
        namespace: Namespace,
        start: &str,
        each: &mut RowCallback<'_, UniqueName>,
    ) -> Result<(), StoreError> {
        let statement = "select account, register, owner_key, holder, mac from holding \
            where account = ?1 and register = ?2 and owner_key >= ?3 order by owner_key";
        let params = params![account.0, namespace.as_str(), start];
        // Those that begin otherwise come last: whoever asks for few does not pay for them.
        self.scan_rows(statement, params, rows::unique_name, &mut |row| {
            if row.record.key.starts_with(start) { each(row) } else { ControlFlow::Break(()) }
        })
    }

    fn scan_unique_names(&self, each: &mut RowCallback<'_, UniqueName>) -> Result<(), StoreError> {
        let statement = "select account, register, owner_key, holder, mac from holding \
            order by account, register, owner_key";
        self.scan_rows(statement, [], rows::unique_name, each)
    }

    fn put_unique_name(&self, holding: &WithMac<UniqueName>) -> Result<(), StoreError> {
        let statement = "insert into holding (account, register, owner_key, holder, mac) \
            values (?1, ?2, ?3, ?4, ?5) \
            on conflict (account, register, owner_key) do update set holder = ?4, mac = ?5";
        let WithMac { record: h, mac } = holding;
        let params = params![h.account.0, h.namespace.as_str(), h.key, h.holder, mac];
        self.execute(statement, params).map(drop)
    }

    fn remove_unique_name(
        &self,
        account: AccountKey,
        namespace: Namespace,
        key: &str,
    ) -> Result<bool, StoreError> {
        let statement =
            "delete from holding where account = ?1 and register = ?2 and owner_key = ?3";
        self.execute(statement, params![account.0, namespace.as_str(), key])
    }

    fn list_counters(
        &self,
        buckets: RangeInclusive<i64>,
    ) -> Result<Vec<WithMac<Counter>>, StoreError> {
        let statement =
            "select account, bucket, count, mac from tally where bucket between ?1 and ?2";
        self.list(statement, [*buckets.start(), *buckets.end()], rows::counter)
    }

    fn find_counter(
        &self,
        account: AccountKey,
        bucket: i64,
    ) -> Result<Option<WithMac<Counter>>, StoreError> {
        let statement =
            "select account, bucket, count, mac from tally where account = ?1 and bucket = ?2";
        self.find(statement, [account.0, bucket], rows::counter)
    }

    fn put_counter(&self, tally: &WithMac<Counter>) -> Result<(), StoreError> {
        let statement = "insert into tally (account, bucket, count, mac) values (?1, ?2, ?3, ?4) \
            on conflict (account, bucket) do update set count = ?3, mac = ?4";
        let WithMac { record: t, mac } = tally;
        self.execute(statement, params![t.account.0, t.key, t.count, mac]).map(drop)
    }

    fn scan_audit(
        &self,
        first: i64,
        each: &mut RowCallback<'_, AuditEntry>,
    ) -> Result<(), StoreError> {
        let statement = "select seq, at, uid, login_uid, user, sudo_user, host, version, action, subject, name, \
            before, after, link, mac from audit where seq >= ?1 order by seq";
        self.scan_rows(statement, [first], rows::audit, each)
    }

    fn insert_audit(&self, entry: &WithMac<AuditEntry>) -> Result<bool, StoreError> {
        let statement = "insert into audit (seq, at, uid, login_uid, user, sudo_user, host, version, action, \
            subject, name, before, after, link, mac) \
            values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15) on conflict do nothing";
        self.write_audit(statement, entry)
    }

    fn commit(mut self: Box<Self>) -> Result<(), StoreError> {
        self.connection.execute_batch("commit").map_err(to_store_error)?;
        self.is_open = false;
        Ok(())
    }
}
