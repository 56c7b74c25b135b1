//! The whole wire, once for each kind of response: all headers and the body as callers get them. Elsewhere snapshots
//! are summaries.

use insta::assert_snapshot;

use crate::{
    server::{
        apps_fixture::{
            self, AFTER_SUNSET, ANNOUNCED, BEFORE_ANNOUNCEMENT, LEGACY_KEY, app_login,
            apps_fixture, id, with_key, with_request_line, with_token,
        },
        gate_fixture::{gate, gate_fixture, secret, with_bearer, with_passcode},
        snapshot::whole,
    },
    support::{
        gate::{GateProcess, get_request},
        http::HttpMessage,
    },
};

fn responses(gate: &GateProcess, requests: &[(&str, HttpMessage)]) -> String {
    let section = |(name, request): &(&str, HttpMessage)| {
        format!("== {name}\n{}\n", whole(&gate.ask(request)))
    };
    let all: String = requests.iter().map(section).collect();
    gatepass::domain::credential::secret::redact(&all).into_owned()
}

#[test]
fn whole_responses_to_passcodes_are_unchanged() {
    let env = gate_fixture();
    let introspect = |form: String| {
        with_request_line("POST /introspect", with_bearer("introspector"))
            .with("Content-Type", "application/x-www-form-urlencoded")
            .body(form)
    };
    let requests = [
        ("account passcode", with_passcode("acme")),
        ("user passcode", with_passcode("ann")),
        ("old secret in an overlap", with_passcode("retiring")),
        ("no credentials", get_request("/verify")),
        ("expired", with_passcode("expired")),
        ("replaced, bearer token", with_bearer("replaced")),
        ("missing scope", with_passcode("acme").with("X-Gatepass-Require-Scope", "read:students")),
        ("path of the API", with_request_line("GET /v1/connect", with_passcode("acme"))),
        ("active", introspect(format!("token={}", secret("acme")))),
        ("inactive", introspect("token=x".to_owned())),
    ];
    assert_snapshot!(responses(&gate(&env, ""), &requests), @r#"
    == account passcode
    HTTP/1.1 200 OK
    content-length: 0
    x-gatepass-account: 948-4KK-444Z
    x-gatepass-credential: pc_95fa4ae164486390451fd3e2
    x-gatepass-expires: 2027-02-20T06:00:00Z
    x-gatepass-kind: account
    x-gatepass-name: acme
    x-gatepass-scopes:

    == user passcode
    HTTP/1.1 200 OK
    content-length: 0
    x-gatepass-account: 948-4KK-444Z
    x-gatepass-credential: pc_7e714576478972afe975e963
    x-gatepass-expires: 2036-11-22T06:00:00Z
    x-gatepass-kind: user
    x-gatepass-scopes:
    x-gatepass-user: ann@example.org

    == old secret in an overlap
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

    == no credentials
    HTTP/1.1 401 Unauthorized
    content-length: 55
    content-type: application/json;charset=utf-8
    www-authenticate: Bearer realm="gatepass"
    x-gatepass-error: Passcode Invalid
    x-gatepass-reason: missing
    x-gatepass-status: 401

    {"status":"fail","error":"Passcode Invalid","code":401}

    == expired
    HTTP/1.1 401 Unauthorized
    content-length: 55
    content-type: application/json;charset=utf-8
    www-authenticate: Bearer realm="gatepass"
    x-gatepass-error: Passcode Expired
    x-gatepass-reason: expired
    x-gatepass-status: 401

    {"status":"fail","error":"Passcode Expired","code":401}

    == replaced, bearer token
    HTTP/1.1 401 Unauthorized
    content-length: 56
    content-type: application/json;charset=utf-8
    www-authenticate: Bearer realm="gatepass", error="invalid_token"
    x-gatepass-error: Passcode Invalid
    x-gatepass-reason: replaced
    x-gatepass-status: 401

    {"error":"invalid_token","error_description":"replaced"}

    == missing scope
    HTTP/1.1 403 Forbidden
    content-length: 48
    content-type: application/json;charset=utf-8
    www-authenticate: Bearer realm="gatepass"
    x-gatepass-error: Forbidden
    x-gatepass-reason: scope_missing
    x-gatepass-status: 403

    {"status":"fail","error":"Forbidden","code":403}

    == path of the API
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

    == active
    HTTP/1.1 200 OK
    cache-control: no-store
    content-length: 139
    content-type: application/json;charset=utf-8

    {"active":true,"scope":"","client_id":"948-4KK-444Z","sub":"acme","exp":1803103200,"iat":1795327200,"iss":"gatepass","token_type":"Bearer"}

    == inactive
    HTTP/1.1 200 OK
    cache-control: no-store
    content-length: 16
    content-type: application/json;charset=utf-8

    {"active":false}
    "#);
}

#[test]
fn whole_responses_to_tokens_and_apps_are_unchanged() {
    let env = apps_fixture();
    let reset = format!("POST /oauth/tokens/{}/reset", id("both").trim_start_matches("tk_"));
    let list = "/oauth/tokens?owner_type=district";
    let gate = apps_fixture::gate(&env, "--profile full", BEFORE_ANNOUNCEMENT);
    let token = responses(&gate, &[("token", with_token("own limit"))]);
    for _ in 0..2 {
        gate.ask(&with_token("own limit"));
    }
    let requests = [
        ("token over its limit", with_token("own limit")),
        ("tokens of an app", app_login(list, "Roster")),
        ("reset of a token", with_request_line(&reset, app_login("/", "Roster"))),
        ("unknown path", app_login("/v2.0/oauth/token", "Roster")),
        ("no login", get_request(list)),
        ("method", with_request_line("DELETE /openapi.json", get_request("/"))),
    ];
    assert_snapshot!(token + &responses(&gate, &requests), @r#"
    == token
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

    == token over its limit
    HTTP/1.1 429 Too Many Requests
    content-length: 56
    content-type: application/json;charset=utf-8
    retry-after: 60
    x-gatepass-error: Too many requests
    x-gatepass-reason: rate_limited
    x-gatepass-status: 429
    x-ratelimit-bucket: tk_ba643bb037c1a8995c02bd8e
    x-ratelimit-limit: 3
    x-ratelimit-remaining: 0
    x-ratelimit-reset: 1796212860

    {"status":"fail","error":"Too many requests","code":429}

    == tokens of an app
    HTTP/1.1 200 OK
    cache-control: no-store
    content-length: 1008
    content-type: application/json;charset=utf-8

    {"data":[{"id":"effc8adebe1684428ad74122","created":"2026-11-22T06:00:00.000Z","owner":{"type":"district","id":"3c3c8562593369d59bef014c"},"access_token":"gpt_*************************************************","scopes":["read:schools","read:students"]},{"id":"212c6499945456e30cbb9990","created":"2026-11-22T06:00:00.000Z","owner":{"type":"district","id":"add06f5d51ae83e16bd393db"},"access_token":"gpt_*************************************************","scopes":["read:students"]},{"id":"f49aae3f84ad3bc2287a225d","created":"2026-12-02T12:00:00.000Z","owner":{"type":"district","id":"0a577dcd0e4f74b784c78133"},"access_token":"gpt_*************************************************","scopes":["read:students"]},{"id":"9edcab9752d55683bab7ffeb","created":"2026-12-02T12:00:00.000Z","owner":{"type":"district","id":"ef2c35433e0e3521144511c3"},"access_token":"gpt_…","scopes":["read:students"]}],"links":[{"rel":"self","uri":"/oauth/tokens?owner_type=district"}]}

    == reset of a token
    HTTP/1.1 200 OK
    cache-control: no-store
    content-length: 332
    content-type: application/json;charset=utf-8

    {"data":[{"id":"effc8adebe1684428ad74122","created":"2026-12-02T12:00:00.000Z","owner":{"type":"district","id":"3c3c8562593369d59bef014c"},"access_token":"gpt_…","scopes":["read:schools","read:students"]}],"links":[{"rel":"self","uri":"/oauth/tokens/effc8adebe1684428ad74122/reset"}]}

    == unknown path
    HTTP/1.1 404 Not Found
    content-length: 23
    content-type: application/json;charset=utf-8

    {"message":"Not found"}

    == no login
    HTTP/1.1 401 Unauthorized
    content-length: 38
    content-type: application/json;charset=utf-8
    www-authenticate: Basic realm="gatepass"

    {"error":"Invalid client credentials"}

    == method
    HTTP/1.1 405 Method Not Allowed
    allow: GET
    content-length: 30
    content-type: application/json;charset=utf-8

    {"error":"Method not allowed"}
    "#);
}

#[test]
fn whole_responses_to_legacy_keys_are_unchanged() {
    let env = apps_fixture();
    let key = [("legacy key", with_key(LEGACY_KEY))];
    let announced = apps_fixture::gate(&env, "", ANNOUNCED);
    assert_snapshot!(responses(&announced, &key), @r#"
    == legacy key
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
    let over = apps_fixture::gate(&env, "", AFTER_SUNSET);
    assert_snapshot!(responses(&over, &key), @r#"
    == legacy key
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
    "#);
}
