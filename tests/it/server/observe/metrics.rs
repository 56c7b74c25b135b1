//! The second listener: health, readiness and metrics.

use std::collections::BTreeMap;

use insta::assert_snapshot;

use crate::{
    server::{
        gate_fixture::{ACCOUNT, gate, gate_fixture, secret, with_bearer, with_passcode},
        snapshot::summary,
    },
    support::gate::get_request,
};

#[test]
fn health_and_readiness_are_reported() {
    let env = gate_fixture();
    let gate = gate(&env, "");
    let responses = ["/healthz", "/readyz", "/", "/verify"].map(|path| {
        // The gate is not ready until it has loaded the store.
        let response = if path == "/readyz" { gate.wait_until_ready() } else { gate.ask_ops(path) };
        format!("{path} -> {}\n", summary(&response))
    });
    assert_snapshot!(responses.concat(), @"
    /healthz -> 200 ok
        content-type: text/plain; charset=utf-8
    /readyz -> 200 ready
        content-type: text/plain; charset=utf-8
    / -> 404 /healthz, /readyz or /metrics
        content-type: text/plain; charset=utf-8
    /verify -> 404 /healthz, /readyz or /metrics
        content-type: text/plain; charset=utf-8
    ");
    assert_eq!(
        gate.ask(&get_request("/healthz")).status(),
        401,
        "health is served by the second listener only"
    );
}

/// Returns the samples of a text in Prometheus's format, by their names and labels.
fn samples(text: &str) -> BTreeMap<&str, f64> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| line.rsplit_once(' ').unwrap())
        .map(|(name, value)| (name, value.parse().unwrap()))
        .collect()
}

#[test]
fn decisions_are_counted() {
    let env = gate_fixture();
    let gate = gate(&env, "--workers 2");
    gate.wait_until_ready();
    for _ in 0..3 {
        gate.ask(&with_passcode("acme"));
    }
    gate.ask(&with_bearer("ann"));
    gate.ask(&with_passcode("unknown"));
    gate.ask(&with_passcode("revoked"));
    let response = gate.ask_ops("/metrics");
    let text = String::from_utf8(response.body.clone()).unwrap();
    assert_eq!(
        response.single("content-type"),
        Some("application/openmetrics-text; version=1.0.0; charset=utf-8")
    );
    assert!(text.ends_with("# EOF\n") && !text.contains(secret("acme")));
    let samples = samples(&text);
    for (name, value) in [
        ("gatepass_decisions_total{reason=\"allowed\"}", 4.0),
        ("gatepass_decisions_total{reason=\"unknown\"}", 1.0),
        ("gatepass_decisions_total{reason=\"revoked\"}", 1.0),
        ("gatepass_decisions_total{reason=\"expired\"}", 0.0),
        ("gatepass_decision_duration_seconds_count", 6.0),
        ("gatepass_decision_duration_seconds_bucket{le=\"+Inf\"}", 6.0),
        ("gatepass_credentials{state=\"active\"}", 9.0),
        ("gatepass_credentials{state=\"expired\"}", 1.0),
        ("gatepass_credentials{state=\"revoked\"}", 1.0),
        ("gatepass_credentials{state=\"deleted\"}", 1.0),
        ("gatepass_store_errors_total", 0.0),
        ("gatepass_log_lines_lost_total", 0.0),
    ] {
        assert_eq!(samples.get(name), Some(&value), "{name}\n{text}");
    }
    assert!(samples["gatepass_decision_duration_seconds_sum"] > 0.0);
    assert!(samples["gatepass_snapshot_age_seconds"] < 1.0);
    let help: String = text
        .lines()
        .filter(|line| line.starts_with("# HELP"))
        .fold(String::new(), |all, line| all + line + "\n");
    assert_snapshot!(help, @"
    # HELP gatepass_decisions Decisions by reason
    # HELP gatepass_decision_duration_seconds Time from the head of a request to its decision
    # HELP gatepass_credentials Credentials by state
    # HELP gatepass_credential_expiration_timestamp_seconds Expiry by id of the credentials that expire within 30 days, at most 10,000
    # HELP gatepass_webhook_messages Messages to apps by state: pending, and delivered or given up in the last 30 days
    # HELP gatepass_connections Open connections
    # HELP gatepass_snapshot_age_seconds Time since the store was last read
    # HELP gatepass_store_errors Failed reads of the store
    # HELP gatepass_store_tampered 1 if the store failed verification, so that each request is looked up in it
    # HELP gatepass_log_lines_lost Log lines dropped because nothing read them in time
    ");
}

#[test]
fn metrics_list_credentials_expiring_within_30_days() {
    let mut env = gate_fixture();
    env.run_ok(&format!("create soon --days 30 --account {ACCOUNT}"));
    env.run_ok(&format!("create later --days 31 --account {ACCOUNT}"));
    let id = env.run_ok(&format!("show soon --field id --account {ACCOUNT}"));
    let gate = gate(&env, "");
    gate.wait_until_ready();
    let text = String::from_utf8(gate.ask_ops("/metrics").body).unwrap();
    assert_eq!(gate.log(), Vec::<serde_json::Value>::new());
    let expirations =
        text.lines().filter(|line| line.starts_with("gatepass_credential_expiration"));
    assert_eq!(
        expirations.collect::<Vec<_>>(),
        [format!(
            "gatepass_credential_expiration_timestamp_seconds{{id=\"{}\"}} 1798804800",
            id.trim()
        )]
    );
}
