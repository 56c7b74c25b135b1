//! A store whose schema was changed outside gatepass: no command obeys it, `doctor` names each change, and a repair undoes
//! what it can without touching rows.

use std::fs;

use gatepass::{
    domain::seq::CredentialSeq,
    ops::credential::usage::record_usage,
    store::{
        LockWait, Mode, StoreError,
        port::backend::{Backend, SchemaRepair},
        sqlite::{MIGRATIONS, SqliteBackend},
    },
};
use rusqlite::{Connection, Row, types::Value};

use super::migration::{OLDER_VERSIONS, at_version, contents_of};
use crate::support::{
    records::{now, reported, usage_record},
    test_env::TestEnv,
};

/// A change, what is wrong after it, and what of that can't be repaired.
struct Change {
    statements: &'static str,
    problems: &'static [&'static str],
    remaining: &'static [&'static str],
}

const fn mended(statements: &'static str, problems: &'static [&'static str]) -> Change {
    Change { statements, problems, remaining: &[] }
}

const fn permanent(statements: &'static str, problems: &'static [&'static str]) -> Change {
    Change { statements, problems, remaining: problems }
}

const CHANGES: &[Change] = &[
    mended(
        "create trigger undo after update on credential begin
            update credential set revoked_at = null, revoked_by = null where seq = new.seq; end",
        &["the trigger undo does not belong to a store"],
    ),
    // Triggers have names of their own.
    mended(
        "create trigger head before insert on credential begin select raise(ignore); end",
        &["the trigger head does not belong to a store"],
    ),
    mended(
        "create view shown as select * from credential where revoked_at is null",
        &["the view shown does not belong to a store"],
    ),
    mended(
        "create table \"a \"\"table\"\"\" (credential references credential (seq) on delete cascade)",
        &["the table a \"table\" does not belong to a store"],
    ),
    mended(
        "create table numbered (id integer primary key autoincrement); insert into numbered values (7)",
        &["the table numbered does not belong to a store"],
    ),
    mended(
        "create unique index one on credential (account)",
        &["the index one does not belong to a store"],
    ),
    permanent(
        "pragma writable_schema = on; insert into sqlite_schema values
            ('table', 'odd', 'odd', 0, 'CREATE VIRTUAL TABLE odd using no_such_module (text)')",
        &["the table odd does not belong to a store"],
    ),
    mended("drop index credential_ending", &["the index credential_ending is missing"]),
    mended(
        "drop index credential_ending;
         create index credential_ending on credential (expires_at, seq) where expires_at < 0",
        &["the index credential_ending has another definition"],
    ),
    mended(
        "drop index credential_ending; create table credential_ending (expires_at, seq)",
        &[
            "the index credential_ending is missing",
            "the table credential_ending does not belong to a store",
        ],
    ),
    permanent(
        "alter table credential add column fake text generated always as (owner) virtual",
        &["the table credential has another definition"],
    ),
    permanent(
        "pragma writable_schema = on; update sqlite_schema set sql =
            replace(sql, 'discarded integer not null default 0', 'discarded integer not null default 9')
            where name = 'credential'",
        &["the table credential has another definition"],
    ),
    permanent(
        "pragma writable_schema = on; update sqlite_schema set sql =
            replace(sql, 'check (slot between 1 and 100)', 'check (slot between 1 and 900)')
            where name = 'credential'",
        &["the table credential has another definition"],
    ),
    permanent(
        "create table copy (digest blob primary key check (length(digest) = 32),
            credential integer not null references credential (seq), mac blob not null) strict;
         insert into copy select * from secret; drop table secret; alter table copy rename to secret",
        &["the table secret has another definition"],
    ),
    Change {
        statements: "alter table last_use rename to hidden; create view last_use as select * from hidden;
            create trigger kept instead of insert on last_use begin select 1; end",
        problems: &[
            "the table last_use is missing",
            "the table hidden does not belong to a store",
            "the trigger kept does not belong to a store",
            "the view last_use does not belong to a store",
        ],
        remaining: &["the table last_use is missing"],
    },
];

const COMMANDS: [&str; 7] = [
    "show acme",
    "list",
    "check",
    "create beta --days 9",
    "revoke acme --yes",
    "delete --expired --yes",
    "audit verify",
];

fn sample() -> TestEnv {
    let mut env = TestEnv::new();
    env.run_ok("create acme --days 90");
    env
}

fn change(env: &TestEnv, statements: &str) {
    Connection::open(env.store()).unwrap().execute_batch(statements).unwrap();
}

fn doctor_problems(env: &mut TestEnv) -> Vec<String> {
    let report = env.run("doctor").stdout;
    let lines = report.lines().filter_map(|line| line.strip_prefix("problem: "));
    lines.map(str::to_owned).collect()
}

#[test]
fn every_command_refuses_a_changed_schema_and_doctor_names_each_change() {
    for Change { statements, problems, .. } in CHANGES {
        let mut env = sample();
        change(&env, statements);
        let before = fs::read(env.store()).unwrap();
        for line in COMMANDS {
            let output = env.run(line);
            let exit = if line == "check" { 3 } else { 8 };
            assert_eq!(output.exit, exit, "{line} after {statements}\n{output}");
            let named = format!(
                "error: the schema of the store was changed outside gatepass: {}",
                problems[0]
            );
            assert!(output.stderr.starts_with(&named), "{line} after {statements}\n{output}");
        }
        assert!(fs::read(env.store()).unwrap() == before, "{statements}");
        assert_eq!(env.run("doctor").exit, 8, "{statements}");
        let found = doctor_problems(&mut env);
        assert!(problems.iter().all(|problem| found.contains(&(*problem).to_owned())), "{found:?}");
    }
}

#[test]
fn a_repair_is_complete_or_changes_nothing() {
    for Change { statements, problems, remaining } in CHANGES {
        let mut env = sample();
        change(&env, statements);
        let can_be_repaired = remaining.is_empty();
        let before = can_be_repaired.then(|| our_rows(&env));
        let backend =
            SqliteBackend::open(&env.store(), Mode::Repair, LockWait::UntilTimeout).unwrap();
        let SchemaRepair { repaired, remaining: left } = backend.repair_schema().unwrap();
        assert_eq!(left, *remaining, "{statements}");
        let found = backend.check_schema().unwrap().len();
        let (expected, count) =
            if can_be_repaired { (0, problems.len()) } else { (problems.len(), 0) };
        assert_eq!((found, repaired.len()), (expected, count), "{statements}: {repaired:?}");
        assert_eq!(
            backend.repair_schema().unwrap(),
            SchemaRepair { repaired: Vec::new(), remaining: left }
        );
        drop(backend);
        if before.is_some() {
            assert_eq!(Some(our_rows(&env)), before, "{statements}");
            assert_eq!(doctor_problems(&mut env), [""; 0], "{statements}");
            env.run_ok("create beta --days 9");
        }
    }
}

/// Returns the rows of the tables that belong to a store.
fn our_rows(env: &TestEnv) -> Vec<Vec<Value>> {
    let owner = Connection::open(env.store()).unwrap();
    let rows = |table| {
        let mut statement = owner.prepare(&format!("select * from {table} order by 1")).unwrap();
        let columns = statement.column_count();
        let row = |row: &Row<'_>| (0..columns).map(|at| row.get(at)).collect();
        let rows = statement.query_map([], row).unwrap();
        rows.collect::<Result<Vec<_>, _>>().unwrap()
    };
    contents_of(&sample().store()).into_keys().flat_map(rows).collect()
}

/// Database tools create them, and no result of a query depends on them.
#[test]
fn tables_that_sqlite_keeps_for_itself_are_accepted() {
    let mut env = sample();
    change(&env, "analyze; create table numbered (id integer primary key autoincrement)");
    change(&env, "drop table numbered");
    env.run_ok("create beta --days 9");
    env.run_ok("revoke acme --yes");
    assert_eq!(env.run("doctor").exit, 0);
}

/// The planner chooses other plans with these statistics.
#[test]
fn planted_statistics_change_no_result() {
    let mut env = sample();
    for number in 0..30 {
        env.run_ok(&format!("create p{number} --days {}", 9 + number));
    }
    let lines = ["list --all", "check", "list --expiring 12d", "show p7", "audit list", "doctor"];
    let outputs = |env: &mut TestEnv| lines.map(|line| env.run(line));
    let before = outputs(&mut env);
    change(&env, "analyze; update sqlite_stat1 set stat = '1000000 1000000 1000000'");
    assert_eq!(outputs(&mut env), before);
}

/// A process compares the schema only when it opens the store.
#[test]
fn a_trigger_does_nothing_to_a_process_that_has_the_store_open() {
    let env = sample();
    let store = env.open_store();
    change(&env, "create trigger forget after insert on last_use begin delete from last_use; end");
    record_usage(&store, &[reported(usage_record(CredentialSeq(1), now(), "192.0.2.1", 7))])
        .unwrap();
    drop(store);
    let owner = Connection::open(env.store()).unwrap();
    let count = owner.query_row("select count(*) from last_use", [], |row| row.get::<_, i64>(0));
    assert_eq!(count.unwrap(), 1);
}

#[test]
fn marks_of_another_version_or_program_lead_to_no_change() {
    let newest = MIGRATIONS.len();
    for (pragma, value, exit, migration) in [
        ("application_id", 0, 1, 1),
        ("application_id", 7, 1, 1),
        ("user_version", newest + 1, 1, 1),
        ("user_version", newest - 1, 1, 8),
        ("user_version", 1, 1, 8),
    ] {
        let mut env = sample();
        change(&env, &format!("pragma {pragma} = {value}"));
        let before = contents_of(&env.store());
        for (line, exit) in [
            ("show acme", exit),
            ("revoke acme --yes", exit),
            ("doctor", exit),
            ("store migrate", migration),
        ] {
            let output = env.run(line);
            assert_eq!(output.exit, exit, "{line} with {pragma} {value}\n{output}");
        }
        assert!(contents_of(&env.store()) == before, "{pragma} {value}");
    }
}

/// The schema of an older version is the one that its migrations created.
#[test]
fn a_changed_schema_is_not_migrated() {
    for version in OLDER_VERSIONS {
        let mut env = at_version(version);
        change(&env, "create trigger undo after update on credential begin select 1; end");
        let output = env.run("store migrate");
        assert_eq!(output.exit, 8, "{version}\n{output}");
        assert!(output.stderr.contains("the trigger undo does not belong to a store"), "{output}");
        assert!(matches!(
            SqliteBackend::open(&env.store(), Mode::Read, LockWait::Never).map(drop),
            Err(StoreError::Older { .. })
        ));
        change(&env, "drop trigger undo");
        env.run_ok("store migrate");
    }
}
