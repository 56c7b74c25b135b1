//! Legacy keys, from before the announcement of their sunset to after it.

use base64::{Engine, engine::general_purpose::STANDARD};
use insta::assert_snapshot;

use crate::{
    server::apps_fixture::{
        AFTER_SUNSET, ANNOUNCED, APPS_ACCOUNT, BEFORE_ANNOUNCEMENT, LEGACY_KEY, LIMITED,
        OTHER_LEGACY_KEY, UNKNOWN_LEGACY_KEY, apps_fixture, basic, gate, id, responses, secret,
        with_key, with_request_line,
    },
    support::gate::{get_request, passcode_request},
};

#[test]
fn before_the_announcement_no_deprecation_header_is_sent() {
    let colon_outside = format!("Basic {}:", STANDARD.encode(LEGACY_KEY));
    let requests = [
        ("legacy key", with_key(LEGACY_KEY)),
        ("colon outside Base64", get_request("/verify").with("Authorization", &colon_outside)),
        (
            "versioned path after /verify",
            with_request_line("GET /verify/v1.1/students", with_key(LEGACY_KEY)),
        ),
        ("versioned path", with_request_line("GET /v1.1/students", with_key(LEGACY_KEY))),
    ];
    assert_snapshot!(responses("", BEFORE_ANNOUNCEMENT, &requests), @r#"
    legacy key -> 200 account=948-4KK-444Z, app=2d53d001be277752e59e4fdf, credential=lk_0e3376bc28041d312bc80ade, kind=legacy, scopes=
    colon outside Base64 -> 200 account=948-4KK-444Z, app=2d53d001be277752e59e4fdf, credential=lk_0e3376bc28041d312bc80ade, kind=legacy, scopes=
    versioned path after /verify -> 200 account=948-4KK-444Z, app=2d53d001be277752e59e4fdf, credential=lk_0e3376bc28041d312bc80ade, kind=legacy, scopes=
    versioned path -> 200 account=948-4KK-444Z, app=2d53d001be277752e59e4fdf, credential=lk_0e3376bc28041d312bc80ade, kind=legacy, scopes=
        {"status":"success"}
    "#);
}

#[test]
fn after_the_announcement_every_response_carries_deprecation_headers() {
    assert_snapshot!(responses("", ANNOUNCED, &[("legacy key", with_key(LEGACY_KEY))]), @r#"
    legacy key -> 200 account=948-4KK-444Z, app=2d53d001be277752e59e4fdf, credential=lk_0e3376bc28041d312bc80ade, kind=legacy, scopes=
        deprecation: @1796428800
        link: <https://example.org/tokens>; rel="sunset", <https://example.org/tokens>; rel="deprecation"
        sunset: Sun, 20 Dec 2026 00:00:00 GMT
    "#);
}

#[test]
fn after_the_limit_date_a_key_is_rate_limited() {
    let requests = vec![("legacy key", with_key(LEGACY_KEY)); 3];
    assert_snapshot!(responses("--profile full", LIMITED, &requests[..]), @r#"
    legacy key -> 200 account=948-4KK-444Z, app=2d53d001be277752e59e4fdf, credential=lk_0e3376bc28041d312bc80ade, kind=legacy, scopes=
        ratelimit bucket=lk_0e3376bc28041d312bc80ade, limit=2, remaining=1, reset=1797076860
        deprecation: @1796428800
        link: <https://example.org/tokens>; rel="sunset", <https://example.org/tokens>; rel="deprecation"
        sunset: Sun, 20 Dec 2026 00:00:00 GMT
    legacy key -> 200 account=948-4KK-444Z, app=2d53d001be277752e59e4fdf, credential=lk_0e3376bc28041d312bc80ade, kind=legacy, scopes=
        ratelimit bucket=lk_0e3376bc28041d312bc80ade, limit=2, remaining=0, reset=1797076860
        deprecation: @1796428800
        link: <https://example.org/tokens>; rel="sunset", <https://example.org/tokens>; rel="deprecation"
        sunset: Sun, 20 Dec 2026 00:00:00 GMT
    legacy key -> 429 rate_limited: Too many requests
        ratelimit bucket=lk_0e3376bc28041d312bc80ade, limit=2, remaining=0, reset=1797076860
        deprecation: @1796428800
        link: <https://example.org/tokens>; rel="sunset", <https://example.org/tokens>; rel="deprecation"
        retry-after: 50
        sunset: Sun, 20 Dec 2026 00:00:00 GMT
        no body
    "#);
    let exact = responses("", LIMITED, &requests);
    assert_snapshot!(exact.rsplit_once("legacy key -> ").unwrap().1, @r#"
    403 instead of 429 rate_limited: Too many requests
        ratelimit bucket=lk_0e3376bc28041d312bc80ade, limit=2, remaining=0, reset=1797076860
        deprecation: @1796428800
        link: <https://example.org/tokens>; rel="sunset", <https://example.org/tokens>; rel="deprecation"
        retry-after: 50
        sunset: Sun, 20 Dec 2026 00:00:00 GMT
        no body
    "#);
    let env = apps_fixture();
    let gate = gate(&env, "", LIMITED);
    for key in [LEGACY_KEY, OTHER_LEGACY_KEY] {
        let statuses = [(); 3].map(|()| gate.ask(&with_key(key)).status());
        assert_eq!(statuses, [200, 200, 403], "each key has a window of its own");
    }
}

#[test]
fn after_the_sunset_a_key_is_rejected() {
    let requests = [
        ("legacy key", with_key(LEGACY_KEY)),
        ("version 2", with_request_line("GET /verify/v2.0/students", with_key(LEGACY_KEY))),
    ];
    assert_snapshot!(responses("", AFTER_SUNSET, &requests), @r#"
    legacy key -> 403 instead of 410 legacy_sunset: Gone
        deprecation: @1796428800
        link: <https://example.org/tokens>; rel="sunset", <https://example.org/tokens>; rel="deprecation"
        sunset: Sun, 20 Dec 2026 00:00:00 GMT
        {"error":"legacy_sunset"}
    version 2 -> 403 instead of 410 legacy_sunset: Gone
        deprecation: @1796428800
        link: <https://example.org/tokens>; rel="sunset", <https://example.org/tokens>; rel="deprecation"
        sunset: Sun, 20 Dec 2026 00:00:00 GMT
        {"message":"legacy_sunset"}
    "#);
    assert_snapshot!(responses("--profile full", AFTER_SUNSET, &requests[..1]), @r#"
    legacy key -> 410 legacy_sunset: Gone
        deprecation: @1796428800
        link: <https://example.org/tokens>; rel="sunset", <https://example.org/tokens>; rel="deprecation"
        sunset: Sun, 20 Dec 2026 00:00:00 GMT
        {"error":"legacy_sunset"}
    "#);
}

#[test]
fn unknown_legacy_keys_are_rejected() {
    let with = |value: &str| get_request("/verify").with("Authorization", value);
    let requests = [
        ("unknown key", with_key(UNKNOWN_LEGACY_KEY)),
        ("key with a password", with(&basic(LEGACY_KEY, "x"))),
        ("key as the password", with(&basic("", LEGACY_KEY))),
        ("token as the user name", with(&basic(secret("both"), ""))),
        ("client credentials", with(&basic(id("Roster's client"), secret("Roster")))),
        ("not Base64", with("Basic !")),
        ("key as bearer token", with(&format!("Bearer {LEGACY_KEY}"))),
        ("key as passcode", passcode_request(APPS_ACCOUNT, LEGACY_KEY)),
        ("two headers", with_key(LEGACY_KEY).with("Authorization", &basic(LEGACY_KEY, ""))),
    ];
    assert_snapshot!(responses("", BEFORE_ANNOUNCEMENT, &requests), @r#"
    unknown key -> 401 unknown: Passcode Invalid
        www-authenticate: Basic realm="gatepass"
        {"error":"unknown"}
    key with a password -> 401 malformed: Passcode Invalid
        www-authenticate: Basic realm="gatepass"
        {"error":"malformed"}
    key as the password -> 401 malformed: Passcode Invalid
        www-authenticate: Basic realm="gatepass"
        {"error":"malformed"}
    token as the user name -> 401 malformed: Passcode Invalid
        www-authenticate: Basic realm="gatepass"
        {"error":"malformed"}
    client credentials -> 401 malformed: Passcode Invalid
        www-authenticate: Basic realm="gatepass"
        {"error":"malformed"}
    not Base64 -> 401 malformed: Passcode Invalid
        www-authenticate: Basic realm="gatepass"
        {"error":"malformed"}
    key as bearer token -> 401 malformed: Passcode Invalid
        www-authenticate: Bearer realm="gatepass", error="invalid_token"
        {"error":"invalid_token","error_description":"malformed"}
    key as passcode -> 401 malformed: Passcode Invalid
    two headers -> 401 duplicate: Passcode Invalid
        www-authenticate: Basic realm="gatepass"
        {"error":"duplicate"}
    "#);
}
