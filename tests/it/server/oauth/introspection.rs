//! `POST /introspect`: what a token is, for who may ask.

use insta::assert_snapshot;

use crate::{
    server::{
        apps_fixture::{self, BEFORE_ANNOUNCEMENT, apps_fixture},
        gate_fixture::{gate, gate_fixture, responses, secret, with_bearer, with_passcode},
    },
    support::http::HttpMessage,
};

/// Somebody asks about a form.
fn introspect_as(caller: HttpMessage, form: &str) -> HttpMessage {
    let asked = HttpMessage { start_line: "POST /introspect HTTP/1.1".to_owned(), ..caller };
    asked.with("Content-Type", "application/x-www-form-urlencoded").body(form)
}

fn introspect(form: &str) -> HttpMessage {
    introspect_as(with_bearer("introspector"), form)
}

fn about(who: &str) -> String {
    format!("token={}", secret(who))
}

#[test]
fn an_authorized_caller_can_introspect() {
    let requests = [
        ("a partner's", introspect(&about("acme"))),
        ("a user's, with a hint", introspect(&format!("token_type_hint=x&{}", about("ann")))),
        (
            "one without an end, asked with both headers",
            introspect_as(with_passcode("introspector"), &about("forever")),
        ),
        ("one's own", introspect(&about("introspector"))),
        ("an old one, during an overlap", introspect(&about("retiring"))),
        ("a revoked one", introspect(&about("revoked"))),
        ("a replaced one", introspect(&about("replaced"))),
        ("another account's", introspect(&about("elsewhere"))),
        ("nobody's", introspect(&about("unknown"))),
        ("none", introspect("token=x")),
    ];
    assert_snapshot!(responses("", &requests), @r#"
    == a partner's
    HTTP/1.1 200 OK
    cache-control: no-store
    content-length: 139
    content-type: application/json;charset=utf-8

    {"active":true,"scope":"","client_id":"948-4KK-444Z","sub":"acme","exp":1803103200,"iat":1795327200,"iss":"gatepass","token_type":"Bearer"}

    == a user's, with a hint
    HTTP/1.1 200 OK
    cache-control: no-store
    content-length: 179
    content-type: application/json;charset=utf-8

    {"active":true,"scope":"","client_id":"948-4KK-444Z","username":"ann@example.org","sub":"ann@example.org","exp":2110946400,"iat":1795327200,"iss":"gatepass","token_type":"Bearer"}

    == one without an end, asked with both headers
    HTTP/1.1 200 OK
    cache-control: no-store
    content-length: 136
    content-type: application/json;charset=utf-8

    {"active":true,"scope":"","client_id":"948-4KK-444Z","sub":"Bäckerei & Söhne","iat":1795327200,"iss":"gatepass","token_type":"Bearer"}

    == one's own
    HTTP/1.1 200 OK
    cache-control: no-store
    content-length: 147
    content-type: application/json;charset=utf-8

    {"active":true,"scope":"","client_id":"948-4KK-444Z","sub":"introspector","exp":1803103200,"iat":1795327200,"iss":"gatepass","token_type":"Bearer"}

    == an old one, during an overlap
    HTTP/1.1 200 OK
    cache-control: no-store
    content-length: 126
    content-type: application/json;charset=utf-8

    {"active":true,"scope":"","client_id":"948-4KK-444Z","sub":"retiring","exp":1796817600,"iss":"gatepass","token_type":"Bearer"}

    == a revoked one
    HTTP/1.1 200 OK
    cache-control: no-store
    content-length: 16
    content-type: application/json;charset=utf-8

    {"active":false}

    == a replaced one
    HTTP/1.1 200 OK
    cache-control: no-store
    content-length: 16
    content-type: application/json;charset=utf-8

    {"active":false}

    == another account's
    HTTP/1.1 200 OK
    cache-control: no-store
    content-length: 16
    content-type: application/json;charset=utf-8

    {"active":false}

    == nobody's
    HTTP/1.1 200 OK
    cache-control: no-store
    content-length: 16
    content-type: application/json;charset=utf-8

    {"active":false}

    == none
    HTTP/1.1 200 OK
    cache-control: no-store
    content-length: 16
    content-type: application/json;charset=utf-8

    {"active":false}
    "#);
}

#[test]
fn malformed_introspection_requests_are_rejected() {
    let get = HttpMessage { start_line: "GET /introspect HTTP/1.1".to_owned(), ..introspect("") };
    let requests = [
        ("by GET", get),
        ("without a token", introspect("tokens=x")),
        ("about two tokens", introspect(&format!("{}&token=x", about("acme")))),
        ("by who may not ask", introspect_as(with_bearer("acme"), &about("acme"))),
        ("by a user", introspect_as(with_passcode("ann"), &about("acme"))),
        ("by who is revoked", introspect_as(with_passcode("revoked"), &about("acme"))),
        ("by nobody", introspect_as(HttpMessage::default(), &about("acme"))),
        ("in too many words", introspect(&format!("{}&x={}", about("acme"), "x".repeat(1 << 16)))),
    ];
    assert_snapshot!(responses("", &requests), @r#"
    == by GET
    HTTP/1.1 405 Method Not Allowed
    allow: POST
    content-length: 27
    content-type: application/json;charset=utf-8

    {"error":"invalid_request"}

    == without a token
    HTTP/1.1 400 Bad Request
    content-length: 27
    content-type: application/json;charset=utf-8

    {"error":"invalid_request"}

    == about two tokens
    HTTP/1.1 400 Bad Request
    content-length: 27
    content-type: application/json;charset=utf-8

    {"error":"invalid_request"}

    == by who may not ask
    HTTP/1.1 403 Forbidden
    content-length: 25
    content-type: application/json;charset=utf-8

    {"error":"access_denied"}

    == by a user
    HTTP/1.1 403 Forbidden
    content-length: 25
    content-type: application/json;charset=utf-8

    {"error":"access_denied"}

    == by who is revoked
    HTTP/1.1 401 Unauthorized
    content-length: 55
    content-type: application/json;charset=utf-8
    www-authenticate: Bearer realm="gatepass"
    x-gatepass-error: Passcode Invalid
    x-gatepass-reason: revoked
    x-gatepass-status: 401

    {"status":"fail","error":"Passcode Invalid","code":401}

    == by nobody
    HTTP/1.1 401 Unauthorized
    content-length: 55
    content-type: application/json;charset=utf-8
    www-authenticate: Bearer realm="gatepass"
    x-gatepass-error: Passcode Invalid
    x-gatepass-reason: missing
    x-gatepass-status: 401

    {"status":"fail","error":"Passcode Invalid","code":401}

    == in too many words
    HTTP/1.1 413 Payload Too Large
    connection: close
    content-length: 27
    content-type: application/json;charset=utf-8

    {"error":"invalid_request"}
    "#);
}

/// A body whose length nobody told is read no further than one whose length was.
#[test]
fn a_chunked_body_is_bounded() {
    let world = gate_fixture();
    let gate = gate(&world, "");
    let chunked = |form: String| introspect(&form).with("Transfer-Encoding", "chunked");
    assert_eq!(gate.ask(&chunked(about("acme"))).status(), 200);
    let long = chunked(format!("{}&x={}", about("acme"), "x".repeat(1 << 16)));
    assert_eq!(gate.ask(&long).status(), 413);
}

/// Who asks by what may not ask must not learn by the time it takes, or by anything else, what the token is.
#[test]
fn unauthorized_callers_get_the_same_response_for_every_token() {
    let world = gate_fixture();
    let gate = gate(&world, "");
    let heard = ["acme", "revoked", "unknown", "elsewhere"].map(|who| {
        let mut answer = gate.ask(&introspect_as(with_bearer("acme"), &about(who)));
        answer.headers.retain(|(name, _)| name != "date");
        answer
    });
    assert!(heard.iter().all(|answer| *answer == heard[0]), "{heard:?}");
    assert_eq!(heard[0].status(), 403);
}

#[test]
fn introspection_returns_scopes_app_and_district() {
    let mut world = apps_fixture();
    world.run_ok("edit acme --introspect on");
    let gate = apps_fixture::gate(&world, "", BEFORE_ANNOUNCEMENT);
    let about = |who: &str| {
        introspect_as(
            apps_fixture::with_token("acme"),
            &format!("token={}", apps_fixture::secret(who)),
        )
    };
    let requests = [
        ("a token", about("both")),
        ("one without an end", about("own limit")),
        ("an old one, during an overlap", about("retiring")),
        ("an expired one", about("expired")),
        ("another account's", about("far")),
        ("a client secret", about("Roster")),
        (
            "a legacy key",
            introspect_as(
                apps_fixture::with_token("acme"),
                &format!("token={}", apps_fixture::LEGACY_KEY),
            ),
        ),
        ("by a token", introspect_as(apps_fixture::with_token("both"), "token=x")),
        (
            "by a legacy key",
            introspect_as(apps_fixture::with_key(apps_fixture::LEGACY_KEY), "token=x"),
        ),
    ];
    assert_snapshot!(apps_fixture::responses_of(&gate, &requests), @r#"
    == a token
    HTTP/1.1 200 OK
    cache-control: no-store
    content-length: 193
    content-type: application/json;charset=utf-8

    {"active":true,"scope":"read:schools read:students","client_id":"9ab545eda2efc3bc361a","sub":"3c3c8562593369d59bef014c","exp":2110946400,"iat":1795327200,"iss":"gatepass","token_type":"Bearer"}

    == one without an end
    HTTP/1.1 200 OK
    cache-control: no-store
    content-length: 163
    content-type: application/json;charset=utf-8

    {"active":true,"scope":"read:students","client_id":"de49d55ac5ae8450c8c6","sub":"3c3c8562593369d59bef014c","iat":1795327200,"iss":"gatepass","token_type":"Bearer"}

    == an old one, during an overlap
    HTTP/1.1 200 OK
    cache-control: no-store
    content-length: 163
    content-type: application/json;charset=utf-8

    {"active":true,"scope":"read:students","client_id":"de49d55ac5ae8450c8c6","sub":"0a577dcd0e4f74b784c78133","exp":1796817600,"iss":"gatepass","token_type":"Bearer"}

    == an expired one
    HTTP/1.1 200 OK
    cache-control: no-store
    content-length: 16
    content-type: application/json;charset=utf-8

    {"active":false}

    == another account's
    HTTP/1.1 200 OK
    cache-control: no-store
    content-length: 16
    content-type: application/json;charset=utf-8

    {"active":false}

    == a client secret
    HTTP/1.1 200 OK
    cache-control: no-store
    content-length: 16
    content-type: application/json;charset=utf-8

    {"active":false}

    == a legacy key
    HTTP/1.1 200 OK
    cache-control: no-store
    content-length: 16
    content-type: application/json;charset=utf-8

    {"active":false}

    == by a token
    HTTP/1.1 403 Forbidden
    content-length: 25
    content-type: application/json;charset=utf-8
    x-ratelimit-bucket: tk_effc8adebe1684428ad74122
    x-ratelimit-limit: 1200
    x-ratelimit-remaining: 1199
    x-ratelimit-reset: 1796212860

    {"error":"access_denied"}

    == by a legacy key
    HTTP/1.1 403 Forbidden
    content-length: 25
    content-type: application/json;charset=utf-8

    {"error":"access_denied"}
    "#);
    let heard = String::from_utf8(gate.ask(&about("both")).body).unwrap();
    for (name, value) in [("client_id", "Roster's client"), ("sub", "Lincoln")] {
        assert!(heard.contains(&format!("\"{name}\":\"{}\"", apps_fixture::id(value))), "{heard}");
    }
}
