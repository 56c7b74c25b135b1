//! Killed at any moment, `deliver` loses no message, and repeats one under its own id only.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    thread,
    time::{Duration, SystemTime},
};

use gatepass::domain::instant::Instant;
use rusqlite::Connection;
use serde_json::Value;

use super::{
    assert_genuine,
    process::{grant, webhook_home},
};
use crate::support::{
    clock::with_fixed_clock,
    process::{GATEPASS, TestHome, finish, in_parallel, is_full, print_figure, require_tool},
    receiver::{Receiver, Reply},
};

const MESSAGES: usize = 20;

fn pending(home: &TestHome) -> i64 {
    let told: Value = serde_json::from_str(&home.ok("deliver --dry-run --json")).unwrap();
    told["summary"]["pending"].as_i64().unwrap()
}

/// The ids of all messages there ever were, by the order in which things happened.
fn ids(home: &TestHome) -> Vec<String> {
    let store = Connection::open(home.store()).unwrap();
    let mut rows = store.prepare("select lower(hex(id)) from message order by seq").unwrap();
    rows.query_map([], |row| Ok(format!("msg_{}", row.get::<_, String>(0)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect()
}

/// Runs to its end what a kill left, with a clock that has passed every lease and every wait.
fn deliver_later(home: &TestHome) {
    let now = SystemTime::UNIX_EPOCH.elapsed().unwrap().as_secs().cast_signed();
    let mut later = home.gatepass("deliver --allow-private-webhooks");
    let ended =
        finish(with_fixed_clock(&mut later, Instant::from_unix(now + 600)).spawn().unwrap());
    assert_eq!(ended.code, Some(0), "{ended:?}");
}

/// That every message arrived, in order of their first arrival, and each repeat is byte for byte the same.
fn assert_none_lost(home: &TestHome, receiver: &Receiver, key: &str) -> usize {
    let (mut first, mut bodies) = (Vec::new(), BTreeMap::new());
    let seen = receiver.requests();
    for request in &seen {
        assert_genuine(request, key);
        let id = request.single("webhook-id").unwrap().to_owned();
        let before = bodies.insert(id.clone(), request.body.clone());
        match before {
            None => first.push(id),
            Some(before) => assert_eq!(before, request.body, "{id} was another message before"),
        }
    }
    assert_eq!(first, ids(home), "lost, or out of order");
    assert_eq!(pending(home), 0);
    home.assert_healthy();
    seen.len() - first.len()
}

/// The judge must know a cheat: whoever notes that a message arrived before it did, and is killed in between, loses it.
/// Here somebody else takes the first two.
#[test]
fn the_check_detects_messages_that_never_arrived() {
    let elsewhere = Receiver::start(|_, _| Reply::Status("200 OK"));
    let (home, _) = webhook_home(&elsewhere.url("/"), 3);
    (0..2).for_each(|number| grant(&home, number));
    home.ok("deliver --allow-private-webhooks");
    let receiver = Receiver::start(|_, _| Reply::Status("200 OK"));
    let line = format!(
        "app edit Reader --webhook {} --allow-private-webhooks --rotate-webhook-key --yes",
        receiver.url("/")
    );
    let key = home.ok(&line).trim().to_owned();
    grant(&home, 2);
    home.ok("deliver --allow-private-webhooks");
    let judged = catch_unwind(AssertUnwindSafe(|| assert_none_lost(&home, &receiver, &key)));
    let said = judged.expect_err("the judge saw nothing");
    let said = said.downcast_ref::<String>().map_or("", String::as_str);
    assert!(said.contains("lost, or out of order"), "{said}");
}

#[test]
fn thirty_kills_over_twenty_messages_lose_none() {
    let receiver = Receiver::start(|_, _| {
        thread::sleep(Duration::from_millis(3));
        Reply::Status("200 OK")
    });
    let (home, _) = webhook_home(&receiver.url("/"), MESSAGES);
    (0..MESSAGES).for_each(|number| grant(&home, number));
    let kills: Vec<u64> = (0..30).collect();
    let repeats: Vec<usize> = in_parallel(&kills, |kill| {
        let receiver = Receiver::start(|_, _| {
            thread::sleep(Duration::from_millis(3));
            Reply::Status("200 OK")
        });
        let copy = home.copy();
        let line = format!(
            "app edit Reader --webhook {} --allow-private-webhooks --rotate-webhook-key --yes",
            receiver.url("/")
        );
        let key = copy.ok(&line).trim().to_owned();
        let mut child = copy.gatepass("deliver --allow-private-webhooks").spawn().unwrap();
        thread::sleep(Duration::from_millis(5 + kill * 7));
        child.kill().unwrap();
        child.wait().unwrap();
        deliver_later(&copy);
        assert_none_lost(&copy, &receiver, &key)
    });
    let total: usize = repeats.iter().sum();
    print_figure(&format!("kills: 30 over {MESSAGES} messages: none lost, {total} repeated"));
}

#[test]
fn a_kill_at_any_system_call_loses_no_message() {
    require_tool("strace", "strace");
    let receiver = Receiver::start(|_, _| Reply::Status("200 OK"));
    let (home, _) = webhook_home(&receiver.url("/"), 6);
    (0..6).for_each(|number| grant(&home, number));
    let calls = "pwrite64,fdatasync,fsync,write,connect,sendto,recvfrom,fcntl,openat,close";
    // An undisturbed run tells how many calls there are of each name.
    let (trial, logs) = (home.copy(), TestHome::new());
    let mut traced = trial.tool("strace");
    traced.args(["-f", "-qq", &format!("-etrace={calls}"), "-o"]).arg(logs.path("log"));
    traced.args(["--", GATEPASS, "deliver", "--allow-private-webhooks"]);
    assert_eq!(finish(traced.spawn().unwrap()).code, Some(0));
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for line in fs::read_to_string(logs.path("log")).unwrap().lines() {
        let call = line.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
        if let Some((name, _)) = call.split_once('(') {
            *counts.entry(name.to_owned()).or_default() += 1;
        }
    }
    let places: Vec<(String, usize)> = counts
        .iter()
        .flat_map(|(name, count)| (1..=*count).map(move |place| (name.clone(), place)))
        .collect();
    let kept: BTreeSet<&str> = counts.keys().map(String::as_str).collect();
    assert!(kept.contains("pwrite64") && kept.contains("connect"), "{kept:?}");
    let stride = if is_full() { 1 } else { 7 };
    let chosen: Vec<_> = places.into_iter().step_by(stride).collect();
    let repeats: Vec<usize> = in_parallel(&chosen, |(call, place)| {
        let receiver = Receiver::start(|_, _| Reply::Status("200 OK"));
        let copy = home.copy();
        let line = format!(
            "app edit Reader --webhook {} --allow-private-webhooks --rotate-webhook-key --yes",
            receiver.url("/")
        );
        let key = copy.ok(&line).trim().to_owned();
        let mut command = copy.tool("strace");
        command.args(["-f", "-qq", "-o", "/dev/null", &format!("-etrace={call}")]);
        command.arg(format!("-einject={call}:signal=KILL:when={place}"));
        command.args(["--", GATEPASS, "deliver", "--allow-private-webhooks"]);
        finish(command.spawn().unwrap());
        deliver_later(&copy);
        assert_none_lost(&copy, &receiver, &key)
    });
    print_figure(&format!(
        "kills: at {} calls of a run of 6 messages: none lost, {} repeated",
        chosen.len(),
        repeats.iter().sum::<usize>()
    ));
}
