//! Pickup: of all that ask at once, one gets the secret.

use std::{sync::Barrier, thread};

use gatepass::{
    domain::{
        credential::{lifetime::Lifetime, scope::Scopes},
        directory::reference::Reference,
    },
    ops::credential::{
        grant_app::{GrantAppRequest, TokenSettings, grant_for_pickup},
        pickup::pick_up,
    },
};

use crate::support::{directory_fixture::directory_fixture, records::entropy};

/// How many race.
const RACERS: u64 = 32;

fn grant(district: &str) -> GrantAppRequest {
    let reference = |text| Reference::parse(text).unwrap();
    let terms = TokenSettings {
        scopes: Scopes::parse("read:students").unwrap(),
        limit: None,
        note: None,
        lifetime: Lifetime::Infinite,
    };
    GrantAppRequest { app: reference("Roster"), district: reference(district), settings: terms }
}

#[test]
fn one_of_32_concurrent_pickups_gets_the_secret() {
    let env = directory_fixture();
    let store = env.open_store();
    let (waiting, _) =
        grant_for_pickup(&env.op_context(&store), grant("Lincoln"), &mut entropy(1)).unwrap();
    drop(store);
    let begun = Barrier::new(RACERS as usize);
    let made: Vec<String> = thread::scope(|scope| {
        let racers: Vec<_> = (100..100 + RACERS)
            .map(|seed| {
                let (env, begun, seq) = (&env, &begun, waiting.seq);
                scope.spawn(move || {
                    // Each has the store for itself, as a process has.
                    let store = env.open_store();
                    begun.wait();
                    pick_up(&env.op_context(&store), &[seq], &mut entropy(seed)).unwrap().pop()
                })
            })
            .collect();
        let made = racers.into_iter().filter_map(|racer| racer.join().unwrap());
        made.map(|issued| String::from_utf8(issued.secret.expose().to_vec()).unwrap()).collect()
    });
    assert_eq!(made.len(), 1);
    let mut env = env;
    assert_eq!(env.run_with_input("verify --district Lincoln", &made[0]).exit, 0);
    assert_eq!(env.run_ok("audit list --field action").matches("pickup").count(), 1);
    assert_eq!(env.run("doctor").exit, 0);
}

#[test]
fn all_pending_tokens_are_picked_up_together() {
    let mut env = directory_fixture();
    let store = env.open_store();
    let ctx = env.op_context(&store);
    let wait =
        |district, seed| grant_for_pickup(&ctx, grant(district), &mut entropy(seed)).unwrap().0.seq;
    let waiting = [wait("Lincoln", 1), wait("Elk Grove", 2)];
    let unknown = 99;
    let made = pick_up(&ctx, &[waiting[0], unknown, waiting[1]], &mut entropy(3)).unwrap();
    let names: Vec<_> = made.iter().map(|issued| issued.new_secret().name.into_owned()).collect();
    assert_eq!(names, ["Roster → Lincoln", "Roster → Elk Grove"]);
    let head = store.begin(gatepass::store::Access::Read).unwrap().unwrap().head().audit_seq;
    assert!(pick_up(&ctx, &waiting, &mut entropy(4)).unwrap().is_empty());
    let after = store.begin(gatepass::store::Access::Read).unwrap().unwrap().head().audit_seq;
    assert_eq!(head, after, "who comes for nothing changes nothing");
    drop(store);
    for issued in made {
        assert_eq!(env.run_with_input("verify", issued.secret.expose()).exit, 0);
    }
}
