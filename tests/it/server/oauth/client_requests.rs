//! Client requests that come at once, and a store that does not respond: each request is done once, or not at all.

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
        BEFORE_ANNOUNCEMENT, LEGACY_KEY, app_login, apps_fixture, gate, id, secret, with_key,
        with_request_line, with_token,
    },
    support::{
        gate::{GateConnection, bearer_request},
        http::HttpMessage,
        process::print_figure,
        test_env::TestEnv,
    },
};

/// How many requests of one app are sent at once.
const RACERS: usize = 32;
/// How many client requests may wait, and the one that runs.
const QUEUE_SIZE: usize = 65;
/// How many client requests a flood consists of.
const FLOOD_SIZE: usize = 120;
/// The longest a decision may take during a flood, on a machine that other tests keep busy.
const PROMPTLY: Duration = Duration::from_millis(250);

fn list_tokens(app: &str) -> HttpMessage {
    app_login("/oauth/tokens?owner_type=district", app)
}

/// Returns the secrets that a response shows unmasked.
fn shown_secrets(response: &HttpMessage) -> Vec<String> {
    let body: Value = serde_json::from_slice(&response.body).unwrap();
    let tokens = body["data"].as_array().into_iter().flatten();
    let secrets = tokens.map(|token| token["access_token"].as_str().unwrap().to_owned());
    secrets.filter(|secret| !secret.contains('*')).collect()
}

/// Sends a request `count` times, to the gates in turn, all before a response is read.
fn ask_concurrently(gates: &[SocketAddr], request: &HttpMessage, count: usize) -> Vec<HttpMessage> {
    let begin = Barrier::new(count);
    let ask = |gate: SocketAddr| {
        let mut connection = GateConnection::to(gate);
        begin.wait();
        connection.ask(request).unwrap()
    };
    thread::scope(|scope| {
        let (ask, gates) = (&ask, gates.iter().cycle().take(count));
        let all: Vec<_> = gates.map(|gate| scope.spawn(move || ask(*gate))).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    })
}

/// Returns how many records of an action the audit log has.
fn count_audited(env: &mut TestEnv, action: &str) -> usize {
    let log = env.run_ok("audit list --field action");
    log.lines().filter(|line| *line == action).count()
}

#[test]
fn one_of_32_concurrent_requests_gets_the_secret() {
    let mut env = apps_fixture();
    // Two gates: the store must decide, not the one worker of a gate.
    let [gate, other] = [(); 2].map(|()| gate(&env, "--workers 2", BEFORE_ANNOUNCEMENT));
    gate.wait_until_ready();
    other.wait_until_ready();
    let responses =
        ask_concurrently(&[gate.address(), other.address()], &list_tokens("Roster"), RACERS);
    assert!(responses.iter().all(|response| response.status() == 200));
    let secrets: Vec<String> = responses.iter().flat_map(shown_secrets).collect();
    assert_eq!(secrets.len(), 1);
    // The token is valid at once, and is not shown again.
    assert_eq!(
        gate.ask(&bearer_request(&secrets[0])).single("x-gatepass-credential"),
        Some(id("pending"))
    );
    assert_eq!(shown_secrets(&other.ask(&list_tokens("Roster"))), [""; 0]);
    gate.end();
    other.end();
    assert_eq!(count_audited(&mut env, "pickup"), 1);
    assert_eq!(env.run("doctor").exit, 0);
}

/// Each reset replaces the secret of the one before it.
#[test]
fn the_last_of_32_concurrent_resets_is_valid() {
    let mut env = apps_fixture();
    let gate = gate(&env, "--workers 4", BEFORE_ANNOUNCEMENT);
    gate.wait_until_ready();
    let bare = id("both").trim_start_matches("tk_");
    let reset =
        with_request_line(&format!("POST /oauth/tokens/{bare}/reset"), app_login("/", "Roster"));
    let responses = ask_concurrently(&[gate.address()], &reset, RACERS);
    let secrets: Vec<String> = responses.iter().flat_map(shown_secrets).collect();
    assert_eq!(secrets.len(), RACERS);
    let valid = secrets.iter().filter(|secret| gate.ask(&bearer_request(secret)).status() == 200);
    assert_eq!(valid.count(), 1);
    assert_eq!(gate.ask(&with_token("both")).single("x-gatepass-reason"), Some("replaced"));
    gate.end();
    assert_eq!(count_audited(&mut env, "reset"), 2 + RACERS);
    assert_eq!(env.run("doctor").exit, 0);
}

/// Takes the store's write lock.
fn lock_store(env: &TestEnv) -> Connection {
    let other = Connection::open(env.store()).unwrap();
    other.execute_batch("begin immediate").unwrap();
    other
}

