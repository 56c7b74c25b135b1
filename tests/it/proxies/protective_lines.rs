//! The guards: lines of the samples that keep requests out, or tell callers what they must hear. Without one of them, a
//! judge must complain.

use super::{
    NOT_LOGGED, Setup,
    gate::{Gate, Running, Transport},
    logs_a_secret,
    proxy::Proxy,
    situation,
};
use crate::support::process::in_parallel;

/// The judges must know a cheat: a sample without some of its lines is caught by the situation that they are there for.
#[test]
fn a_sample_without_a_protective_line_is_caught() {
    in_parallel(&PROTECTIVE_LINES, |(proxy, guard, name)| {
        let row = situation(name);
        let gate = match row.gate {
            Gate::Stub => Running::stub(proxy.profile()),
            _ => Running::real(*proxy, Transport::Tcp),
        };
        let mut stand = Setup::new(*proxy, gate, &|sample| without(&sample, guard));
        let cell = stand.cell(&row);
        let is_caught = cell.text != NOT_LOGGED && !cell.wrong.is_empty();
        assert!(is_caught, "{} without {guard} was not caught", proxy.name());
    });
}

/// A path goes on as it was matched: else nginx would ask the gate for something else, and tell the client.
#[test]
fn a_bypass_is_caught() {
    let altered = |sample: String| sample.replace("http://gate$uri$is_args$args", "http://gate");
    let mut stand = Setup::new(Proxy::Nginx, Running::stub(Proxy::Nginx.profile()), &altered);
    assert!(!stand.cell(&situation("a way around")).wrong.is_empty());
}

/// Lines of the samples, and the situations that they are there for.
const PROTECTIVE_LINES: [(Proxy, &str, &str); 51] = {
    use Proxy::{Caddy, Haproxy, Nginx};
    [
        (Nginx, "proxy_set_header X-Gatepass-", "forged identity of the other kind"),
        (Nginx, "proxy_set_header X-CleverTap-Passcode", "an account passcode"),
        (Nginx, "proxy_set_header Authorization", "a Bearer token"),
        (Nginx, "proxy_set_header X-Forwarded-", "forged X-Forwarded-For and the like"),
        (Nginx, "auth_request /.gatepass;", "nothing"),
        (Nginx, "proxy_set_header X-Gatepass-Require-Scope", "forged demands"),
        (Nginx, "proxy_set_header X-Gatepass-App", "forged identity"),
        (Nginx, "proxy_set_header X-Gatepass-App", "a token"),
        (Nginx, "proxy_set_header X-Gatepass-District", "a legacy key, forged identity"),
        (Nginx, "proxy_set_header X-Gatepass-Require-District", "a token, forged demands"),
        (Nginx, "proxy_set_header X-Gatepass-Require-App", "a token, forged demands"),
        (Nginx, "add_header X-Ratelimit-Remaining", "a token"),
        (Nginx, "add_header X-Ratelimit-Remaining", "a token, over its limit"),
        (Nginx, "proxy_hide_header X-Ratelimit-Limit", "a token"),
        (Nginx, "add_header Link", "a legacy key"),
        (Nginx, "add_header Retry-After", "a token, over its limit"),
        (Nginx, "if ($gatepass_status = 429)", "a token, over its limit"),
        (Nginx, "if ($gatepass_status = 410)", "a legacy key, past its sunset"),
        (Nginx, r"'~*^429 \S+ basic '", "a legacy key, over its limit"),
        (Nginx, r"'~*^\d+ /v\d", "unknown, Bearer, in version 3"),
        (Nginx, "client_max_body_size", "an app resets, with 100 KB"),
        (Nginx, "proxy_set_header X-Forwarded-", "an app wants its tokens, forging all"),
        (Nginx, "proxy_hide_header X-Gatepass-", "an app wants its tokens"),
        (Caddy, "request_header -*gatepass*", "forged identity of the other kind"),
        (Caddy, "request_header -*clevertap*", "an account passcode"),
        (Caddy, "request_header -Authorization", "a Bearer token"),
        (Caddy, "request_header -X-Forwarded-*", "forged X-Forwarded-For and the like"),
        (Caddy, "request_header -Connection", "Connection names the identity"),
        (Caddy, "request_header -*gatepass*", "forged demands"),
        (Caddy, "request_header -*gatepass*", "a token, forged demands"),
        (Caddy, "request_header -*gatepass*", "a legacy key, forged identity"),
        (Caddy, "request_header @district", "a token"),
        (Caddy, "X-Ratelimit-Remaining {vars", "a token"),
        (Caddy, "header @link", "a legacy key"),
        (Caddy, "max_size", "an app resets, with 100 KB"),
        (Caddy, "rewrite {re.oauth.0}", "a way around"),
        (Caddy, "request_header -X-Forwarded-*", "an app wants its tokens, forging all"),
        (Caddy, "header_down -X-Gatepass-*", "an app wants its tokens"),
        (Haproxy, "del-header gatepass", "forged identity of the other kind"),
        (Haproxy, "del-header clevertap", "an account passcode"),
        (Haproxy, "del-header authorization", "a Bearer token"),
        (Haproxy, "x-forwarded-", "forged X-Forwarded-For and the like"),
        (Haproxy, "http-request lua.gatepass", "nothing"),
        (Haproxy, "del-header gatepass", "forged demands"),
        (Haproxy, "del-header gatepass", "a token, forged demands"),
        (Haproxy, "del-header gatepass", "a legacy key, forged identity"),
        (Haproxy, "set-header x-ratelimit-remaining", "a token"),
        (Haproxy, "add-header link", "a legacy key"),
        (Haproxy, "req.body_size", "an app resets, with 100 KB"),
        (Haproxy, "x-forwarded-", "an app wants its tokens, forging all"),
        (Haproxy, "del-header x-gatepass- ", "an app wants its tokens"),
    ]
};

/// The judge of the logs must know a cheat, too.
#[test]
fn a_log_without_its_filter_is_caught() {
    let without_filter = |sample: String| without(&sample, "request>headers delete");
    assert!(logs_a_secret(Proxy::Caddy, &without_filter));
    let log_all = |sample: String| sample.replace("%HM %HP", "%HM %HU");
    assert!(logs_a_secret(Proxy::Haproxy, &log_all));
}

/// A sample without the lines that hold a guard.
fn without(sample: &str, guard: &str) -> String {
    assert!(sample.contains(guard), "there is no {guard}");
    let left = sample.lines().filter(|line| !line.contains(guard));
    left.map(|line| format!("{line}\n")).collect()
}
