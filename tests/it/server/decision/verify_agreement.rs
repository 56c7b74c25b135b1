//! The gate and `verify` decide alike about every request.

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

use crate::{
    server::{
        apps_fixture::{
            self, AFTER_SUNSET, ANNOUNCED, APPS_ACCOUNT, BEFORE_ANNOUNCEMENT, LEGACY_KEY,
            OTHER_ACCOUNT, OTHER_LEGACY_KEY, UNKNOWN_LEGACY_KEY, apps_fixture,
        },
        gate_fixture::{
            ACCOUNT, CALLERS, NOON, OTHER_REGION_ACCOUNT, USERS_ONLY_ACCOUNT, gate_at,
            gate_fixture, secret,
        },
    },
    support::{
        gate::{GateConnection, get_request},
        http::HttpMessage,
        process::is_full,
        test_env::TestEnv,
    },
};

type Headers = Vec<(&'static str, String)>;

/// Generates requests with a secret in one of the right places, and some with more or less than that.
fn requests() -> impl Strategy<Value = Headers> {
    let valid = || select(CALLERS).prop_map(|name| secret(name).to_owned());
    let damaged = || {
        valid().prop_flat_map(|secret| {
            let (cut, other) = (secret[..52].to_owned(), secret.replacen("gp", "GP", 1));
            select(vec![cut, other, format!("{secret} x"), format!("{secret}é"), String::new()])
        })
    };
    let any = move || prop_oneof![6 => valid(), 1 => damaged()];
    let account = || {
        let given = select(vec![ACCOUNT, ACCOUNT, OTHER_REGION_ACCOUNT, USERS_ONLY_ACCOUNT]);
        let unusual = select(vec!["948-4KK-444z", "12", "", "948-4KK-444Z,948-4KK-444Z"]);
        prop_oneof![12 => given, 1 => unusual].prop_map(str::to_owned)
    };
    let account_name = || {
        select(vec!["X-CleverTap-Account-Id", "x-clevertap-account-id", "X-CLEVERTAP-ACCOUNT-ID"])
    };
    let passcode = any().prop_map(|secret| ("X-CleverTap-Passcode", secret));
    let scheme = select(vec!["Bearer ", "Bearer ", "bearer ", "Bearer  ", "Basic ", "Bearer", ""]);
    let bearer =
        (scheme, any()).prop_map(|(scheme, secret)| ("Authorization", format!("{scheme}{secret}")));
    let misspelled = (select(vec!["X_CleverTap_Passcode", "X-CleverTap_Account-Id"]), any());
    let named = (account_name(), account());
    prop_oneof![
        8 => (named.clone(), passcode.clone()).prop_map(|(account, passcode)| vec![account, passcode]),
        4 => bearer.clone().prop_map(|bearer| vec![bearer]),
        2 => (bearer.clone(), named.clone()).prop_map(|(bearer, account)| vec![bearer, account]),
        2 => prop::collection::vec(prop_oneof![named, passcode, bearer, misspelled], 0..4),
    ]
}

/// A request, and what a proxy requires of its token.
#[derive(Clone, Debug)]
struct TokenRequest {
    headers: Headers,
    district: Option<&'static str>,
    app: Option<&'static str>,
    scopes: Vec<&'static str>,
}

/// The secrets of [`apps_fixture`] that requests are made with.
const TOKEN_CALLERS: &[&str] = &[
    "both",
    "elk",
    "own limit",
    "app's limit",
    "expired",
    "revoked",
    "deleted",
    "replaced",
    "successor",
    "retiring",
    "renewed",
    "far",
    "unknown",
    "acme",
    "ann",
    "Roster",
];

/// Generates requests with tokens, passcodes and legacy keys that may require a district, an app or scopes.
fn token_requests() -> impl Strategy<Value = TokenRequest> {
    let token =
        select(TOKEN_CALLERS).prop_map(|name| format!("Bearer {}", apps_fixture::secret(name)));
    let key = select(vec![LEGACY_KEY, OTHER_LEGACY_KEY, UNKNOWN_LEGACY_KEY])
        .prop_map(|key| apps_fixture::basic(key, ""));
    let unusual = select(vec![
        apps_fixture::basic(LEGACY_KEY, "x"),
        apps_fixture::basic(apps_fixture::secret("both"), ""),
        apps_fixture::basic("", ""),
        format!("Bearer {LEGACY_KEY}"),
        "Basic".to_owned(),
    ]);
    let authorization = prop_oneof![8 => token, 4 => key, 1 => unusual];
    let account = prop::option::weighted(0.2, select(vec![APPS_ACCOUNT, OTHER_ACCOUNT, "12"]));
    let passcode = prop::option::weighted(0.05, select(TOKEN_CALLERS));
    let scopes = vec!["read:students", "read:schools", "read:resources", "write:x"];
    (
        (authorization, account, passcode),
        prop::option::of(select(vec!["Lincoln", "Elk Grove", "Bay", "Ridge"])),
        prop::option::of(select(vec!["Roster", "Grades", "Library"])),
        prop_oneof![2 => Just(Vec::new()), 1 => prop::sample::subsequence(scopes, 1..3)],
    )
        .prop_map(|((authorization, account, passcode), district, app, scopes)| {
            let account = account.map(|id| ("X-CleverTap-Account-Id", id.to_owned()));
            let secret = |name| ("X-CleverTap-Passcode", apps_fixture::secret(name).to_owned());
            let passcode = passcode.map(secret);
            let headers = [("Authorization", authorization)].into_iter().chain(account);
            TokenRequest { headers: headers.chain(passcode).collect(), district, app, scopes }
        })
}

impl TokenRequest {
    /// Returns the request as a proxy sends it.
    fn request(&self) -> HttpMessage {
        let id = |name: &&str| apps_fixture::id(name).to_owned();
        let scopes = self.scopes.iter().map(|scope| ("X-Gatepass-Require-Scope", (*scope).into()));
        let requirements = [
            ("X-Gatepass-Require-District", self.district.as_ref().map(id)),
            ("X-Gatepass-Require-App", self.app.as_ref().map(id)),
        ];
        let requirements = requirements.into_iter().filter_map(|(name, id)| Some((name, id?)));
        let all = self.headers.iter().cloned().chain(requirements).chain(scopes);
        all.fold(get_request("/verify"), |request, (name, value)| request.with(name, &value))
    }

    /// Returns the flags of `verify` for the same requirements.
    fn flags(&self) -> String {
        let district = self.district.map(|name| format!("--district {} ", apps_fixture::id(name)));
        let app = self.app.map(|name| format!("--app {} ", apps_fixture::id(name)));
        let scopes = self.scopes.iter().map(|scope| format!("--scope {scope} "));
        district.into_iter().chain(app).chain(scopes).collect()
    }

    /// Returns the reason that follows from what was granted, if the request has a valid token and nothing else.
    fn expected_reason(&self) -> Option<&'static str> {
        let [(_, authorization)] = self.headers.as_slice() else { return None };
        let is_it = |name: &str| *authorization == format!("Bearer {}", apps_fixture::secret(name));
        // A reset keeps the terms of a token.
        let after_reset =
            [("successor", "replaced"), ("renewed", "retiring"), ("retiring", "retiring")];
        let valid = ["both", "elk", "own limit", "app's limit"].map(|name| (name, name));
        let (_, name) = valid.into_iter().chain(after_reset).find(|(name, _)| is_it(name))?;
        let (_, app, district, scopes) =
            apps_fixture::TOKENS.iter().find(|token| token.0 == name)?;
        let is_other = |required: Option<&str>, own: &str| {
            required.is_some_and(|required| required != own.trim_matches('\''))
        };
        let has = |scope: &&str| scopes.split(' ').any(|own| own == *scope);
        Some(match () {
            () if is_other(self.app, app) => "wrong_app",
            () if is_other(self.district, district) => "wrong_district",
            () if !self.scopes.iter().all(has) => "scope_missing",
            () => "allowed",
        })
    }
}

