//! Lookups take many keys, and scans pass batches of rows.

use std::{fmt::Debug, ops::ControlFlow};

use gatepass::{
    domain::{
        credential::{Credential, CredentialKind, secret::Digest},
        directory::{
            account::AccountKey,
            district::District,
            id::{CredentialId, IdPrefix, ObjectId},
        },
        instant::Day,
        notice::{MessageId, OutboxMessage},
        seq::{AuditSeq, CredentialSeq, DistrictSeq, MessageSeq},
        usage::DailyUse,
    },
    store::{
        Access, SortBy, StoreError,
        port::{
            backend::{Backend, BackendTransaction},
            batch::{BatchCallback, SCAN_BATCH},
            record::{Counter, Namespace, SecretEntry, UniqueName, UniqueNameKey, WithMac},
            tables::CredentialScan,
        },
    },
};

use crate::{
    conformance::{
        backend_source::BackendSource,
        cases::{messages::message, values::audit_entry},
        test_store::{
            TestStore, assert_integrity_error, authenticated, begin_raw, collect_batches,
            with_accounts,
        },
    },
    support::records::{actor, app, district, now, usage_record, user_passcode},
};

const USERS: Namespace = Namespace::Credentials(CredentialKind::User);

fn credential_id(number: i64) -> CredentialId {
    let mut bytes = [0; 12];
    bytes[4..].copy_from_slice(&number.to_be_bytes());
    CredentialId { prefix: IdPrefix::Passcode, bytes }
}

fn district_id(number: i64) -> ObjectId {
    ObjectId::parse(&format!("{number:024x}")).unwrap()
}

fn name_key(number: i64) -> UniqueNameKey {
    UniqueNameKey { account: AccountKey(1), namespace: USERS, key: format!("{number:06}") }
}

/// Returns a backend with rows 1 to `count` of every table with many rows.
fn with_rows(source: &dyn BackendSource, count: i64) -> Box<dyn Backend> {
    fn rows<T>(count: i64, row: impl Fn(i64) -> T) -> Vec<WithMac<T>> {
        (1..=count).map(|number| authenticated(row(number))).collect()
    }
    let backend = with_accounts(source);
    let mut tx = begin_raw(&*backend, Access::Write);
    let inserted = [
        tx.insert_apps(&rows(1, |_| app(1, "Reader"))).unwrap(),
        tx.insert_districts(&rows(count, |number| District {
            seq: DistrictSeq(number),
            id: district_id(number),
            ..district(1, "Springfield")
        }))
        .unwrap(),
        tx.insert_credentials(&rows(count, |number| Credential {
            seq: CredentialSeq(number),
            id: credential_id(number),
            ..user_passcode(1, "ann@example.com")
        }))
        .unwrap(),
        tx.insert_secrets(&rows(count, |number| {
            let mut digest = [0; 32];
            digest[..8].copy_from_slice(&number.to_be_bytes());
            SecretEntry { digest: Digest(digest), credential: CredentialSeq(number) }
        }))
        .unwrap(),
        tx.insert_messages(&rows(count, |number| {
            let mut id = [0; 12];
            id[..8].copy_from_slice(&number.to_be_bytes());
            let (seq, credential) = (MessageSeq(number), CredentialSeq(number));
            OutboxMessage { seq, id: MessageId(id), credential, ..message(1) }
        }))
        .unwrap(),
    ];
    assert_eq!(inserted.map(|rows| rows as i64), [1, count, count, count, count]);
    tx.put_unique_names(&rows(count, |number| {
        let UniqueNameKey { account, namespace, key } = name_key(number);
        UniqueName { account, namespace, key, holder: number }
    }))
    .unwrap();
    tx.put_last_uses(&rows(count, |number| usage_record(CredentialSeq(number), now(), "gate", 1)))
        .unwrap();
    let daily_use = |number| DailyUse { credential: CredentialSeq(number), day: Day(1), count: 1 };
    tx.put_daily_uses(&rows(count, daily_use), Day(1)).unwrap();
    let counter = |number| Counter { account: AccountKey(1), key: number, count: 1 };
    tx.put_counters(&rows(count, counter)).unwrap();
    let records: Vec<_> =
        (1..=count).map(|number| audit_entry(number, actor().process, None)).collect();
    assert_eq!(tx.insert_audit(&records).unwrap() as i64, count);
    tx.commit(None).unwrap();
    backend
}

