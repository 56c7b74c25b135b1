//! `POST /oauth/tokens/{id}/reset`, and what an overlap means for client secrets.

use std::{thread, time::Duration};

use insta::assert_snapshot;

use crate::{
    server::{
        apps_fixture::{
            BEFORE_ANNOUNCEMENT, app_login, apps_fixture, basic, gate, id, responses, secret,
            with_request_line,
        },
        snapshot::summary,
    },
    support::{
        gate::{bearer_request, get_request},
        http::HttpMessage,
        test_env::TestEnv,
    },
};

const LIST: &str = "/oauth/tokens?owner_type=district";

#[test]
fn an_app_resets_its_own_tokens() {
    let by = |app: &str, who: &str| {
        let bare = id(who).trim_start_matches("tk_");
        with_request_line(&format!("POST /oauth/tokens/{bare}/reset"), app_login("/", app))
    };
    let requests = [
        ("no body", by("Roster", "both")),
        ("overlap of seven days", by("Roster", "elk").body("{\"overlap_seconds\":604800}")),
        ("overlap of zero", by("Roster", "elk").body("{\"overlap_seconds\":0}")),
        ("token that was not picked up", by("Roster", "pending").body("{}")),
        ("token of another app", by("Roster", "own limit")),
        ("revoked token", by("Library", "revoked")),
        ("deleted token", by("Library", "deleted")),
        ("expired token", by("Library", "expired")),
        (
            "unknown token",
            with_request_line(
                "POST /v2.0/oauth/tokens/000000000000000000000000/reset",
                app_login("/", "Roster"),
            ),
        ),
        ("overlap too long", by("Roster", "elk").body("{\"overlap_seconds\":604801}")),
        ("negative overlap", by("Roster", "elk").body("{\"overlap_seconds\":-1}")),
        ("unknown field", by("Roster", "elk").body("{\"overlap\":1}")),
        ("not JSON", by("Roster", "elk").body("overlap_seconds=1")),
        ("body too long", by("Roster", "elk").body(vec![b' '; 65_537])),
    ];
    assert_snapshot!(responses("", BEFORE_ANNOUNCEMENT, &requests), @r#"
    no body -> 200 {"data":[{"id":"effc8adebe1684428ad74122","created":"2026-12-02T12:00:00.000Z","owner":{"type":"district","id":"3c3c8562593369d59bef014c"},"access_token":"gpt_…","scopes":["read:schools","read:students"]}],"links":[{"rel":"self","uri":"/oauth/tokens/effc8adebe1684428ad74122/reset"}]}
        cache-control: no-store
    overlap of seven days -> 200 {"data":[{"id":"212c6499945456e30cbb9990","created":"2026-12-02T12:00:00.000Z","owner":{"type":"district","id":"add06f5d51ae83e16bd393db"},"access_token":"gpt_…","scopes":["read:students"]}],"links":[{"rel":"self","uri":"/oauth/tokens/212c6499945456e30cbb9990/reset"}]}
        cache-control: no-store
    overlap of zero -> 200 {"data":[{"id":"212c6499945456e30cbb9990","created":"2026-12-02T12:00:00.000Z","owner":{"type":"district","id":"add06f5d51ae83e16bd393db"},"access_token":"gpt_…","scopes":["read:students"]}],"links":[{"rel":"self","uri":"/oauth/tokens/212c6499945456e30cbb9990/reset"}]}
        cache-control: no-store
    token that was not picked up -> 200 {"data":[{"id":"9edcab9752d55683bab7ffeb","created":"2026-12-02T12:00:00.000Z","owner":{"type":"district","id":"ef2c35433e0e3521144511c3"},"access_token":"gpt_…","scopes":["read:students"]}],"links":[{"rel":"self","uri":"/oauth/tokens/9edcab9752d55683bab7ffeb/reset"}]}
        cache-control: no-store
    token of another app -> 404 {"error":"Not found"}
    revoked token -> 404 {"error":"Not found"}
    deleted token -> 404 {"error":"Not found"}
    expired token -> 404 {"error":"Not found"}
    unknown token -> 404 {"message":"Not found"}
    overlap too long -> 400 {"error":"overlap_seconds must be a number from 0 to 604800"}
    negative overlap -> 400 {"error":"overlap_seconds must be a number from 0 to 604800"}
    unknown field -> 400 {"error":"The body must be {\"overlap_seconds\": N}"}
    not JSON -> 400 {"error":"The body must be {\"overlap_seconds\": N}"}
    body too long -> 413 {"error":"Too large"}
        connection: close
    "#);
}

/// An app that never used its new secret may have lost the response with it. The old one stays valid as promised.
#[test]
fn a_reset_during_an_overlap_keeps_the_old_secret() {
    let env = apps_fixture();
    let first_gate = gate(&env, "", BEFORE_ANNOUNCEMENT);
    let reset = || {
        let path = format!("POST /oauth/tokens/{}/reset", id("elk").trim_start_matches("tk_"));
        let request = with_request_line(&path, app_login("/", "Roster"));
        first_gate.ask(&request.body("{\"overlap_seconds\":86400}"))
    };
    let new_secret = |response: HttpMessage| {
        let body: serde_json::Value = serde_json::from_slice(&response.body).unwrap();
        body["data"][0]["access_token"].as_str().unwrap().to_owned()
    };
    let statuses = |secrets: &[&str]| {
        let status = |secret: &&str| first_gate.ask(&bearer_request(secret)).status();
        secrets.iter().map(status).collect::<Vec<_>>()
    };
    let old = secret("elk");
    let lost = new_secret(reset());
    let new = new_secret(reset());
    while statuses(&[&lost]) == [200] {
        // The gate has not read the second reset yet.
        thread::sleep(Duration::from_millis(1));
    }
    assert_eq!(statuses(&[old, &lost]), [200, 401]);
    // The first use is recorded soon.
    assert_eq!(statuses(&[&new]), [200]);
    let mut refused = reset();
    let mut current = new;
    while refused.status() != 409 {
        current = new_secret(refused);
        assert_eq!(statuses(&[&current]), [200]);
        thread::sleep(Duration::from_millis(300));
        refused = reset();
    }
    assert_snapshot!(summary(&refused), @r#"409 {"error":"An earlier reset keeps the old secret valid until 2026-12-03T12:00:00Z"}"#);
    assert_eq!(statuses(&[old, &current]), [200, 200]);
    let later_gate = gate(&env, "", "2026-12-03T12:00:00Z");
    assert_eq!(later_gate.ask(&bearer_request(old)).status(), 401);
}

#[test]
fn a_retiring_client_secret_is_valid_until_its_overlap_ends() {
    let mut env = apps_fixture();
    let client = id("Roster's client");
    let reset = |env: &mut TestEnv, flags: &str| {
        env.run_for_secret(&format!("app reset Roster {flags} --yes"))
    };
    let statuses = |env: &TestEnv, now: &str, secrets: &[&str]| {
        let gate = gate(env, "", now);
        let ask = |secret: &&str| {
            let login = get_request(LIST).with("Authorization", &basic(client, secret));
            gate.ask(&login).status()
        };
        secrets.iter().map(ask).collect::<Vec<_>>()
    };
    let first = secret("Roster");
    let second = reset(&mut env, "--overlap 1d");
    let both = [first, second.as_str()];
    assert_eq!(statuses(&env, "2026-12-03T11:59:59Z", &both), [200, 200]);
    assert_eq!(statuses(&env, "2026-12-03T12:00:00Z", &both), [401, 200]);
    let later = "2026-12-04T00:00:00Z";
    env.set_clock(later);
    let third = reset(&mut env, "");
    assert_eq!(statuses(&env, later, &[first, &second, &third]), [401, 401, 200]);
    env.run_ok("app remove Roster --revoke-tokens --yes");
    assert_eq!(statuses(&env, later, &[&third]), [401]);
}
