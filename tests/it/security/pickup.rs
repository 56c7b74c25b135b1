//! Pickup: one of many concurrent requests gets the secret.

use std::{sync::Barrier, thread};

use gatepass::{
    domain::{
        credential::{lifetime::Lifetime, scope::Scopes},
        directory::reference::Reference,
        seq::CredentialSeq,
    },
    ops::{
        IssueOutcome, OpContext,
        credential::{
            grant_app::{GrantAppRequest, TokenSettings, grant_for_pickup},
            pickup::pick_up,
        },
        secret_sink::CountAsDelivered,
    },
    store::Access,
};

use crate::support::{directory_fixture::directory_fixture, records::entropy};

/// The number of concurrent pickups.
const RACERS: u64 = 32;

fn request(district: &str) -> GrantAppRequest {
    let reference = |text| Reference::parse(text).unwrap();
    let settings = TokenSettings {
        scopes: Scopes::parse("read:students").unwrap(),
        limit: None,
        note: None,
        lifetime: Lifetime::Infinite,
    };
    GrantAppRequest {
        app: reference("Roster"),
        district: reference(district),
        settings,
        if_missing: false,
    }
}

/// Grants a token that waits for its pickup, and returns its number.
fn grant(ctx: &OpContext<'_>, district: &str, seed: u64) -> CredentialSeq {
    match grant_for_pickup(ctx, request(district), &mut entropy(seed)).unwrap() {
        IssueOutcome::Issued(pending) => pending.token.seq,
        IssueOutcome::Existing(existing) => panic!("{existing:?}"),
    }
}

#[test]
fn one_of_32_concurrent_pickups_gets_the_secret() {
    let env = directory_fixture();
    let store = env.open_store();
    let waiting = grant(&env.op_context(&store), "Lincoln", 1);
    drop(store);
    let start = Barrier::new(RACERS as usize);
    let secrets: Vec<String> = thread::scope(|scope| {
        let racers: Vec<_> = (100..100 + RACERS)
            .map(|seed| {
                let (env, start, seq) = (&env, &start, waiting);
                scope.spawn(move || {
                    // Each opens the store itself, as a process does.
                    let store = env.open_store();
                    start.wait();
                    pick_up(
                        &env.op_context(&store),
                        &[seq],
                        &mut entropy(seed),
                        &mut CountAsDelivered::default(),
                    )
                    .unwrap()
                    .pop()
                })
            })
            .collect();
        let issued = racers.into_iter().filter_map(|racer| racer.join().unwrap());
        issued.map(|issued| String::from_utf8(issued.secret.expose().to_vec()).unwrap()).collect()
    });
    assert_eq!(secrets.len(), 1);
    let mut env = env;
    assert_eq!(env.run_with_input("verify --district Lincoln", &secrets[0]).exit, 0);
    assert_eq!(env.run_ok("audit list --field action").matches("pickup").count(), 1);
    assert_eq!(env.run("doctor").exit, 0);
}

#[test]
fn all_pending_tokens_are_picked_up_together() {
    let mut env = directory_fixture();
    let store = env.open_store();
    let ctx = env.op_context(&store);
    let waiting = [grant(&ctx, "Lincoln", 1), grant(&ctx, "Elk Grove", 2)];
    let unknown = CredentialSeq(99);
    let issued = pick_up(
        &ctx,
        &[waiting[0], unknown, waiting[1]],
        &mut entropy(3),
        &mut CountAsDelivered::default(),
    )
    .unwrap();
    let names: Vec<_> = issued.iter().map(|one| one.new_secret().name.into_owned()).collect();
    assert_eq!(names, ["Roster → Lincoln", "Roster → Elk Grove"]);
    let head = store.begin(Access::Read).unwrap().head().audit_seq;
    assert!(
        pick_up(&ctx, &waiting, &mut entropy(4), &mut CountAsDelivered::default())
            .unwrap()
            .is_empty()
    );
    let after = store.begin(Access::Read).unwrap().head().audit_seq;
    assert_eq!(head, after, "a pickup without pending tokens changes nothing");
    drop(store);
    for issued in issued {
        assert_eq!(env.run_with_input("verify", issued.secret.expose()).exit, 0);
    }
}
