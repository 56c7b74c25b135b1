//! `proxy-config`. The tests in `proxies` run the samples.

use std::{fs, path::Path};

use insta::assert_snapshot;

use crate::support::test_env::TestEnv;

/// The proxies with their samples in `deploy/`.
const SAMPLES: [(&str, &str); 6] = [
    ("nginx", "nginx.conf"),
    ("caddy", "Caddyfile"),
    ("traefik", "traefik.yaml"),
    ("envoy", "envoy.yaml"),
    ("haproxy", "haproxy.cfg"),
    ("haproxy --lua", "gatepass.lua"),
];

/// The headers in which a gate describes a caller, or which describe a caller to it. No client may send them to the backend.
const GATE_HEADERS: [&str; 15] = [
    "account",
    "credential",
    "kind",
    "name",
    "user",
    "app",
    "district",
    "scopes",
    "expires",
    "status",
    "reason",
    "error",
    "require-scope",
    "require-district",
    "require-app",
];

fn deployed(file: &str) -> String {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/deploy"));
    fs::read_to_string(folder.join(file)).unwrap()
}

#[test]
fn the_samples_match_the_files_in_deploy() {
    let mut env = TestEnv::new();
    for (proxy, file) in SAMPLES {
        assert!(env.run_ok(&format!("proxy-config {proxy}")) == deployed(file), "{proxy}");
    }
}

#[test]
fn every_address_is_replaced_everywhere() {
    let mut env = TestEnv::new();
    // Each value equals a default of another one: replaced text is not replaced again.
    let options = "--listen 127.0.0.1:9000 --gate 127.0.0.1:8080 --backend 127.0.0.1:8710";
    let ports = |text: &str, from: [&str; 3]| from.map(|port| text.matches(port).count());
    for (proxy, file) in &SAMPLES[..5] {
        let text = env.run_ok(&format!("proxy-config {proxy} {options}"));
        let before = ports(&deployed(file), ["8080", "8710", "9000"]);
        assert_eq!(ports(&text, ["9000", "8080", "8710"]), before, "{proxy}");
        let other = "--listen [::1]:81 --gate [::1]:82 --backend [::1]:83";
        let text = env.run_ok(&format!("proxy-config {proxy} {other}"));
        assert_eq!(ports(&text, ["8080", "8710", "9000"]), [0; 3], "{proxy}");
    }
}

#[test]
fn a_unix_socket_gate_uses_each_proxys_syntax() {
    let mut env = TestEnv::new();
    for (proxy, line) in [
        ("nginx", "        server unix:/run/gatepass/gate.sock;\n"),
        ("caddy", "\t\treverse_proxy unix//run/gatepass/gate.sock {\n"),
        ("envoy", "                    pipe: { path: \"/run/gatepass/gate.sock\" }\n"),
        ("haproxy", "    http-request lua.gatepass unix@/run/gatepass/gate.sock\n"),
        ("haproxy", "    server gate unix@/run/gatepass/gate.sock\n"),
    ] {
        let text = env.run_ok(&format!("proxy-config {proxy} --gate unix:/run/gatepass/gate.sock"));
        assert!(text.contains(line), "{proxy}: {text}");
        assert!(
            text.contains("gatepass serve")
                && text.contains("--listen unix:/run/gatepass/gate.sock")
        );
    }
    assert_snapshot!(env.run("proxy-config traefik --gate unix:/run/gatepass/gate.sock"), @"
    exit 2
    -- stderr
    error: traefik can query the gate only over TCP
    hint: use gatepass serve --listen 127.0.0.1:8710, and --gate 127.0.0.1:8710 here
    ");
}

#[test]
fn a_malformed_address_is_a_usage_error() {
    let mut env = TestEnv::new();
    for options in [
        "--listen 8080",
        "--listen 127.0.0.1",
        "--listen 127.0.0.1:0",
        "--listen 127.0.0.1:65536",
        "--listen ::1:8080x",
        "--listen localhost:8080",
        "--listen unix:/run/x",
        "--backend http://127.0.0.1:9000",
        "--gate unix:relative",
        "--gate unix:",
        "--gate 'unix:/run/x; }'",
        "--gate '127.0.0.1:8710; include /etc/passwd'",
        "--lua",
    ] {
        let output = env.run(&format!("proxy-config nginx {options}"));
        assert_eq!((output.exit, output.stdout.as_str()), (2, ""), "{options}");
    }
    assert_eq!(env.run("proxy-config apache").exit, 2);
    assert_snapshot!(env.run("proxy-config nginx --gate localhost:8710"), @"
    exit 2
    -- stderr
    error: invalid value 'localhost:8710' for '--gate <ADDRESS>': use an IP address and a port, e.g. 127.0.0.1:8080 or [::1]:8080, or unix:PATH
    ");
    assert_snapshot!(env.run("proxy-config nginx --lua"), @"
    exit 2
    -- stderr
    error: --lua is only for haproxy
    ");
}

/// A sample that removes headers by name must list all of them.
#[test]
fn every_gate_header_is_cleared() {
    for (file, prefix) in
        [("nginx.conf", "proxy_set_header x-gatepass-"), ("envoy.yaml", "remove: x-gatepass-")]
    {
        let text = deployed(file).to_lowercase();
        for name in GATE_HEADERS {
            let cleared = format!("{prefix}{name}");
            let is_cleared = |line: &str| {
                line.trim_start_matches([' ', '-']).split(' ').take(2).eq(cleared.split(' '))
            };
            assert!(text.lines().any(is_cleared), "{file}: {name}");
        }
    }
}