pub fn every_lookup_finds_many_keys_and_leaves_out_missing_ones(source: &dyn BackendSource) {
    /// Looks up rows 3 and 1 and one that does not exist, and nothing at all.
    #[track_caller]
    fn assert_found<K: Clone, R: Debug>(
        key: impl Fn(i64) -> K,
        mut find: impl FnMut(&[K]) -> Result<Vec<R>, StoreError>,
        number: impl Fn(&R) -> i64,
    ) {
        let mut found: Vec<_> = find(&[3, 9, 1].map(key)).unwrap().iter().map(number).collect();
        found.sort_unstable();
        assert_eq!(found, [1, 3]);
        assert_eq!(find(&[]).unwrap().len(), 0);
    }
    let backend = with_rows(source, 4);
    let mut tx = begin_raw(&*backend, Access::Read);
    assert_found(CredentialSeq, |seqs| tx.find_credentials(seqs), |found| found.row.record.seq.0);
    assert_found(
        credential_id,
        |ids| tx.find_credentials_by_id(ids),
        |found| found.row.record.seq.0,
    );
    assert_found(DistrictSeq, |seqs| tx.find_districts(seqs), |found| found.row.record.seq.0);
    assert_found(district_id, |ids| tx.find_districts_by_id(ids), |found| found.row.record.seq.0);
    assert_found(name_key, |keys| tx.find_unique_names(keys), |row| row.record.holder);
    assert_found(CredentialSeq, |seqs| tx.find_last_uses(seqs), |row| row.record.credential.0);
    assert_found(MessageSeq, |seqs| tx.find_messages(seqs), |row| row.seq.0);
    assert_found(CredentialSeq, |seqs| tx.list_messages_about(seqs), |row| row.seq.0);
    assert_found(
        |number| (AccountKey(1), number),
        |keys| tx.find_counters(keys),
        |row| row.record.key,
    );
    assert_found(
        CredentialSeq,
        |seqs| tx.list_daily_usage(seqs, Day(1)..=Day(1)),
        |row| row.record.credential.0,
    );
}

/// The numbers of the rows in each batch of a scan.
type Batches = Vec<Vec<i64>>;

/// Runs every scan of a backend, each of which stops after `limit` batches.
fn run_every_scan(tx: &mut dyn BackendTransaction, limit: usize) -> Vec<(String, Batches)> {
    fn batches<T>(
        limit: usize,
        scan: impl FnOnce(&mut BatchCallback<'_, T>) -> Result<(), StoreError>,
        number: impl Fn(&T) -> i64,
    ) -> Batches {
        let batches = collect_batches(limit, scan).into_iter();
        batches.map(|batch| batch.iter().map(&number).collect()).collect()
    }
    let mut all = Vec::new();
    let mut add = |name: &str, batches: Batches| all.push((name.to_owned(), batches));
    for order in SortBy::ALL {
        for with_usage in [false, true] {
            let scan = CredentialScan { order: order.into(), with_usage };
            add(
                &format!("{scan:?}"),
                batches(
                    limit,
                    |each| tx.scan_credentials(scan, each),
                    |row| row.credential.record.seq.0,
                ),
            );
        }
    }
    add("secrets", batches(limit, |each| tx.scan_secrets(each), |row| row.record.credential.0));
    add("districts", batches(limit, |each| tx.scan_districts(each), |row| row.record.seq.0));
    add("names", batches(limit, |each| tx.scan_unique_names(each), |row| row.record.holder));
    add("last uses", batches(limit, |each| tx.scan_last_uses(each), |row| row.record.credential.0));
    add("days", batches(limit, |each| tx.scan_daily_usage(each), |row| row.record.credential.0));
    add("messages", batches(limit, |each| tx.scan_messages(each), |row| row.seq.0));
    add("pending", batches(limit, |each| tx.scan_pending_messages(each), |row| row.seq.0));
    let first = AuditSeq::FIRST;
    add("audit", batches(limit, |each| tx.scan_audit(first, each), |row| row.record.record.seq.0));
    all
}

pub fn every_scan_passes_full_batches(source: &dyn BackendSource) {
    let count = 2 * SCAN_BATCH as i64 + 1;
    let backend = with_rows(source, count);
    for (scan, batches) in run_every_scan(&mut *begin_raw(&*backend, Access::Read), usize::MAX) {
        let sizes: Vec<_> = batches.iter().map(Vec::len).collect();
        assert_eq!(sizes, [SCAN_BATCH, SCAN_BATCH, 1], "{scan}");
        let mut numbers = batches.concat();
        numbers.sort_unstable();
        assert!(numbers.into_iter().eq(1..=count), "{scan} loses or repeats a row");
    }
    let empty = with_accounts(&*source.another_source());
    for (scan, batches) in run_every_scan(&mut *begin_raw(&*empty, Access::Read), usize::MAX) {
        assert!(batches.is_empty(), "{scan} of an empty table: {batches:?}");
    }
}

pub fn a_scan_ends_with_the_batch_that_breaks_it(source: &dyn BackendSource) {
    let backend = with_rows(source, SCAN_BATCH as i64 + 1);
    let mut tx = begin_raw(&*backend, Access::Read);
    for (scan, batches) in run_every_scan(&mut *tx, 1) {
        assert_eq!(batches.iter().map(Vec::len).collect::<Vec<_>>(), [SCAN_BATCH], "{scan}");
    }
    assert_eq!(tx.list_accounts().unwrap().len(), 2, "the transaction continues");
}

pub fn a_scan_passes_the_rows_before_an_error(source: &dyn BackendSource) {
    let store = TestStore::new(source);
    store.add_passcodes(3);
    source.tamper("update credential set lifetime = 'sometimes' where seq = 3");
    let backend = source.open();
    let mut tx = begin_raw(&*backend, Access::Read);
    let (mut seen, scan) = (0, CredentialScan { order: SortBy::Created.into(), with_usage: false });
    let scanned = tx.scan_credentials(scan, &mut |batch| {
        seen += batch.len();
        ControlFlow::Continue(())
    });
    assert_integrity_error(scanned);
    assert_eq!(seen, 2);
}
