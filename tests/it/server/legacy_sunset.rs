//! The way off legacy keys as one story: from the announcement to the sunset, time moved by the clock.

use insta::assert_snapshot;
use serde_json::Value;

use super::apps_fixture::{LEGACY_KEY, basic, gate, with_key};
use crate::support::{
    gate::{GateProcess, bearer_request, get_request},
    http::HttpMessage,
    test_env::TestEnv,
};

/// One day in each season of the story.
const STAGES: [(&str, &str); 5] = [
    ("one key for everything", "2026-12-01T12:00:00Z"),
    ("the end is announced", "2027-01-10T12:00:00Z"),
    ("the app picks its tokens up", "2027-03-01T12:00:00Z"),
    ("keys are limited", "2027-07-10T12:00:00Z"),
    ("keys are refused", "2028-03-20T00:00:00Z"),
];

#[test]
fn an_app_replaces_its_legacy_key_with_tokens() {
    let mut world = TestEnv::new();
    let added =
        world.run_with_input("app add Grades --legacy-key-file - --json", LEGACY_KEY).stdout;
    let added: Value = serde_json::from_str(&added).unwrap();
    let text = |name: &str| added[name].as_str().unwrap().to_owned();
    let login = basic(&text("client_id"), &text("secret"));
    world.run_ok("district add Lincoln");
    world.run_ok("district add Bay");

    let (mut story, mut tokens) = (String::new(), Vec::new());
    for (season, (title, day)) in STAGES.into_iter().enumerate() {
        world.set_clock(day);
        match season {
            1 => drop(world.run_ok(
                "legacy policy --announce 2027-01-01 --limit-from 2027-07-01 --limit 1/min \
                 --sunset 2028-03-20 --link https://example.org/tokens --yes",
            )),
            2 => {
                let share = "grant-app Grades --scope read:students --infinite --pickup --district";
                world.run_ok(&format!("{share} Lincoln"));
                world.run_ok(&format!("{share} Bay"));
            }
            _ => {}
        }
        let gate = gate(&world, "--profile full", day);
        if season == 2 {
            tokens = picked_up(&gate, &login);
        }
        story.push_str(&format!("== {title}, {}\n", &day[..10]));
        for call in 1..=2 {
            story.push_str(&format!(
                "call {call} with the key: {}\n",
                deprecation_headers(&gate.ask(&with_key(LEGACY_KEY)))
            ));
        }
        for token in &tokens {
            story.push_str(&format!(
                "with a token: {}\n",
                deprecation_headers(&gate.ask(&bearer_request(token)))
            ));
        }
        // What was used is written when the gate ends.
        gate.end();
        story.push_str(&report(&mut world));
    }
    assert_snapshot!(story, @r#"
    == one key for everything, 2026-12-01
    call 1 with the key: 200
    call 2 with the key: 200
    the admin reads: stage null, recent_uses 2, uses 2, districts_without_token 2, blocks_sunset true

    == the end is announced, 2027-01-10
    call 1 with the key: 200, deprecation @1798761600, sunset Mon, 20 Mar 2028 00:00:00 GMT
    call 2 with the key: 200, deprecation @1798761600, sunset Mon, 20 Mar 2028 00:00:00 GMT
    the admin reads: stage "announced", recent_uses 2, uses 4, districts_without_token 2, blocks_sunset true

    == the app picks its tokens up, 2027-03-01
    call 1 with the key: 200, deprecation @1798761600, sunset Mon, 20 Mar 2028 00:00:00 GMT
    call 2 with the key: 200, deprecation @1798761600, sunset Mon, 20 Mar 2028 00:00:00 GMT
    with a token: 200, x-ratelimit-limit 1200, x-ratelimit-remaining 1199
    with a token: 200, x-ratelimit-limit 1200, x-ratelimit-remaining 1199
    the admin reads: stage "announced", recent_uses 2, uses 6, districts_without_token 0, blocks_sunset true

    == keys are limited, 2027-07-10
    call 1 with the key: 200, x-ratelimit-limit 1, x-ratelimit-remaining 0, deprecation @1798761600, sunset Mon, 20 Mar 2028 00:00:00 GMT
    call 2 with the key: 429, x-ratelimit-limit 1, x-ratelimit-remaining 0, retry-after 60, deprecation @1798761600, sunset Mon, 20 Mar 2028 00:00:00 GMT
    with a token: 200, x-ratelimit-limit 1200, x-ratelimit-remaining 1199
    with a token: 200, x-ratelimit-limit 1200, x-ratelimit-remaining 1199
    the admin reads: stage "limited", recent_uses 1, uses 7, districts_without_token 0, blocks_sunset true

    == keys are refused, 2028-03-20
    call 1 with the key: 410, deprecation @1798761600, sunset Mon, 20 Mar 2028 00:00:00 GMT
    call 2 with the key: 410, deprecation @1798761600, sunset Mon, 20 Mar 2028 00:00:00 GMT
    with a token: 200, x-ratelimit-limit 1200, x-ratelimit-remaining 1199
    with a token: 200, x-ratelimit-limit 1200, x-ratelimit-remaining 1199
    the admin reads: stage "over", recent_uses 0, uses 7, districts_without_token 0, blocks_sunset false
    "#);
}

/// The secrets of all tokens, which the app asks for itself.
fn picked_up(gate: &GateProcess, login: &str) -> Vec<String> {
    let asked = get_request("/oauth/tokens?owner_type=district").with("Authorization", login);
    let listed: Value = serde_json::from_slice(&gate.ask(&asked).body).unwrap();
    let tokens = listed["data"].as_array().unwrap().iter();
    tokens.map(|token| token["access_token"].as_str().unwrap().to_owned()).collect()
}

/// The status, and what the caller is told of limits and ends.
fn deprecation_headers(answer: &HttpMessage) -> String {
    let names =
        ["x-ratelimit-limit", "x-ratelimit-remaining", "retry-after", "deprecation", "sunset"];
    let told = names.iter().filter_map(|name| Some(format!(", {name} {}", answer.single(name)?)));
    format!("{}{}", answer.status(), told.collect::<String>())
}

/// What the admin reads: whether the app still calls with its key, and what stands in the way.
fn report(world: &mut TestEnv) -> String {
    let report: Value = serde_json::from_str(&world.run_ok("legacy report --json")).unwrap();
    let app = &report["items"][0];
    let told = ["stage", "recent_uses", "uses", "districts_without_token", "blocks_sunset"];
    let told = told.map(|name| format!("{name} {}", app[name]));
    format!("the admin reads: {}\n\n", told.join(", "))
}
