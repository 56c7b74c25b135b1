//! Rate limits: how many requests a token or a legacy key may make in a minute.

use std::{
    thread,
    time::{Duration, Instant as Timer},
};

use gatepass::domain::instant::Instant;
use insta::assert_snapshot;

use crate::{
    server::apps_fixture::{
        BEFORE_ANNOUNCEMENT, LEGACY_KEY, apps_fixture, gate, id, responses, secret, with_key,
        with_request_line, with_token,
    },
    support::{
        clock::with_clock_from,
        gate::{GateConnection, GateProcess, ServeCommand, bearer_request},
        http::HttpMessage,
        process::print_figure,
    },
};

/// The longest wait for something that has to happen.
const TIMEOUT: Duration = Duration::from_secs(5);

/// Returns how many of `count` requests were allowed.
fn count_allowed(gate: &GateProcess, request: &HttpMessage, count: usize) -> usize {
    let mut connection = GateConnection::to(gate.address());
    (0..count).filter(|_| connection.ask(request).unwrap().status() == 200).count()
}

/// Returns the status, the limit and what remains of it.
fn remaining(response: &HttpMessage) -> (u16, Option<&str>, Option<&str>) {
    let of = |name| response.single(name);
    (response.status(), of("x-ratelimit-limit"), of("x-ratelimit-remaining"))
}

