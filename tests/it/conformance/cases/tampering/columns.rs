//! Every column is authenticated: another value in any of them is detected.

use gatepass::store::StoreError;

use super::{populated_store::fully_populated, read_path::is_refused};
use crate::conformance::{backend_source::BackendSource, test_store::TestStore};

/// Columns, each with another value as an SQL expression; `~16` stands for 16 other bytes.
pub type Columns = &'static [(&'static str, &'static str)];

/// A table, a row that has a value in each of the columns, and the columns.
pub type Tampering = (&'static str, &'static str, Columns);

/// Every column of every table except `message`.
const TAMPERINGS: &[Tampering] = &[
    (
        "head",
        "id = 1",
        &[
            ("id", "2"),
            ("key_check", "~16"),
            ("created_at", "created_at - 1"),
            ("accounts", "accounts + 1"),
            ("credentials", "credentials + 1"),
            ("apps", "apps + 1"),
            ("districts", "districts + 1"),
            ("messages", "messages + 1"),
            ("audit_seq", "audit_seq - 1"),
            ("audit_at", "audit_at - 1"),
            ("audit_link", "~32"),
            ("escrowed_at", "null"),
            ("sums", "~176"),
            ("mac", "~16"),
        ],
    ),
    (
        "account",
        "key = 1",
        &[
            ("key", "2"),
            ("id", "'AAA-AAA-AAAA'"),
            ("name", "'Another'"),
            ("region", "'us1'"),
            ("require_user_passcode", "1"),
            ("legacy_announced_at", "legacy_announced_at - 1"),
            ("legacy_limited_at", "legacy_limited_at + 1"),
            ("legacy_limit", "legacy_limit + 1"),
            ("legacy_sunset_at", "legacy_sunset_at + 1"),
            ("legacy_link", "null"),
            ("created_at", "created_at - 1"),
            ("removed_at", "null"),
            ("removed_by", "'mallory'"),
            ("audit_seq", "audit_seq - 1"),
            ("mac", "~16"),
        ],
    ),
    (
        "credential",
        "seq = 1",
        &[
            ("seq", "7"),
            ("id", "~12"),
            ("account", "2"),
            ("kind", "'user'"),
            ("owner", "'reset'"),
            ("slot", "100"),
            ("note", "null"),
            ("created_at", "created_at - 1"),
            ("created_by", "'mallory'"),
            ("lifetime", "'infinite'"),
            ("expires_at", "expires_at + 1"),
            ("expiry_set_at", "null"),
            ("generation", "1"),
            ("digest", "~32"),
            ("made_at", "made_at - 1"),
            ("delivered_at", "null"),
            ("retiring", "~32"),
            ("retiring_until", "retiring_until + 1"),
            ("retiring_until_used", "1"),
            ("replacement_used", "0"),
            ("undelivered", "~32"),
            ("undelivered_at", "undelivered_at - 1"),
            ("discarded", "discarded + 1"),
            ("introspect", "1"),
            ("revoked_at", "null"),
            ("revoked_by", "'mallory'"),
            ("revocation_reason", "null"),
            ("audit_seq", "audit_seq - 1"),
            ("mac", "~16"),
        ],
    ),
    ("credential", "seq = 3", &[("previous", "null")]),
    ("credential", "seq = 4", &[("deleted_at", "null"), ("deleted_by", "'mallory'")]),
    ("credential", "seq = 6", &[("scopes", "'read:students write:grades'"), ("rate_limit", "61")]),
    (
        "app",
        "seq = 1",
        &[
            ("seq", "3"),
            ("id", "'ffffffffffffffffffffffff'"),
            ("client_id", "'ffffffffffffffffffff'"),
            ("account", "2"),
            ("name", "'Another'"),
            ("name_key", "'another'"),
            ("generation", "1"),
            ("digest", "~32"),
            ("made_at", "made_at - 1"),
            ("delivered_at", "null"),
            ("retiring", "~32"),
            ("retiring_until", "retiring_until + 1"),
            ("retiring_until_used", "1"),
            ("replacement_used", "0"),
            ("undelivered", "~32"),
            ("undelivered_at", "undelivered_at - 1"),
            ("discarded", "discarded + 1"),
            ("rate_limit", "rate_limit + 1"),
            ("webhook_url", "'https://elsewhere.example/hook'"),
            ("webhook_generation", "2"),
            ("created_at", "created_at - 1"),
            ("created_by", "'mallory'"),
            ("audit_seq", "audit_seq - 1"),
            ("mac", "~16"),
        ],
    ),
    ("app", "seq = 2", &[("removed_at", "null"), ("removed_by", "'mallory'")]),
    (
        "district",
        "seq = 1",
        &[
            ("seq", "3"),
            ("id", "'ffffffffffffffffffffffff'"),
            ("account", "2"),
            ("name", "'Another'"),
            ("external_id", "null"),
            ("created_at", "created_at - 1"),
            ("created_by", "'mallory'"),
            ("audit_seq", "audit_seq - 1"),
            ("mac", "~16"),
        ],
    ),
    ("district", "seq = 2", &[("removed_at", "null"), ("removed_by", "'mallory'")]),
    ("secret", "credential = 1", &[("credential", "5")]),
    ("secret", "credential = 5", &[("digest", "~32"), ("mac", "~16")]),
    (
        "last_use",
        "credential = 5",
        &[
            ("credential", "4"),
            ("at", "at + 1"),
            ("peer", "'elsewhere'"),
            ("count", "count - 1"),
            ("mac", "~16"),
        ],
    ),
    (
        "daily_use",
        "credential = 5",
        &[("credential", "4"), ("day", "day + 1"), ("count", "count - 1"), ("mac", "~16")],
    ),
    (
        "holding",
        "register = 'user'",
        &[
            ("account", "2"),
            ("register", "'account'"),
            ("owner_key", "'eve@example.com'"),
            ("holder", "2"),
            ("mac", "~16"),
        ],
    ),
    (
        "tally",
        "bucket = -2",
        &[("account", "2"), ("bucket", "0"), ("count", "count - 1"), ("mac", "~16")],
    ),
    (
        "audit",
        "seq = 2",
        &[
            ("seq", "100"),
            ("at", "at - 1"),
            ("uid", "1"),
            ("login_uid", "null"),
            ("\"user\"", "'mallory'"),
            ("sudo_user", "null"),
            ("host", "'elsewhere'"),
            ("version", "'9.9.9'"),
            ("action", "'delete'"),
            ("subject", "'store'"),
            ("name", "null"),
            ("before", "'{}'"),
            ("after", "null"),
            ("link", "~32"),
            ("mac", "~16"),
        ],
    ),
    (
        "audit",
        "actor_kind is not null",
        &[
            ("actor_kind", "'web'"),
            ("actor", "'ffffffffffffffffffff'"),
            ("actor_address", "'192.0.2.8'"),
        ],
    ),
];

