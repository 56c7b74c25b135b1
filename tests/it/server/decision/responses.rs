//! What stands on the wire: whole answers to who passes, and what else may be asked.

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
        ("a partner, by both headers", with_passcode("acme")),
        ("a partner, by a bearer token", with_bearer("acme")),
        ("one whose name is no header", with_passcode("forever")),
        ("a user", with_passcode("ann")),
        ("the old secret, during an overlap", with_passcode("retiring")),
        ("the new one", with_passcode("coming")),
        (
            "a user of an account that demands it",
            passcode_request(USERS_ONLY_ACCOUNT, secret("strict user")),
        ),
        (
            "a bearer token beside its account",
            with_bearer("acme").with("X-CleverTap-Account-Id", ACCOUNT),
        ),
    ];
    assert_snapshot!(responses("", &requests), @"
    == a partner, by both headers
    HTTP/1.1 200 OK
    content-length: 0
    x-gatepass-account: 948-4KK-444Z
    x-gatepass-credential: pc_95fa4ae164486390451fd3e2
    x-gatepass-expires: 2027-02-20T06:00:00Z
    x-gatepass-kind: account
    x-gatepass-name: acme
    x-gatepass-scopes:

    == a partner, by a bearer token
    HTTP/1.1 200 OK
    content-length: 0
    x-gatepass-account: 948-4KK-444Z
    x-gatepass-credential: pc_95fa4ae164486390451fd3e2
    x-gatepass-expires: 2027-02-20T06:00:00Z
    x-gatepass-kind: account
    x-gatepass-name: acme
    x-gatepass-scopes:

    == one whose name is no header
    HTTP/1.1 200 OK
    content-length: 0
    x-gatepass-account: 948-4KK-444Z
    x-gatepass-credential: pc_6e366d69060b7bb40d0294fd
    x-gatepass-kind: account
    x-gatepass-name: B%C3%A4ckerei%20%26%20S%C3%B6hne
    x-gatepass-scopes:

    == a user
    HTTP/1.1 200 OK
    content-length: 0
    x-gatepass-account: 948-4KK-444Z
    x-gatepass-credential: pc_7e714576478972afe975e963
    x-gatepass-expires: 2036-11-22T06:00:00Z
    x-gatepass-kind: user
    x-gatepass-scopes:
    x-gatepass-user: ann@example.org

    == the old secret, during an overlap
    HTTP/1.1 200 OK
    content-length: 0
    deprecation: @1796212800
    sunset: Wed, 09 Dec 2026 12:00:00 GMT
    x-gatepass-account: 948-4KK-444Z
    x-gatepass-credential: pc_64688b39905b8036d078f486
    x-gatepass-expires: 2027-02-20T06:00:00Z
    x-gatepass-kind: account
    x-gatepass-name: retiring
    x-gatepass-scopes:

    == the new one
    HTTP/1.1 200 OK
    content-length: 0
    x-gatepass-account: 948-4KK-444Z
    x-gatepass-credential: pc_64688b39905b8036d078f486
    x-gatepass-expires: 2027-02-20T06:00:00Z
    x-gatepass-kind: account
    x-gatepass-name: retiring
    x-gatepass-scopes:

    == a user of an account that demands it
    HTTP/1.1 200 OK
    content-length: 0
    x-gatepass-account: RZ5-76K-665Z
    x-gatepass-credential: pc_cb0aab515dc4f3fc78fff9b1
    x-gatepass-expires: 2027-02-20T06:00:00Z
    x-gatepass-kind: user
    x-gatepass-scopes:
    x-gatepass-user: ann@example.org

    == a bearer token beside its account
    HTTP/1.1 200 OK
    content-length: 0
    x-gatepass-account: 948-4KK-444Z
    x-gatepass-credential: pc_95fa4ae164486390451fd3e2
    x-gatepass-expires: 2027-02-20T06:00:00Z
    x-gatepass-kind: account
    x-gatepass-name: acme
    x-gatepass-scopes:
    ");
}

