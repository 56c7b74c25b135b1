//! `GET /oauth/tokens` and `GET /oauth/tokeninfo`: the tokens of an app, and the app of a token.

use insta::assert_snapshot;

use crate::{
    server::apps_fixture::{
        APPS_ACCOUNT, BEFORE_ANNOUNCEMENT, LEGACY_KEY, app_login, id, responses, secret, with_key,
        with_request_line, with_token,
    },
    support::gate::{bearer_request, get_request, passcode_request},
};

const LIST: &str = "/oauth/tokens?owner_type=district";

#[test]
fn an_app_lists_its_active_tokens() {
    let of = |district| format!("{LIST}&district={}", id(district));
    let requests = [
        ("all tokens, first request", app_login(LIST, "Roster")),
        ("all tokens, second request", app_login(LIST, "Roster")),
        ("one district", app_login(&of("Lincoln"), "Roster")),
        ("district without grants", app_login(&of("Ridge"), "Grades")),
        ("district with ended grants", app_login(&of("Bay"), "Library")),
        ("versioned path", app_login(&format!("/v2.1{}", of("Bay")), "Roster")),
    ];
    assert_snapshot!(responses("", BEFORE_ANNOUNCEMENT, &requests), @r#"
    all tokens, first request -> 200 {"data":[{"id":"effc8adebe1684428ad74122","created":"2026-11-22T06:00:00.000Z","owner":{"type":"district","id":"3c3c8562593369d59bef014c"},"access_token":"gpt_*************************************************","scopes":["read:schools","read:students"]},{"id":"212c6499945456e30cbb9990","created":"2026-11-22T06:00:00.000Z","owner":{"type":"district","id":"add06f5d51ae83e16bd393db"},"access_token":"gpt_*************************************************","scopes":["read:students"]},{"id":"f49aae3f84ad3bc2287a225d","created":"2026-12-02T12:00:00.000Z","owner":{"type":"district","id":"0a577dcd0e4f74b784c78133"},"access_token":"gpt_*************************************************","scopes":["read:students"]},{"id":"9edcab9752d55683bab7ffeb","created":"2026-12-02T12:00:00.000Z","owner":{"type":"district","id":"ef2c35433e0e3521144511c3"},"access_token":"gpt_…","scopes":["read:students"]}],"links":[{"rel":"self","uri":"/oauth/tokens?owner_type=district"}]}
        cache-control: no-store
    all tokens, second request -> 200 {"data":[{"id":"effc8adebe1684428ad74122","created":"2026-11-22T06:00:00.000Z","owner":{"type":"district","id":"3c3c8562593369d59bef014c"},"access_token":"gpt_*************************************************","scopes":["read:schools","read:students"]},{"id":"212c6499945456e30cbb9990","created":"2026-11-22T06:00:00.000Z","owner":{"type":"district","id":"add06f5d51ae83e16bd393db"},"access_token":"gpt_*************************************************","scopes":["read:students"]},{"id":"f49aae3f84ad3bc2287a225d","created":"2026-12-02T12:00:00.000Z","owner":{"type":"district","id":"0a577dcd0e4f74b784c78133"},"access_token":"gpt_*************************************************","scopes":["read:students"]},{"id":"9edcab9752d55683bab7ffeb","created":"2026-12-02T12:00:00.000Z","owner":{"type":"district","id":"ef2c35433e0e3521144511c3"},"access_token":"gpt_*************************************************","scopes":["read:students"]}],"links":[{"rel":"self","uri":"/oauth/tokens?owner_type=district"}]}
        cache-control: no-store
    one district -> 200 {"data":[{"id":"effc8adebe1684428ad74122","created":"2026-11-22T06:00:00.000Z","owner":{"type":"district","id":"3c3c8562593369d59bef014c"},"access_token":"gpt_*************************************************","scopes":["read:schools","read:students"]}],"links":[{"rel":"self","uri":"/oauth/tokens?owner_type=district&district=3c3c8562593369d59bef014c"}]}
        cache-control: no-store
    district without grants -> 200 {"data":[],"links":[{"rel":"self","uri":"/oauth/tokens?owner_type=district&district=ef2c35433e0e3521144511c3"}]}
        cache-control: no-store
    district with ended grants -> 200 {"data":[],"links":[{"rel":"self","uri":"/oauth/tokens?owner_type=district&district=0a577dcd0e4f74b784c78133"}]}
        cache-control: no-store
    versioned path -> 200 {"data":[{"id":"f49aae3f84ad3bc2287a225d","created":"2026-12-02T12:00:00.000Z","owner":{"type":"district","id":"0a577dcd0e4f74b784c78133"},"access_token":"gpt_*************************************************","scopes":["read:students"]}],"links":[{"rel":"self","uri":"/v2.1/oauth/tokens?owner_type=district&district=0a577dcd0e4f74b784c78133"}]}
        cache-control: no-store
    "#);
}

#[test]
fn malformed_requests_are_rejected_with_a_reason() {
    let list = |query: &str| app_login(&format!("/oauth/tokens{query}"), "Roster");
    let requests = [
        ("no owner_type", list("")),
        ("another owner_type", list("?owner_type=school")),
        ("malformed district", list("?owner_type=district&district=lincoln")),
        ("two districts", list("?owner_type=district&district=x&district=y")),
        ("secret in the URL", list("?owner_type=district&access_token=x")),
        ("POST", with_request_line("POST /oauth/tokens", app_login("/", "Roster"))),
        (
            "reset by GET",
            with_request_line(
                &format!("GET /oauth/tokens/{}/reset", "0".repeat(24)),
                app_login("/", "Roster"),
            ),
        ),
        ("unknown path", with_request_line("GET /v2.0/oauth/token", app_login("/", "Roster"))),
        ("document by DELETE", with_request_line("DELETE /openapi.json", get_request("/"))),
    ];
    assert_snapshot!(responses("", BEFORE_ANNOUNCEMENT, &requests), @r#"
    no owner_type -> 400 {"error":"owner_type must be district"}
    another owner_type -> 400 {"error":"owner_type must be district"}
    malformed district -> 400 {"error":"district must be 24 hexadecimal digits"}
    two districts -> 400 {"error":"A parameter was given twice"}
    secret in the URL -> 400 {"error":"A secret does not belong into the address"}
    POST -> 405 {"error":"Method not allowed"}
        allow: GET
    reset by GET -> 405 {"error":"Method not allowed"}
        allow: POST
    unknown path -> 404 {"message":"Not found"}
    document by DELETE -> 405 {"error":"Method not allowed"}
        allow: GET
    "#);
}

#[test]
fn any_token_holder_can_look_up_its_token() {
    let info = |request| with_request_line("GET /oauth/tokeninfo", request);
    let requests = [
        ("token", info(with_token("both"))),
        ("versioned path", with_request_line("GET /v3.0/oauth/tokeninfo", with_token("elk"))),
        ("revoked token", info(with_token("revoked"))),
        (
            "revoked token, versioned path",
            with_request_line("GET /v3.0/oauth/tokeninfo", with_token("revoked")),
        ),
        ("no credentials", info(get_request("/"))),
        ("passcode as bearer token", info(bearer_request(secret("acme")))),
        ("passcode, two headers", info(passcode_request(APPS_ACCOUNT, secret("acme")))),
        ("legacy key", info(with_key(LEGACY_KEY))),
        ("POST", with_request_line("POST /oauth/tokeninfo", with_token("both"))),
    ];
    assert_snapshot!(responses("", BEFORE_ANNOUNCEMENT, &requests), @r#"
    token -> 200 {"client_id":"9ab545eda2efc3bc361a","scopes":["read:schools","read:students"]}
        ratelimit bucket=tk_effc8adebe1684428ad74122, limit=1200, remaining=1199, reset=1796212860
    versioned path -> 200 {"client_id":"9ab545eda2efc3bc361a","scopes":["read:students"]}
        ratelimit bucket=tk_212c6499945456e30cbb9990, limit=1200, remaining=1199, reset=1796212860
    revoked token -> 401 revoked: Passcode Invalid
        www-authenticate: Bearer realm="gatepass", error="invalid_token"
        {"error":"invalid_token","error_description":"revoked"}
    revoked token, versioned path -> 401 revoked: Passcode Invalid
        www-authenticate: Bearer realm="gatepass", error="invalid_token"
        {"message":"revoked"}
    no credentials -> 401 missing: Passcode Invalid
    passcode as bearer token -> 403 {"error":"Not a token"}
    passcode, two headers -> 403 {"error":"Not a token"}
    legacy key -> 403 {"error":"Not a token"}
    POST -> 405 {"error":"Method not allowed"}
        ratelimit bucket=tk_effc8adebe1684428ad74122, limit=1200, remaining=1198, reset=1796212860
        allow: GET
    "#);
}
