//! Other system clocks, with `libfaketime`: leap days, time zones, 32-bit limits and clocks set back.

use std::{fs, process::Command};

use gatepass::domain::instant::Instant;
use serde_json::Value;

use crate::support::{
    clock::with_fixed_clock,
    process::{ProcessOutput, TestHome, finish},
};

/// The last second of an unsigned 32-bit clock: 2106-02-07T06:28:15Z.
const MAX_UNIX_32_BIT: i64 = u32::MAX as i64;
/// 2026-11-22T06:00:00Z
const NOW: i64 = 1_795_327_200;
const DAY: i64 = 86_400;

#[test]
fn leap_days_are_handled() {
    // 2028-02-29T12:00:00Z
    let (home, noon) = (TestHome::new(), 1_835_438_400);
    let expiry = |lifetime: &str| {
        let name = lifetime.replace(['-', ' '], "");
        expiry_of(&json(&run_at(&home, noon, "UTC", &format!("create x{name} {lifetime} --json"))))
    };
    assert_eq!(expiry("--infinite"), "2038-02-28T12:00:00Z");
    assert_eq!(expiry("--days 1"), "2028-03-01T12:00:00Z");
    assert_eq!(expiry("--days 365"), "2029-02-28T12:00:00Z");
    assert_eq!(expiry("--until 2028-02-29"), "2028-03-01T00:00:00Z");
    assert_eq!(run_at(&home, noon, "UTC", "create never --until 2029-02-29").code, Some(2));
}

#[test]
fn time_zones_have_no_effect() {
    // Around the changes of the clocks in Berlin, in spring (01:00Z) and autumn, and at midnight.
    let instants = [1_806_195_599, 1_806_195_601, 1_824_944_399, 1_824_944_401, 1_824_940_800];
    let zones = [
        "Europe/Berlin",
        "CET-1CEST,M3.5.0,M10.5.0/3",
        "America/New_York",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "XXX+23:59",
        "no/such/zone",
    ];
    for instant in instants {
        let outputs = |zone: &str| {
            let home = TestHome::new();
            let created = ["--days 1", "--days 365", "--infinite"].map(|lifetime| {
                let name = lifetime.replace(['-', ' '], "");
                let created = json(&run_at(
                    &home,
                    instant,
                    zone,
                    &format!("create x{name} {lifetime} --json"),
                ));
                (
                    expiry_of(&created),
                    created["credential"]["created_at"].clone(),
                    created["created_at"].clone(),
                )
            });
            let listed = json(&run_at(&home, instant, zone, "list --json"));
            let audit = json(&run_at(&home, instant, zone, "audit list --json"));
            let audit_times: Vec<Value> =
                audit["items"].as_array().unwrap().iter().map(|item| item["at"].clone()).collect();
            (created, listed["generated_at"].clone(), audit_times)
        };
        let expected = outputs("UTC");
        for zone in zones {
            assert_eq!(outputs(zone), expected, "{zone} at {instant}");
        }
    }
}

#[test]
fn expiries_beyond_32_bit_seconds_work() {
    for edge in [i64::from(i32::MAX), MAX_UNIX_32_BIT] {
        let home = TestHome::new();
        let secret = ok(&run_at(&home, edge - 2, "UTC", "create across --days 1"));
        ok(&run_at(&home, edge + 2, "UTC", "create later --infinite"));
        let expiry = edge - 2 + DAY;
        assert_eq!(verify(&home, expiry - 1, &secret), Some(0));
        assert_eq!(
            verify(&home, expiry, &secret),
            Some(11),
            "it is valid at the instant of its expiry"
        );
        ok(&run_at(&home, expiry, "UTC", "doctor"));
    }
    let home = TestHome::new();
    let created = json(&run_at(&home, MAX_UNIX_32_BIT - 1, "UTC", "create x --infinite --json"));
    assert_eq!(expiry_of(&created), "2116-02-07T06:28:14Z");
}

#[test]
fn a_clock_set_back_blocks_changes_but_not_reads() {
    let home = TestHome::new();
    let expired = ok(&run_at(&home, NOW - 2 * DAY, "UTC", "create ended --days 1"));
    let secret = ok(&run_at(&home, NOW, "UTC", "create partner --days 30"));
    // A clock that is behind by a minute is accepted, and the last record's time is used.
    let created = json(&run_at(&home, NOW - 60, "UTC", "create other --days 1 --json"));
    assert_eq!(expiry_of(&created), "2026-11-23T06:00:00Z");
    let before = home_state(&home);
    for line in [
        "create third --days 1",
        "grant-user a@example.com --days 1",
        "edit partner --note x",
        "reset partner --yes",
        "revoke partner --yes",
        "delete partner --yes",
        "account add second",
    ] {
        let rejected = run_at(&home, NOW - 61, "UTC", line);
        assert_eq!(rejected.code, Some(7), "{line}: {rejected:?}");
        assert!(rejected.stderr.contains("--accept-clock"), "{rejected:?}");
    }
    assert_eq!(home_state(&home), before, "a rejected command changed something");
    for line in ["list", "show partner", "audit verify", "doctor", "account list"] {
        ok(&run_at(&home, NOW - 61, "UTC", line));
    }
    assert_eq!(verify(&home, NOW - 61, &secret), Some(0));
    // The clock is before its expiry, and the last record after it.
    assert_eq!(
        verify(&home, NOW - DAY - 3600, &expired),
        Some(11),
        "an expired secret is valid again"
    );
    ok(&run_at(&home, NOW - 61, "UTC", "create third --days 1 --accept-clock"));
    ok(&run_at(&home, NOW - 61, "UTC", "create fourth --days 1"));
    assert!(ok(&run_at(&home, NOW - 61, "UTC", "audit list --json")).contains("clock"));
    ok(&run_at(&home, NOW - 61, "UTC", "doctor"));
}

/// Runs a command at `instant`, at which the clock stands still.
fn run_at(home: &TestHome, instant: i64, zone: &str, line: &str) -> ProcessOutput {
    finish(at_fake_time(home, instant, zone, line).spawn().unwrap())
}

fn verify(home: &TestHome, instant: i64, secret: &str) -> Option<i32> {
    let input = home.path("input");
    fs::write(&input, secret).unwrap();
    let mut command = at_fake_time(home, instant, "UTC", "verify");
    command.stdin(fs::File::open(&input).unwrap());
    finish(command.spawn().unwrap()).code
}

fn at_fake_time(home: &TestHome, instant: i64, zone: &str, line: &str) -> Command {
    let mut command = home.gatepass(line);
    with_fixed_clock(&mut command, Instant::from_unix(instant)).env("TZ", zone);
    command
}

fn ok(output: &ProcessOutput) -> String {
    assert_eq!(output.code, Some(0), "{output:?}");
    output.stdout.clone()
}

fn json(output: &ProcessOutput) -> Value {
    serde_json::from_str(&ok(output)).unwrap()
}

fn expiry_of(created: &Value) -> String {
    let found = created.get("expires_at").or_else(|| created["credential"].get("expires_at"));
    found.and_then(Value::as_str).unwrap_or_else(|| panic!("no expiry in {created}")).to_owned()
}

fn home_state(home: &TestHome) -> Value {
    json(&run_at(home, NOW, "UTC", "list --all --json"))
}
