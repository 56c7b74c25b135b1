//! What apps ask for themselves: their tokens, new secrets for them, and whose a token is.

use insta::assert_snapshot;

use crate::{
    server::apps_fixture::{
        BEFORE_ANNOUNCEMENT, app_login, apps_fixture, basic, gate, id, responses, secret, with_key,
        with_request_line, with_token,
    },
    support::{
        gate::{bearer_request, get_request, passcode_request},
        test_env::TestEnv,
    },
};

const LIST: &str = "/oauth/tokens?owner_type=district";

#[test]
fn an_app_lists_its_active_tokens() {
    let of = |district| format!("{LIST}&district={}", id(district));
    let requests = [
        ("all of them, one for the first time", app_login(LIST, "Roster")),
        ("all of them again", app_login(LIST, "Roster")),
        ("of one district", app_login(&of("Lincoln"), "Roster")),
        ("of a district that granted nothing", app_login(&of("Ridge"), "Grades")),
        ("ended ones are not shown", app_login(&of("Bay"), "Library")),
        ("under a version", app_login(&format!("/v2.1{}", of("Bay")), "Roster")),
    ];
    assert_snapshot!(responses("", BEFORE_ANNOUNCEMENT, &requests), @r#"
    == all of them, one for the first time
    HTTP/1.1 200 OK
    cache-control: no-store
    content-length: 1008
    content-type: application/json;charset=utf-8

    {"data":[{"id":"effc8adebe1684428ad74122","created":"2026-11-22T06:00:00.000Z","owner":{"type":"district","id":"3c3c8562593369d59bef014c"},"access_token":"gpt_*************************************************","scopes":["read:schools","read:students"]},{"id":"212c6499945456e30cbb9990","created":"2026-11-22T06:00:00.000Z","owner":{"type":"district","id":"add06f5d51ae83e16bd393db"},"access_token":"gpt_*************************************************","scopes":["read:students"]},{"id":"f49aae3f84ad3bc2287a225d","created":"2026-12-02T12:00:00.000Z","owner":{"type":"district","id":"0a577dcd0e4f74b784c78133"},"access_token":"gpt_*************************************************","scopes":["read:students"]},{"id":"9edcab9752d55683bab7ffeb","created":"2026-12-02T12:00:00.000Z","owner":{"type":"district","id":"ef2c35433e0e3521144511c3"},"access_token":"gpt_…","scopes":["read:students"]}],"links":[{"rel":"self","uri":"/oauth/tokens?owner_type=district"}]}

    == all of them again
    HTTP/1.1 200 OK
    cache-control: no-store
    content-length: 1008
    content-type: application/json;charset=utf-8

    {"data":[{"id":"effc8adebe1684428ad74122","created":"2026-11-22T06:00:00.000Z","owner":{"type":"district","id":"3c3c8562593369d59bef014c"},"access_token":"gpt_*************************************************","scopes":["read:schools","read:students"]},{"id":"212c6499945456e30cbb9990","created":"2026-11-22T06:00:00.000Z","owner":{"type":"district","id":"add06f5d51ae83e16bd393db"},"access_token":"gpt_*************************************************","scopes":["read:students"]},{"id":"f49aae3f84ad3bc2287a225d","created":"2026-12-02T12:00:00.000Z","owner":{"type":"district","id":"0a577dcd0e4f74b784c78133"},"access_token":"gpt_*************************************************","scopes":["read:students"]},{"id":"9edcab9752d55683bab7ffeb","created":"2026-12-02T12:00:00.000Z","owner":{"type":"district","id":"ef2c35433e0e3521144511c3"},"access_token":"gpt_*************************************************","scopes":["read:students"]}],"links":[{"rel":"self","uri":"/oauth/tokens?owner_type=district"}]}

    == of one district
    HTTP/1.1 200 OK
    cache-control: no-store
    content-length: 355
    content-type: application/json;charset=utf-8

    {"data":[{"id":"effc8adebe1684428ad74122","created":"2026-11-22T06:00:00.000Z","owner":{"type":"district","id":"3c3c8562593369d59bef014c"},"access_token":"gpt_*************************************************","scopes":["read:schools","read:students"]}],"links":[{"rel":"self","uri":"/oauth/tokens?owner_type=district&district=3c3c8562593369d59bef014c"}]}

    == of a district that granted nothing
    HTTP/1.1 200 OK
    cache-control: no-store
    content-length: 112
    content-type: application/json;charset=utf-8

    {"data":[],"links":[{"rel":"self","uri":"/oauth/tokens?owner_type=district&district=ef2c35433e0e3521144511c3"}]}

    == ended ones are not shown
    HTTP/1.1 200 OK
    cache-control: no-store
    content-length: 112
    content-type: application/json;charset=utf-8

    {"data":[],"links":[{"rel":"self","uri":"/oauth/tokens?owner_type=district&district=0a577dcd0e4f74b784c78133"}]}

    == under a version
    HTTP/1.1 200 OK
    cache-control: no-store
    content-length: 345
    content-type: application/json;charset=utf-8

    {"data":[{"id":"f49aae3f84ad3bc2287a225d","created":"2026-12-02T12:00:00.000Z","owner":{"type":"district","id":"0a577dcd0e4f74b784c78133"},"access_token":"gpt_*************************************************","scopes":["read:students"]}],"links":[{"rel":"self","uri":"/v2.1/oauth/tokens?owner_type=district&district=0a577dcd0e4f74b784c78133"}]}
    "#);
}

#[test]
fn an_app_resets_its_own_tokens() {
    let by = |app: &str, who: &str| {
        let bare = id(who).trim_start_matches("tk_");
        with_request_line(&format!("POST /oauth/tokens/{bare}/reset"), app_login("/", app))
    };
    let requests = [
        ("at once", by("Roster", "both")),
        ("with an overlap", by("Roster", "elk").body("{\"overlap_seconds\":604800}")),
        ("with none", by("Roster", "elk").body("{\"overlap_seconds\":0}")),
        ("one that nobody picked up", by("Roster", "waiting").body("{}")),
        ("another app's", by("Roster", "own limit")),
        ("one that was revoked", by("Library", "revoked")),
        ("one that was deleted", by("Library", "deleted")),
        ("one that expired", by("Library", "expired")),
        (
            "none",
            with_request_line(
                "POST /v2.0/oauth/tokens/000000000000000000000000/reset",
                app_login("/", "Roster"),
            ),
        ),
        ("with too long an overlap", by("Roster", "elk").body("{\"overlap_seconds\":604801}")),
        ("with a negative one", by("Roster", "elk").body("{\"overlap_seconds\":-1}")),
        ("with another body", by("Roster", "elk").body("{\"overlap\":1}")),
        ("with no JSON", by("Roster", "elk").body("overlap_seconds=1")),
        ("with a long one", by("Roster", "elk").body(vec![b' '; 65_537])),
    ];
    assert_snapshot!(responses("", BEFORE_ANNOUNCEMENT, &requests), @r#"
    == at once
    HTTP/1.1 200 OK
    cache-control: no-store
    content-length: 332
    content-type: application/json;charset=utf-8

    {"data":[{"id":"effc8adebe1684428ad74122","created":"2026-12-02T12:00:00.000Z","owner":{"type":"district","id":"3c3c8562593369d59bef014c"},"access_token":"gpt_…","scopes":["read:schools","read:students"]}],"links":[{"rel":"self","uri":"/oauth/tokens/effc8adebe1684428ad74122/reset"}]}

    == with an overlap
    HTTP/1.1 200 OK
    cache-control: no-store
    content-length: 317
    content-type: application/json;charset=utf-8

    {"data":[{"id":"212c6499945456e30cbb9990","created":"2026-12-02T12:00:00.000Z","owner":{"type":"district","id":"add06f5d51ae83e16bd393db"},"access_token":"gpt_…","scopes":["read:students"]}],"links":[{"rel":"self","uri":"/oauth/tokens/212c6499945456e30cbb9990/reset"}]}

    == with none
    HTTP/1.1 200 OK
    cache-control: no-store
    content-length: 317
    content-type: application/json;charset=utf-8

    {"data":[{"id":"212c6499945456e30cbb9990","created":"2026-12-02T12:00:00.000Z","owner":{"type":"district","id":"add06f5d51ae83e16bd393db"},"access_token":"gpt_…","scopes":["read:students"]}],"links":[{"rel":"self","uri":"/oauth/tokens/212c6499945456e30cbb9990/reset"}]}

    == one that nobody picked up
    HTTP/1.1 200 OK
    cache-control: no-store
    content-length: 317
    content-type: application/json;charset=utf-8

    {"data":[{"id":"9edcab9752d55683bab7ffeb","created":"2026-12-02T12:00:00.000Z","owner":{"type":"district","id":"ef2c35433e0e3521144511c3"},"access_token":"gpt_…","scopes":["read:students"]}],"links":[{"rel":"self","uri":"/oauth/tokens/9edcab9752d55683bab7ffeb/reset"}]}

    == another app's
    HTTP/1.1 404 Not Found
    content-length: 21
    content-type: application/json;charset=utf-8

    {"error":"Not found"}

    == one that was revoked
    HTTP/1.1 404 Not Found
    content-length: 21
    content-type: application/json;charset=utf-8

    {"error":"Not found"}

    == one that was deleted
    HTTP/1.1 404 Not Found
    content-length: 21
    content-type: application/json;charset=utf-8

    {"error":"Not found"}

    == one that expired
    HTTP/1.1 404 Not Found
    content-length: 21
    content-type: application/json;charset=utf-8

    {"error":"Not found"}

    == none
    HTTP/1.1 404 Not Found
    content-length: 23
    content-type: application/json;charset=utf-8

    {"message":"Not found"}

    == with too long an overlap
    HTTP/1.1 400 Bad Request
    content-length: 61
    content-type: application/json;charset=utf-8

    {"error":"overlap_seconds must be a number from 0 to 604800"}

    == with a negative one
    HTTP/1.1 400 Bad Request
    content-length: 61
    content-type: application/json;charset=utf-8

    {"error":"overlap_seconds must be a number from 0 to 604800"}

    == with another body
    HTTP/1.1 400 Bad Request
    content-length: 53
    content-type: application/json;charset=utf-8

    {"error":"The body must be {\"overlap_seconds\": N}"}

    == with no JSON
    HTTP/1.1 400 Bad Request
    content-length: 53
    content-type: application/json;charset=utf-8

    {"error":"The body must be {\"overlap_seconds\": N}"}

    == with a long one
    HTTP/1.1 413 Payload Too Large
    connection: close
    content-length: 21
    content-type: application/json;charset=utf-8

    {"error":"Too large"}
    "#);
}

#[test]
fn any_token_holder_can_look_up_its_token() {
    let info = |request| with_request_line("GET /oauth/tokeninfo", request);
    let requests = [
        ("a token", info(with_token("both"))),
        ("under a version", with_request_line("GET /v3.0/oauth/tokeninfo", with_token("elk"))),
        ("a revoked one", info(with_token("revoked"))),
        (
            "a revoked one, under a version",
            with_request_line("GET /v3.0/oauth/tokeninfo", with_token("revoked")),
        ),
        ("nothing", info(get_request("/"))),
        ("a passcode", info(bearer_request(secret("acme")))),
        (
            "a passcode, by both headers",
            info(passcode_request(super::super::apps_fixture::APPS_ACCOUNT, secret("acme"))),
        ),
        ("a legacy key", info(with_key(super::super::apps_fixture::LEGACY_KEY))),
        ("by POST", with_request_line("POST /oauth/tokeninfo", with_token("both"))),
    ];
    assert_snapshot!(responses("", BEFORE_ANNOUNCEMENT, &requests), @r#"
    == a token
    HTTP/1.1 200 OK
    content-length: 78
    content-type: application/json;charset=utf-8
    x-ratelimit-bucket: tk_effc8adebe1684428ad74122
    x-ratelimit-limit: 1200
    x-ratelimit-remaining: 1199
    x-ratelimit-reset: 1796212860

    {"client_id":"9ab545eda2efc3bc361a","scopes":["read:schools","read:students"]}

    == under a version
    HTTP/1.1 200 OK
    content-length: 63
    content-type: application/json;charset=utf-8
    x-ratelimit-bucket: tk_212c6499945456e30cbb9990
    x-ratelimit-limit: 1200
    x-ratelimit-remaining: 1199
    x-ratelimit-reset: 1796212860

    {"client_id":"9ab545eda2efc3bc361a","scopes":["read:students"]}

    == a revoked one
    HTTP/1.1 401 Unauthorized
    content-length: 55
    content-type: application/json;charset=utf-8
    www-authenticate: Bearer realm="gatepass", error="invalid_token"
    x-gatepass-error: Passcode Invalid
    x-gatepass-reason: revoked
    x-gatepass-status: 401

    {"error":"invalid_token","error_description":"revoked"}

    == a revoked one, under a version
    HTTP/1.1 401 Unauthorized
    content-length: 21
    content-type: application/json;charset=utf-8
    www-authenticate: Bearer realm="gatepass", error="invalid_token"
    x-gatepass-error: Passcode Invalid
    x-gatepass-reason: revoked
    x-gatepass-status: 401

    {"message":"revoked"}

    == nothing
    HTTP/1.1 401 Unauthorized
    content-length: 55
    content-type: application/json;charset=utf-8
    www-authenticate: Bearer realm="gatepass"
    x-gatepass-error: Passcode Invalid
    x-gatepass-reason: missing
    x-gatepass-status: 401

    {"status":"fail","error":"Passcode Invalid","code":401}

    == a passcode
    HTTP/1.1 403 Forbidden
    content-length: 23
    content-type: application/json;charset=utf-8

    {"error":"Not a token"}

    == a passcode, by both headers
    HTTP/1.1 403 Forbidden
    content-length: 23
    content-type: application/json;charset=utf-8

    {"error":"Not a token"}

    == a legacy key
    HTTP/1.1 403 Forbidden
    content-length: 23
    content-type: application/json;charset=utf-8

    {"error":"Not a token"}

    == by POST
    HTTP/1.1 405 Method Not Allowed
    allow: GET
    content-length: 30
    content-type: application/json;charset=utf-8
    x-ratelimit-bucket: tk_effc8adebe1684428ad74122
    x-ratelimit-limit: 1200
    x-ratelimit-remaining: 1198
    x-ratelimit-reset: 1796212860

    {"error":"Method not allowed"}
    "#);
}

#[test]
fn requests_without_client_authentication_are_rejected() {
    let with = |value: &str| get_request(LIST).with("Authorization", value);
    let client = id("Roster's client");
    let requests = [
        ("nobody", get_request(LIST)),
        ("a wrong secret", with(&basic(client, secret("Grades")))),
        ("an unknown client", with(&basic("0123456789abcdef0123", secret("Roster")))),
        ("a token", with(&format!("Bearer {}", secret("both")))),
        ("a token as the secret", with(&basic(client, secret("both")))),
        ("two logins", app_login(LIST, "Roster").with("Authorization", &basic(client, ""))),
        ("under version 2", with_request_line(&format!("GET /v2.0{LIST}"), get_request("/"))),
    ];
    assert_snapshot!(responses("", BEFORE_ANNOUNCEMENT, &requests), @r#"
    == nobody
    HTTP/1.1 401 Unauthorized
    content-length: 38
    content-type: application/json;charset=utf-8
    www-authenticate: Basic realm="gatepass"

    {"error":"Invalid client credentials"}

    == a wrong secret
    HTTP/1.1 401 Unauthorized
    content-length: 38
    content-type: application/json;charset=utf-8
    www-authenticate: Basic realm="gatepass"

    {"error":"Invalid client credentials"}

    == an unknown client
    HTTP/1.1 401 Unauthorized
    content-length: 38
    content-type: application/json;charset=utf-8
    www-authenticate: Basic realm="gatepass"

    {"error":"Invalid client credentials"}

    == a token
    HTTP/1.1 401 Unauthorized
    content-length: 38
    content-type: application/json;charset=utf-8
    www-authenticate: Basic realm="gatepass"

    {"error":"Invalid client credentials"}

    == a token as the secret
    HTTP/1.1 401 Unauthorized
    content-length: 38
    content-type: application/json;charset=utf-8
    www-authenticate: Basic realm="gatepass"

    {"error":"Invalid client credentials"}

    == two logins
    HTTP/1.1 401 Unauthorized
    content-length: 38
    content-type: application/json;charset=utf-8
    www-authenticate: Basic realm="gatepass"

    {"error":"Invalid client credentials"}

    == under version 2
    HTTP/1.1 401 Unauthorized
    content-length: 40
    content-type: application/json;charset=utf-8
    www-authenticate: Basic realm="gatepass"

    {"message":"Invalid client credentials"}
    "#);
}

#[test]
fn malformed_requests_are_rejected_with_a_reason() {
    let list = |query: &str| app_login(&format!("/oauth/tokens{query}"), "Roster");
    let requests = [
        ("for whom", list("")),
        ("for somebody else", list("?owner_type=school")),
        ("a district that is none", list("?owner_type=district&district=lincoln")),
        ("two districts", list("?owner_type=district&district=x&district=y")),
        ("with a secret in the address", list("?owner_type=district&access_token=x")),
        ("by POST", with_request_line("POST /oauth/tokens", app_login("/", "Roster"))),
        (
            "a reset by GET",
            with_request_line(
                &format!("GET /oauth/tokens/{}/reset", "0".repeat(24)),
                app_login("/", "Roster"),
            ),
        ),
        ("something else", with_request_line("GET /v2.0/oauth/token", app_login("/", "Roster"))),
        ("the document by DELETE", with_request_line("DELETE /openapi.json", get_request("/"))),
    ];
    assert_snapshot!(responses("", BEFORE_ANNOUNCEMENT, &requests), @r#"
    == for whom
    HTTP/1.1 400 Bad Request
    content-length: 39
    content-type: application/json;charset=utf-8

    {"error":"owner_type must be district"}

    == for somebody else
    HTTP/1.1 400 Bad Request
    content-length: 39
    content-type: application/json;charset=utf-8

    {"error":"owner_type must be district"}

    == a district that is none
    HTTP/1.1 400 Bad Request
    content-length: 50
    content-type: application/json;charset=utf-8

    {"error":"district must be 24 hexadecimal digits"}

    == two districts
    HTTP/1.1 400 Bad Request
    content-length: 39
    content-type: application/json;charset=utf-8

    {"error":"A parameter was given twice"}

    == with a secret in the address
    HTTP/1.1 400 Bad Request
    content-length: 53
    content-type: application/json;charset=utf-8

    {"error":"A secret does not belong into the address"}

    == by POST
    HTTP/1.1 405 Method Not Allowed
    allow: GET
    content-length: 30
    content-type: application/json;charset=utf-8

    {"error":"Method not allowed"}

    == a reset by GET
    HTTP/1.1 405 Method Not Allowed
    allow: POST
    content-length: 30
    content-type: application/json;charset=utf-8

    {"error":"Method not allowed"}

    == something else
    HTTP/1.1 404 Not Found
    content-length: 23
    content-type: application/json;charset=utf-8

    {"message":"Not found"}

    == the document by DELETE
    HTTP/1.1 405 Method Not Allowed
    allow: GET
    content-length: 30
    content-type: application/json;charset=utf-8

    {"error":"Method not allowed"}
    "#);
}

/// An app that goes on with a client secret that was replaced is told of to the gate's admin.
#[test]
fn failed_client_authentication_is_logged() {
    let world = apps_fixture();
    let gate = gate(&world, "--trusted-proxy 127.0.0.1", BEFORE_ANNOUNCEMENT);
    let with = |user: &str, password: &str| {
        let request = get_request(LIST).with("Authorization", &basic(user, password));
        gate.ask(&request.with("X-Forwarded-For", "192.0.2.7"));
    };
    with(id("Roster's client"), secret("Roster"));
    with(id("Roster's client"), secret("Grades"));
    with("0123456789abcdef0123", secret("Roster"));
    // What is no login at all could be anything.
    with("somebody", secret("Roster"));
    let log: String = gate.end().iter().map(|line| format!("{line}\n")).collect();
    assert_snapshot!(log, @r#"
    {"event":"login_refused","message":"client 9ab545eda2efc3bc361a from 192.0.2.7","time":"2026-12-02T12:00:00Z"}
    {"event":"login_refused","message":"client 0123456789abcdef0123 from 192.0.2.7","time":"2026-12-02T12:00:00Z"}
    "#);
}

#[test]
fn a_retiring_client_secret_is_valid_until_its_overlap_ends() {
    let mut world = apps_fixture();
    let client = id("Roster's client");
    let reset = |world: &mut TestEnv, flags: &str| {
        world.run_for_secret(&format!("app reset Roster {flags} --yes"))
    };
    let statuses = |world: &TestEnv, now: &str, secrets: &[&str]| {
        let gate = gate(world, "", now);
        let ask = |secret: &&str| {
            let login = get_request(LIST).with("Authorization", &basic(client, secret));
            gate.ask(&login).status()
        };
        secrets.iter().map(ask).collect::<Vec<_>>()
    };
    let first = secret("Roster");
    let second = reset(&mut world, "--overlap 1d");
    let both = [first, second.as_str()];
    assert_eq!(statuses(&world, "2026-12-03T11:59:59Z", &both), [200, 200]);
    assert_eq!(statuses(&world, "2026-12-03T12:00:00Z", &both), [401, 200]);
    let later = "2026-12-04T00:00:00Z";
    world.set_clock(later);
    let third = reset(&mut world, "");
    assert_eq!(statuses(&world, later, &[first, &second, &third]), [401, 401, 200]);
    world.run_ok("app remove Roster --revoke-tokens --yes");
    assert_eq!(statuses(&world, later, &[&third]), [401]);
}
