//! The most round trips that an operation may make: over a network, each one takes time.

use std::{fs, ops::ControlFlow};

use gatepass::{
    domain::{audit::Action, instant::Instant, seq::CredentialSeq},
    ops::credential::usage::record_usage,
    store::{Access, SortBy, Store, StoreError},
};

use super::{driver::RemoteDriver, gate::LocalGate, network::Network};
use crate::{
    conformance::test_store::audit_context,
    support::{
        gate::bearer_request,
        records::{reported, reported_by_day, revoked, usage_record},
        test_env::{START_TIME, TestEnv},
    },
};

/// An operation, the most round trips that it may make, and how many it makes.
type Budget = (&'static str, usize, fn() -> usize);

const BUDGETS: [Budget; 6] = [
    ("show", 8, show),
    ("create", 16, create),
    ("grant-user --from, 1,000 users", 10, grant_1000_users),
    ("catch-up of a gate after 1,000 changes", 12, catch_up_after_1000_changes),
    ("recording 1,024 uses", 6, record_1024_uses),
    ("list of 10,000", 30, list_10000),
];

#[test]
fn operations_keep_their_budgets() {
    let mut report = String::new();
    let mut is_exceeded = false;
    for (operation, most, measure) in BUDGETS {
        let round_trips = measure();
        is_exceeded |= round_trips > most;
        report += &format!("{round_trips:>3} of {most:>2}  {operation}\n");
    }
    assert!(!is_exceeded, "round trips:\n{report}");
}

/// Returns the number of round trips of a command.
fn round_trips(env: &mut TestEnv, network: &Network, line: &str) -> usize {
    network.take_round_trips();
    env.run_ok(line);
    network.take_round_trips()
}

/// Returns an environment in which `count` users have a passcode. Their secrets are in `secrets.csv`.
fn env_with_users(count: u32) -> TestEnv {
    let mut env = TestEnv::new();
    grant_users(&mut env, count);
    env
}

fn grant_users(env: &mut TestEnv, count: u32) {
    let rows: String = (1..=count).map(|number| format!("user-{number}@example.com\n")).collect();
    env.file("users.csv", format!("email\n{rows}"));
    env.run_ok("grant-user --from ~/users.csv --days 90 --out ~/secrets.csv");
}

fn show() -> usize {
    let mut env = TestEnv::new();
    for line in [
        "create acme --forever --note 'the first partner'",
        "grant-user ann@example.org --days 90",
        "app add Roster",
        "district add Lincoln --external-id 0607",
        "grant-app Roster --district Lincoln --scope read:students --forever",
    ] {
        env.run_ok(line);
    }
    let at = Instant::parse_rfc3339(START_TIME).unwrap();
    let used = [1, 2, 3].map(|number| usage_record(CredentialSeq(number), at, "192.0.2.1", 1));
    record_usage(&env.open_store(), &used.map(reported)).unwrap();
    let id = env.run_ok("show acme --field id").trim_end().to_owned();
    let network = RemoteDriver::install(&mut env);
    let references = ["acme", "ann@example.org", "Roster/Lincoln", "Roster/0607", &id, &id[..9]];
    let shown = references.map(|one| round_trips(&mut env, &network, &format!("show {one}")));
    shown.into_iter().max().unwrap()
}

fn create() -> usize {
    let mut env = TestEnv::new();
    env.run_ok("create acme --days 90");
    let network = RemoteDriver::install(&mut env);
    round_trips(&mut env, &network, "create beta --days 90 --note 'the second partner'")
}

fn grant_1000_users() -> usize {
    let mut env = TestEnv::new();
    env.run_ok("create acme --days 90");
    let network = RemoteDriver::install(&mut env);
    grant_users(&mut env, 1_000);
    network.take_round_trips()
}

fn catch_up_after_1000_changes() -> usize {
    let mut env = env_with_users(1_000);
    let store = env.open_store();
    let secrets = fs::read_to_string(env.path("secrets.csv")).unwrap();
    let secret = secrets.split(',').find(|field| field.starts_with("gpu_")).unwrap();
    let network = RemoteDriver::install(&mut env);
    LocalGate::run(&mut env, |gate| {
        assert_eq!(gate.ask(&bearer_request(secret)).unwrap().status(), 200);
        network.take_longest_transaction();
        revoke_all(&store);
        gate.wait_while(&bearer_request(secret), 200);
        network.take_longest_transaction()
    })
}

fn revoke_all(store: &Store) {
    let mut tx = store.begin(Access::Write).unwrap();
    let mut all = Vec::new();
    tx.scan_credentials(SortBy::Created, |credential| {
        all.push(credential);
        Ok::<_, StoreError>(ControlFlow::Continue(()))
    })
    .unwrap();
    for credential in all {
        tx.update_credential(&audit_context(Action::Revoke), revoked(credential)).unwrap();
    }
    tx.commit().unwrap();
}

fn record_1024_uses() -> usize {
    let mut env = env_with_users(1_024);
    let network = RemoteDriver::install(&mut env);
    let store = env.open_store();
    let at = Instant::parse_rfc3339(START_TIME).unwrap();
    let uses = |count| {
        let used = |number| usage_record(CredentialSeq(number), at, "192.0.2.1", count);
        (1..=1_024).map(|number| reported_by_day(used(number))).collect::<Vec<_>>()
    };
    record_usage(&store, &uses(1)).unwrap();
    network.take_round_trips();
    record_usage(&store, &uses(2)).unwrap();
    network.take_round_trips()
}

fn list_10000() -> usize {
    let mut env = env_with_users(10_000);
    let network = RemoteDriver::install(&mut env);
    round_trips(&mut env, &network, "list")
}
