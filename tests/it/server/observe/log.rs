//! The log of decisions.

use insta::assert_snapshot;
use serde_json::Value;

use crate::{
    server::gate_fixture::{gate, gate_fixture, secret, with_bearer, with_passcode},
    support::{gate::get_request, http::HttpMessage},
};

/// Returns the log of a gate after some requests.
fn log(flags: &str, requests: &[HttpMessage]) -> Vec<Value> {
    let env = gate_fixture();
    let gate = gate(&env, flags);
    for request in requests {
        gate.ask(request);
    }
    gate.end()
}

fn lines(log: &[Value]) -> String {
    log.iter().map(|line| format!("{line}\n")).collect()
}

fn with_path(path: &str, request: HttpMessage) -> HttpMessage {
    HttpMessage { start_line: format!("GET {path} HTTP/1.1"), ..request }
}

fn with_request_id(id: &str, request: HttpMessage) -> HttpMessage {
    request.with("X-Request-Id", id)
}

#[test]
fn rejections_are_logged_with_their_true_reason() {
    let log = log(
        "",
        &[
            with_request_id("r-1", with_path("/verify/v1/connect?page=2", get_request(""))),
            with_request_id("r-2", with_passcode("acme")),
            with_request_id("r-3", with_passcode("elsewhere")),
            with_request_id("r-4", with_bearer("revoked")),
            with_request_id(
                "r-5",
                HttpMessage {
                    start_line: "POST /1/upload HTTP/1.1".into(),
                    ..with_passcode("expired")
                },
            ),
            with_request_id("r-6", with_passcode("unknown")),
            with_request_id("r-7", with_passcode("replaced")),
        ],
    );
    assert_snapshot!(lines(&log), @r#"
    {"allowed":false,"event":"decision","id":null,"kind":null,"method":"GET","path":"/v1/connect","peer":"127.0.0.1","reason":"missing","request_id":"r-1","time":"2026-12-02T12:00:00Z"}
    {"allowed":false,"event":"decision","id":"pc_51dbc5a915569cd66025aa6d","kind":"account","method":"GET","path":"/verify","peer":"127.0.0.1","reason":"wrong_account","request_id":"r-3","time":"2026-12-02T12:00:00Z"}
    {"allowed":false,"event":"decision","id":"pc_a5b5ef861814cee5b3c58ae0","kind":"account","method":"GET","path":"/verify","peer":"127.0.0.1","reason":"revoked","request_id":"r-4","time":"2026-12-02T12:00:00Z"}
    {"allowed":false,"event":"decision","id":"pc_552680ef5ffe7ff47d89bd1a","kind":"account","method":"POST","path":"/1/upload","peer":"127.0.0.1","reason":"expired","request_id":"r-5","time":"2026-12-02T12:00:00Z"}
    {"allowed":false,"event":"decision","id":null,"kind":null,"method":"GET","path":"/verify","peer":"127.0.0.1","reason":"unknown","request_id":"r-6","time":"2026-12-02T12:00:00Z"}
    {"allowed":false,"event":"decision","id":"pc_679bf1987f6e03f6386419db","kind":"account","method":"GET","path":"/verify","peer":"127.0.0.1","reason":"replaced","request_id":"r-7","time":"2026-12-02T12:00:00Z"}
    "#);
}

#[test]
fn allowed_requests_are_logged_on_request() {
    let log = log(
        "--log-allowed",
        &[
            with_request_id("r-1", with_passcode("ann")),
            with_request_id("r-2", with_bearer("retiring")),
        ],
    );
    assert_snapshot!(lines(&log), @r#"
    {"allowed":true,"event":"decision","id":"pc_7e714576478972afe975e963","kind":"user","method":"GET","path":"/verify","peer":"127.0.0.1","reason":"allowed","request_id":"r-1","time":"2026-12-02T12:00:00Z"}
    {"allowed":true,"event":"decision","id":"pc_64688b39905b8036d078f486","kind":"account","method":"GET","path":"/verify","peer":"127.0.0.1","reason":"allowed","request_id":"r-2","time":"2026-12-02T12:00:00Z"}
    "#);
}

/// The gate keeps the id of a request unless it could corrupt the log; otherwise it generates a unique one.
#[test]
fn requests_have_ids() {
    let log = log(
        "--workers 1",
        &[
            with_request_id("from/outside:1", get_request("/verify")),
            with_request_id("with a space", get_request("/verify")),
            with_request_id("", get_request("/verify")),
            with_request_id(&"x".repeat(129), get_request("/verify")),
            with_request_id("first", get_request("/verify")).with("X-Request-Id", "second"),
            get_request("/verify"),
        ],
    );
    let ids: Vec<&str> = log.iter().map(|line| line["request_id"].as_str().unwrap()).collect();
    let [kept, generated @ .., second, last] = ids.as_slice() else { panic!("{ids:?}") };
    assert_eq!((*kept, *second), ("from/outside:1", "second"));
    let is_generated =
        |id: &&str| id.len() == 16 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    let all: std::collections::BTreeSet<&str> = generated.iter().chain([last]).copied().collect();
    assert!(all.len() == 4 && all.iter().all(is_generated), "{ids:?}");
}

#[test]
fn only_trusted_proxies_set_the_client_address() {
    let forged = || {
        with_request_id("x", get_request("/verify"))
            .with("X-Forwarded-For", "203.0.113.9, 192.0.2.1")
            .with("X-Forwarded-Method", "DELETE")
            .with("X-Forwarded-Uri", "/v1/things?page=2")
    };
    let logged = |flags: &str| {
        let log = log(flags, &[forged()]);
        ["peer", "method", "path"].map(|name| log[0][name].as_str().unwrap().to_owned())
    };
    let actual = ["127.0.0.1", "GET", "/verify"];
    assert_eq!(logged(""), actual);
    assert_eq!(logged("--trusted-proxy 10.0.0.0/8 --trusted-proxy unix"), actual);
    // The last address is the one that the trusted proxy saw.
    assert_eq!(logged("--trusted-proxy 127.0.0.0/8"), ["192.0.2.1", "DELETE", "/v1/things"]);
}

/// A secret in any part of a request appears neither in the response nor in the log.
#[test]
fn the_log_contains_no_secret() {
    let acme = secret("acme");
    let places = [
        with_path(&format!("/verify/{acme}?passcode={acme}"), with_passcode("acme")),
        with_path(&format!("/{acme}%20{acme}"), with_bearer("acme")),
        with_passcode("acme").with("X-Request-Id", acme),
        with_passcode("acme").with("X-Forwarded-For", acme),
        with_passcode("acme").with("X-Forwarded-Uri", &format!("/a/{acme}")),
        with_passcode("acme").with("X-Forwarded-Method", acme),
        with_passcode("acme").with("X_CleverTap_Passcode", acme),
        with_bearer("acme").with("X-CleverTap-Account-Id", acme),
        HttpMessage { start_line: format!("{acme} /verify HTTP/1.1"), ..get_request("") },
        get_request("/verify").with("Authorization", &format!("Basic {acme}")),
    ];
    let env = gate_fixture();
    let gate = gate(&env, "--log-allowed --trusted-proxy 127.0.0.1");
    for request in &places {
        let response = gate.ask(request);
        assert!(!format!("{response:?}").contains(acme), "{response:?}");
    }
    let log = lines(&gate.end());
    assert_eq!(log.lines().count(), places.len());
    assert!(!log.contains(&acme[4..47]), "{log}");
}
