//! Tokens: the identity of an accepted one, and the apps, districts and scopes that it is not valid for.

use insta::assert_snapshot;

use crate::{
    server::apps_fixture::{
        APPS_ACCOUNT, BEFORE_ANNOUNCEMENT, LEGACY_KEY, UNKNOWN_LEGACY_KEY, apps_fixture, gate, id,
        responses, secret, with_key, with_request_line, with_token,
    },
    support::{gate::passcode_request, http::HttpMessage},
};

const DISTRICT: &str = "X-Gatepass-Require-District";
const APP: &str = "X-Gatepass-Require-App";
const SCOPE: &str = "X-Gatepass-Require-Scope";

#[test]
fn an_accepted_token_is_identified() {
    let requests = [
        ("token", with_token("both")),
        ("token that never expires", with_token("own limit")),
        ("old secret in an overlap", with_token("retiring")),
        ("new secret in an overlap", with_token("renewed")),
        ("token with account ID", with_token("both").with("X-CleverTap-Account-Id", APPS_ACCOUNT)),
    ];
    assert_snapshot!(responses("", BEFORE_ANNOUNCEMENT, &requests), @"
    token -> 200 account=948-4KK-444Z, app=367e4612d111ee0669b13d80, credential=tk_effc8adebe1684428ad74122, district=3c3c8562593369d59bef014c, expires=2036-11-22T06:00:00Z, kind=token, scopes=read:schools read:students
        ratelimit bucket=tk_effc8adebe1684428ad74122, limit=1200, remaining=1199, reset=1796212860
    token that never expires -> 200 account=948-4KK-444Z, app=2d53d001be277752e59e4fdf, credential=tk_ba643bb037c1a8995c02bd8e, district=3c3c8562593369d59bef014c, kind=token, scopes=read:students
        ratelimit bucket=tk_ba643bb037c1a8995c02bd8e, limit=3, remaining=2, reset=1796212860
    old secret in an overlap -> 200 account=948-4KK-444Z, app=2d53d001be277752e59e4fdf, credential=tk_50d693b57dcfcb38bff9fb86, district=0a577dcd0e4f74b784c78133, expires=2027-02-20T06:00:00Z, kind=token, scopes=read:students
        ratelimit bucket=tk_50d693b57dcfcb38bff9fb86, limit=1200, remaining=1199, reset=1796212860
        deprecation: @1796212800
        sunset: Wed, 09 Dec 2026 12:00:00 GMT
    new secret in an overlap -> 200 account=948-4KK-444Z, app=2d53d001be277752e59e4fdf, credential=tk_50d693b57dcfcb38bff9fb86, district=0a577dcd0e4f74b784c78133, expires=2027-02-20T06:00:00Z, kind=token, scopes=read:students
        ratelimit bucket=tk_50d693b57dcfcb38bff9fb86, limit=1200, remaining=1198, reset=1796212860
    token with account ID -> 200 account=948-4KK-444Z, app=367e4612d111ee0669b13d80, credential=tk_effc8adebe1684428ad74122, district=3c3c8562593369d59bef014c, expires=2036-11-22T06:00:00Z, kind=token, scopes=read:schools read:students
        ratelimit bucket=tk_effc8adebe1684428ad74122, limit=1200, remaining=1198, reset=1796212860
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
        (
            "token of another account",
            with_token("far").with("X-CleverTap-Account-Id", APPS_ACCOUNT),
        ),
        ("token as passcode", passcode_request(APPS_ACCOUNT, secret("both"))),
        ("client secret as token", with_token("Roster")),
    ];
    assert_snapshot!(responses("", BEFORE_ANNOUNCEMENT, &requests), @r#"
    expired -> 401 expired: Passcode Expired
        www-authenticate: Bearer realm="gatepass", error="invalid_token"
        {"error":"invalid_token","error_description":"expired"}
    revoked -> 401 revoked: Passcode Invalid
        www-authenticate: Bearer realm="gatepass", error="invalid_token"
        {"error":"invalid_token","error_description":"revoked"}
    deleted -> 401 deleted: Passcode Invalid
        www-authenticate: Bearer realm="gatepass", error="invalid_token"
        {"error":"invalid_token","error_description":"deleted"}
    replaced -> 401 replaced: Passcode Invalid
        www-authenticate: Bearer realm="gatepass", error="invalid_token"
        {"error":"invalid_token","error_description":"replaced"}
    unknown -> 401 unknown: Passcode Invalid
        www-authenticate: Bearer realm="gatepass", error="invalid_token"
        {"error":"invalid_token","error_description":"unknown"}
    token of another account -> 401 unknown: Passcode Invalid
    token as passcode -> 401 malformed: Passcode Invalid
    client secret as token -> 401 unknown: Passcode Invalid
        www-authenticate: Bearer realm="gatepass", error="invalid_token"
        {"error":"invalid_token","error_description":"unknown"}
    "#);
}

/// Returns the status, the reason and the challenge of the response to each request.
fn decisions(flags: &str, requests: &[(String, HttpMessage)]) -> String {
    let env = apps_fixture();
    let gate = gate(&env, flags, BEFORE_ANNOUNCEMENT);
    let line = |(name, request): &(String, HttpMessage)| {
        let response = gate.ask(request);
        let reason = response.single("x-gatepass-reason").unwrap_or("allowed").to_owned();
        let challenge = response.single("www-authenticate").unwrap_or_default();
        format!("{name:<48} {} {reason} {challenge}", response.status()).trim_end().to_owned()
            + "\n"
    };
    requests.iter().map(line).collect()
}

#[test]
fn a_token_is_valid_only_for_its_district_app_and_scopes() {
    let (lincoln, elk) = (id("Lincoln"), id("Elk Grove"));
    let (roster, grades) = (id("Roster"), id("Grades"));
    let upper = lincoln.to_uppercase();
    let both = format!("{lincoln} {elk}");
    let requirements: &[(&str, &[(&str, &str)])] = &[
        ("own district", &[(DISTRICT, lincoln)]),
        ("another district", &[(DISTRICT, elk)]),
        ("empty district", &[(DISTRICT, "")]),
        ("district in upper case", &[(DISTRICT, &upper)]),
        ("malformed district", &[(DISTRICT, "x")]),
        ("two districts in one header", &[(DISTRICT, &both)]),
        ("two district headers", &[(DISTRICT, lincoln), (DISTRICT, elk)]),
        ("own district twice", &[(DISTRICT, lincoln), (DISTRICT, lincoln)]),
        ("own and empty district", &[(DISTRICT, lincoln), (DISTRICT, "")]),
        ("own app", &[(APP, roster)]),
        ("another app", &[(APP, grades)]),
        ("own app by client ID", &[(APP, id("Roster's client"))]),
        ("empty app", &[(APP, "")]),
        ("two apps", &[(APP, roster), (APP, grades)]),
        ("one scope", &[(SCOPE, "read:students")]),
        ("both scopes", &[(SCOPE, "read:students read:schools")]),
        ("both scopes in two headers", &[(SCOPE, "read:students"), (SCOPE, "read:schools")]),
        ("another scope", &[(SCOPE, "read:teachers")]),
        ("a granted and a missing scope", &[(SCOPE, "read:students  read:teachers")]),
        (
            "a granted and a missing scope in two headers",
            &[(SCOPE, "read:students"), (SCOPE, "read:teachers")],
        ),
        ("prefix of a scope", &[(SCOPE, "read:student")]),
        ("wildcard", &[(SCOPE, "read:*")]),
        ("empty scope", &[(SCOPE, "")]),
        (
            "own app, district and scope",
            &[(APP, roster), (DISTRICT, lincoln), (SCOPE, "read:schools")],
        ),
        ("own app and another district", &[(APP, roster), (DISTRICT, elk)]),
        ("another app and district", &[(APP, grades), (DISTRICT, elk)]),
    ];
    let requests = requirements.iter().map(|(name, headers)| {
        let request = with_token("both");
        let request =
            headers.iter().fold(request, |request, (name, value)| request.with(name, value));
        ((*name).to_owned(), request)
    });
    assert_snapshot!(decisions("", &requests.collect::<Vec<_>>()), @r#"
    own district                                     200 allowed
    another district                                 403 wrong_district Bearer realm="gatepass", error="invalid_token"
    empty district                                   200 allowed
    district in upper case                           403 wrong_district Bearer realm="gatepass", error="invalid_token"
    malformed district                               403 wrong_district Bearer realm="gatepass", error="invalid_token"
    two districts in one header                      403 wrong_district Bearer realm="gatepass", error="invalid_token"
    two district headers                             403 wrong_district Bearer realm="gatepass", error="invalid_token"
    own district twice                               200 allowed
    own and empty district                           200 allowed
    own app                                          200 allowed
    another app                                      403 wrong_app Bearer realm="gatepass", error="invalid_token"
    own app by client ID                             403 wrong_app Bearer realm="gatepass", error="invalid_token"
    empty app                                        200 allowed
    two apps                                         403 wrong_app Bearer realm="gatepass", error="invalid_token"
    one scope                                        200 allowed
    both scopes                                      200 allowed
    both scopes in two headers                       200 allowed
    another scope                                    403 scope_missing Bearer realm="gatepass", error="insufficient_scope", scope="read:teachers"
    a granted and a missing scope                    403 scope_missing Bearer realm="gatepass", error="insufficient_scope", scope="read:students read:teachers"
    a granted and a missing scope in two headers     403 scope_missing Bearer realm="gatepass", error="insufficient_scope", scope="read:students read:teachers"
    prefix of a scope                                403 scope_missing Bearer realm="gatepass", error="insufficient_scope", scope="read:student"
    wildcard                                         403 scope_missing Bearer realm="gatepass", error="insufficient_scope", scope="read:*"
    empty scope                                      200 allowed
    own app, district and scope                      200 allowed
    own app and another district                     403 wrong_district Bearer realm="gatepass", error="invalid_token"
    another app and district                         403 wrong_app Bearer realm="gatepass", error="invalid_token"
    "#);
}

#[test]
fn passcodes_satisfy_no_app_and_legacy_keys_every_district() {
    let requirements = [
        ("no requirement", "X-None", "x"),
        ("district", DISTRICT, id("Lincoln")),
        ("own app", APP, id("Grades")),
        ("another app", APP, id("Roster")),
        ("scope", SCOPE, "read:students"),
        ("malformed district", DISTRICT, "x"),
    ];
    let callers = [
        ("passcode", passcode_request(APPS_ACCOUNT, secret("acme"))),
        ("user passcode", with_token("ann")),
        ("legacy key", with_key(LEGACY_KEY)),
    ];
    let requests = callers.iter().flat_map(|(who, request)| {
        let of = |(what, name, value): &(&str, &str, &str)| {
            (format!("{who}: {what}"), request.clone().with(name, value))
        };
        requirements.iter().map(of).collect::<Vec<_>>()
    });
    assert_snapshot!(decisions("", &requests.collect::<Vec<_>>()), @r#"
    passcode: no requirement                         200 allowed
    passcode: district                               403 wrong_district Bearer realm="gatepass"
    passcode: own app                                403 wrong_app Bearer realm="gatepass"
    passcode: another app                            403 wrong_app Bearer realm="gatepass"
    passcode: scope                                  403 scope_missing Bearer realm="gatepass"
    passcode: malformed district                     403 wrong_district Bearer realm="gatepass"
    user passcode: no requirement                    200 allowed
    user passcode: district                          403 wrong_district Bearer realm="gatepass", error="invalid_token"
    user passcode: own app                           403 wrong_app Bearer realm="gatepass", error="invalid_token"
    user passcode: another app                       403 wrong_app Bearer realm="gatepass", error="invalid_token"
    user passcode: scope                             403 scope_missing Bearer realm="gatepass", error="insufficient_scope", scope="read:students"
    user passcode: malformed district                403 wrong_district Bearer realm="gatepass", error="invalid_token"
    legacy key: no requirement                       200 allowed
    legacy key: district                             200 allowed
    legacy key: own app                              200 allowed
    legacy key: another app                          403 wrong_app Basic realm="gatepass"
    legacy key: scope                                200 allowed
    legacy key: malformed district                   200 allowed
    "#);
}

/// Each version of the API has its own shape of an error.
#[test]
fn response_bodies_follow_the_api_version() {
    let body = |path: &str, request: HttpMessage| {
        (format!("GET {path}"), with_request_line(&format!("GET {path}"), request))
    };
    let rejected = || with_token("revoked");
    let env = apps_fixture();
    let gate = gate(&env, "--trusted-proxy 127.0.0.1", BEFORE_ANNOUNCEMENT);
    let all = [
        body("/verify", rejected()),
        body("/verify/v1.1/students", rejected()),
        body("/verify/v2.0/students", rejected()),
        body("/verify/v3.0/students?limit=1", rejected()),
        body("/verify/v10", rejected()),
        body("/verify/version/x", rejected()),
        body("/v2.1/students", rejected()),
        body("/verify", rejected().with("X-Forwarded-Uri", "/v1.2/students?v2=/v2.0/")),
        body("/verify", rejected().with("X-Original-Uri", "/v3.0/students")),
        body("/verify/v2.0/x", with_key(UNKNOWN_LEGACY_KEY)),
        body("/verify/v1.1/x", with_key(UNKNOWN_LEGACY_KEY)),
        body("/verify/v2.0/x", passcode_request(APPS_ACCOUNT, secret("both"))),
    ];
    let lines = all.iter().map(|(name, request)| {
        let body = String::from_utf8(gate.ask(request).body).unwrap();
        let forwarded = request.headers.iter().find(|(name, _)| name.ends_with("Uri"));
        let forwarded = forwarded.map_or("", |(_, value)| value);
        format!("{}: {body}\n", format!("{name} {forwarded}").trim_end())
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
