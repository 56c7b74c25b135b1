//! Limits at the gate: so many requests of a token pass in a minute, and no more.

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

/// What takes longer does not happen.
const LONGEST: Duration = Duration::from_secs(5);

/// How many of `count` requests passed.
fn count_passed(gate: &GateProcess, request: &HttpMessage, count: usize) -> usize {
    let mut line = GateConnection::to(gate.address());
    (0..count).filter(|_| line.ask(request).unwrap().status() == 200).count()
}

fn remaining(answer: &HttpMessage) -> (u16, Option<&str>, Option<&str>) {
    let of = |name| answer.single(name);
    (answer.status(), of("x-ratelimit-limit"), of("x-ratelimit-remaining"))
}

#[test]
fn a_rate_limited_request_gets_a_retry_time() {
    let again = || vec![("a token", with_token("own limit")); 4];
    let requests: Vec<_> = again()
        .into_iter()
        .chain([
            (
                "for a version",
                with_request_line("GET /verify/v2.0/students", with_token("own limit")),
            ),
            (
                "asked whose it is",
                with_request_line("GET /oauth/tokeninfo", with_token("own limit")),
            ),
            (
                "asked about another",
                with_request_line("POST /introspect", with_token("own limit")).body("token=x"),
            ),
        ])
        .collect();
    assert_snapshot!(responses("--profile exact", BEFORE_ANNOUNCEMENT, &requests[2..]), @r#"
    == a token
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

    == a token
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
    x-ratelimit-remaining: 1
    x-ratelimit-reset: 1796212860

    == for a version
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
    x-ratelimit-remaining: 0
    x-ratelimit-reset: 1796212860

    == asked whose it is
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

    == asked about another
    HTTP/1.1 403 Forbidden
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
    "#);
    assert_snapshot!(responses("--profile full", BEFORE_ANNOUNCEMENT, &requests[..4]).rsplit("== ").next().unwrap(), @r#"
    a token
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
    "#);
}

#[test]
fn an_app_limit_applies_to_each_of_its_tokens() {
    let world = apps_fixture();
    let gate = gate(&world, "", BEFORE_ANNOUNCEMENT);
    assert_eq!(count_passed(&gate, &with_token("app's limit"), 10), 4);
    assert_eq!(count_passed(&gate, &with_token("own limit"), 10), 3);
    assert_eq!(remaining(&gate.ask(&with_token("both"))), (200, Some("1200"), Some("1199")));
    assert_eq!(remaining(&gate.ask(&with_token("elk"))), (200, Some("1200"), Some("1199")));
    let passcode = gate.ask(&bearer_request(secret("acme")));
    assert_eq!(remaining(&passcode), (200, None, None), "passcodes are not limited");
    let key = gate.ask(&with_key(LEGACY_KEY));
    assert_eq!(remaining(&key), (200, None, None), "nor are legacy keys, before their day");
}

/// Two secrets of one token share its window: a reset brings no second one.
#[test]
fn both_secrets_of_an_overlap_share_one_window() {
    let world = apps_fixture();
    let gate = gate(&world, "", BEFORE_ANNOUNCEMENT);
    assert_eq!(remaining(&gate.ask(&with_token("retiring"))).2, Some("1199"));
    assert_eq!(remaining(&gate.ask(&with_token("coming"))).2, Some("1198"));
}

/// What is refused for another reason does not count.
#[test]
fn rejected_requests_do_not_count() {
    let world = apps_fixture();
    let gate = gate(&world, "", BEFORE_ANNOUNCEMENT);
    let wrong = with_token("own limit").with("X-Gatepass-Require-District", id("Bay"));
    for _ in 0..5 {
        let answer = gate.ask(&wrong);
        assert_eq!(remaining(&answer), (403, None, None), "{answer:?}");
    }
    assert_eq!(remaining(&gate.ask(&with_token("own limit"))), (200, Some("3"), Some("2")));
}

/// However many workers there are, and however many connections: 1,200 of 1,600 pass.
#[test]
fn workers_share_one_window() {
    let world = apps_fixture();
    let gate = gate(&world, "--workers 4", BEFORE_ANNOUNCEMENT);
    gate.wait_until_ready();
    let request = with_token("both");
    let all: usize = thread::scope(|scope| {
        let callers: Vec<_> =
            (0..16).map(|_| scope.spawn(|| count_passed(&gate, &request, 100))).collect();
        callers.into_iter().map(|caller| caller.join().unwrap()).sum()
    });
    assert_eq!(all, 1_200);
    assert_eq!(remaining(&gate.ask(&request)), (403, Some("1200"), Some("0")));
    assert_eq!(remaining(&gate.ask(&with_token("elk"))).0, 200, "others have their own");
}

/// A window ends with the minute of the clock, not a minute after its first request.
#[test]
fn the_limit_resets_each_minute() {
    let world = apps_fixture();
    let mut command = world.serve_command("--workers 2");
    with_clock_from(&mut command, Instant::parse_rfc3339("2026-12-02T12:00:56Z").unwrap());
    let gate = GateProcess::start(command);
    let mut line = GateConnection::to(gate.address());
    let mut ask = || line.ask(&with_token("own limit")).unwrap();
    let first = ask();
    assert_eq!(first.single("x-ratelimit-reset"), Some("1796212860"), "a minute past noon");
    assert_eq!([(); 3].map(|()| ask().status()), [200, 200, 403]);
    let begun = Timer::now();
    let next = loop {
        let answer = ask();
        if answer.status() == 200 {
            break answer;
        }
        let wait: u64 = answer.single("retry-after").unwrap().parse().unwrap();
        assert!(wait <= 4 && begun.elapsed() < 2 * LONGEST, "{answer:?}");
        thread::sleep(Duration::from_millis(50));
    };
    assert_eq!(remaining(&next), (200, Some("3"), Some("2")));
    assert_eq!(next.single("x-ratelimit-reset"), Some("1796212920"));
    print_figure(&format!("limits: the next minute began after {:?}", begun.elapsed()));
}

/// A limited request is no use; the writer is told of three.
#[test]
fn a_rate_limited_request_is_not_counted_as_usage() {
    let mut world = apps_fixture();
    let gate = gate(&world, "", BEFORE_ANNOUNCEMENT);
    count_passed(&gate, &with_token("own limit"), 9);
    let log = gate.end();
    assert_eq!(log.iter().filter(|line| line["reason"] == "rate_limited").count(), 6);
    assert!(log.iter().all(|line| line["allowed"] == false && line["id"] == id("own limit")));
    assert_eq!(world.run_ok(&format!("show {} --field uses", id("own limit"))), "3\n");
}

/// Whoever presents the new secret has it, whether or not the request is one too many.
#[test]
fn a_rate_limited_request_still_ends_an_overlap() {
    let mut world = apps_fixture();
    let new = world.run_for_secret(&format!("reset {} --until-used --yes", id("own limit")));
    let gate = gate(&world, "--workers 1", BEFORE_ANNOUNCEMENT);
    gate.wait_until_ready();
    assert_eq!(count_passed(&gate, &with_token("own limit"), 5), 3);
    assert_eq!(gate.ask(&bearer_request(&new)).single("x-gatepass-reason"), Some("rate_limited"));
    let begun = Timer::now();
    while gate.ask(&with_token("own limit")).single("x-gatepass-reason") != Some("replaced") {
        assert!(begun.elapsed() < LONGEST, "the old secret goes on");
    }
}
