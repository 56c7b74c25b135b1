//! Traefik and Envoy, which Debian does not package: what they send to the gate, written down from their documentation
//! and sources, and what their samples say.

use std::{fs, path::Path};

use super::gate::{Gate, Profile, Who};
use crate::support::{http::ask, process::Home};

#[test]
fn the_gate_understands_what_traefik_and_envoy_send() {
    let gate = Gate::Real.start(Profile::Full);
    let status = |file: &str, who: Who| {
        let request = recorded(file).replace("{secret}", &gate.secret(who));
        let answer = ask(gate.address(), request.replace('\n', "\r\n").as_bytes()).unwrap();
        for (name, value) in gate.identity(who) {
            let said = answer.one(name) == Some(value.as_str());
            assert_eq!(said, answer.status() == 200, "{file}: {name}");
        }
        answer.status()
    };
    for proxy in ["traefik", "envoy"] {
        // Envoy takes no other 2xx for a yes.
        assert_eq!(status(&format!("{proxy}.http"), Who::Partner), 200, "{proxy}");
        assert_eq!(status(&format!("{proxy}-bearer.http"), Who::Partner), 200, "{proxy}");
        assert_eq!(status(&format!("{proxy}-in-query.http"), Who::Partner), 401, "{proxy}");
        // Envoy makes one header of two, with a comma.
        assert_eq!(status(&format!("{proxy}-twice.http"), Who::Partner), 401, "{proxy}");
        for who in [Who::Unknown, Who::Expired, Who::Revoked] {
            assert_eq!(status(&format!("{proxy}.http"), who), 401, "{proxy} {who:?}");
        }
    }
}

fn recorded(file: &str) -> String {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/proxies"));
    fs::read_to_string(folder.join(file)).unwrap()
}

/// The lines that must not go: with none of the two at hand, this is as far as a test can look.
#[test]
fn the_samples_say_what_keeps_a_request_out() {
    let home = Home::new();
    for (proxy, lines) in [("traefik", &TRAEFIK[..]), ("envoy", &ENVOY[..])] {
        let sample = home.ok(&format!("proxy-config {proxy}"));
        for line in lines {
            assert!(sample.lines().any(|one| one.trim() == *line), "{proxy}: {line}");
        }
    }
}

const TRAEFIK: [&str; 6] = [
    "middlewares: [gatepass-before, gatepass, gatepass-after]",
    "address: http://127.0.0.1:8710/verify",
    "trustForwardHeader: false",
    "authResponseHeadersRegex: \"(?i)^x[-_]gatepass[-_]\"",
    "X-CleverTap-Passcode: \"\"",
    "Authorization: \"\"",
];

const ENVOY: [&str; 6] = [
    "failure_mode_allow: false",
    "path_prefix: /verify",
    "use_remote_address: true",
    "common_http_protocol_options: { headers_with_underscores_action: REJECT_REQUEST }",
    "- x-clevertap-passcode",
    "- authorization",
];
