//! Migrated stores of released versions give the same answers.

use std::{
    collections::BTreeMap,
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    thread,
};

use gatepass::{
    domain::{
        instant::{Clock, Instant},
        seq::CredentialSeq,
        store_address::StoreAddress,
    },
    keys::{self, Keys, PathRules, secure_fs::create_private_dir},
    ops::admin::migrate::{MigrateRequest, migrate},
    store::{
        self, Access, BackendByAddress, LockWait, Mode, StoreError,
        port::{backend::Backend, record::WithMac},
        sqlite::{MIGRATIONS, SqliteBackend},
    },
};
use insta::assert_snapshot;
use rusqlite::{Connection, types::Value};

use crate::support::{
    records::{now, usage_record},
    test_env::TestEnv,
};

pub const STORES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/stores");

/// Secrets of the store of 0.1.0 without their prefix, so that scanners do not report them: a description, the secret and
/// the exit code of `verify`.
pub const SECRETS: [(&str, &str, u8); 4] = [
    (
        "retiring until the current one is used",
        "lkWnVujL99uUd5oiRz5sv7cY1DGapdALOg5o5xPZBhs0Hepeq",
        0,
    ),
    ("current", "xrp9yPrs1t5R2bI6cgFvKT4sMwwAQEdSbsox1vNjkqY1jQAZi", 0),
    (
        "valid, since its successor was withdrawn",
        "CcLDwO3UdToCpHLjBzvxq4a3mM11NBkHVwXaawF8fit3DpBBz",
        0,
    ),
    ("revoked", "wLyJrlBXKVTlj5SR85NG0U5xqQ71JXBjLOWSYbklC3d18GHwo", 12),
];

/// The older versions, for [`at_version`].
pub const OLDER_VERSIONS: [i64; 5] = [1, 2, 3, 4, 5];

/// Creates an environment with the store and the key of a version, on the day on which they were created.
pub fn store_from(version: &str) -> TestEnv {
    let env = TestEnv::new();
    for (name, path) in [("store.db", env.store()), ("key", env.key())] {
        create_private_dir(path.parent().unwrap()).unwrap();
        fs::copy(Path::new(STORES).join(version).join(name), &path).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
    }
    env.set_clock("2026-12-02T06:00:00Z");
    env
}

