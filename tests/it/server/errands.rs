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
use serde_json::Value;

use super::campus::{QUIET, at, campus, gate, id, login, secret, with_token};
use crate::support::{
    gate::{Line, bearer},
    http::Message,
    process::say,
    run::World,
};

/// How many of an app's programs ask at once.
const RACERS: usize = 32;
/// How many errands may wait, and the one that is run.
const PLACES: usize = 65;
/// How many come in a flood.
const FLOOD: usize = 120;
/// No verdict waits for an errand. Machines that are busy take their time.
const SOON: Duration = Duration::from_millis(250);

fn list(app: &str) -> Message {
    login("/oauth/tokens?owner_type=district", app)
}

/// The secrets that an answer shows.
fn shown(answer: &Message) -> Vec<String> {
    let body: Value = serde_json::from_slice(&answer.body).unwrap();
    let tokens = body["data"].as_array().into_iter().flatten();
    let secrets = tokens.map(|token| token["access_token"].as_str().unwrap().to_owned());
    secrets.filter(|secret| !secret.contains('*')).collect()
}

/// The answers to as many requests, all sent before one is read.
fn at_once(gate: SocketAddr, request: &Message, count: usize) -> Vec<Message> {
    let begin = Barrier::new(count);
    thread::scope(|scope| {
        let ask = || {
            let mut line = Line::to(gate);
            begin.wait();
            line.ask(request).unwrap()
        };
        let all: Vec<_> = (0..count).map(|_| scope.spawn(ask)).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    })
}

/// How often something was done to the tokens.
fn done(world: &mut World, action: &str) -> usize {
    let log = world.ok("audit list --field action");
    log.lines().filter(|line| *line == action).count()
}

#[test]
fn of_32_that_ask_at_once_one_is_shown_the_secret() {
    let mut world = campus();
    let gate = gate(&world, "--workers 4", QUIET);
    gate.ready();
    let answers = at_once(gate.address(), &list("Roster"), RACERS);
    assert!(answers.iter().all(|answer| answer.status() == 200));
    let secrets: Vec<String> = answers.iter().flat_map(shown).collect();
    assert_eq!(secrets.len(), 1);
    // The token is good at once, and nobody else is shown it.
    assert_eq!(gate.ask(&bearer(&secrets[0])).one("x-gatepass-credential"), Some(id("waiting")));
    assert_eq!(shown(&gate.ask(&list("Roster"))), [""; 0]);
    gate.end();
    assert_eq!(done(&mut world, "pickup"), 1);
    assert_eq!(world.run("doctor").exit, 0);
}

/// Each reset ends the one before: of all that were answered, one is good in the end.
#[test]
fn of_32_resets_at_once_the_last_one_is_good() {
    let mut world = campus();
    let gate = gate(&world, "--workers 4", QUIET);
    gate.ready();
    let bare = id("both").trim_start_matches("tk_");
    let reset = at(&format!("POST /oauth/tokens/{bare}/reset"), login("/", "Roster"));
    let answers = at_once(gate.address(), &reset, RACERS);
    let secrets: Vec<String> = answers.iter().flat_map(shown).collect();
    assert_eq!(secrets.len(), RACERS);
    let good = secrets.iter().filter(|secret| gate.ask(&bearer(secret)).status() == 200);
    assert_eq!(good.count(), 1);
    assert_eq!(gate.ask(&with_token("both")).one("x-gatepass-reason"), Some("replaced"));
    gate.end();
    assert_eq!(done(&mut world, "reset"), 2 + RACERS);
    assert_eq!(world.run("doctor").exit, 0);
}

/// Takes the one place of those who write.
fn lock(world: &World) -> Connection {
    let other = Connection::open(world.store()).unwrap();
    other.execute_batch("begin immediate").unwrap();
    other
}