#[test]
fn excess_client_requests_are_rejected_and_others_served() {
    let mut env = apps_fixture();
    let gate = gate(&env, "--workers 2", BEFORE_ANNOUNCEMENT);
    gate.wait_until_ready();
    let locked = lock_store(&env);
    let (address, rejected) = (gate.address(), AtomicUsize::new(0));
    let ask = || {
        let response = GateConnection::to(address).ask(&list_tokens("Roster")).unwrap();
        if response.status() != 200 {
            assert_eq!((response.status(), response.single("retry-after")), (429, Some("1")));
            assert_eq!(response.body, b"{\"error\":\"Too many requests\"}");
            rejected.fetch_add(1, Ordering::Relaxed);
        }
        shown_secrets(&response).len()
    };
    let shown: usize = thread::scope(|scope| {
        let flood: Vec<_> = (0..FLOOD_SIZE).map(|_| scope.spawn(ask)).collect();
        let start = Instant::now();
        while rejected.load(Ordering::Relaxed) < FLOOD_SIZE - QUEUE_SIZE {
            assert!(start.elapsed() < 12 * PROMPTLY, "more client requests wait than may");
        }
        let mut connection = GateConnection::to(address);
        let slowest = (0..200).map(|_| {
            let start = Instant::now();
            assert_eq!(connection.ask(&bearer_request(secret("acme"))).unwrap().status(), 200);
            assert_eq!(connection.ask(&bearer_request(secret("unknown"))).unwrap().status(), 401);
            start.elapsed()
        });
        let slowest = slowest.max().unwrap();
        print_figure(&format!(
            "client requests: two decisions took {slowest:?} at most during a flood"
        ));
        assert!(slowest < PROMPTLY, "{slowest:?}");
        locked.execute_batch("rollback").unwrap();
        flood.into_iter().map(|one| one.join().unwrap()).sum()
    });
    assert_eq!(shown, 1);
    // The worker may not have taken its first request when the last one arrived.
    let rejected = rejected.into_inner();
    assert!(
        (FLOOD_SIZE - QUEUE_SIZE..=FLOOD_SIZE - QUEUE_SIZE + 1).contains(&rejected),
        "{rejected}"
    );
    gate.end();
    assert_eq!(count_audited(&mut env, "pickup"), 1);
}

#[test]
fn a_locked_store_is_reported_and_changes_nothing() {
    let mut env = apps_fixture();
    let gate = gate(&env, "", BEFORE_ANNOUNCEMENT);
    gate.wait_until_ready();
    let locked = lock_store(&env);
    let response = gate.ask(&list_tokens("Roster"));
    assert_eq!((response.status(), response.single("retry-after")), (503, Some("1")));
    assert_eq!(response.body, b"{\"error\":\"Service unavailable\"}");
    // A list that picks nothing up does not write.
    assert_eq!(gate.ask(&list_tokens("Grades")).status(), 200);
    locked.execute_batch("rollback").unwrap();
    assert_eq!(count_audited(&mut env, "pickup"), 0);
    assert_eq!(shown_secrets(&gate.ask(&list_tokens("Roster"))).len(), 1);
    let log = gate.end();
    assert_eq!(log.iter().filter(|line| line["event"] == "errand_failed").count(), 1);
}

#[test]
fn a_missing_store_is_reported_until_it_returns() {
    let mut env = apps_fixture();
    let gate = gate(&env, "", BEFORE_ANNOUNCEMENT);
    gate.wait_until_ready();
    assert_eq!(gate.ask(&list_tokens("Grades")).status(), 200);
    let directory = env.store().parent().unwrap().to_owned();
    let aside = directory.with_file_name("aside");
    fs::rename(&directory, &aside).unwrap();
    for request in [
        list_tokens("Roster"),
        with_request_line(
            "POST /v2.0/oauth/tokens/0123456789abcdef01234567/reset",
            app_login("/", "Roster"),
        ),
    ] {
        let response = gate.ask(&request);
        assert_eq!(
            (response.status(), response.single("retry-after")),
            (503, Some("1")),
            "{response:?}"
        );
    }
    fs::rename(&aside, &directory).unwrap();
    assert_eq!(shown_secrets(&gate.ask(&list_tokens("Roster"))).len(), 1);
    gate.end();
    assert_eq!(count_audited(&mut env, "pickup"), 1);
}

/// A secret that the store has issued must reach the app, even during a shutdown.
#[test]
fn requests_in_progress_finish_before_shutdown() {
    let mut env = apps_fixture();
    let mut gate = gate(&env, "--workers 1", BEFORE_ANNOUNCEMENT);
    gate.wait_until_ready();
    let locked = lock_store(&env);
    let address = gate.address();
    thread::scope(|scope| {
        let request =
            scope.spawn(|| GateConnection::to(address).ask(&list_tokens("Roster")).unwrap());
        thread::sleep(Duration::from_millis(200));
        gate.signal(Signal::TERM);
        thread::sleep(Duration::from_millis(200));
        locked.execute_batch("rollback").unwrap();
        let response = request.join().unwrap();
        assert_eq!((response.status(), shown_secrets(&response).len()), (200, 1));
    });
    assert_eq!(gate.wait().code(), Some(0));
    assert_eq!(count_audited(&mut env, "pickup"), 1);
}

/// Tokens, client secrets and legacy keys in any part of a request appear neither in responses nor in the log.
#[test]
fn client_requests_log_no_secret() {
    let env = apps_fixture();
    let gate = gate(&env, "--log-allowed --trusted-proxy 127.0.0.1", BEFORE_ANNOUNCEMENT);
    let secrets = [secret("both"), secret("Roster"), LEGACY_KEY];
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
        with_key(key),
        with_key(key).with("X-Gatepass-Require-App", id("Roster")),
        with_request_line(&format!("GET /v1.1/{token}"), with_key(key)),
        list_tokens("Roster"),
        path(&format!("access_token={token}")),
        path(&format!("district={client}")),
        with_request_line(&format!("POST /oauth/tokens/{token}/reset"), app_login("/", "Roster")),
        with_request_line("GET /oauth/tokeninfo", with_token("both")),
        with_request_line("POST /introspect", bearer_request(secret("acme")))
            .body(format!("token={token}")),
    ] {
        let response = gate.ask(&request);
        let text = format!("{response:?} {}", String::from_utf8_lossy(&response.body));
        assert!(!secrets.iter().any(|secret| text.contains(secret)), "{text}");
    }
    let log: String = gate.end().iter().map(|line| format!("{line}\n")).collect();
    assert!(log.lines().count() > 8, "{log}");
    assert!(!secrets.iter().any(|secret| log.contains(&secret[4..])), "{log}");
}
