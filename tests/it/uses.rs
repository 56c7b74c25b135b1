//! What a gate notes of its uses, and what the commands then say of them.

use gatepass::{
    domain::{instant::Instant, last_use::LastUse, secret::Plaintext},
    ops::{OpError, overlap::end_overlap, uses::note_uses},
    store::{Access, Store, StoreError},
};
use insta::assert_snapshot;

use crate::support::{run::World, shop::shop, store::used};

fn at(text: &str) -> Instant {
    Instant::parse_rfc3339(text).unwrap()
}

fn last_use(store: &Store, seq: i64) -> Option<LastUse> {
    store.begin(Access::Read).unwrap().unwrap().last_use(seq).unwrap()
}

#[test]
fn a_batch_is_noted_as_a_whole_without_those_that_do_not_exist() {
    let mut world = shop();
    let store = world.open();
    let (early, late) = (at("2026-12-01T06:00:00Z"), at("2026-12-01T07:00:00Z"));
    let batch = [
        used(1, early, "192.0.2.1", 2),
        used(99, early, "192.0.2.9", 1),
        used(2, late, "192.0.2.2", 3),
        used(1, late, "192.0.2.3", 1),
    ];
    note_uses(&store, &batch).unwrap();
    assert_eq!(last_use(&store, 1), Some(used(1, late, "192.0.2.3", 3)));
    assert_eq!(last_use(&store, 2), Some(used(2, late, "192.0.2.2", 3)));
    assert_eq!(last_use(&store, 99), None);

    note_uses(&store, &[used(1, early, "192.0.2.4", 4)]).unwrap();
    note_uses(&store, &[]).unwrap();
    assert_eq!(last_use(&store, 1), Some(used(1, late, "192.0.2.3", 7)));
    drop(store);
    let log = world.ok("audit list");
    assert_eq!(world.run("doctor").exit, 0);
    assert!(!log.contains("use"), "a use is no change: {log}");
}

#[test]
fn of_a_batch_with_an_altered_use_none_is_noted() {
    let world = shop();
    let store = world.open();
    let now = at("2026-12-01T06:00:00Z");
    note_uses(&store, &[used(2, now, "192.0.2.1", 1)]).unwrap();
    let owner = rusqlite::Connection::open(world.store()).unwrap();
    owner.execute("update last_use set count = 9", []).unwrap();
    let batch = [used(1, now, "192.0.2.1", 1), used(2, now, "192.0.2.1", 1)];
    let refused = note_uses(&store, &batch);
    assert!(matches!(refused, Err(OpError::Store(StoreError::Integrity(_)))), "{refused:?}");
    assert_eq!(last_use(&store, 1), None);
}

/// A world in which partner `acme`, credential 1, was reset with these flags; and its old and new secret.
fn reset(flags: &str) -> (World, String, String) {
    let mut world = World::new();
    let old = world.secret("create acme --days 90");
    let new = world.secret(&format!("reset acme --yes {flags}"));
    (world, old, new)
}

/// What a gate does when it saw `secret` used for the first time.
fn used_first(world: &World, credential: i64, secret: &str) -> bool {
    let store = world.open();
    let digest = store.digest(&Plaintext::parse(secret.as_bytes()).unwrap());
    end_overlap(&world.desk(&store), credential, &digest).unwrap()
}

#[test]
fn the_first_use_of_the_new_secret_ends_the_old_one() {
    let (mut world, old, new) = reset("--overlap 7d --until-used");
    assert_eq!(world.run_with_input("verify", &old).exit, 0);
    assert!(!used_first(&world, 1, &old), "that is the old one");
    assert!(!used_first(&world, 2, &new), "nobody");
    assert_eq!(world.run_with_input("verify", &old).exit, 0);

    assert!(used_first(&world, 1, &new));
    assert!(!used_first(&world, 1, &new), "it has ended");
    assert_eq!(world.run_with_input("verify", &old).exit, 13);
    assert_eq!(world.run_with_input("verify", &new).exit, 0);
    assert_snapshot!(world.run("audit list"), @"
    exit 0
    -- stdout
    SEQ  AT                    ACTION       SUBJECT                      NAME  ACTOR
      1  2026-11-22T06:00:00Z  account-add  RZ5-76K-665Z                 main  ann@desk
      2  2026-11-22T06:00:00Z  create       pc_65511a5d129d4ed6c9cd2b3f  acme  ann@desk
      3  2026-11-22T06:00:00Z  reset        pc_65511a5d129d4ed6c9cd2b3f  acme  ann@desk
      4  2026-11-22T06:00:00Z  overlap-end  pc_65511a5d129d4ed6c9cd2b3f  acme  ann@desk
    -- stderr
    ");
    assert_eq!(world.run("doctor").exit, 0);
}

#[test]
fn an_overlap_that_waits_for_no_use_is_not_ended_by_one() {
    for flags in ["", "--overlap 7d"] {
        let (world, _, new) = reset(flags);
        assert!(!used_first(&world, 1, &new), "{flags}");
    }
    let (world, _, new) = reset("--until-used");
    world.wait_days(30);
    assert!(!used_first(&world, 1, &new), "it is over already");
    let (mut world, _, new) = reset("--until-used");
    world.ok("revoke acme --yes");
    assert!(!used_first(&world, 1, &new), "all of it is dead");
}

/// The new secret was used by who read it from a pipe that broke: it was withdrawn, and the old one is all there is.
#[test]
fn the_last_secret_that_is_left_is_not_ended() {
    let mut world = World::new();
    let old = world.secret("create acme --days 90");
    world.stdout_limit = Some(0);
    assert_eq!(world.run("reset acme --until-used --yes").exit, 1);
    world.stdout_limit = None;
    assert!(!used_first(&world, 1, &old));
    assert_eq!(world.run_with_input("verify", &old).exit, 0);
}
