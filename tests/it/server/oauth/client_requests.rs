//! Many at once, and a store that does not answer: what apps ask for is done whole, once, or not at all.

use std::{
    fs,
    net::SocketAddr,
    sync::{
        Barrier,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use rusqlite::Connection;
use rustix::process::Signal;
use serde_json::Value;

use crate::{
    server::apps_fixture::{
        BEFORE_ANNOUNCEMENT, app_login, apps_fixture, gate, id, secret, with_request_line,
        with_token,
    },
    support::{
        gate::{GateConnection, bearer_request},
        http::HttpMessage,
        process::print_figure,
        test_env::TestEnv,
    },
};

/// How many of an app's programs ask at once.
const RACERS: usize = 32;
/// How many errands may wait, and the one that is run.
const QUEUE_SIZE: usize = 65;
/// How many come in a flood.
const FLOOD_SIZE: usize = 120;
/// No verdict waits for an errand. Machines that are busy take their time.
const PROMPTLY: Duration = Duration::from_millis(250);

fn list_tokens(app: &str) -> HttpMessage {
    app_login("/oauth/tokens?owner_type=district", app)
}

/// The secrets that an answer shows.
fn shown_secrets(answer: &HttpMessage) -> Vec<String> {
    let body: Value = serde_json::from_slice(&answer.body).unwrap();
    let tokens = body["data"].as_array().into_iter().flatten();
    let secrets = tokens.map(|token| token["access_token"].as_str().unwrap().to_owned());
    secrets.filter(|secret| !secret.contains('*')).collect()
}

/// The answers of some gates to as many requests, all sent before one is read.
fn ask_concurrently(gates: &[SocketAddr], request: &HttpMessage, count: usize) -> Vec<HttpMessage> {
    let begin = Barrier::new(count);
    let ask = |gate: SocketAddr| {
        let mut line = GateConnection::to(gate);
        begin.wait();
        line.ask(request).unwrap()
    };
    thread::scope(|scope| {
        let (ask, gates) = (&ask, gates.iter().cycle().take(count));
        let all: Vec<_> = gates.map(|gate| scope.spawn(move || ask(*gate))).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    })
}

/// How often something was done to the tokens.
fn count_audited(world: &mut TestEnv, action: &str) -> usize {
    let log = world.run_ok("audit list --field action");
    log.lines().filter(|line| *line == action).count()
}

#[test]
fn one_of_32_concurrent_requests_gets_the_secret() {
    let mut world = apps_fixture();
    // Two gates: it is the store that decides, and not the one clerk of a gate.
    let [gate, other] = [(); 2].map(|()| gate(&world, "--workers 2", BEFORE_ANNOUNCEMENT));
    gate.wait_until_ready();
    other.wait_until_ready();
    let answers =
        ask_concurrently(&[gate.address(), other.address()], &list_tokens("Roster"), RACERS);
    assert!(answers.iter().all(|answer| answer.status() == 200));
    let secrets: Vec<String> = answers.iter().flat_map(shown_secrets).collect();
    assert_eq!(secrets.len(), 1);
    // The token is good at once, and nobody else is shown it.
    assert_eq!(
        gate.ask(&bearer_request(&secrets[0])).single("x-gatepass-credential"),
        Some(id("waiting"))
    );
    assert_eq!(shown_secrets(&other.ask(&list_tokens("Roster"))), [""; 0]);
    gate.end();
    other.end();
    assert_eq!(count_audited(&mut world, "pickup"), 1);
    assert_eq!(world.run("doctor").exit, 0);
}

/// Each reset ends the one before: of all that were answered, one is good in the end.
#[test]
fn the_last_of_32_concurrent_resets_is_valid() {
    let mut world = apps_fixture();
    let gate = gate(&world, "--workers 4", BEFORE_ANNOUNCEMENT);
    gate.wait_until_ready();
    let bare = id("both").trim_start_matches("tk_");
    let reset =
        with_request_line(&format!("POST /oauth/tokens/{bare}/reset"), app_login("/", "Roster"));
    let answers = ask_concurrently(&[gate.address()], &reset, RACERS);
    let secrets: Vec<String> = answers.iter().flat_map(shown_secrets).collect();
    assert_eq!(secrets.len(), RACERS);
    let good = secrets.iter().filter(|secret| gate.ask(&bearer_request(secret)).status() == 200);
    assert_eq!(good.count(), 1);
    assert_eq!(gate.ask(&with_token("both")).single("x-gatepass-reason"), Some("replaced"));
    gate.end();
    assert_eq!(count_audited(&mut world, "reset"), 2 + RACERS);
    assert_eq!(world.run("doctor").exit, 0);
}

/// Takes the one place of those who write.
fn lock_store(world: &TestEnv) -> Connection {
    let other = Connection::open(world.store()).unwrap();
    other.execute_batch("begin immediate").unwrap();
    other
}

#[test]
fn excess_client_requests_are_rejected_and_others_served() {
    let mut world = apps_fixture();
    let gate = gate(&world, "--workers 2", BEFORE_ANNOUNCEMENT);
    gate.wait_until_ready();
    let locked = lock_store(&world);
    let (address, refused) = (gate.address(), AtomicUsize::new(0));
    let ask = || {
        let answer = GateConnection::to(address).ask(&list_tokens("Roster")).unwrap();
        if answer.status() != 200 {
            assert_eq!((answer.status(), answer.single("retry-after")), (429, Some("1")));
            assert_eq!(answer.body, b"{\"error\":\"Too many requests\"}");
            refused.fetch_add(1, Ordering::Relaxed);
        }
        shown_secrets(&answer).len()
    };
    let shown: usize = thread::scope(|scope| {
        let flood: Vec<_> = (0..FLOOD_SIZE).map(|_| scope.spawn(ask)).collect();
        let begun = Instant::now();
        while refused.load(Ordering::Relaxed) < FLOOD_SIZE - QUEUE_SIZE {
            assert!(begun.elapsed() < 12 * PROMPTLY, "all of them found a place");
        }
        let mut line = GateConnection::to(address);
        let slowest = (0..200).map(|_| {
            let begun = Instant::now();
            assert_eq!(line.ask(&bearer_request(secret("acme"))).unwrap().status(), 200);
            assert_eq!(line.ask(&bearer_request(secret("unknown"))).unwrap().status(), 401);
            begun.elapsed()
        });
        let slowest = slowest.max().unwrap();
        print_figure(&format!("errands: during a flood two verdicts took {slowest:?} at most"));
        assert!(slowest < PROMPTLY, "{slowest:?}");
        locked.execute_batch("rollback").unwrap();
        flood.into_iter().map(|one| one.join().unwrap()).sum()
    });
    assert_eq!(shown, 1);
    // The clerk may not have begun when the last one came.
    let refused = refused.into_inner();
    assert!(
        (FLOOD_SIZE - QUEUE_SIZE..=FLOOD_SIZE - QUEUE_SIZE + 1).contains(&refused),
        "{refused}"
    );
    gate.end();
    assert_eq!(count_audited(&mut world, "pickup"), 1);
}

#[test]
fn a_locked_store_is_reported_and_changes_nothing() {
    let mut world = apps_fixture();
    let gate = gate(&world, "", BEFORE_ANNOUNCEMENT);
    gate.wait_until_ready();
    let locked = lock_store(&world);
    let answer = gate.ask(&list_tokens("Roster"));
    assert_eq!((answer.status(), answer.single("retry-after")), (503, Some("1")));
    assert_eq!(answer.body, b"{\"error\":\"Service unavailable\"}");
    // Who only looks waits for nobody.
    assert_eq!(gate.ask(&list_tokens("Grades")).status(), 200);
    locked.execute_batch("rollback").unwrap();
    assert_eq!(count_audited(&mut world, "pickup"), 0);
    assert_eq!(shown_secrets(&gate.ask(&list_tokens("Roster"))).len(), 1);
    let log = gate.end();
    assert_eq!(log.iter().filter(|line| line["event"] == "errand_failed").count(), 1);
}

#[test]
fn a_missing_store_is_reported_until_it_returns() {
    let mut world = apps_fixture();
    let gate = gate(&world, "", BEFORE_ANNOUNCEMENT);
    gate.wait_until_ready();
    assert_eq!(gate.ask(&list_tokens("Grades")).status(), 200);
    let place = world.store().parent().unwrap().to_owned();
    let aside = place.with_file_name("aside");
    fs::rename(&place, &aside).unwrap();
    for request in [
        list_tokens("Roster"),
        with_request_line(
            "POST /v2.0/oauth/tokens/0123456789abcdef01234567/reset",
            app_login("/", "Roster"),
        ),
    ] {
        let answer = gate.ask(&request);
        assert_eq!((answer.status(), answer.single("retry-after")), (503, Some("1")), "{answer:?}");
    }
    fs::rename(&aside, &place).unwrap();
    assert_eq!(shown_secrets(&gate.ask(&list_tokens("Roster"))).len(), 1);
    gate.end();
    assert_eq!(count_audited(&mut world, "pickup"), 1);
}

/// Who was promised a secret gets it, though the gate was told to end meanwhile.
#[test]
fn requests_in_progress_finish_before_shutdown() {
    let mut world = apps_fixture();
    let mut gate = gate(&world, "--workers 1", BEFORE_ANNOUNCEMENT);
    gate.wait_until_ready();
    let locked = lock_store(&world);
    let address = gate.address();
    thread::scope(|scope| {
        let begun =
            scope.spawn(|| GateConnection::to(address).ask(&list_tokens("Roster")).unwrap());
        thread::sleep(Duration::from_millis(200));
        gate.signal(Signal::TERM);
        thread::sleep(Duration::from_millis(200));
        locked.execute_batch("rollback").unwrap();
        let answer = begun.join().unwrap();
        assert_eq!((answer.status(), shown_secrets(&answer).len()), (200, 1));
    });
    assert_eq!(gate.wait().code(), Some(0));
    assert_eq!(count_audited(&mut world, "pickup"), 1);
}

/// Wherever a secret is put, it is not found again: not a token, not a client secret, not a key of old.
#[test]
fn client_requests_log_no_secret() {
    let world = apps_fixture();
    let gate = gate(&world, "--log-allowed --trusted-proxy 127.0.0.1", BEFORE_ANNOUNCEMENT);
    let secrets = [secret("both"), secret("Roster"), super::super::apps_fixture::LEGACY_KEY];
    let (token, client, key) = (secrets[0], secrets[1], secrets[2]);
    let path = |text: &str| {
        with_request_line(
            &format!("GET /v2.0/oauth/tokens?owner_type=district&{text}"),
            list_tokens("Roster"),
        )
    };
    for request in [
        with_token("both"),
        with_token("both").with("X-Gatepass-Require-District", client),
        with_token("both").with("X-Request-Id", client),
        with_token("both").with("X-Forwarded-Uri", &format!("/v1/{client}?access_token={token}")),
        with_token("Roster"),
        super::super::apps_fixture::with_key(key),
        super::super::apps_fixture::with_key(key).with("X-Gatepass-Require-App", id("Roster")),
        with_request_line(&format!("GET /v1.1/{token}"), super::super::apps_fixture::with_key(key)),
        list_tokens("Roster"),
        path(&format!("access_token={token}")),
        path(&format!("district={client}")),
        with_request_line(&format!("POST /oauth/tokens/{token}/reset"), app_login("/", "Roster")),
        with_request_line("GET /oauth/tokeninfo", with_token("both")),
        with_request_line("POST /introspect", bearer_request(secret("acme")))
            .body(format!("token={token}")),
    ] {
        let answer = gate.ask(&request);
        let told = format!("{answer:?} {}", String::from_utf8_lossy(&answer.body));
        assert!(!secrets.iter().any(|secret| told.contains(secret)), "{told}");
    }
    let log: String = gate.end().iter().map(|line| format!("{line}\n")).collect();
    assert!(log.lines().count() > 8, "{log}");
    assert!(!secrets.iter().any(|secret| log.contains(&secret[4..])), "{log}");
}