#[test]
fn a_flood_of_errands_is_turned_away_and_nobody_else() {
    let mut world = campus();
    let gate = gate(&world, "--workers 2", QUIET);
    gate.ready();
    let locked = lock(&world);
    let (address, refused) = (gate.address(), AtomicUsize::new(0));
    let ask = || {
        let answer = Line::to(address).ask(&list("Roster")).unwrap();
        if answer.status() != 200 {
            assert_eq!((answer.status(), answer.one("retry-after")), (429, Some("1")));
            assert_eq!(answer.body, b"{\"error\":\"Too many requests\"}");
            refused.fetch_add(1, Ordering::Relaxed);
        }
        shown(&answer).len()
    };
    let shown: usize = thread::scope(|scope| {
        let flood: Vec<_> = (0..FLOOD).map(|_| scope.spawn(ask)).collect();
        let begun = Instant::now();
        while refused.load(Ordering::Relaxed) < FLOOD - PLACES {
            assert!(begun.elapsed() < 12 * SOON, "all of them found a place");
        }
        let mut line = Line::to(address);
        let slowest = (0..200).map(|_| {
            let begun = Instant::now();
            assert_eq!(line.ask(&bearer(secret("acme"))).unwrap().status(), 200);
            assert_eq!(line.ask(&bearer(secret("unknown"))).unwrap().status(), 401);
            begun.elapsed()
        });
        let slowest = slowest.max().unwrap();
        say(&format!("errands: during a flood two verdicts took {slowest:?} at most"));
        assert!(slowest < SOON, "{slowest:?}");
        locked.execute_batch("rollback").unwrap();
        flood.into_iter().map(|one| one.join().unwrap()).sum()
    });
    assert_eq!(shown, 1);
    // The clerk may not have begun when the last one came.
    let refused = refused.into_inner();
    assert!((FLOOD - PLACES..=FLOOD - PLACES + 1).contains(&refused), "{refused}");
    gate.end();
    assert_eq!(done(&mut world, "pickup"), 1);
}

#[test]
fn a_store_that_stays_locked_is_told_and_nothing_is_done() {
    let mut world = campus();
    let gate = gate(&world, "", QUIET);
    gate.ready();
    let locked = lock(&world);
    let answer = gate.ask(&list("Roster"));
    assert_eq!((answer.status(), answer.one("retry-after")), (503, Some("1")));
    assert_eq!(answer.body, b"{\"error\":\"Service unavailable\"}");
    // Who only looks waits for nobody.
    assert_eq!(gate.ask(&list("Grades")).status(), 200);
    locked.execute_batch("rollback").unwrap();
    assert_eq!(done(&mut world, "pickup"), 0);
    assert_eq!(shown(&gate.ask(&list("Roster"))).len(), 1);
    let log = gate.end();
    assert_eq!(log.iter().filter(|line| line["event"] == "errand_failed").count(), 1);
}

#[test]
fn a_store_that_is_gone_is_told_until_it_is_back() {
    let mut world = campus();
    let gate = gate(&world, "", QUIET);
    gate.ready();
    assert_eq!(gate.ask(&list("Grades")).status(), 200);
    let place = world.store().parent().unwrap().to_owned();
    let aside = place.with_file_name("aside");
    fs::rename(&place, &aside).unwrap();
    for request in [
        list("Roster"),
        at("POST /v2.0/oauth/tokens/0123456789abcdef01234567/reset", login("/", "Roster")),
    ] {
        let answer = gate.ask(&request);
        assert_eq!((answer.status(), answer.one("retry-after")), (503, Some("1")), "{answer:?}");
    }
    fs::rename(&aside, &place).unwrap();
    assert_eq!(shown(&gate.ask(&list("Roster"))).len(), 1);
    gate.end();
    assert_eq!(done(&mut world, "pickup"), 1);
}

/// Wherever a secret is put, it is not found again: not a token, not a client secret, not a key of old.
#[test]
fn no_secret_is_ever_logged() {
    let world = campus();
    let gate = gate(&world, "--log-allowed --trusted-proxy 127.0.0.1", QUIET);
    let secrets = [secret("both"), secret("Roster"), super::campus::KEY];
    let (token, client, key) = (secrets[0], secrets[1], secrets[2]);
    let path = |text: &str| {
        at(&format!("GET /v2.0/oauth/tokens?owner_type=district&{text}"), list("Roster"))
    };
    for request in [
        with_token("both"),
        with_token("both").with("X-Gatepass-Require-District", client),
        with_token("both").with("X-Request-Id", client),
        with_token("both").with("X-Forwarded-Uri", &format!("/v1/{client}?access_token={token}")),
        with_token("Roster"),
        super::campus::with_key(key),
        super::campus::with_key(key).with("X-Gatepass-Require-App", id("Roster")),
        at(&format!("GET /v1.1/{token}"), super::campus::with_key(key)),
        list("Roster"),
        path(&format!("access_token={token}")),
        path(&format!("district={client}")),
        at(&format!("POST /oauth/tokens/{token}/reset"), login("/", "Roster")),
        at("GET /oauth/tokeninfo", with_token("both")),
        at("POST /introspect", bearer(secret("acme"))).body(format!("token={token}")),
    ] {
        let answer = gate.ask(&request);
        let told = format!("{answer:?} {}", String::from_utf8_lossy(&answer.body));
        assert!(!secrets.iter().any(|secret| told.contains(secret)), "{told}");
    }
    let log: String = gate.end().iter().map(|line| format!("{line}\n")).collect();
    assert!(log.lines().count() > 8, "{log}");
    assert!(!secrets.iter().any(|secret| log.contains(&secret[4..])), "{log}");
}
