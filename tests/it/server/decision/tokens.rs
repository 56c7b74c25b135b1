//! Tokens at the gate: who passes is named, and what a token is not good for is refused.

use insta::assert_snapshot;

use crate::{
    server::apps_fixture::{
        APPS_ACCOUNT, BEFORE_ANNOUNCEMENT, apps_fixture, gate, id, responses, secret, with_key,
        with_request_line, with_token,
    },
    support::{gate::passcode_request, http::HttpMessage},
};

const DISTRICT: &str = "X-Gatepass-Require-District";
const APP: &str = "X-Gatepass-Require-App";
const SCOPE: &str = "X-Gatepass-Require-Scope";

#[test]
fn an_accepted_token_is_identified() {
    let requests = [
        ("a token", with_token("both")),
        ("one without an end", with_token("own limit")),
        ("the old secret, during an overlap", with_token("retiring")),
        ("the new one", with_token("coming")),
        ("one beside its account", with_token("both").with("X-CleverTap-Account-Id", APPS_ACCOUNT)),
    ];
    assert_snapshot!(responses("", BEFORE_ANNOUNCEMENT, &requests), @"
    == a token
    HTTP/1.1 200 OK
    content-length: 0
    x-gatepass-account: 948-4KK-444Z
    x-gatepass-app: 367e4612d111ee0669b13d80
    x-gatepass-credential: tk_effc8adebe1684428ad74122
    x-gatepass-district: 3c3c8562593369d59bef014c
    x-gatepass-expires: 2036-11-22T06:00:00Z
    x-gatepass-kind: token
    x-gatepass-scopes: read:schools read:students
    x-ratelimit-bucket: tk_effc8adebe1684428ad74122
    x-ratelimit-limit: 1200
    x-ratelimit-remaining: 1199
    x-ratelimit-reset: 1796212860

    == one without an end
    HTTP/1.1 200 OK
    content-length: 0
    x-gatepass-account: 948-4KK-444Z
    x-gatepass-app: 2d53d001be277752e59e4fdf
    x-gatepass-credential: tk_ba643bb037c1a8995c02bd8e
    x-gatepass-district: 3c3c8562593369d59bef014c
    x-gatepass-kind: token
    x-gatepass-scopes: read:students
    x-ratelimit-bucket: tk_ba643bb037c1a8995c02bd8e
    x-ratelimit-limit: 3
    x-ratelimit-remaining: 2
    x-ratelimit-reset: 1796212860

    == the old secret, during an overlap
    HTTP/1.1 200 OK
    content-length: 0
    deprecation: @1796212800
    sunset: Wed, 09 Dec 2026 12:00:00 GMT
    x-gatepass-account: 948-4KK-444Z
    x-gatepass-app: 2d53d001be277752e59e4fdf
    x-gatepass-credential: tk_50d693b57dcfcb38bff9fb86
    x-gatepass-district: 0a577dcd0e4f74b784c78133
    x-gatepass-expires: 2027-02-20T06:00:00Z
    x-gatepass-kind: token
    x-gatepass-scopes: read:students
    x-ratelimit-bucket: tk_50d693b57dcfcb38bff9fb86
    x-ratelimit-limit: 1200
    x-ratelimit-remaining: 1199
    x-ratelimit-reset: 1796212860

    == the new one
    HTTP/1.1 200 OK
    content-length: 0
    x-gatepass-account: 948-4KK-444Z
    x-gatepass-app: 2d53d001be277752e59e4fdf
    x-gatepass-credential: tk_50d693b57dcfcb38bff9fb86
    x-gatepass-district: 0a577dcd0e4f74b784c78133
    x-gatepass-expires: 2027-02-20T06:00:00Z
    x-gatepass-kind: token
    x-gatepass-scopes: read:students
    x-ratelimit-bucket: tk_50d693b57dcfcb38bff9fb86
    x-ratelimit-limit: 1200
    x-ratelimit-remaining: 1198
    x-ratelimit-reset: 1796212860

    == one beside its account
    HTTP/1.1 200 OK
    content-length: 0
    x-gatepass-account: 948-4KK-444Z
    x-gatepass-app: 367e4612d111ee0669b13d80
    x-gatepass-credential: tk_effc8adebe1684428ad74122
    x-gatepass-district: 3c3c8562593369d59bef014c
    x-gatepass-expires: 2036-11-22T06:00:00Z
    x-gatepass-kind: token
    x-gatepass-scopes: read:schools read:students
    x-ratelimit-bucket: tk_effc8adebe1684428ad74122
    x-ratelimit-limit: 1200
    x-ratelimit-remaining: 1198
    x-ratelimit-reset: 1796212860
    ");
}

#[test]
fn ended_tokens_are_rejected() {
    let requests = [
        ("expired", with_token("expired")),
        ("revoked", with_token("revoked")),
        ("deleted", with_token("deleted")),
        ("replaced", with_token("replaced")),
        ("unknown", with_token("unknown")),
        ("another account's", with_token("far").with("X-CleverTap-Account-Id", APPS_ACCOUNT)),
        ("a token as a passcode", passcode_request(APPS_ACCOUNT, secret("both"))),
        ("a client secret as a token", with_token("Roster")),
    ];
    assert_snapshot!(responses("", BEFORE_ANNOUNCEMENT, &requests), @r#"
    == expired
    HTTP/1.1 401 Unauthorized
    content-length: 55
    content-type: application/json;charset=utf-8
    www-authenticate: Bearer realm="gatepass", error="invalid_token"
    x-gatepass-error: Passcode Expired
    x-gatepass-reason: expired
    x-gatepass-status: 401

    {"error":"invalid_token","error_description":"expired"}

    == revoked
    HTTP/1.1 401 Unauthorized
    content-length: 55
    content-type: application/json;charset=utf-8
    www-authenticate: Bearer realm="gatepass", error="invalid_token"
    x-gatepass-error: Passcode Invalid
    x-gatepass-reason: revoked
    x-gatepass-status: 401

    {"error":"invalid_token","error_description":"revoked"}

    == deleted
    HTTP/1.1 401 Unauthorized
    content-length: 55
    content-type: application/json;charset=utf-8
    www-authenticate: Bearer realm="gatepass", error="invalid_token"
    x-gatepass-error: Passcode Invalid
    x-gatepass-reason: deleted
    x-gatepass-status: 401

    {"error":"invalid_token","error_description":"deleted"}

    == replaced
    HTTP/1.1 401 Unauthorized
    content-length: 56
    content-type: application/json;charset=utf-8
    www-authenticate: Bearer realm="gatepass", error="invalid_token"
    x-gatepass-error: Passcode Invalid
    x-gatepass-reason: replaced
    x-gatepass-status: 401

    {"error":"invalid_token","error_description":"replaced"}

    == unknown
    HTTP/1.1 401 Unauthorized
    content-length: 55
    content-type: application/json;charset=utf-8
    www-authenticate: Bearer realm="gatepass", error="invalid_token"
    x-gatepass-error: Passcode Invalid
    x-gatepass-reason: unknown
    x-gatepass-status: 401

    {"error":"invalid_token","error_description":"unknown"}

    == another account's
    HTTP/1.1 401 Unauthorized
    content-length: 55
    content-type: application/json;charset=utf-8
    www-authenticate: Bearer realm="gatepass"
    x-gatepass-error: Passcode Invalid
    x-gatepass-reason: unknown
    x-gatepass-status: 401

    {"status":"fail","error":"Passcode Invalid","code":401}

    == a token as a passcode
    HTTP/1.1 401 Unauthorized
    content-length: 55
    content-type: application/json;charset=utf-8
    www-authenticate: Bearer realm="gatepass"
    x-gatepass-error: Passcode Invalid
    x-gatepass-reason: malformed
    x-gatepass-status: 401

    {"status":"fail","error":"Passcode Invalid","code":401}

    == a client secret as a token
    HTTP/1.1 401 Unauthorized
    content-length: 55
    content-type: application/json;charset=utf-8
    www-authenticate: Bearer realm="gatepass", error="invalid_token"
    x-gatepass-error: Passcode Invalid
    x-gatepass-reason: unknown
    x-gatepass-status: 401

    {"error":"invalid_token","error_description":"unknown"}
    "#);
}

/// What passes of a request with some demands, or why it does not.
fn summaries(flags: &str, requests: &[(String, HttpMessage)]) -> String {
    let world = apps_fixture();
    let gate = gate(&world, flags, BEFORE_ANNOUNCEMENT);
    let line = |(name, request): &(String, HttpMessage)| {
        let answer = gate.ask(request);
        let reason = answer.single("x-gatepass-reason").unwrap_or("allowed").to_owned();
        let challenge = answer.single("www-authenticate").unwrap_or_default();
        format!("{name:<48} {} {reason} {challenge}", answer.status()).trim_end().to_owned() + "\n"
    };
    requests.iter().map(line).collect()
}

#[test]
fn a_token_is_valid_only_for_its_district_app_and_scopes() {
    let (lincoln, elk) = (id("Lincoln"), id("Elk Grove"));
    let (roster, grades) = (id("Roster"), id("Grades"));
    let upper = lincoln.to_uppercase();
    let both = format!("{lincoln} {elk}");
    let demands: &[(&str, &[(&str, &str)])] = &[
        ("its district", &[(DISTRICT, lincoln)]),
        ("another district", &[(DISTRICT, elk)]),
        ("no district", &[(DISTRICT, "")]),
        ("a district in capitals", &[(DISTRICT, &upper)]),
        ("a district that is none", &[(DISTRICT, "x")]),
        ("two districts in one", &[(DISTRICT, &both)]),
        ("two districts", &[(DISTRICT, lincoln), (DISTRICT, elk)]),
        ("its district twice", &[(DISTRICT, lincoln), (DISTRICT, lincoln)]),
        ("its district and none", &[(DISTRICT, lincoln), (DISTRICT, "")]),
        ("its app", &[(APP, roster)]),
        ("another app", &[(APP, grades)]),
        ("its app by its client id", &[(APP, id("Roster's client"))]),
        ("no app", &[(APP, "")]),
        ("two apps", &[(APP, roster), (APP, grades)]),
        ("a scope", &[(SCOPE, "read:students")]),
        ("both scopes", &[(SCOPE, "read:students read:schools")]),
        ("both scopes, one by one", &[(SCOPE, "read:students"), (SCOPE, "read:schools")]),
        ("another scope", &[(SCOPE, "read:teachers")]),
        ("one that it has and one that it lacks", &[(SCOPE, "read:students  read:teachers")]),
        ("the same, one by one", &[(SCOPE, "read:students"), (SCOPE, "read:teachers")]),
        ("the beginning of a scope", &[(SCOPE, "read:student")]),
        ("a wildcard", &[(SCOPE, "read:*")]),
        ("no scope", &[(SCOPE, "")]),
        (
            "its app, its district, its scope",
            &[(APP, roster), (DISTRICT, lincoln), (SCOPE, "read:schools")],
        ),
        ("its app and another district", &[(APP, roster), (DISTRICT, elk)]),
        ("another app and district", &[(APP, grades), (DISTRICT, elk)]),
    ];
    let requests = demands.iter().map(|(name, headers)| {
        let request = with_token("both");
        let request =
            headers.iter().fold(request, |request, (name, value)| request.with(name, value));
        ((*name).to_owned(), request)
    });
    assert_snapshot!(summaries("", &requests.collect::<Vec<_>>()), @r#"
    its district                                     200 allowed
    another district                                 403 wrong_district Bearer realm="gatepass", error="invalid_token"
    no district                                      200 allowed
    a district in capitals                           403 wrong_district Bearer realm="gatepass", error="invalid_token"
    a district that is none                          403 wrong_district Bearer realm="gatepass", error="invalid_token"
    two districts in one                             403 wrong_district Bearer realm="gatepass", error="invalid_token"
    two districts                                    403 wrong_district Bearer realm="gatepass", error="invalid_token"
    its district twice                               200 allowed
    its district and none                            200 allowed
    its app                                          200 allowed
    another app                                      403 wrong_app Bearer realm="gatepass", error="invalid_token"
    its app by its client id                         403 wrong_app Bearer realm="gatepass", error="invalid_token"
    no app                                           200 allowed
    two apps                                         403 wrong_app Bearer realm="gatepass", error="invalid_token"
    a scope                                          200 allowed
    both scopes                                      200 allowed
    both scopes, one by one                          200 allowed
    another scope                                    403 scope_missing Bearer realm="gatepass", error="insufficient_scope", scope="read:teachers"
    one that it has and one that it lacks            403 scope_missing Bearer realm="gatepass", error="insufficient_scope", scope="read:students read:teachers"
    the same, one by one                             403 scope_missing Bearer realm="gatepass", error="insufficient_scope", scope="read:students read:teachers"
    the beginning of a scope                         403 scope_missing Bearer realm="gatepass", error="insufficient_scope", scope="read:student"
    a wildcard                                       403 scope_missing Bearer realm="gatepass", error="insufficient_scope", scope="read:*"
    no scope                                         200 allowed
    its app, its district, its scope                 200 allowed
    its app and another district                     403 wrong_district Bearer realm="gatepass", error="invalid_token"
    another app and district                         403 wrong_app Bearer realm="gatepass", error="invalid_token"
    "#);
}

#[test]
fn passcodes_satisfy_no_app_and_legacy_keys_every_district() {
    let demands = [
        ("nothing", "X-None", "x"),
        ("a district", DISTRICT, id("Lincoln")),
        ("its app", APP, id("Grades")),
        ("another app", APP, id("Roster")),
        ("a scope", SCOPE, "read:students"),
        ("a district that is none", DISTRICT, "x"),
    ];
    let callers = [
        ("a passcode", passcode_request(APPS_ACCOUNT, secret("acme"))),
        ("a user's", with_token("ann")),
        ("a legacy key", with_key(super::super::apps_fixture::LEGACY_KEY)),
    ];
    let requests = callers.iter().flat_map(|(who, request)| {
        let of = |(what, name, value): &(&str, &str, &str)| {
            (format!("{who}: {what}"), request.clone().with(name, value))
        };
        demands.iter().map(of).collect::<Vec<_>>()
    });
    assert_snapshot!(summaries("", &requests.collect::<Vec<_>>()), @r#"
    a passcode: nothing                              200 allowed
    a passcode: a district                           403 wrong_district Bearer realm="gatepass"
    a passcode: its app                              403 wrong_app Bearer realm="gatepass"
    a passcode: another app                          403 wrong_app Bearer realm="gatepass"
    a passcode: a scope                              403 scope_missing Bearer realm="gatepass"
    a passcode: a district that is none              403 wrong_district Bearer realm="gatepass"
    a user's: nothing                                200 allowed
    a user's: a district                             403 wrong_district Bearer realm="gatepass", error="invalid_token"
    a user's: its app                                403 wrong_app Bearer realm="gatepass", error="invalid_token"
    a user's: another app                            403 wrong_app Bearer realm="gatepass", error="invalid_token"
    a user's: a scope                                403 scope_missing Bearer realm="gatepass", error="insufficient_scope", scope="read:students"
    a user's: a district that is none                403 wrong_district Bearer realm="gatepass", error="invalid_token"
    a legacy key: nothing                            200 allowed
    a legacy key: a district                         200 allowed
    a legacy key: its app                            200 allowed
    a legacy key: another app                        403 wrong_app Basic realm="gatepass"
    a legacy key: a scope                            200 allowed
    a legacy key: a district that is none            200 allowed
    "#);
}

/// The shape of a body is that of the version of the API that was asked for.
#[test]
fn response_bodies_follow_the_api_version() {
    let body = |path: &str, request: HttpMessage| {
        (format!("GET {path}"), with_request_line(&format!("GET {path}"), request))
    };
    let refused = || with_token("revoked");
    let world = apps_fixture();
    let gate = gate(&world, "--trusted-proxy 127.0.0.1", BEFORE_ANNOUNCEMENT);
    let all = [
        body("/verify", refused()),
        body("/verify/v1.1/students", refused()),
        body("/verify/v2.0/students", refused()),
        body("/verify/v3.0/students?limit=1", refused()),
        body("/verify/v10", refused()),
        body("/verify/version/x", refused()),
        body("/v2.1/students", refused()),
        body("/verify", refused().with("X-Forwarded-Uri", "/v1.2/students?v2=/v2.0/")),
        body("/verify", refused().with("X-Original-Uri", "/v3.0/students")),
        body("/verify/v2.0/x", with_key(super::super::apps_fixture::UNKNOWN_LEGACY_KEY)),
        body("/verify/v1.1/x", with_key(super::super::apps_fixture::UNKNOWN_LEGACY_KEY)),
        body("/verify/v2.0/x", passcode_request(APPS_ACCOUNT, secret("both"))),
    ];
    let lines = all.iter().map(|(name, request)| {
        let body = String::from_utf8(gate.ask(request).body).unwrap();
        let told = request.headers.iter().find(|(name, _)| name.ends_with("Uri"));
        let told = told.map_or("", |(_, value)| value);
        format!("{}: {body}\n", format!("{name} {told}").trim_end())
    });
    assert_snapshot!(lines.collect::<String>(), @r#"
    GET /verify: {"error":"invalid_token","error_description":"revoked"}
    GET /verify/v1.1/students: {"error":"revoked"}
    GET /verify/v2.0/students: {"message":"revoked"}
    GET /verify/v3.0/students?limit=1: {"message":"revoked"}
    GET /verify/v10: {"message":"revoked"}
    GET /verify/version/x: {"error":"invalid_token","error_description":"revoked"}
    GET /v2.1/students: {"message":"revoked"}
    GET /verify /v1.2/students?v2=/v2.0/: {"error":"revoked"}
    GET /verify /v3.0/students: {"message":"revoked"}
    GET /verify/v2.0/x: {"message":"unknown"}
    GET /verify/v1.1/x: {"error":"unknown"}
    GET /verify/v2.0/x: {"status":"fail","error":"Passcode Invalid","code":401}
    "#);
}
