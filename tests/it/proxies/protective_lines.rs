//! Protective lines: lines of the samples that reject requests, or pass headers to clients. Without any one of them, a
//! scenario must fail.

use super::{
    gate::{Gate, Running, Transport},
    proxy::Proxy,
    setup::{NO_RESPONSE, Setup, logs_a_secret, scenario_named},
};
use crate::support::process::in_parallel;

/// The known-bad subjects: samples without one of their protective lines.
#[test]
fn a_sample_without_a_protective_line_is_caught() {
    in_parallel(&PROTECTIVE_LINES, |(proxy, line, name)| {
        let row = scenario_named(name);
        let gate = match row.gate {
            Gate::Stub => Running::stub(proxy.profile()),
            _ => Running::real(*proxy, Transport::Tcp),
        };
        let mut setup = Setup::new(*proxy, gate, &|sample| without(&sample, line));
        let cell = setup.cell(&row);
        let is_caught = cell.text != NO_RESPONSE && !cell.wrong.is_empty();
        assert!(is_caught, "{} without {line} was not caught", proxy.name());
    });
}

/// nginx must pass a path on as it was matched. Otherwise the gate responds to another path, and the client gets that.
#[test]
fn a_bypass_is_caught() {
    let edit = |sample: String| sample.replace("http://gate$uri$is_args$args", "http://gate");
    let mut setup = Setup::new(Proxy::Nginx, Running::stub(Proxy::Nginx.profile()), &edit);
    assert!(!setup.cell(&scenario_named("path traversal")).wrong.is_empty());
}

/// Protective lines of the samples, and the scenarios that need them.
const PROTECTIVE_LINES: [(Proxy, &str, &str); 51] = {
    use Proxy::{Caddy, Haproxy, Nginx};
    [
        (Nginx, "proxy_set_header X-Gatepass-", "forged identity, other kind"),
        (Nginx, "proxy_set_header X-CleverTap-Passcode", "account passcode"),
        (Nginx, "proxy_set_header Authorization", "bearer token"),
        (Nginx, "proxy_set_header X-Forwarded-", "forged forwarding headers"),
        (Nginx, "auth_request /.gatepass;", "no credentials"),
        (Nginx, "proxy_set_header X-Gatepass-Require-Scope", "forged requirements"),
        (Nginx, "proxy_set_header X-Gatepass-App", "forged identity"),
        (Nginx, "proxy_set_header X-Gatepass-App", "token"),
        (Nginx, "proxy_set_header X-Gatepass-District", "legacy key, forged identity"),
        (Nginx, "proxy_set_header X-Gatepass-Require-District", "token, forged requirements"),
        (Nginx, "proxy_set_header X-Gatepass-Require-App", "token, forged requirements"),
        (Nginx, "add_header X-Ratelimit-Remaining", "token"),
        (Nginx, "add_header X-Ratelimit-Remaining", "token over its limit"),
        (Nginx, "proxy_hide_header X-Ratelimit-Limit", "token"),
        (Nginx, "add_header Link", "legacy key"),
        (Nginx, "add_header Retry-After", "token over its limit"),
        (Nginx, "if ($gatepass_status = 429)", "token over its limit"),
        (Nginx, "if ($gatepass_status = 410)", "legacy key after its sunset"),
        (Nginx, r"'~*^429 \S+ basic '", "legacy key over its limit"),
        (Nginx, r"'~*^\d+ /v\d", "unknown bearer token, version 3"),
        (Nginx, "client_max_body_size", "app resets a token, 100 KB"),
        (Nginx, "proxy_set_header X-Forwarded-", "app lists its tokens, all forged"),
        (Nginx, "proxy_hide_header X-Gatepass-", "app lists its tokens"),
        (Caddy, "request_header -*gatepass*", "forged identity, other kind"),
        (Caddy, "request_header -*clevertap*", "account passcode"),
        (Caddy, "request_header -Authorization", "bearer token"),
        (Caddy, "request_header -X-Forwarded-*", "forged forwarding headers"),
        (Caddy, "request_header -Connection", "identity named in Connection"),
        (Caddy, "request_header -*gatepass*", "forged requirements"),
        (Caddy, "request_header -*gatepass*", "token, forged requirements"),
        (Caddy, "request_header -*gatepass*", "legacy key, forged identity"),
        (Caddy, "request_header @district", "token"),
        (Caddy, "X-Ratelimit-Remaining {vars", "token"),
        (Caddy, "header @link", "legacy key"),
        (Caddy, "max_size", "app resets a token, 100 KB"),
        (Caddy, "rewrite {re.oauth.0}", "path traversal"),
        (Caddy, "request_header -X-Forwarded-*", "app lists its tokens, all forged"),
        (Caddy, "header_down -X-Gatepass-*", "app lists its tokens"),
        (Haproxy, "del-header gatepass", "forged identity, other kind"),
        (Haproxy, "del-header clevertap", "account passcode"),
        (Haproxy, "del-header authorization", "bearer token"),
        (Haproxy, "x-forwarded-", "forged forwarding headers"),
        (Haproxy, "http-request lua.gatepass", "no credentials"),
        (Haproxy, "del-header gatepass", "forged requirements"),
        (Haproxy, "del-header gatepass", "token, forged requirements"),
        (Haproxy, "del-header gatepass", "legacy key, forged identity"),
        (Haproxy, "set-header x-ratelimit-remaining", "token"),
        (Haproxy, "add-header link", "legacy key"),
        (Haproxy, "req.body_size", "app resets a token, 100 KB"),
        (Haproxy, "x-forwarded-", "app lists its tokens, all forged"),
        (Haproxy, "del-header x-gatepass- ", "app lists its tokens"),
    ]
};

/// The known-bad subjects for logs.
#[test]
fn a_log_without_its_filter_is_caught() {
    let without_filter = |sample: String| without(&sample, "request>headers delete");
    assert!(logs_a_secret(Proxy::Caddy, &without_filter));
    let log_all = |sample: String| sample.replace("%HM %HP", "%HM %HU");
    assert!(logs_a_secret(Proxy::Haproxy, &log_all));
}

/// Removes all lines of a sample that contain a text.
fn without(sample: &str, line: &str) -> String {
    assert!(sample.contains(line), "the sample has no {line}");
    let left = sample.lines().filter(|other| !other.contains(line));
    left.map(|other| format!("{other}\n")).collect()
}