#[test]
fn a_secret_in_the_url_is_rejected() {
    let with = |path: &str| HttpMessage {
        start_line: format!("GET {path} HTTP/1.1"),
        ..with_passcode("acme")
    };
    let requests = [
        ("named", with("/verify?passcode=x")),
        ("named otherwise", with("/verify/a?b=c&Access_Token=x")),
        ("by its shape", with(&format!("/verify/{}", secret("ann")))),
        ("told by a proxy", with_passcode("acme").with("X-Forwarded-Uri", "/v1/x?passcode=x")),
        (
            "told by another",
            with_passcode("acme").with("X-Original-Uri", &format!("/{}", secret("ann"))),
        ),
        ("a harmless one", with("/verify/a?b=c&d=gp")),
    ];
    let told = responses("", &requests);
    let heads = told.lines().filter(|line| {
        line.starts_with("==") || line.starts_with("HTTP") || line.starts_with("x-gatepass-reason")
    });
    assert_snapshot!(heads.collect::<Vec<_>>().join("\n"), @"
    == named
    HTTP/1.1 401 Unauthorized
    x-gatepass-reason: in_query
    == named otherwise
    HTTP/1.1 401 Unauthorized
    x-gatepass-reason: in_query
    == by its shape
    HTTP/1.1 401 Unauthorized
    x-gatepass-reason: in_query
    == told by a proxy
    HTTP/1.1 401 Unauthorized
    x-gatepass-reason: in_query
    == told by another
    HTTP/1.1 401 Unauthorized
    x-gatepass-reason: in_query
    == a harmless one
    HTTP/1.1 200 OK
    ");
}

/// Proxies ask with the caller's own method, and some append the caller's path.
#[test]
fn any_method_and_subpath_is_accepted() {
    let world = gate_fixture();
    let gate = gate(&world, "");
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
    let answer = gate.send_raw(head.as_bytes());
    assert!(answer.starts_with("HTTP/1.1 401") && answer.ends_with("\r\n\r\n"), "{answer}");
}

/// The vendor's own client libraries ask these.
#[test]
fn responses_match_clevertaps_format() {
    let at = |path: &str, request: HttpMessage| HttpMessage {
        start_line: format!("GET {path} HTTP/1.1"),
        ..request
    };
    let requests = [
        ("connect", at("/v1/connect", with_passcode("acme"))),
        ("connect, refused", at("/v1/connect", with_passcode("revoked"))),
        ("a profile", at("/1/profile.json", with_passcode("acme"))),
        ("a profile, refused", at("/1/profile.json?email=x@example.org", with_passcode("expired"))),
        (
            "no account",
            at("/1/profile.json", get_request("/").with("X-CleverTap-Passcode", secret("acme"))),
        ),
        ("somewhere else", at("/verifying", with_passcode("acme"))),
    ];
    assert_snapshot!(responses("", &requests), @r#"
    == connect
    HTTP/1.1 200 OK
    content-length: 20
    content-type: application/json;charset=utf-8
    x-gatepass-account: 948-4KK-444Z
    x-gatepass-credential: pc_95fa4ae164486390451fd3e2
    x-gatepass-expires: 2027-02-20T06:00:00Z
    x-gatepass-kind: account
    x-gatepass-name: acme
    x-gatepass-scopes:

    {"status":"success"}

    == connect, refused
    HTTP/1.1 401 Unauthorized
    content-length: 55
    content-type: application/json;charset=utf-8
    www-authenticate: Bearer realm="gatepass"
    x-gatepass-error: Passcode Invalid
    x-gatepass-reason: revoked
    x-gatepass-status: 401

    {"status":"fail","error":"Passcode Invalid","code":401}

    == a profile
    HTTP/1.1 200 OK
    content-length: 20
    content-type: application/json;charset=utf-8
    x-gatepass-account: 948-4KK-444Z
    x-gatepass-credential: pc_95fa4ae164486390451fd3e2
    x-gatepass-expires: 2027-02-20T06:00:00Z
    x-gatepass-kind: account
    x-gatepass-name: acme
    x-gatepass-scopes:

    {"status":"success"}

    == a profile, refused
    HTTP/1.1 401 Unauthorized
    content-length: 55
    content-type: application/json;charset=utf-8
    www-authenticate: Bearer realm="gatepass"
    x-gatepass-error: Passcode Expired
    x-gatepass-reason: expired
    x-gatepass-status: 401

    {"status":"fail","error":"Passcode Expired","code":401}

    == no account
    HTTP/1.1 401 Unauthorized
    content-length: 68
    content-type: application/json;charset=utf-8
    www-authenticate: Bearer realm="gatepass"
    x-gatepass-error: 12 digit account ID mandatory
    x-gatepass-reason: account_missing
    x-gatepass-status: 401

    {"status":"fail","error":"12 digit account ID mandatory","code":401}

    == somewhere else
    HTTP/1.1 200 OK
    content-length: 20
    content-type: application/json;charset=utf-8
    x-gatepass-account: 948-4KK-444Z
    x-gatepass-credential: pc_95fa4ae164486390451fd3e2
    x-gatepass-expires: 2027-02-20T06:00:00Z
    x-gatepass-kind: account
    x-gatepass-name: acme
    x-gatepass-scopes:

    {"status":"success"}
    "#);
}
