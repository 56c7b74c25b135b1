//! `POST /introspect`: what a token is, for callers that are authorized to know.

use insta::assert_snapshot;

use crate::{
    server::{
        apps_fixture::{self, BEFORE_ANNOUNCEMENT, apps_fixture},
        gate_fixture::{gate, gate_fixture, responses, secret, with_bearer, with_passcode},
    },
    support::http::HttpMessage,
};

/// Returns an introspection request of a caller.
fn introspect_as(caller: HttpMessage, form: &str) -> HttpMessage {
    let request = HttpMessage { start_line: "POST /introspect HTTP/1.1".to_owned(), ..caller };
    request.with("Content-Type", "application/x-www-form-urlencoded").body(form)
}

/// Returns an introspection request of the authorized caller.
fn introspect(form: &str) -> HttpMessage {
    introspect_as(with_bearer("introspector"), form)
}

/// Returns the form for a secret of [`gate_fixture`].
fn about(name: &str) -> String {
    format!("token={}", secret(name))
}

#[test]
fn an_authorized_caller_can_introspect() {
    let requests = [
        ("account passcode", introspect(&about("acme"))),
        ("user passcode with a hint", introspect(&format!("token_type_hint=x&{}", about("ann")))),
        (
            "passcode that never expires, two headers",
            introspect_as(with_passcode("introspector"), &about("forever")),
        ),
        ("the caller's own", introspect(&about("introspector"))),
        ("old secret in an overlap", introspect(&about("retiring"))),
        ("revoked", introspect(&about("revoked"))),
        ("replaced", introspect(&about("replaced"))),
        ("another account", introspect(&about("elsewhere"))),
        ("unknown", introspect(&about("unknown"))),
        ("not a secret", introspect("token=x")),
    ];
    assert_snapshot!(responses("", &requests), @r#"
    account passcode -> 200 {"active":true,"scope":"","client_id":"948-4KK-444Z","sub":"acme","exp":1803103200,"iat":1795327200,"iss":"gatepass","token_type":"Bearer"}
        cache-control: no-store
    user passcode with a hint -> 200 {"active":true,"scope":"","client_id":"948-4KK-444Z","username":"ann@example.org","sub":"ann@example.org","exp":2110946400,"iat":1795327200,"iss":"gatepass","token_type":"Bearer"}
        cache-control: no-store
    passcode that never expires, two headers -> 200 {"active":true,"scope":"","client_id":"948-4KK-444Z","sub":"Bäckerei & Söhne","iat":1795327200,"iss":"gatepass","token_type":"Bearer"}
        cache-control: no-store
    the caller's own -> 200 {"active":true,"scope":"","client_id":"948-4KK-444Z","sub":"introspector","exp":1803103200,"iat":1795327200,"iss":"gatepass","token_type":"Bearer"}
        cache-control: no-store
    old secret in an overlap -> 200 {"active":true,"scope":"","client_id":"948-4KK-444Z","sub":"retiring","exp":1796817600,"iss":"gatepass","token_type":"Bearer"}
        cache-control: no-store
    revoked -> 200 {"active":false}
        cache-control: no-store
    replaced -> 200 {"active":false}
        cache-control: no-store
    another account -> 200 {"active":false}
        cache-control: no-store
    unknown -> 200 {"active":false}
        cache-control: no-store
    not a secret -> 200 {"active":false}
        cache-control: no-store
    "#);
}

#[test]
fn malformed_introspection_requests_are_rejected() {
    let get = HttpMessage { start_line: "GET /introspect HTTP/1.1".to_owned(), ..introspect("") };
    let requests = [
        ("GET", get),
        ("no token", introspect("tokens=x")),
        ("two tokens", introspect(&format!("{}&token=x", about("acme")))),
        ("unauthorized caller", introspect_as(with_bearer("acme"), &about("acme"))),
        ("user passcode as caller", introspect_as(with_passcode("ann"), &about("acme"))),
        ("revoked caller", introspect_as(with_passcode("revoked"), &about("acme"))),
        ("no caller", introspect_as(HttpMessage::default(), &about("acme"))),
        ("body too long", introspect(&format!("{}&x={}", about("acme"), "x".repeat(1 << 16)))),
    ];
    assert_snapshot!(responses("", &requests), @r#"
    GET -> 405 {"error":"invalid_request"}
        allow: POST
    no token -> 400 {"error":"invalid_request"}
    two tokens -> 400 {"error":"invalid_request"}
    unauthorized caller -> 403 {"error":"access_denied"}
    user passcode as caller -> 403 {"error":"access_denied"}
    revoked caller -> 401 revoked: Passcode Invalid
    no caller -> 401 missing: Passcode Invalid
    body too long -> 413 {"error":"invalid_request"}
        connection: close
    "#);
}

/// A body without a length is read no further than one with a length.
#[test]
fn a_chunked_body_is_bounded() {
    let env = gate_fixture();
    let gate = gate(&env, "");
    let chunked = |form: String| introspect(&form).with("Transfer-Encoding", "chunked");
    assert_eq!(gate.ask(&chunked(about("acme"))).status(), 200);
    let long = chunked(format!("{}&x={}", about("acme"), "x".repeat(1 << 16)));
    assert_eq!(gate.ask(&long).status(), 413);
}

/// A caller that is not authorized must learn nothing about the token.
#[test]
fn unauthorized_callers_get_the_same_response_for_every_token() {
    let env = gate_fixture();
    let gate = gate(&env, "");
    let responses = ["acme", "revoked", "unknown", "elsewhere"].map(|name| {
        let mut response = gate.ask(&introspect_as(with_bearer("acme"), &about(name)));
        response.headers.retain(|(name, _)| name != "date");
        response
    });
    assert!(responses.iter().all(|response| *response == responses[0]), "{responses:?}");
    assert_eq!(responses[0].status(), 403);
}

#[test]
fn introspection_returns_scopes_app_and_district() {
    let mut env = apps_fixture();
    env.run_ok("edit acme --introspect on");
    let gate = apps_fixture::gate(&env, "", BEFORE_ANNOUNCEMENT);
    let about = |name: &str| {
        introspect_as(
            apps_fixture::with_token("acme"),
            &format!("token={}", apps_fixture::secret(name)),
        )
    };
    let requests = [
        ("token", about("both")),
        ("token that never expires", about("own limit")),
        ("old secret in an overlap", about("retiring")),
        ("expired token", about("expired")),
        ("another account", about("far")),
        ("client secret", about("Roster")),
        (
            "legacy key",
            introspect_as(
                apps_fixture::with_token("acme"),
                &format!("token={}", apps_fixture::LEGACY_KEY),
            ),
        ),
        ("token as caller", introspect_as(apps_fixture::with_token("both"), "token=x")),
        (
            "legacy key as caller",
            introspect_as(apps_fixture::with_key(apps_fixture::LEGACY_KEY), "token=x"),
        ),
    ];
    assert_snapshot!(apps_fixture::responses_of(&gate, &requests), @r#"
    token -> 200 {"active":true,"scope":"read:schools read:students","client_id":"9ab545eda2efc3bc361a","sub":"3c3c8562593369d59bef014c","exp":2110946400,"iat":1795327200,"iss":"gatepass","token_type":"Bearer"}
        cache-control: no-store
    token that never expires -> 200 {"active":true,"scope":"read:students","client_id":"de49d55ac5ae8450c8c6","sub":"3c3c8562593369d59bef014c","iat":1795327200,"iss":"gatepass","token_type":"Bearer"}
        cache-control: no-store
    old secret in an overlap -> 200 {"active":true,"scope":"read:students","client_id":"de49d55ac5ae8450c8c6","sub":"0a577dcd0e4f74b784c78133","exp":1796817600,"iss":"gatepass","token_type":"Bearer"}
        cache-control: no-store
    expired token -> 200 {"active":false}
        cache-control: no-store
    another account -> 200 {"active":false}
        cache-control: no-store
    client secret -> 200 {"active":false}
        cache-control: no-store
    legacy key -> 200 {"active":false}
        cache-control: no-store
    token as caller -> 403 {"error":"access_denied"}
        ratelimit bucket=tk_effc8adebe1684428ad74122, limit=1200, remaining=1199, reset=1796212860
    legacy key as caller -> 403 {"error":"access_denied"}
    "#);
    let received = String::from_utf8(gate.ask(&about("both")).body).unwrap();
    for (name, value) in [("client_id", "Roster's client"), ("sub", "Lincoln")] {
        assert!(
            received.contains(&format!("\"{name}\":\"{}\"", apps_fixture::id(value))),
            "{received}"
        );
    }
}
