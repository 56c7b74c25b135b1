//! Legacy keys at the gate, from before their announcement to after their sunset.

use base64::{Engine, engine::general_purpose::STANDARD};
use insta::assert_snapshot;

use crate::{
    server::apps_fixture::{
        AFTER_SUNSET, ANNOUNCED, BEFORE_ANNOUNCEMENT, LEGACY_KEY, LIMITED, OTHER_LEGACY_KEY,
        UNKNOWN_LEGACY_KEY, apps_fixture, basic, gate, id, responses, secret, with_key,
        with_request_line,
    },
    support::gate::{get_request, passcode_request},
};

#[test]
fn before_the_announcement_no_deprecation_header_is_sent() {
    let outside = format!("Basic {}:", STANDARD.encode(LEGACY_KEY));
    let requests = [
        ("a key", with_key(LEGACY_KEY)),
        ("with the colon outside", get_request("/verify").with("Authorization", &outside)),
        ("for an API", with_request_line("GET /verify/v1.1/students", with_key(LEGACY_KEY))),
        ("by itself", with_request_line("GET /v1.1/students", with_key(LEGACY_KEY))),
    ];
    assert_snapshot!(responses("", BEFORE_ANNOUNCEMENT, &requests), @r#"
    == a key
    HTTP/1.1 200 OK
    content-length: 0
    x-gatepass-account: 948-4KK-444Z
    x-gatepass-app: 2d53d001be277752e59e4fdf
    x-gatepass-credential: lk_0e3376bc28041d312bc80ade
    x-gatepass-kind: legacy
    x-gatepass-scopes:

    == with the colon outside
    HTTP/1.1 200 OK
    content-length: 0
    x-gatepass-account: 948-4KK-444Z
    x-gatepass-app: 2d53d001be277752e59e4fdf
    x-gatepass-credential: lk_0e3376bc28041d312bc80ade
    x-gatepass-kind: legacy
    x-gatepass-scopes:

    == for an API
    HTTP/1.1 200 OK
    content-length: 0
    x-gatepass-account: 948-4KK-444Z
    x-gatepass-app: 2d53d001be277752e59e4fdf
    x-gatepass-credential: lk_0e3376bc28041d312bc80ade
    x-gatepass-kind: legacy
    x-gatepass-scopes:

    == by itself
    HTTP/1.1 200 OK
    content-length: 20
    content-type: application/json;charset=utf-8
    x-gatepass-account: 948-4KK-444Z
    x-gatepass-app: 2d53d001be277752e59e4fdf
    x-gatepass-credential: lk_0e3376bc28041d312bc80ade
    x-gatepass-kind: legacy
    x-gatepass-scopes:

    {"status":"success"}
    "#);
}

#[test]
fn after_the_announcement_every_response_carries_deprecation_headers() {
    assert_snapshot!(responses("", ANNOUNCED, &[("a key", with_key(LEGACY_KEY))]), @r#"
    == a key
    HTTP/1.1 200 OK
    content-length: 0
    deprecation: @1796428800
    link: <https://example.org/tokens>; rel="sunset", <https://example.org/tokens>; rel="deprecation"
    sunset: Sun, 20 Dec 2026 00:00:00 GMT
    x-gatepass-account: 948-4KK-444Z
    x-gatepass-app: 2d53d001be277752e59e4fdf
    x-gatepass-credential: lk_0e3376bc28041d312bc80ade
    x-gatepass-kind: legacy
    x-gatepass-scopes:
    "#);
}

#[test]
fn after_the_limit_date_a_key_is_rate_limited() {
    let requests = vec![("a key", with_key(LEGACY_KEY)); 3];
    assert_snapshot!(responses("--profile full", LIMITED, &requests[..]), @r#"
    == a key
    HTTP/1.1 200 OK
    content-length: 0
    deprecation: @1796428800
    link: <https://example.org/tokens>; rel="sunset", <https://example.org/tokens>; rel="deprecation"
    sunset: Sun, 20 Dec 2026 00:00:00 GMT
    x-gatepass-account: 948-4KK-444Z
    x-gatepass-app: 2d53d001be277752e59e4fdf
    x-gatepass-credential: lk_0e3376bc28041d312bc80ade
    x-gatepass-kind: legacy
    x-gatepass-scopes:
    x-ratelimit-bucket: lk_0e3376bc28041d312bc80ade
    x-ratelimit-limit: 2
    x-ratelimit-remaining: 1
    x-ratelimit-reset: 1797076860

    == a key
    HTTP/1.1 200 OK
    content-length: 0
    deprecation: @1796428800
    link: <https://example.org/tokens>; rel="sunset", <https://example.org/tokens>; rel="deprecation"
    sunset: Sun, 20 Dec 2026 00:00:00 GMT
    x-gatepass-account: 948-4KK-444Z
    x-gatepass-app: 2d53d001be277752e59e4fdf
    x-gatepass-credential: lk_0e3376bc28041d312bc80ade
    x-gatepass-kind: legacy
    x-gatepass-scopes:
    x-ratelimit-bucket: lk_0e3376bc28041d312bc80ade
    x-ratelimit-limit: 2
    x-ratelimit-remaining: 0
    x-ratelimit-reset: 1797076860

    == a key
    HTTP/1.1 429 Too Many Requests
    content-length: 0
    deprecation: @1796428800
    link: <https://example.org/tokens>; rel="sunset", <https://example.org/tokens>; rel="deprecation"
    retry-after: 50
    sunset: Sun, 20 Dec 2026 00:00:00 GMT
    x-gatepass-error: Too many requests
    x-gatepass-reason: rate_limited
    x-gatepass-status: 429
    x-ratelimit-bucket: lk_0e3376bc28041d312bc80ade
    x-ratelimit-limit: 2
    x-ratelimit-remaining: 0
    x-ratelimit-reset: 1797076860
    "#);
    let told = responses("", LIMITED, &requests);
    assert_snapshot!(told.rsplit("== ").next().unwrap(), @r#"
    a key
    HTTP/1.1 403 Forbidden
    content-length: 0
    deprecation: @1796428800
    link: <https://example.org/tokens>; rel="sunset", <https://example.org/tokens>; rel="deprecation"
    retry-after: 50
    sunset: Sun, 20 Dec 2026 00:00:00 GMT
    x-gatepass-error: Too many requests
    x-gatepass-reason: rate_limited
    x-gatepass-status: 429
    x-ratelimit-bucket: lk_0e3376bc28041d312bc80ade
    x-ratelimit-limit: 2
    x-ratelimit-remaining: 0
    x-ratelimit-reset: 1797076860
    "#);
    let world = apps_fixture();
    let gate = gate(&world, "", LIMITED);
    for key in [LEGACY_KEY, OTHER_LEGACY_KEY] {
        let statuses = [(); 3].map(|()| gate.ask(&with_key(key)).status());
        assert_eq!(statuses, [200, 200, 403], "each key has a window of its own");
    }
}

#[test]
fn after_the_sunset_a_key_is_rejected() {
    let requests = [
        ("a key", with_key(LEGACY_KEY)),
        ("for version 2", with_request_line("GET /verify/v2.0/students", with_key(LEGACY_KEY))),
    ];
    assert_snapshot!(responses("", AFTER_SUNSET, &requests), @r#"
    == a key
    HTTP/1.1 403 Forbidden
    content-length: 25
    content-type: application/json;charset=utf-8
    deprecation: @1796428800
    link: <https://example.org/tokens>; rel="sunset", <https://example.org/tokens>; rel="deprecation"
    sunset: Sun, 20 Dec 2026 00:00:00 GMT
    x-gatepass-error: Gone
    x-gatepass-reason: legacy_sunset
    x-gatepass-status: 410

    {"error":"legacy_sunset"}

    == for version 2
    HTTP/1.1 403 Forbidden
    content-length: 27
    content-type: application/json;charset=utf-8
    deprecation: @1796428800
    link: <https://example.org/tokens>; rel="sunset", <https://example.org/tokens>; rel="deprecation"
    sunset: Sun, 20 Dec 2026 00:00:00 GMT
    x-gatepass-error: Gone
    x-gatepass-reason: legacy_sunset
    x-gatepass-status: 410

    {"message":"legacy_sunset"}
    "#);
    assert_snapshot!(responses("--profile full", AFTER_SUNSET, &requests[..1]), @r#"
    == a key
    HTTP/1.1 410 Gone
    content-length: 25
    content-type: application/json;charset=utf-8
    deprecation: @1796428800
    link: <https://example.org/tokens>; rel="sunset", <https://example.org/tokens>; rel="deprecation"
    sunset: Sun, 20 Dec 2026 00:00:00 GMT
    x-gatepass-error: Gone
    x-gatepass-reason: legacy_sunset
    x-gatepass-status: 410

    {"error":"legacy_sunset"}
    "#);
}

#[test]
fn unknown_legacy_keys_are_rejected() {
    let with = |value: &str| get_request("/verify").with("Authorization", value);
    let requests = [
        ("nobody's", with_key(UNKNOWN_LEGACY_KEY)),
        ("with a password", with(&basic(LEGACY_KEY, "x"))),
        ("as a password", with(&basic("", LEGACY_KEY))),
        ("a token as the user name", with(&basic(secret("both"), ""))),
        ("a login of an app", with(&basic(id("Roster's client"), secret("Roster")))),
        ("no base64", with("Basic !")),
        ("as a bearer token", with(&format!("Bearer {LEGACY_KEY}"))),
        ("as a passcode", passcode_request(super::super::apps_fixture::APPS_ACCOUNT, LEGACY_KEY)),
        ("twice", with_key(LEGACY_KEY).with("Authorization", &basic(LEGACY_KEY, ""))),
    ];
    assert_snapshot!(responses("", BEFORE_ANNOUNCEMENT, &requests), @r#"
    == nobody's
    HTTP/1.1 401 Unauthorized
    content-length: 19
    content-type: application/json;charset=utf-8
    www-authenticate: Basic realm="gatepass"
    x-gatepass-error: Passcode Invalid
    x-gatepass-reason: unknown
    x-gatepass-status: 401

    {"error":"unknown"}

    == with a password
    HTTP/1.1 401 Unauthorized
    content-length: 21
    content-type: application/json;charset=utf-8
    www-authenticate: Basic realm="gatepass"
    x-gatepass-error: Passcode Invalid
    x-gatepass-reason: malformed
    x-gatepass-status: 401

    {"error":"malformed"}

    == as a password
    HTTP/1.1 401 Unauthorized
    content-length: 21
    content-type: application/json;charset=utf-8
    www-authenticate: Basic realm="gatepass"
    x-gatepass-error: Passcode Invalid
    x-gatepass-reason: malformed
    x-gatepass-status: 401

    {"error":"malformed"}

    == a token as the user name
    HTTP/1.1 401 Unauthorized
    content-length: 21
    content-type: application/json;charset=utf-8
    www-authenticate: Basic realm="gatepass"
    x-gatepass-error: Passcode Invalid
    x-gatepass-reason: malformed
    x-gatepass-status: 401

    {"error":"malformed"}

    == a login of an app
    HTTP/1.1 401 Unauthorized
    content-length: 21
    content-type: application/json;charset=utf-8
    www-authenticate: Basic realm="gatepass"
    x-gatepass-error: Passcode Invalid
    x-gatepass-reason: malformed
    x-gatepass-status: 401

    {"error":"malformed"}

    == no base64
    HTTP/1.1 401 Unauthorized
    content-length: 21
    content-type: application/json;charset=utf-8
    www-authenticate: Basic realm="gatepass"
    x-gatepass-error: Passcode Invalid
    x-gatepass-reason: malformed
    x-gatepass-status: 401

    {"error":"malformed"}

    == as a bearer token
    HTTP/1.1 401 Unauthorized
    content-length: 57
    content-type: application/json;charset=utf-8
    www-authenticate: Bearer realm="gatepass", error="invalid_token"
    x-gatepass-error: Passcode Invalid
    x-gatepass-reason: malformed
    x-gatepass-status: 401

    {"error":"invalid_token","error_description":"malformed"}

    == as a passcode
    HTTP/1.1 401 Unauthorized
    content-length: 55
    content-type: application/json;charset=utf-8
    www-authenticate: Bearer realm="gatepass"
    x-gatepass-error: Passcode Invalid
    x-gatepass-reason: malformed
    x-gatepass-status: 401

    {"status":"fail","error":"Passcode Invalid","code":401}

    == twice
    HTTP/1.1 401 Unauthorized
    content-length: 21
    content-type: application/json;charset=utf-8
    www-authenticate: Basic realm="gatepass"
    x-gatepass-error: Passcode Invalid
    x-gatepass-reason: duplicate
    x-gatepass-status: 401

    {"error":"duplicate"}
    "#);
}
