//! Traefik and Envoy, which Debian does not package: the requests that they send to the gate, recorded from their
//! documentation and sources, and the lines of their samples.

use std::{fs, path::Path};

use serde_json::Value;

use super::{
    callers::{Caller, account, app_login, basic, gate_response_headers, identity, secret},
    expectations::is_for_apps,
    gate::{Running, Transport},
    proxy::Proxy,
};
use crate::support::{
    http::{HttpMessage, ask},
    process::TestHome,
};

/// Their gate has the same flags as Caddy's.
#[test]
fn the_gate_accepts_requests_as_traefik_and_envoy_send_them() {
    let mut gate = Running::real(Proxy::Caddy, Transport::Tcp);
    let address = gate.address.parse().unwrap();
    let mut ask_gate = |file: &str, who: Caller| -> (HttpMessage, Value) {
        let response = ask(address, request(file, who).as_bytes()).unwrap();
        (response, gate.decision().unwrap())
    };
    for proxy in ["traefik", "envoy"] {
        for (file, who, status, reason) in [
            // Envoy accepts no other 2xx.
            ("", Caller::Partner, 200, "allowed"),
            ("", Caller::User, 200, "allowed"),
            ("-bearer", Caller::Partner, 200, "allowed"),
            ("-in-query", Caller::Partner, 401, "in_query"),
            ("", Caller::Unknown, 401, "unknown"),
            ("", Caller::Expired, 401, "expired"),
            ("", Caller::Revoked, 401, "revoked"),
            ("-bearer", Caller::Revoked, 401, "revoked"),
            ("-bearer", Caller::Token, 200, "allowed"),
            ("-requirement", Caller::Token, 403, "wrong_district"),
            ("-basic", Caller::Legacy, 200, "allowed"),
            ("-basic", Caller::LegacyLimited, 200, "allowed"),
            ("-basic", Caller::LegacySunset, 410, "legacy_sunset"),
            ("", Caller::Elsewhere, 403, "wrong_region"),
        ] {
            let (response, decision) = ask_gate(&format!("{proxy}{file}.http"), who);
            let row = format!("{proxy}{file} {who:?}: {response:?} {decision}");
            assert_eq!((response.status(), &decision["reason"]), (status, &reason.into()), "{row}");
            for (name, value) in identity(who).iter().filter(|_| status == 200) {
                assert_eq!(response.single(name), Some(value.as_str()), "{row}");
            }
            for name in gate_response_headers(who).iter().filter(|_| status == 200) {
                assert!(response.single(name).is_some(), "{name}: {row}");
            }
            assert_eq!(decision["peer"], "203.0.113.7", "{row}");
            assert_eq!(decision["method"], "POST", "{row}");
            assert_eq!(decision["path"], "/v1/things", "{row}");
        }
    }
    // Envoy joins two headers with a comma.
    for (file, reason) in [("traefik-twice", "duplicate"), ("envoy-twice", "malformed")] {
        let (response, decision) = ask_gate(&format!("{file}.http"), Caller::Partner);
        assert_eq!((response.status(), &decision["reason"]), (401, &reason.into()), "{file}");
    }
    // Requests of apps are passed on as they are.
    for file in ["traefik-oauth.http", "envoy-oauth.http"] {
        let response = ask(address, request(file, Caller::App).as_bytes()).unwrap();
        assert!(response.status() == 200 && is_for_apps(&response), "{file}: {response:?}");
    }
}

/// Returns a recorded request, with the credentials of a caller.
fn request(file: &str, who: Caller) -> String {
    let basic = basic(who, "");
    let words = [
        ("{account}", account(who)),
        ("{secret}", secret(who)),
        ("{basic}", basic.as_str()),
        ("{login}", &app_login()),
        ("\n", "\r\n"),
    ];
    words.into_iter().fold(read_recording(file), |text, (word, is)| text.replace(word, is))
}

fn read_recording(file: &str) -> String {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/proxies"));
    fs::read_to_string(folder.join(file)).unwrap()
}

/// Neither proxy runs here, so the test looks for the lines that reject requests.
#[test]
fn the_samples_document_the_lines_that_reject_requests() {
    let home = TestHome::new();
    for (proxy, lines) in [("traefik", &TRAEFIK[..]), ("envoy", &ENVOY[..])] {
        let sample = home.ok(&format!("proxy-config {proxy}"));
        for line in lines {
            assert!(sample.lines().any(|one| one.trim() == *line), "{proxy}: {line}");
        }
    }
}

const TRAEFIK: [&str; 12] = [
    "middlewares: [gatepass-before, gatepass, gatepass-after]",
    "middlewares: [gatepass-before, gatepass-body]",
    OAUTH_OF_TRAEFIK,
    "priority: 1000",
    "X-Gatepass-Require-Scope: \"\"",
    "X-Gatepass-Require-District: \"\"",
    "X-Gatepass-Require-App: \"\"",
    "address: http://127.0.0.1:8710/verify",
    "trustForwardHeader: false",
    "authResponseHeadersRegex: \"(?i)^x[-_]gatepass[-_]\"",
    "X-CleverTap-Passcode: \"\"",
    "Authorization: \"\"",
];

const OAUTH_OF_TRAEFIK: &str = concat!(
    r"rule: PathRegexp(`^(/v[0-9.]+)?/",
    r"(oauth/tokens|oauth/tokens/[0-9a-z_]+/reset|oauth/tokeninfo|openapi\.json)$`)"
);

const OAUTH_OF_ENVOY: &str = concat!(
    r#"regex: "(/v[0-9.]+)?/"#,
    r#"(oauth/tokens|oauth/tokens/[0-9a-z_]+/reset|oauth/tokeninfo|openapi[.]json)""#
);

const ENVOY: [&str; 15] = [
    OAUTH_OF_ENVOY,
    "response_headers_to_remove: [x-gatepass-status, x-gatepass-reason, x-gatepass-error]",
    "max_request_bytes: 65536",
    "- remove: x-gatepass-require-district",
    "- remove: x-gatepass-require-app",
    "- { exact: x-gatepass-require-district, ignore_case: true }",
    "- { exact: x-gatepass-require-app, ignore_case: true }",
    "- x-gatepass-require-district",
    "- { prefix: x-ratelimit-, ignore_case: true }",
    "failure_mode_allow: false",
    "path_prefix: /verify",
    "use_remote_address: true",
    "common_http_protocol_options: { headers_with_underscores_action: REJECT_REQUEST }",
    "- x-clevertap-passcode",
    "- authorization",
];
