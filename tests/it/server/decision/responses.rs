//! Accepted passcodes, secrets in URLs, methods and paths, and the endpoints of CleverTap's client libraries.

use insta::assert_snapshot;

use crate::{
    server::gate_fixture::{
        ACCOUNT, USERS_ONLY_ACCOUNT, gate, gate_fixture, responses, secret, with_bearer,
        with_passcode,
    },
    support::{
        gate::{get_request, passcode_request},
        http::HttpMessage,
    },
};

#[test]
fn an_accepted_passcode_is_identified() {
    let requests = [
        ("account passcode, two headers", with_passcode("acme")),
        ("account passcode, bearer token", with_bearer("acme")),
        ("name outside ASCII", with_passcode("forever")),
        ("user passcode", with_passcode("ann")),
        ("old secret in an overlap", with_passcode("retiring")),
        ("new secret in an overlap", with_passcode("renewed")),
        (
            "user passcode where it is required",
            passcode_request(USERS_ONLY_ACCOUNT, secret("strict user")),
        ),
        (
            "bearer token with account ID",
            with_bearer("acme").with("X-CleverTap-Account-Id", ACCOUNT),
        ),
    ];
    assert_snapshot!(responses("", &requests), @"
    account passcode, two headers -> 200 account=948-4KK-444Z, credential=pc_95fa4ae164486390451fd3e2, expires=2027-02-20T06:00:00Z, kind=account, name=acme, scopes=
    account passcode, bearer token -> 200 account=948-4KK-444Z, credential=pc_95fa4ae164486390451fd3e2, expires=2027-02-20T06:00:00Z, kind=account, name=acme, scopes=
    name outside ASCII -> 200 account=948-4KK-444Z, credential=pc_6e366d69060b7bb40d0294fd, kind=account, name=B%C3%A4ckerei%20%26%20S%C3%B6hne, scopes=
    user passcode -> 200 account=948-4KK-444Z, credential=pc_7e714576478972afe975e963, expires=2036-11-22T06:00:00Z, kind=user, scopes=, user=ann@example.org
    old secret in an overlap -> 200 account=948-4KK-444Z, credential=pc_64688b39905b8036d078f486, expires=2027-02-20T06:00:00Z, kind=account, name=retiring, scopes=
        deprecation: @1796212800
        sunset: Wed, 09 Dec 2026 12:00:00 GMT
    new secret in an overlap -> 200 account=948-4KK-444Z, credential=pc_64688b39905b8036d078f486, expires=2027-02-20T06:00:00Z, kind=account, name=retiring, scopes=
    user passcode where it is required -> 200 account=RZ5-76K-665Z, credential=pc_cb0aab515dc4f3fc78fff9b1, expires=2027-02-20T06:00:00Z, kind=user, scopes=, user=ann@example.org
    bearer token with account ID -> 200 account=948-4KK-444Z, credential=pc_95fa4ae164486390451fd3e2, expires=2027-02-20T06:00:00Z, kind=account, name=acme, scopes=
    ");
}

#[test]
fn a_secret_in_the_url_is_rejected() {
    let with = |path: &str| HttpMessage {
        start_line: format!("GET {path} HTTP/1.1"),
        ..with_passcode("acme")
    };
    let requests = [
        ("passcode parameter", with("/verify?passcode=x")),
        ("access token parameter", with("/verify/a?b=c&Access_Token=x")),
        ("secret in the path", with(&format!("/verify/{}", secret("ann")))),
        (
            "parameter in X-Forwarded-Uri",
            with_passcode("acme").with("X-Forwarded-Uri", "/v1/x?passcode=x"),
        ),
        (
            "secret in X-Original-Uri",
            with_passcode("acme").with("X-Original-Uri", &format!("/{}", secret("ann"))),
        ),
        ("harmless query", with("/verify/a?b=c&d=gp")),
    ];
    assert_snapshot!(responses("", &requests), @"
    passcode parameter -> 401 in_query: Passcode Invalid
    access token parameter -> 401 in_query: Passcode Invalid
    secret in the path -> 401 in_query: Passcode Invalid
    parameter in X-Forwarded-Uri -> 401 in_query: Passcode Invalid
    secret in X-Original-Uri -> 401 in_query: Passcode Invalid
    harmless query -> 200 account=948-4KK-444Z, credential=pc_95fa4ae164486390451fd3e2, expires=2027-02-20T06:00:00Z, kind=account, name=acme, scopes=
    ");
}

/// Proxies use the caller's method, and some append the caller's path.
#[test]
fn any_method_and_subpath_is_accepted() {
    let env = gate_fixture();
    let gate = gate(&env, "");
    for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "GATEPASS"] {
        for path in
            ["/verify", "/verify/", "/verify/v1/any/path", "/verify?page=2", "/verify/%2e%2e/%ff"]
        {
            let mut request = with_passcode("acme");
            request.start_line = format!("{method} {path} HTTP/1.1");
            assert_eq!(gate.ask(&request).status(), 200, "{method} {path}");
            request = get_request("");
            request.start_line = format!("{method} {path} HTTP/1.1");
            assert_eq!(gate.ask(&request).status(), 401, "{method} {path}");
        }
    }
    let head = format!(
        "HEAD /verify HTTP/1.1\r\nHost: x\r\nX-CleverTap-Account-Id: {ACCOUNT}\r\nX-CleverTap-Passcode: {}\r\nConnection: close\r\n\r\n",
        secret("revoked")
    );
    let response = gate.send_raw(head.as_bytes());
    assert!(response.starts_with("HTTP/1.1 401") && response.ends_with("\r\n\r\n"), "{response}");
}

/// CleverTap's client libraries request these paths.
#[test]
fn responses_match_clevertaps_format() {
    let at = |path: &str, request: HttpMessage| HttpMessage {
        start_line: format!("GET {path} HTTP/1.1"),
        ..request
    };
    let requests = [
        ("connect", at("/v1/connect", with_passcode("acme"))),
        ("connect, rejected", at("/v1/connect", with_passcode("revoked"))),
        ("profile", at("/1/profile.json", with_passcode("acme"))),
        ("profile, rejected", at("/1/profile.json?email=x@example.org", with_passcode("expired"))),
        (
            "profile without account ID",
            at("/1/profile.json", get_request("/").with("X-CleverTap-Passcode", secret("acme"))),
        ),
        ("another path", at("/verifying", with_passcode("acme"))),
    ];
    assert_snapshot!(responses("", &requests), @r#"
    connect -> 200 account=948-4KK-444Z, credential=pc_95fa4ae164486390451fd3e2, expires=2027-02-20T06:00:00Z, kind=account, name=acme, scopes=
        {"status":"success"}
    connect, rejected -> 401 revoked: Passcode Invalid
    profile -> 200 account=948-4KK-444Z, credential=pc_95fa4ae164486390451fd3e2, expires=2027-02-20T06:00:00Z, kind=account, name=acme, scopes=
        {"status":"success"}
    profile, rejected -> 401 expired: Passcode Expired
    profile without account ID -> 401 account_missing: 12 digit account ID mandatory
    another path -> 200 account=948-4KK-444Z, credential=pc_95fa4ae164486390451fd3e2, expires=2027-02-20T06:00:00Z, kind=account, name=acme, scopes=
        {"status":"success"}
    "#);
}
