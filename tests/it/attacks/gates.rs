//! What a gate says about each attack, and what it lets pass.

use std::{
    fmt::Write as _,
    thread,
    time::{Duration, Instant as Timer},
};

use gatepass::domain::instant::Instant;
use insta::assert_snapshot;

use super::{
    attack_list::{ATTACKS, UNOPENED, attack},
    guards::Guard,
    target::{ACCOUNT, TAMPERED, Target},
};
use crate::support::{
    clock::with_fixed_clock,
    gate::{GateProcess, ServeCommand, bearer_request, passcode_request},
    http::HttpMessage,
    test_env::START_TIME,
};

fn gate(target: &Target) -> GateProcess {
    let mut command = target.env.serve_command("--max-stale 60");
    with_fixed_clock(&mut command, Instant::parse_rfc3339(START_TIME).unwrap());
    let gate = GateProcess::start(command);
    gate.wait_until_ready();
    wait_for_index(&gate);
    gate
}

/// Waits until the gate has an index or reports that it can't build one. Until then, it looks up each secret in the store.
fn wait_for_index(gate: &GateProcess) {
    let start = Timer::now();
    let has_ended = |metrics: String| {
        metrics.contains("\ngatepass_store_tampered 1\n")
            || metrics
                .lines()
                .any(|line| line.starts_with("gatepass_credentials{") && !line.ends_with(" 0"))
    };
    while !has_ended(ops_text(gate, "/metrics")) {
        assert!(start.elapsed() < Duration::from_secs(10));
        thread::sleep(Duration::from_millis(1));
    }
}

fn ops_text(gate: &GateProcess, path: &str) -> String {
    String::from_utf8(gate.ask_ops(path).body).unwrap()
}

/// Returns the reason for which the gate refuses a secret, or `passes`.
fn answer(gate: &GateProcess, target: &Target, secret: &str) -> String {
    let secret = target.secret(secret);
    let request: HttpMessage = match secret.starts_with("gpt_") {
        true => bearer_request(secret),
        false => passcode_request(ACCOUNT, secret),
    };
    let response = gate.ask(&request);
    match response.status() {
        200 => "passes".to_owned(),
        _ => response.single("x-gatepass-reason").unwrap().to_owned(),
    }
}

/// Waits until the gate knows that `acme` was revoked.
fn wait_until_revoked(gate: &GateProcess, target: &Target) {
    let start = Timer::now();
    while answer(gate, target, "acme") != "revoked" {
        assert!(start.elapsed() < Duration::from_secs(10));
        thread::sleep(Duration::from_millis(1));
    }
}

/// Returns whether a gate has an index, according to its log, its metrics and its health, which must agree.
fn has_index(gate: &GateProcess) -> bool {
    let is_tampered = ops_text(gate, "/readyz").contains("store_tampered");
    match is_tampered {
        true => gate.wait_for_stderr("store_tampered"),
        false => assert!(!gate.stderr().contains("store_tampered")),
    }
    let metric = format!("\ngatepass_store_tampered {}\n", i64::from(is_tampered));
    assert!(ops_text(gate, "/metrics").contains(&metric));
    !is_tampered
}

/// Starts a gate on each attacked store. Returns whether it has an index, and its answers to the secret that the attack is
/// about and to another one.
fn answers(removed: Option<Guard>) -> String {
    let mut lines = String::new();
    for attack in ATTACKS {
        let mut target = attack.make();
        removed.into_iter().for_each(|guard| guard.remove_from(&mut target));
        let gate = gate(&target);
        let index = if has_index(&gate) { "index" } else { "store_tampered" };
        let [about, other] = [attack.secret, "beta"].map(|secret| answer(&gate, &target, secret));
        writeln!(lines, "{}: {index}; {about}; another secret {other}", attack.name).unwrap();
    }
    lines
}

