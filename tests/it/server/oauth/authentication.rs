//! How apps authenticate: client id and client secret, by HTTP Basic.

use insta::assert_snapshot;

use crate::{
    server::apps_fixture::{
        BEFORE_ANNOUNCEMENT, app_login, apps_fixture, basic, gate, id, responses, secret,
        with_request_line,
    },
    support::gate::get_request,
};

const LIST: &str = "/oauth/tokens?owner_type=district";

#[test]
fn requests_without_client_authentication_are_rejected() {
    let with = |value: &str| get_request(LIST).with("Authorization", value);
    let client = id("Roster's client");
    let requests = [
        ("no login", get_request(LIST)),
        ("wrong secret", with(&basic(client, secret("Grades")))),
        ("unknown client", with(&basic("0123456789abcdef0123", secret("Roster")))),
        ("token", with(&format!("Bearer {}", secret("both")))),
        ("token as the secret", with(&basic(client, secret("both")))),
        ("two logins", app_login(LIST, "Roster").with("Authorization", &basic(client, ""))),
        ("version 2", with_request_line(&format!("GET /v2.0{LIST}"), get_request("/"))),
    ];
    assert_snapshot!(responses("", BEFORE_ANNOUNCEMENT, &requests), @r#"
    no login -> 401 {"error":"Invalid client credentials"}
        www-authenticate: Basic realm="gatepass"
    wrong secret -> 401 {"error":"Invalid client credentials"}
        www-authenticate: Basic realm="gatepass"
    unknown client -> 401 {"error":"Invalid client credentials"}
        www-authenticate: Basic realm="gatepass"
    token -> 401 {"error":"Invalid client credentials"}
        www-authenticate: Basic realm="gatepass"
    token as the secret -> 401 {"error":"Invalid client credentials"}
        www-authenticate: Basic realm="gatepass"
    two logins -> 401 {"error":"Invalid client credentials"}
        www-authenticate: Basic realm="gatepass"
    version 2 -> 401 {"message":"Invalid client credentials"}
        www-authenticate: Basic realm="gatepass"
    "#);
}

/// An app that still uses a replaced client secret shows in the log.
#[test]
fn failed_client_authentication_is_logged() {
    let env = apps_fixture();
    let gate = gate(&env, "--trusted-proxy 127.0.0.1", BEFORE_ANNOUNCEMENT);
    let with = |user: &str, password: &str| {
        let request = get_request(LIST).with("Authorization", &basic(user, password));
        gate.ask(&request.with("X-Forwarded-For", "192.0.2.7"));
    };
    with(id("Roster's client"), secret("Roster"));
    with(id("Roster's client"), secret("Grades"));
    with("0123456789abcdef0123", secret("Roster"));
    // A user name that is not a client id is not logged: it could be a secret.
    with("somebody", secret("Roster"));
    let log: String = gate.end().iter().map(|line| format!("{line}\n")).collect();
    assert_snapshot!(log, @r#"
    {"event":"login_refused","message":"client 9ab545eda2efc3bc361a from 192.0.2.7","time":"2026-12-02T12:00:00Z"}
    {"event":"login_refused","message":"client 0123456789abcdef0123 from 192.0.2.7","time":"2026-12-02T12:00:00Z"}
    "#);
}
