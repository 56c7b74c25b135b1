//! An app moves from its legacy key to tokens, from before the announcement to the sunset.

use insta::assert_snapshot;
use serde_json::Value;

use super::apps_fixture::{LEGACY_KEY, basic, gate, with_key};
use crate::support::{
    gate::{GateProcess, bearer_request, get_request},
    http::HttpMessage,
    test_env::TestEnv,
};

/// A day in each stage of the policy.
const STAGES: [(&str, &str); 5] = [
    ("before the announcement", "2026-12-01T12:00:00Z"),
    ("announced", "2027-01-10T12:00:00Z"),
    ("the app picks up its tokens", "2027-03-01T12:00:00Z"),
    ("keys are limited", "2027-07-10T12:00:00Z"),
    ("keys are rejected", "2028-03-20T00:00:00Z"),
];

#[test]
fn an_app_replaces_its_legacy_key_with_tokens() {
    let mut env = TestEnv::new();
    let added = env.run_with_input("app add Grades --legacy-key-file - --json", LEGACY_KEY).stdout;
    let added: Value = serde_json::from_str(&added).unwrap();
    let field = |name: &str| added[name].as_str().unwrap().to_owned();
    let login = basic(&field("client_id"), &field("secret"));
    env.run_ok("district add Lincoln");
    env.run_ok("district add Bay");

    let (mut text, mut tokens) = (String::new(), Vec::new());
    for (stage, (title, day)) in STAGES.into_iter().enumerate() {
        env.set_clock(day);
        match stage {
            1 => drop(env.run_ok(
                "legacy policy --announce 2027-01-01 --limit-from 2027-07-01 --limit 1/min \
                 --sunset 2028-03-20 --link https://example.org/tokens --yes",
            )),
            2 => {
                let share = "grant-app Grades --scope read:students --infinite --pickup --district";
                env.run_ok(&format!("{share} Lincoln"));
                env.run_ok(&format!("{share} Bay"));
            }
            _ => {}
        }
        let gate = gate(&env, "--profile full", day);
        if stage == 2 {
            tokens = picked_up(&gate, &login);
        }
        text.push_str(&format!("== {title}, {}\n", &day[..10]));
        for call in 1..=2 {
            text.push_str(&format!(
                "call {call} with the key: {}\n",
                deprecation_headers(&gate.ask(&with_key(LEGACY_KEY)))
            ));
        }
        for token in &tokens {
            text.push_str(&format!(
                "with a token: {}\n",
                deprecation_headers(&gate.ask(&bearer_request(token)))
            ));
        }
        // The gate writes the last uses when it stops.
        gate.end();
        text.push_str(&report(&mut env));
    }
    assert_snapshot!(text, @r#"
    == before the announcement, 2026-12-01
    call 1 with the key: 200
    call 2 with the key: 200
    report: stage null, recent_uses 2, uses 2, districts_without_token 2, blocks_sunset true

    == announced, 2027-01-10
    call 1 with the key: 200, deprecation @1798761600, sunset Mon, 20 Mar 2028 00:00:00 GMT
    call 2 with the key: 200, deprecation @1798761600, sunset Mon, 20 Mar 2028 00:00:00 GMT
    report: stage "announced", recent_uses 2, uses 4, districts_without_token 2, blocks_sunset true

    == the app picks up its tokens, 2027-03-01
    call 1 with the key: 200, deprecation @1798761600, sunset Mon, 20 Mar 2028 00:00:00 GMT
    call 2 with the key: 200, deprecation @1798761600, sunset Mon, 20 Mar 2028 00:00:00 GMT
    with a token: 200, x-ratelimit-limit 1200, x-ratelimit-remaining 1199
    with a token: 200, x-ratelimit-limit 1200, x-ratelimit-remaining 1199
    report: stage "announced", recent_uses 2, uses 6, districts_without_token 0, blocks_sunset true

    == keys are limited, 2027-07-10
    call 1 with the key: 200, x-ratelimit-limit 1, x-ratelimit-remaining 0, deprecation @1798761600, sunset Mon, 20 Mar 2028 00:00:00 GMT
    call 2 with the key: 429, x-ratelimit-limit 1, x-ratelimit-remaining 0, retry-after 60, deprecation @1798761600, sunset Mon, 20 Mar 2028 00:00:00 GMT
    with a token: 200, x-ratelimit-limit 1200, x-ratelimit-remaining 1199
    with a token: 200, x-ratelimit-limit 1200, x-ratelimit-remaining 1199
    report: stage "limited", recent_uses 1, uses 7, districts_without_token 0, blocks_sunset true

    == keys are rejected, 2028-03-20
    call 1 with the key: 410, deprecation @1798761600, sunset Mon, 20 Mar 2028 00:00:00 GMT
    call 2 with the key: 410, deprecation @1798761600, sunset Mon, 20 Mar 2028 00:00:00 GMT
    with a token: 200, x-ratelimit-limit 1200, x-ratelimit-remaining 1199
    with a token: 200, x-ratelimit-limit 1200, x-ratelimit-remaining 1199
    report: stage "over", recent_uses 0, uses 7, districts_without_token 0, blocks_sunset false
    "#);
}

/// Picks up all tokens of the app, and returns their secrets.
fn picked_up(gate: &GateProcess, login: &str) -> Vec<String> {
    let request = get_request("/oauth/tokens?owner_type=district").with("Authorization", login);
    let listed: Value = serde_json::from_slice(&gate.ask(&request).body).unwrap();
    let tokens = listed["data"].as_array().unwrap().iter();
    tokens.map(|token| token["access_token"].as_str().unwrap().to_owned()).collect()
}

/// Returns the status, and the headers about rate limits and deprecation.
fn deprecation_headers(response: &HttpMessage) -> String {
    let names =
        ["x-ratelimit-limit", "x-ratelimit-remaining", "retry-after", "deprecation", "sunset"];
    let headers =
        names.iter().filter_map(|name| Some(format!(", {name} {}", response.single(name)?)));
    format!("{}{}", response.status(), headers.collect::<String>())
}

/// Returns the fields of the report that say whether the app still uses its key, and what blocks the sunset.
fn report(env: &mut TestEnv) -> String {
    let report: Value = serde_json::from_str(&env.run_ok("legacy report --json")).unwrap();
    let app = &report["items"][0];
    let fields = ["stage", "recent_uses", "uses", "districts_without_token", "blocks_sunset"];
    let fields = fields.map(|name| format!("{name} {}", app[name]));
    format!("report: {}\n\n", fields.join(", "))
}
