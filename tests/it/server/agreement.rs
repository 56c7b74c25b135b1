//! The gate and `verify` say the same of every request.

use std::collections::BTreeSet;

use gatepass::domain::instant::Instant;
use insta::assert_snapshot;
use proptest::{
    prelude::*,
    sample::select,
    strategy::ValueTree,
    test_runner::{Config, RngSeed, TestRunner},
};
use serde_json::Value;

use super::cast::{ACCOUNT, ELSEWHERE, EVERYBODY, NOON, STRICT, cast, gate_at, secret};
use crate::support::{
    gate::{Line, get},
    http::Message,
    process::is_full,
    run::World,
};

type Headers = Vec<(&'static str, String)>;

/// Requests with a secret in one of the right places, and some with more or less than that.
fn requests() -> impl Strategy<Value = Headers> {
    let good = || select(EVERYBODY).prop_map(|who| secret(who).to_owned());
    let bad = || {
        good().prop_flat_map(|secret| {
            let (cut, other) = (secret[..52].to_owned(), secret.replacen("gp", "GP", 1));
            select(vec![cut, other, format!("{secret} x"), format!("{secret}é"), String::new()])
        })
    };
    let any = move || prop_oneof![6 => good(), 1 => bad()];
    let account = || {
        let given = select(vec![ACCOUNT, ACCOUNT, ELSEWHERE, STRICT]);
        let odd = select(vec!["948-4KK-444z", "12", "", "948-4KK-444Z,948-4KK-444Z"]);
        prop_oneof![12 => given, 1 => odd].prop_map(str::to_owned)
    };
    let account_name = || {
        select(vec!["X-CleverTap-Account-Id", "x-clevertap-account-id", "X-CLEVERTAP-ACCOUNT-ID"])
    };
    let passcode = any().prop_map(|secret| ("X-CleverTap-Passcode", secret));
    let scheme = select(vec!["Bearer ", "Bearer ", "bearer ", "Bearer  ", "Basic ", "Bearer", ""]);
    let bearer =
        (scheme, any()).prop_map(|(scheme, secret)| ("Authorization", format!("{scheme}{secret}")));
    let misspelt = (select(vec!["X_CleverTap_Passcode", "X-CleverTap_Account-Id"]), any());
    let named = (account_name(), account());
    prop_oneof![
        8 => (named.clone(), passcode.clone()).prop_map(|(account, passcode)| vec![account, passcode]),
        4 => bearer.clone().prop_map(|bearer| vec![bearer]),
        2 => (bearer.clone(), named.clone()).prop_map(|(bearer, account)| vec![bearer, account]),
        2 => prop::collection::vec(prop_oneof![named, passcode, bearer, misspelt], 0..4),
    ]
}

/// What `verify` says: the reason, and whose secret it is.
fn verified(world: &mut World, headers: &Headers, flags: &str) -> (Value, Value) {
    let block: String = headers.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
    let said = world.run_with_input(&format!("verify --headers --json {flags}"), block);
    let decision: Value = serde_json::from_str(&said.stdout).unwrap();
    (decision["reason"].clone(), decision["id"].clone())
}

#[test]
fn the_gate_says_what_verify_says() {
    let count = if is_full() { 5_000 } else { 150 };
    let config = Config { rng_seed: RngSeed::Fixed(1), ..Config::default() };
    let (mut runner, mut reasons) = (TestRunner::new(config), BTreeSet::new());
    // The second time, an overlap is over.
    for (flags, now) in [("", NOON), ("--region eu1", "2026-12-10T00:00:00Z")] {
        let mut world = cast();
        let now = Instant::parse_rfc3339(now).unwrap();
        world.set_clock(&now.to_string());
        let gate = gate_at(&world, &format!("--workers 1 --log-allowed {flags}"), now);
        gate.ready();
        let mut line = Line::to(gate.address());
        let mut all = Vec::new();
        for _ in 0..count {
            let headers = requests().new_tree(&mut runner).unwrap().current();
            let request = Message {
                headers: headers
                    .iter()
                    .map(|(name, value)| ((*name).to_owned(), value.clone()))
                    .collect(),
                ..get("/verify")
            };
            let status = line.ask(&request).unwrap().status();
            let verified = verified(&mut world, &headers, flags);
            assert_eq!(status == 200, verified.0 == "allowed", "{headers:?}: {verified:?}");
            reasons.insert(verified.0.to_string());
            all.push((headers, verified));
        }
        let log = gate.end();
        assert_eq!(log.len(), count);
        for ((headers, verified), line) in all.into_iter().zip(log) {
            assert_eq!((line["reason"].clone(), line["id"].clone()), verified, "{headers:?}");
        }
    }
    // The requests are worth their time.
    assert_snapshot!(reasons.into_iter().collect::<Vec<_>>().join(" "), @r#""account_malformed" "account_missing" "allowed" "deleted" "duplicate" "expired" "malformed" "missing" "replaced" "revoked" "unknown" "user_passcode_required" "wrong_account" "wrong_region""#);
}