#[test]
fn a_0_1_0_store_gives_the_same_answers() {
    let mut env = migrated_store_from("0.1.0");
    assert_snapshot!(env.run("list --all"), @"
    exit 0
    -- stdout
    ID                           NAME             KIND     STATE     EXPIRES                 LEFT  REMARK
    pc_65511a5d129d4ed6c9cd2b3f  acme             account  active    2027-02-20T06:00:00Z    80 d  the first partner
    pc_72a22e6128f4d4431fdae559  beta             account  expiring  2026-12-12T06:00:00Z    10 d
    pc_031b3d56317bf51d7616bfe2  old              account  expired   2026-11-25T06:00:00Z
    pc_9e57be1e4a7d3eafab43a982  gone             account  revoked   never
    pc_c24fff62122ae756b9ffa05d  dead             account  deleted   2036-11-22T06:00:00Z
    pc_fcd27ed352087b78abbf8378  ann@example.org  user     active    2036-11-22T06:00:00Z  3643 d
    pc_aff9bbcda26ad7c4b7b7ae79  Bob@Example.org  user     expiring  2026-12-04T06:00:00Z     2 d
    pc_10cf2441817477ea563f76e3  reset            account  active    2027-06-20T06:00:00Z   200 d  old secret valid until the new one is used, 2026-12-22T06:00:00Z at the latest
    pc_2cd776ff56f72a15730b1090  withdrawn        account  expiring  2027-01-01T06:00:00Z    30 d  no secret: reset it; old secret expires 2026-12-11T06:00:00Z
    pc_60ed76c189a2571d7c5253ec  gone-too         account  revoked   never
    ");
    assert_snapshot!(env.run("show reset"), @"
    exit 0
    -- stdout
    id        pc_10cf2441817477ea563f76e3
    name      reset
    kind      account passcode of RZ5-76K-665Z
    state     active
    remark    old secret valid until the new one is used, 2026-12-22T06:00:00Z at the latest
    expires   2027-06-20T06:00:00Z (in 200 d)
    lifetime  200 days
    created   2026-12-02T06:00:00Z by ann@desk
    secret    number 2, created 2026-12-02T06:00:00Z
    ");
    assert_snapshot!(env.run("audit verify"), @"
    exit 0
    -- stdout
    Audit log OK: 19 records, head ce13bbc653c2589b7e3c8694b8df456736aef03040139ab0cce1d7317d4ca1fc
    ");
    assert_snapshot!(env.run("doctor"), @"
    exit 0
    -- stdout
    store    ~/.local/share/gatepass/store.db (version 6)
    key      ~/.config/gatepass/key (078f3070)
    account  RZ5-76K-665Z (main)
    advice: 1 credential was reset without the new secret being displayed (gatepass reset)
    advice: 1 credential has expired (gatepass delete --expired)
    advice: there is no history mark of this store in ~/.local/state/gatepass yet; the next change writes it
    No problems found
    ");
    for (label, body, exit) in SECRETS {
        let output = env.run_with_input("verify", format!("gpa_{body}"));
        assert_eq!(output.exit, exit, "{label}: {output}");
    }
}

/// Only commands that change a credential change a row MAC.
#[test]
fn migration_changes_no_row_mac() {
    for line in ["list", "verify", "edit acme --note x", "create new --days 9", "doctor"] {
        let mut env = store_from("0.1.0");
        assert_eq!(version(&env), 1);
        let before = row_macs(&env);
        env.run_ok("store migrate");
        assert_eq!(row_macs(&env), before);
        env.run_with_input(line, format!("gpa_{}", SECRETS[1].1));
        assert_eq!(version(&env), MIGRATIONS.len() as i64, "{line}");
        let kept = row_macs(&env).iter().filter(|mac| before.contains(mac)).count();
        let changed = usize::from(line.starts_with("edit"));
        assert_eq!(kept, before.len() - changed, "{line}");
        assert_eq!(env.run("doctor").exit, 0, "{line}");
    }
}

/// From any version, every row keeps its values and its references.
#[test]
fn migration_keeps_every_row() {
    for (version, credentials, last_uses, accounts) in [
        (1, 10, None, 1),
        (2, 10, Some(2), 1),
        (3, 23, Some(4), 1),
        (4, 6, Some(1), 1),
        (5, 7, Some(0), 2),
    ] {
        let mut env = at_version(version);
        let mut before = table_contents(&env);
        let count = |table| before.get(table).map(Vec::len);
        assert_eq!(
            (count("credential"), count("head"), count("account")),
            (Some(credentials), Some(1), Some(accounts))
        );
        assert_eq!(count("last_use"), last_uses);

        // Sums change the MAC of the head, and replace the counters of closed credentials and of those that never expire.
        before.get_mut("head").unwrap().iter_mut().for_each(|head| drop(head.remove("mac")));
        before
            .get_mut("tally")
            .unwrap()
            .retain(|counter| ![-1, i64::MAX].map(Value::Integer).contains(&counter["bucket"]));

        env.run_ok("store migrate");
        let mut after = table_contents(&env);
        after.retain(|table, _| before.contains_key(table));
        for (table, rows) in &mut after {
            let Some(first) = before[table].first() else { continue };
            let known: Vec<&String> = first.keys().collect();
            rows.iter_mut().for_each(|row| row.retain(|column, _| known.contains(&column)));
        }
        assert_eq!(after, before, "version {version}");

        let owner = Connection::open(env.store()).unwrap();
        let problems = |check| {
            let mut statement = owner.prepare(check).unwrap();
            let rows = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
            rows.collect::<Result<Vec<_>, _>>().unwrap()
        };
        assert_eq!(problems("pragma foreign_key_check"), [""; 0]);
        assert_eq!(problems("pragma integrity_check"), ["ok"]);
        assert!(env.run_ok("doctor").ends_with("No problems found\n"), "version {version}");
    }
}

#[test]
fn migration_keeps_last_uses() {
    let mut env = at_version(2);
    env.run_ok("store migrate");
    assert_snapshot!(env.run("show acme"), @"
    exit 0
    -- stdout
    id          pc_65511a5d129d4ed6c9cd2b3f
    name        acme
    kind        account passcode of RZ5-76K-665Z
    state       active
    expires     2027-02-20T06:00:00Z (in 80 d)
    lifetime    90 days
    created     2026-11-22T06:00:00Z by ann@desk
    introspect  allowed
    last used   2026-12-01T06:00:00Z from 192.0.2.1, 7 uses
    note        the first partner
    ");
}

/// Migrations run without foreign keys. A process that opens the store afterwards enforces them, and so does the one that
/// created it.
#[test]
fn migrated_stores_enforce_foreign_keys() {
    let migrated = OLDER_VERSIONS.map(|version| {
        let mut env = at_version(version);
        env.run_ok("store migrate");
        env
    });
    for env in migrated.iter().chain([&TestEnv::new()]) {
        let backend =
            SqliteBackend::open(&env.store(), Mode::Create, LockWait::UntilTimeout).unwrap();
        let mut tx = backend.begin(Access::Write).unwrap().transaction;
        let orphan =
            WithMac { record: usage_record(CredentialSeq(99), now(), "gate", 1), mac: [0; 16] };
        let put = tx.put_last_uses(&[orphan]);
        assert!(matches!(put, Err(StoreError::Integrity(_))), "{put:?}");
    }
}

/// A row that the new tables reject stops the migration in its last step.
#[test]
fn a_failed_migration_leaves_the_store_unchanged() {
    for version in OLDER_VERSIONS {
        let mut env = at_version(version);
        let file = env.store();
        let set_generation = |generation: u8| {
            let owner = Connection::open(&file).unwrap();
            owner.execute_batch("pragma ignore_check_constraints = on").unwrap();
            let statement = "update credential set generation = ?1 where owner = 'acme'";
            assert_eq!(owner.execute(statement, [generation]).unwrap(), 1);
        };
        set_generation(0);
        let before = table_contents(&env);
        for line in ["store migrate", "store migrate --dry-run"] {
            let output = env.run(line);
            assert_eq!(output.exit, 8, "{line}: {output}");
            assert_eq!((self::version(&env), table_contents(&env)), (version, before.clone()));
            assert_eq!(files_beside_store(&env), ["store.db"]);
        }
        set_generation(1);
        env.run_ok("store migrate");
        assert!(env.run_ok("doctor").ends_with("No problems found\n"), "version {version}");
        assert_eq!(self::version(&env), MIGRATIONS.len() as i64);
    }
}

/// One of them migrates the store; the others find the newest version, or make a dry run.
#[test]
fn many_can_migrate_and_read_an_older_store_at_once() {
    let mut env = store_from("0.1.0");
    let (address, key) = (StoreAddress::from(env.store()), env.key());
    let migrate = |dry_run| {
        let request = MigrateRequest {
            driver: &BackendByAddress,
            address: &address,
            keys: Keys::derive(&keys::file::read(&key, PathRules::Owned).unwrap()),
            dry_run,
        };
        migrate(request, &FixedClock).unwrap().copy.is_some()
    };
    let read = || match store::open(&address, Mode::Read, LockWait::UntilTimeout) {
        Ok(_) | Err(StoreError::Older { .. }) => Ok(()),
        Err(error) => Err(error),
    };
    let (migrated, reads): (Vec<_>, Vec<_>) = thread::scope(|scope| {
        let racers: Vec<_> = (0..8)
            .map(|number| (scope.spawn(move || migrate(number < 6)), scope.spawn(read)))
            .collect();
        racers.into_iter().map(|(a, b)| (a.join().unwrap(), b.join().unwrap())).unzip()
    });
    assert_eq!(migrated.iter().filter(|is_migrated| **is_migrated).count(), 1);
    assert!(reads.iter().all(Result::is_ok), "{reads:?}");
    assert!(env.run_ok("doctor").ends_with("No problems found\n"));
    assert_eq!(copies(&env).len(), 1);
}

struct FixedClock;

impl Clock for FixedClock {
    fn now(&self) -> Instant {
        now()
    }
}

#[test]
fn completion_offers_no_names_of_an_older_store() {
    let mut env = store_from("0.1.0");
    let writer = Connection::open(env.store()).unwrap();
    writer.execute_batch("begin immediate").unwrap();
    assert_eq!(env.run_ok("complete bash 'gatepass show a' a"), "");
    drop(writer);
    assert_eq!(env.run_ok("complete bash 'gatepass show a' a"), "");
    env.run_ok("store migrate");
    assert_eq!(env.run_ok("complete bash 'gatepass show a' a"), "acme\nann@example.org\n");
}

/// Like [`store_from`], with a store that was migrated.
pub fn migrated_store_from(version: &str) -> TestEnv {
    let mut env = store_from(version);
    env.run_ok("store migrate");
    env
}

/// Creates an environment with a store of a schema version. The store of 0.1.0 has version 1. Version 2 is the same store
/// after two credentials were used and one was allowed to introspect.
pub fn at_version(version: i64) -> TestEnv {
    let env = store_from(match version {
        1 => "0.1.0",
        2 => "schema-2",
        3 => "schema-3",
        4 => "schema-4",
        _ => "schema-5",
    });
    assert_eq!(self::version(&env), version);
    env
}

/// The rows of every table, with the column names of the newest version.
pub type Contents = BTreeMap<String, Vec<BTreeMap<String, Value>>>;

fn table_contents(env: &TestEnv) -> Contents {
    contents_of(&env.store())
}

/// Returns the rows of every table of a file.
pub fn contents_of(file: &Path) -> Contents {
    let owner = Connection::open(file).unwrap();
    let mut tables = owner.prepare("select name from sqlite_schema where type = 'table'").unwrap();
    let tables = tables.query_map([], |row| row.get::<_, String>(0)).unwrap();
    let rows = |table: String| {
        let mut statement =
            owner.prepare(&format!("select * from {table} order by 1, 2, 3")).unwrap();
        let columns: Vec<String> = statement
            .column_names()
            .map(|name| match (table.as_str(), name) {
                ("holding", "kind") => "register".to_owned(),
                ("holding", "credential") => "holder".to_owned(),
                _ => name.to_owned(),
            })
            .collect();
        let rows = statement.query_map([], |row| {
            columns.iter().enumerate().map(|(at, name)| Ok((name.clone(), row.get(at)?))).collect()
        });
        (table, rows.unwrap().collect::<Result<_, _>>().unwrap())
    };
    tables.map(|table| rows(table.unwrap())).collect()
}

pub fn version(env: &TestEnv) -> i64 {
    version_of(&env.store())
}

pub fn version_of(file: &Path) -> i64 {
    let owner = Connection::open(file).unwrap();
    owner.query_row("pragma user_version", [], |row| row.get(0)).unwrap()
}

/// Returns the paths of the copies of older versions.
pub fn copies(env: &TestEnv) -> Vec<PathBuf> {
    let names = files_beside_store(env).into_iter().filter(|name| name.contains(".version-"));
    names.map(|name| env.store().with_file_name(name)).collect()
}

/// Returns the names of all files in the directory of the store.
pub fn files_beside_store(env: &TestEnv) -> Vec<String> {
    let entries = fs::read_dir(env.store().parent().unwrap()).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Returns the row MACs of all credentials.
fn row_macs(env: &TestEnv) -> Vec<Vec<u8>> {
    let owner = Connection::open(env.store()).unwrap();
    let mut statement = owner.prepare("select mac from credential order by seq").unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}