#[test]
fn a_rate_limited_request_gets_a_retry_time() {
    let requests: Vec<_> = vec![("token", with_token("own limit")); 4]
        .into_iter()
        .chain([
            (
                "versioned path",
                with_request_line("GET /verify/v2.0/students", with_token("own limit")),
            ),
            ("token info", with_request_line("GET /oauth/tokeninfo", with_token("own limit"))),
            (
                "introspection",
                with_request_line("POST /introspect", with_token("own limit")).body("token=x"),
            ),
        ])
        .collect();
    assert_snapshot!(responses("--profile exact", BEFORE_ANNOUNCEMENT, &requests[2..]), @"
    token -> 200 account=948-4KK-444Z, app=2d53d001be277752e59e4fdf, credential=tk_ba643bb037c1a8995c02bd8e, district=3c3c8562593369d59bef014c, kind=token, scopes=read:students
        ratelimit bucket=tk_ba643bb037c1a8995c02bd8e, limit=3, remaining=2, reset=1796212860
    token -> 200 account=948-4KK-444Z, app=2d53d001be277752e59e4fdf, credential=tk_ba643bb037c1a8995c02bd8e, district=3c3c8562593369d59bef014c, kind=token, scopes=read:students
        ratelimit bucket=tk_ba643bb037c1a8995c02bd8e, limit=3, remaining=1, reset=1796212860
    versioned path -> 200 account=948-4KK-444Z, app=2d53d001be277752e59e4fdf, credential=tk_ba643bb037c1a8995c02bd8e, district=3c3c8562593369d59bef014c, kind=token, scopes=read:students
        ratelimit bucket=tk_ba643bb037c1a8995c02bd8e, limit=3, remaining=0, reset=1796212860
    token info -> 429 rate_limited: Too many requests
        ratelimit bucket=tk_ba643bb037c1a8995c02bd8e, limit=3, remaining=0, reset=1796212860
        retry-after: 60
    introspection -> 403 instead of 429 rate_limited: Too many requests
        ratelimit bucket=tk_ba643bb037c1a8995c02bd8e, limit=3, remaining=0, reset=1796212860
        retry-after: 60
    ");
    let full = responses("--profile full", BEFORE_ANNOUNCEMENT, &requests[..4]);
    assert_snapshot!(full.rsplit_once("token -> ").unwrap().1, @"
    429 rate_limited: Too many requests
        ratelimit bucket=tk_ba643bb037c1a8995c02bd8e, limit=3, remaining=0, reset=1796212860
        retry-after: 60
    ");
}

#[test]
fn an_app_limit_applies_to_each_of_its_tokens() {
    let env = apps_fixture();
    let gate = gate(&env, "", BEFORE_ANNOUNCEMENT);
    assert_eq!(count_allowed(&gate, &with_token("app's limit"), 10), 4);
    assert_eq!(count_allowed(&gate, &with_token("own limit"), 10), 3);
    assert_eq!(remaining(&gate.ask(&with_token("both"))), (200, Some("1200"), Some("1199")));
    assert_eq!(remaining(&gate.ask(&with_token("elk"))), (200, Some("1200"), Some("1199")));
    let passcode = gate.ask(&bearer_request(secret("acme")));
    assert_eq!(remaining(&passcode), (200, None, None), "passcodes are not limited");
    let key = gate.ask(&with_key(LEGACY_KEY));
    assert_eq!(remaining(&key), (200, None, None), "nor are legacy keys before the limit date");
}

/// A reset must not double the limit of a token.
#[test]
fn both_secrets_of_an_overlap_share_one_window() {
    let env = apps_fixture();
    let gate = gate(&env, "", BEFORE_ANNOUNCEMENT);
    assert_eq!(remaining(&gate.ask(&with_token("retiring"))).2, Some("1199"));
    assert_eq!(remaining(&gate.ask(&with_token("renewed"))).2, Some("1198"));
}

#[test]
fn rejected_requests_do_not_count() {
    let env = apps_fixture();
    let gate = gate(&env, "", BEFORE_ANNOUNCEMENT);
    let wrong = with_token("own limit").with("X-Gatepass-Require-District", id("Bay"));
    for _ in 0..5 {
        let response = gate.ask(&wrong);
        assert_eq!(remaining(&response), (403, None, None), "{response:?}");
    }
    assert_eq!(remaining(&gate.ask(&with_token("own limit"))), (200, Some("3"), Some("2")));
}

/// With 4 workers and 16 connections, 1,200 of 1,600 requests are allowed.
#[test]
fn workers_share_one_window() {
    let env = apps_fixture();
    let gate = gate(&env, "--workers 4", BEFORE_ANNOUNCEMENT);
    gate.wait_until_ready();
    let request = with_token("both");
    let all: usize = thread::scope(|scope| {
        let callers: Vec<_> =
            (0..16).map(|_| scope.spawn(|| count_allowed(&gate, &request, 100))).collect();
        callers.into_iter().map(|caller| caller.join().unwrap()).sum()
    });
    assert_eq!(all, 1_200);
    assert_eq!(remaining(&gate.ask(&request)), (403, Some("1200"), Some("0")));
    assert_eq!(
        remaining(&gate.ask(&with_token("elk"))).0,
        200,
        "each token has a window of its own"
    );
}

/// A window ends with the minute of the clock, not a minute after its first request.
#[test]
fn the_limit_resets_each_minute() {
    let env = apps_fixture();
    let mut command = env.serve_command("--workers 2");
    with_clock_from(&mut command, Instant::parse_rfc3339("2026-12-02T12:00:56Z").unwrap());
    let gate = GateProcess::start(command);
    let mut connection = GateConnection::to(gate.address());
    let mut ask = || connection.ask(&with_token("own limit")).unwrap();
    let first = ask();
    assert_eq!(first.single("x-ratelimit-reset"), Some("1796212860"), "a minute past noon");
    assert_eq!([(); 3].map(|()| ask().status()), [200, 200, 403]);
    let start = Timer::now();
    let next = loop {
        let response = ask();
        if response.status() == 200 {
            break response;
        }
        let wait: u64 = response.single("retry-after").unwrap().parse().unwrap();
        assert!(wait <= 4 && start.elapsed() < 2 * TIMEOUT, "{response:?}");
        thread::sleep(Duration::from_millis(50));
    };
    assert_eq!(remaining(&next), (200, Some("3"), Some("2")));
    assert_eq!(next.single("x-ratelimit-reset"), Some("1796212920"));
    print_figure(&format!("limits: the next minute began after {:?}", start.elapsed()));
}

#[test]
fn a_rate_limited_request_is_not_counted_as_usage() {
    let mut env = apps_fixture();
    let gate = gate(&env, "", BEFORE_ANNOUNCEMENT);
    count_allowed(&gate, &with_token("own limit"), 9);
    let log = gate.end();
    assert_eq!(log.iter().filter(|line| line["reason"] == "rate_limited").count(), 6);
    assert!(log.iter().all(|line| line["allowed"] == false && line["id"] == id("own limit")));
    assert_eq!(env.run_ok(&format!("show {} --field uses", id("own limit"))), "3\n");
}

/// A request with the new secret proves that its holder has it, even if it exceeds the limit.
#[test]
fn a_rate_limited_request_still_ends_an_overlap() {
    let mut env = apps_fixture();
    let new = env.run_for_secret(&format!("reset {} --until-used --yes", id("own limit")));
    let gate = gate(&env, "--workers 1", BEFORE_ANNOUNCEMENT);
    gate.wait_until_ready();
    assert_eq!(count_allowed(&gate, &with_token("own limit"), 5), 3);
    assert_eq!(gate.ask(&bearer_request(&new)).single("x-gatepass-reason"), Some("rate_limited"));
    let start = Timer::now();
    while gate.ask(&with_token("own limit")).single("x-gatepass-reason") != Some("replaced") {
        assert!(start.elapsed() < TIMEOUT, "the old secret is still valid");
    }
}