#[test]
fn a_gate_on_an_attacked_store_has_no_index_and_looks_up_each_secret() {
    assert_snapshot!(answers(None), @"
    revoked passcode: store_tampered; unknown; another secret passes
    revoked passcode, without its counters: store_tampered; unknown; another secret passes
    deleted passcode: store_tampered; unknown; another secret passes
    secret before a reset: store_tampered; unknown; another secret passes
    secret before a reset, and only its digest: store_tampered; unknown; another secret passes
    secret before the end of an overlap: store_tampered; unknown; another secret passes
    later expiry: store_tampered; unknown; another secret passes
    token before its app reset it: store_tampered; unknown; another secret passes
    token before its pickup: store_tampered; unknown; another secret passes
    revoked token: store_tampered; unknown; another secret passes
    revoked client secret: store_tampered; unknown; another secret passes
    removed app: store_tampered; unknown; another secret passes
    removed account: store_tampered; unknown; another secret unknown
    policy with a later sunset: store_tampered; unknown; another secret unknown
    removed district: index; passes; another secret passes
    name of a deleted passcode: index; deleted; another secret passes
    counters: index; passes; another secret passes
    last uses: index; passes; another secret passes
    daily uses: index; passes; another secret passes
    delivered message: index; passes; another secret passes
    delivered message, with its counters: index; passes; another secret passes
    removed passcode: store_tampered; unknown; another secret passes
    removed digest: index; passes; another secret passes
    removed account row: store_tampered; unknown; another secret unknown
    removed app row: store_tampered; passes; another secret passes
    removed district row: index; passes; another secret passes
    revoked passcode, without the record: store_tampered; passes; another secret passes
    revoked passcode, without an entry of its record: store_tampered; passes; another secret passes
    ");
}

#[test]
fn a_gate_does_not_start_on_a_store_that_is_not_opened() {
    for attack in UNOPENED {
        let mut target = attack.make();
        let exit = target.run("serve --listen 127.0.0.1:0 --ops-listen 127.0.0.1:0");
        assert_eq!(exit, TAMPERED, "{}", attack.name);
    }
}

/// A store that is put back as a whole, or gets a trigger, while a gate runs lets nothing pass either.
#[test]
fn a_running_gate_refuses_what_such_attacks_would_allow() {
    for name in ["everything put back", "trigger that undoes revocations"] {
        let attack = attack(name);
        let mut target = attack.before_attack();
        let gate = gate(&target);
        target.run("revoke acme --yes");
        wait_until_revoked(&gate, &target);
        attack.attack(&target);
        assert_ne!(target.run("edit beta --note x --yes"), 0, "{name}");
        assert_ne!(answer(&gate, &target, "acme"), "passes", "{name}");
    }
}

/// A running gate has its index. It refuses what was revoked, and the change that would launder the older row is refused.
#[test]
fn an_attack_under_a_running_gate_does_not_help() {
    let attack = attack("revoked passcode");
    let mut target = attack.before_attack();
    let gate = gate(&target);
    assert_eq!(answer(&gate, &target, "acme"), "revoked");
    attack.attack(&target);
    assert_eq!(answer(&gate, &target, "acme"), "revoked");
    for (name, change) in attack.launder {
        let exit = change(&mut target);
        assert!(exit == TAMPERED || *name == "use" || *name == "revoke another", "{name}: {exit}");
        assert_eq!(answer(&gate, &target, "acme"), "revoked", "{name}");
    }
    target.run_ok("store repair --yes");
    assert_eq!(answer(&gate, &target, "acme"), "revoked");
    drop(gate);
    let gate = self::gate(&target);
    assert!(has_index(&gate));
    assert_eq!(answer(&gate, &target, "acme"), "revoked");
}

/// The sums are what a gate's index relies on.
#[test]
fn without_sums_a_gate_builds_an_index_of_older_rows() {
    assert_snapshot!(answers(Some(Guard::Sums)), @"
    revoked passcode: index; passes; another secret passes
    revoked passcode, without its counters: index; passes; another secret passes
    deleted passcode: index; passes; another secret passes
    secret before a reset: index; passes; another secret passes
    secret before a reset, and only its digest: index; passes; another secret passes
    secret before the end of an overlap: index; passes; another secret passes
    later expiry: index; passes; another secret passes
    token before its app reset it: index; passes; another secret passes
    token before its pickup: index; unknown; another secret passes
    revoked token: index; passes; another secret passes
    revoked client secret: index; passes; another secret passes
    removed app: index; passes; another secret passes
    removed account: index; passes; another secret passes
    policy with a later sunset: index; passes; another secret passes
    removed district: index; passes; another secret passes
    name of a deleted passcode: index; deleted; another secret passes
    counters: index; passes; another secret passes
    last uses: index; passes; another secret passes
    daily uses: index; passes; another secret passes
    delivered message: index; passes; another secret passes
    delivered message, with its counters: index; passes; another secret passes
    removed passcode: index; unknown; another secret passes
    removed digest: index; passes; another secret passes
    removed account row: index; passes; another secret passes
    removed app row: index; passes; another secret passes
    removed district row: index; passes; another secret passes
    revoked passcode, without the record: index; passes; another secret passes
    revoked passcode, without an entry of its record: index; passes; another secret passes
    ");
}
