//! Races: many processes use one store at once.

use std::{
    path::Path,
    process::Child,
    sync::Barrier,
    thread,
    time::{Duration, Instant},
};

use rusqlite::Connection;

use crate::support::{
    process::{GATEPASS, ProcessOutput, TestHome, finish, in_parallel, is_full, print_figure},
    test_env::words,
};

/// How many processes race.
const RACERS: usize = 32;
/// How many passcodes an account may have.
const MAX_PASSCODES: usize = 100;

#[test]
fn one_of_32_racers_gets_the_last_slot() {
    let home = TestHome::new();
    for slot in 1..MAX_PASSCODES {
        home.ok(&format!("create holder-{slot} --forever"));
    }
    let outputs = race(&home, |racer| format!("create racer-{racer} --forever"));
    let winners = outputs.iter().filter(|output| output.code == Some(0)).count();
    let losers = outputs.iter().filter(|output| output.code == Some(5)).count();
    assert_eq!((winners, losers), (1, RACERS - 1), "{outputs:#?}");
    assert_eq!(home.credentials().len(), MAX_PASSCODES);
    home.assert_healthy();
}

/// The known-bad subject: it counts first and inserts later, and so exceeds the limit.
#[test]
fn count_then_insert_exceeds_the_limit() {
    let home = TestHome::new();
    let path = home.path("known-bad.db");
    let connect = |path: &Path| {
        let connection = Connection::open(path).unwrap();
        connection.busy_timeout(Duration::from_secs(30)).unwrap();
        connection
    };
    let first = connect(&path);
    first.execute_batch("pragma journal_mode = wal; create table slot (holder integer)").unwrap();
    for slot in 1..MAX_PASSCODES {
        first.execute("insert into slot values (?1)", [slot as i64]).unwrap();
    }
    let count = |connection: &Connection| -> i64 {
        connection.query_row("select count(*) from slot", [], |row| row.get(0)).unwrap()
    };
    let counted = Barrier::new(RACERS);
    thread::scope(|scope| {
        for racer in 0..RACERS {
            let (path, counted) = (&path, &counted);
            scope.spawn(move || {
                let connection = connect(path);
                let is_free = count(&connection) < MAX_PASSCODES as i64;
                counted.wait();
                if is_free {
                    connection.execute("insert into slot values (?1)", [racer as i64]).unwrap();
                }
            });
        }
    });
    let slots = count(&first);
    print_figure(&format!("race: count-then-insert ends with {slots} of {MAX_PASSCODES} slots"));
    assert!(
        slots > MAX_PASSCODES as i64,
        "the known-bad subject kept the limit: the race shows nothing"
    );
}

/// Another process may create the store after this one has looked for the key and before it looks for the store.
#[test]
fn a_store_created_between_two_looks_is_used() {
    let home = TestHome::new();
    let mut slow = home.strace();
    // The first access to this directory is for the key. It returns after two seconds.
    slow.args(["-f", "-qq", "-o", "/dev/null", "-etrace=%file", "-P"]).arg(home.path(".config"));
    slow.arg("-einject=%file:delay_exit=2000000:when=1").arg(GATEPASS);
    let slow = slow.args(words("create slow --days 9")).spawn().unwrap();
    thread::sleep(Duration::from_millis(500));
    home.ok("create fast --days 9");
    let output = finish(slow);
    assert_eq!(output.code, Some(0), "{output:?}");
    assert_eq!(home.credentials().len(), 2);
    home.assert_healthy();
}

#[test]
fn all_of_32_concurrent_store_creations_succeed() {
    for _ in 0..if is_full() { 50 } else { 4 } {
        let home = TestHome::new();
        let children: Vec<Child> = (0..RACERS)
            .map(|racer| home.gatepass(&format!("create racer-{racer} --days 9")).spawn().unwrap())
            .collect();
        let outputs: Vec<ProcessOutput> = children.into_iter().map(finish).collect();
        assert!(outputs.iter().all(|output| output.code == Some(0)), "{outputs:#?}");
        let creators =
            outputs.iter().filter(|output| output.stderr.contains("Created store")).count();
        assert_eq!(creators, 1, "exactly one process reports that it created the store");
        assert_eq!(home.credentials().len(), RACERS);
        assert_eq!(files(home.key().parent().unwrap()), ["key"]);
        let store = files(home.store().parent().unwrap());
        assert!(store.iter().all(|name| name.starts_with("store.db")), "{store:?}");
        assert_eq!(home.ok("account list -q").lines().count(), 1);
        assert!(outputs.iter().all(|output| home.verify(&output.stdout) == Some(0)));
        home.assert_healthy();
    }
}

#[test]
fn eight_concurrent_creators_lose_nothing() {
    let each = if is_full() { 200 } else { 25 };
    let home = TestHome::with(&["create first --forever"]);
    let start = Instant::now();
    let outputs: Vec<ProcessOutput> = thread::scope(|scope| {
        let workers: Vec<_> = (0..8)
            .map(|worker| {
                let home = &home;
                scope.spawn(move || {
                    let line = |i| format!("grant-user user-{worker}-{i}@example.com --days 9");
                    (0..each).map(|i| home.run(&line(i))).collect::<Vec<_>>()
                })
            })
            .collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    print_figure(&format!("race: 8 × {each} creates in {:?}", start.elapsed()));
    let failed: Vec<_> = outputs.iter().filter(|output| output.code != Some(0)).collect();
    assert!(failed.is_empty(), "{failed:#?}");
    assert_eq!(home.credentials().len(), 8 * each + 1);
    let allowed = in_parallel(&outputs, |output| home.verify(&output.stdout) == Some(0));
    assert!(allowed.into_iter().all(|is_allowed| is_allowed));
    home.ok("audit verify");
    home.assert_healthy();
}

/// Starts all processes while the store is locked, so that they wait for the lock together, and then releases it.
fn race(home: &TestHome, line: impl Fn(usize) -> String) -> Vec<ProcessOutput> {
    let lock = Connection::open(home.store()).unwrap();
    lock.execute_batch("begin immediate").unwrap();
    let children: Vec<Child> =
        (0..RACERS).map(|racer| home.gatepass(&line(racer)).spawn().unwrap()).collect();
    thread::sleep(Duration::from_millis(500));
    lock.execute_batch("rollback").unwrap();
    drop(lock);
    children.into_iter().map(finish).collect()
}

fn files(directory: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}