/// Returns the reason and the credential's id as `verify` reports them.
fn verify_output(env: &mut TestEnv, headers: &Headers, flags: &str) -> (Value, Value) {
    let block: String = headers.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
    let output = env.run_with_input(&format!("verify --headers --json {flags}"), block);
    let decision: Value = serde_json::from_str(&output.stdout).unwrap();
    (decision["reason"].clone(), decision["id"].clone())
}

#[test]
fn the_gate_and_verify_agree_on_passcodes() {
    let count = if is_full() { 5_000 } else { 150 };
    let config = Config { rng_seed: RngSeed::Fixed(1), ..Config::default() };
    let (mut runner, mut reasons) = (TestRunner::new(config), BTreeSet::new());
    // At the second instant an overlap has ended.
    for (flags, now) in [("", NOON), ("--region eu1", "2026-12-10T00:00:00Z")] {
        let mut env = gate_fixture();
        let now = Instant::parse_rfc3339(now).unwrap();
        env.set_clock(&now.to_string());
        let gate = gate_at(&env, &format!("--workers 1 --log-allowed {flags}"), now);
        gate.wait_until_ready();
        let mut connection = GateConnection::to(gate.address());
        let mut all = Vec::new();
        for _ in 0..count {
            let headers = requests().new_tree(&mut runner).unwrap().current();
            let message = HttpMessage {
                headers: headers
                    .iter()
                    .map(|(name, value)| ((*name).to_owned(), value.clone()))
                    .collect(),
                ..get_request("/verify")
            };
            let status = connection.ask(&message).unwrap().status();
            let verified = verify_output(&mut env, &headers, flags);
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
    // The generated requests reach these reasons.
    assert_snapshot!(reasons.into_iter().collect::<Vec<_>>().join(" "), @r#""account_malformed" "account_missing" "allowed" "deleted" "duplicate" "expired" "malformed" "missing" "replaced" "revoked" "unknown" "user_passcode_required" "wrong_account" "wrong_region""#);
}

#[test]
fn the_gate_and_verify_agree_on_tokens_and_legacy_keys() {
    let count = if is_full() { 5_000 } else { 250 };
    let config = Config { rng_seed: RngSeed::Fixed(2), ..Config::default() };
    let (mut runner, mut reasons) = (TestRunner::new(config), BTreeSet::new());
    let mut predicted = 0;
    for now in [BEFORE_ANNOUNCEMENT, ANNOUNCED, AFTER_SUNSET] {
        let mut env = apps_fixture();
        env.env.remove(std::ffi::OsStr::new("GATEPASS_ACCOUNT"));
        env.set_clock(now);
        let gate = apps_fixture::gate(&env, "--workers 1 --log-allowed", now);
        gate.wait_until_ready();
        let mut connection = GateConnection::to(gate.address());
        let mut all = Vec::new();
        for _ in 0..count {
            let request = token_requests().new_tree(&mut runner).unwrap().current();
            let response = connection.ask(&request.request()).unwrap();
            // Only gates count requests: `verify` never reports a rate limit.
            let is_limited = response.single("x-gatepass-reason") == Some("rate_limited");
            let verified = verify_output(&mut env, &request.headers, &request.flags());
            let is_allowed = verified.0 == "allowed";
            assert_eq!(
                response.status() == 200 || is_limited,
                is_allowed,
                "{request:?}: {verified:?}"
            );
            if let Some(predicted_reason) =
                request.expected_reason().filter(|_| now == BEFORE_ANNOUNCEMENT)
            {
                assert_eq!(verified.0, predicted_reason, "{request:?}");
                predicted += 1;
            }
            reasons.insert(verified.0.to_string());
            all.push((request, is_limited, verified));
        }
        let log = gate.end();
        assert_eq!(log.len(), count);
        for ((request, is_limited, verified), line) in all.into_iter().zip(log) {
            let reason = if is_limited { "rate_limited".into() } else { verified.0 };
            assert_eq!((&line["reason"], &line["id"]), (&reason, &verified.1), "{request:?}");
        }
    }
    assert!(predicted > count / 8, "{predicted}");
    assert_snapshot!(reasons.into_iter().collect::<Vec<_>>().join(" "), @r#""account_malformed" "allowed" "deleted" "duplicate" "expired" "legacy_sunset" "malformed" "replaced" "revoked" "scope_missing" "unknown" "wrong_account" "wrong_app" "wrong_district""#);
}