const TABLES: [&str; 11] = [
    "head",
    "account",
    "app",
    "district",
    "credential",
    "secret",
    "last_use",
    "daily_use",
    "holding",
    "tally",
    "audit",
];

pub fn every_column_of_every_table_is_authenticated(source: &dyn BackendSource) {
    assert_columns_are_authenticated(source, &TABLES, TAMPERINGS, fully_populated);
}

/// Tampers with each column of the tables in a store of its own, which `create` makes.
pub fn assert_columns_are_authenticated(
    source: &dyn BackendSource,
    tables: &[&str],
    tamperings: &[Tampering],
    create: impl Fn(&dyn BackendSource) -> TestStore,
) {
    assert!(!is_refused(&create(source)));
    for table in tables {
        let rows = tamperings.iter().filter(|(tampered, ..)| tampered == table);
        let names = rows.flat_map(|(.., columns)| *columns).map(|(name, _)| name.replace('"', ""));
        let (mut listed, mut columns): (Vec<_>, _) = (names.collect(), source.columns(table));
        listed.sort_unstable();
        columns.sort_unstable();
        assert_eq!(listed, columns, "the columns of {table}");
    }
    for (table, row, columns) in tamperings {
        for (column, value) in *columns {
            let source = source.another_source();
            let store = create(&*source);
            assert_eq!(store.integrity_issues(), []);
            let value = match value.strip_prefix('~') {
                Some(length) => source.blob(&vec![0xa5; length.parse().unwrap()]),
                None => (*value).to_owned(),
            };
            source.tamper(&format!("update {table} set {column} = {value} where {row}"));
            assert!(is_refused(&store), "{table}.{column} = {value} was read");
            let checked = store.check_integrity();
            let is_wrong_key = *table == "head" && matches!(checked, Err(StoreError::WrongKey));
            assert!(
                is_wrong_key || checked.as_ref().is_ok_and(|issues| !issues.is_empty()),
                "{table}.{column} = {value} was not detected: {checked:?}"
            );
        }
    }
}
