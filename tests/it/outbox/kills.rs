//! `deliver` killed at any moment loses no message and repeats messages only with the same id.

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

use super::fixture::{assert_webhook_signed, grant_at, move_webhook, webhook_home};
use crate::support::{
    clock::with_fixed_clock,
    process::{GATEPASS, TestHome, finish, in_parallel, is_full, print_figure, require_tool},
    receiver::{Receiver, Reply},
};

const MESSAGES: usize = 20;

fn pending(home: &TestHome) -> i64 {
    let report: Value = serde_json::from_str(&home.ok("deliver --dry-run --json")).unwrap();
    report["summary"]["pending"].as_i64().unwrap()
}

/// Returns the ids of all messages, in order.
fn ids(home: &TestHome) -> Vec<String> {
    let store = Connection::open(home.store()).unwrap();
    let mut rows = store.prepare("select lower(hex(id)) from message order by seq").unwrap();
    rows.query_map([], |row| Ok(format!("msg_{}", row.get::<_, String>(0)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect()
}

/// Delivers the remaining messages at a time at which every lease and every delay has passed.
fn deliver_later(home: &TestHome) {
    let now = SystemTime::UNIX_EPOCH.elapsed().unwrap().as_secs().cast_signed();
    let mut later = home.gatepass("deliver --allow-private-webhooks");
    let output =
        finish(with_fixed_clock(&mut later, Instant::from_unix(now + 600)).spawn().unwrap());
    assert_eq!(output.code, Some(0), "{output:?}");
}

/// Panics unless every message arrived in order, with identical repetitions. Returns the number of repetitions.
fn assert_none_lost(home: &TestHome, receiver: &Receiver, key: &str) -> usize {
    let (mut first, mut bodies) = (Vec::new(), BTreeMap::new());
    let seen = receiver.requests();
    for request in &seen {
        assert_webhook_signed(request, key);
        let id = request.single("webhook-id").unwrap().to_owned();
        let before = bodies.insert(id.clone(), request.body.clone());
        match before {
            None => first.push(id),
            Some(before) => assert_eq!(before, request.body, "{id} was a different message before"),
        }
    }
    assert_eq!(first, ids(home), "lost, or out of order");
    assert_eq!(pending(home), 0);
    home.assert_healthy();
    seen.len() - first.len()
}

/// A program that recorded deliveries too early would lose messages when killed. Here, another receiver gets the first two.
#[test]
fn the_check_detects_messages_that_never_arrived() {
    let elsewhere = Receiver::start(|_, _| Reply::Status("200 OK"));
    let (home, _) = webhook_home(&elsewhere.url("/"), 3);
    (0..2).for_each(|number| grant_at(&home, number));
    home.ok("deliver --allow-private-webhooks");
    let receiver = Receiver::start(|_, _| Reply::Status("200 OK"));
    let key = move_webhook(&home, &receiver);
    grant_at(&home, 2);
    home.ok("deliver --allow-private-webhooks");
    let result = catch_unwind(AssertUnwindSafe(|| assert_none_lost(&home, &receiver, &key)));
    let panic = result.expect_err("the check found nothing");
    let text = panic.downcast_ref::<String>().map_or("", String::as_str);
    assert!(text.contains("lost, or out of order"), "{text}");
}

#[test]
fn thirty_kills_over_twenty_messages_lose_none() {
    let receiver = Receiver::start(|_, _| {
        thread::sleep(Duration::from_millis(3));
        Reply::Status("200 OK")
    });
    let (home, _) = webhook_home(&receiver.url("/"), MESSAGES);
    (0..MESSAGES).for_each(|number| grant_at(&home, number));
    let kills: Vec<u64> = (0..30).collect();
    let repeats: Vec<usize> = in_parallel(&kills, |kill| {
        let receiver = Receiver::start(|_, _| {
            thread::sleep(Duration::from_millis(3));
            Reply::Status("200 OK")
        });
        let copy = home.copy();
        let key = move_webhook(&copy, &receiver);
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
    (0..6).for_each(|number| grant_at(&home, number));
    let calls = "pwrite64,fdatasync,fsync,write,connect,sendto,recvfrom,fcntl,openat,close";
    // An undisturbed run shows the number of calls by name.
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
    let targets: Vec<(String, usize)> = counts
        .iter()
        .flat_map(|(name, count)| (1..=*count).map(move |number| (name.clone(), number)))
        .collect();
    let kept: BTreeSet<&str> = counts.keys().map(String::as_str).collect();
    assert!(kept.contains("pwrite64") && kept.contains("connect"), "{kept:?}");
    let stride = if is_full() { 1 } else { 7 };
    let chosen: Vec<_> = targets.into_iter().step_by(stride).collect();
    let repeats: Vec<usize> = in_parallel(&chosen, |(call, number)| {
        let receiver = Receiver::start(|_, _| Reply::Status("200 OK"));
        let copy = home.copy();
        let key = move_webhook(&copy, &receiver);
        let mut command = copy.tool("strace");
        command.args(["-f", "-qq", "-o", "/dev/null", &format!("-etrace={call}")]);
        command.arg(format!("-einject={call}:signal=KILL:when={number}"));
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
