//! Stores that released versions wrote: what was true of them then is true of them now.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::Path,
    thread,
};

use gatepass::{
    keys::private::make_private_dir,
    store::sqlite::{Mode, STEPS, SqliteBackend, Waiting},
};
use insta::assert_snapshot;
use rusqlite::Connection;

use crate::support::run::World;

const STORES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/stores");

/// The secrets of 0.1.0, without what would make them look like a leak: which they are, and what `verify` exits with.
const SECRETS: [(&str, &str, u8); 4] = [
    (
        "retiring until the current one is used",
        "lkWnVujL99uUd5oiRz5sv7cY1DGapdALOg5o5xPZBhs0Hepeq",
        0,
    ),
    ("current", "xrp9yPrs1t5R2bI6cgFvKT4sMwwAQEdSbsox1vNjkqY1jQAZi", 0),
    (
        "good until its successor, which was withdrawn",
        "CcLDwO3UdToCpHLjBzvxq4a3mM11NBkHVwXaawF8fit3DpBBz",
        0,
    ),
    ("revoked", "wLyJrlBXKVTlj5SR85NG0U5xqQ71JXBjLOWSYbklC3d18GHwo", 12),
];

/// A world with the store that a version wrote, and with its key, on the day on which it did.
fn left_by(version: &str) -> World {
    let world = World::new();
    for (name, path) in [("store.db", world.store()), ("key", world.key())] {
        make_private_dir(path.parent().unwrap()).unwrap();
        fs::copy(Path::new(STORES).join(version).join(name), &path).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
    }
    world.set_clock("2026-12-02T06:00:00Z");
    world
}

#[test]
fn a_store_of_0_1_0_answers_as_it_did() {
    let mut world = left_by("0.1.0");
    assert_snapshot!(world.run("list --all"), @"
    exit 0
    -- stdout
    ID                           NAME             KIND     STATE     EXPIRES                 LEFT  REMARK
    pc_65511a5d129d4ed6c9cd2b3f  acme             account  active    2027-02-20T06:00:00Z    80 d  the first partner
    pc_72a22e6128f4d4431fdae559  beta             account  expiring  2026-12-12T06:00:00Z    10 d
    pc_031b3d56317bf51d7616bfe2  old              account  expired   2026-11-25T06:00:00Z
    pc_9e57be1e4a7d3eafab43a982  gone             account  revoked   never
    pc_c24fff62122ae756b9ffa05d  dead             account  deleted   2036-11-22T06:00:00Z
    pc_fcd27ed352087b78abbf8378  ann@example.org  user     active    2036-11-22T06:00:00Z  3643 d
    pc_aff9bbcda26ad7c4b7b7ae79  Bob@Example.org  user     expiring  2026-12-04T06:00:00Z     2 d
    pc_10cf2441817477ea563f76e3  reset            account  active    2027-06-20T06:00:00Z   200 d  old secret ends 2026-12-22T06:00:00Z
    pc_2cd776ff56f72a15730b1090  withdrawn        account  expiring  2027-01-01T06:00:00Z    30 d  no secret: reset it; old secret ends 2026-12-11T06:00:00Z
    pc_60ed76c189a2571d7c5253ec  gone-too         account  revoked   never
    -- stderr
    10 credentials: 3 active, 3 expiring, 1 expired, 2 revoked, 1 deleted; 7 of 100 places taken in RZ5-76K-665Z
    ");
    assert_snapshot!(world.run("show reset"), @"
    exit 0
    -- stdout
    id        pc_10cf2441817477ea563f76e3
    name      reset
    kind      account passcode of RZ5-76K-665Z
    state     active
    remark    old secret ends 2026-12-22T06:00:00Z
    expires   2027-06-20T06:00:00Z (in 200 d)
    lifetime  200 days
    created   2026-12-02T06:00:00Z by ann@desk
    secret    number 2, made 2026-12-02T06:00:00Z
    -- stderr
    ");
    assert_snapshot!(world.run("audit verify"), @"
    exit 0
    -- stdout
    the audit log verifies: 19 records, the last link is ce13bbc653c2589b7e3c8694b8df456736aef03040139ab0cce1d7317d4ca1fc
    -- stderr
    ");
    assert_snapshot!(world.run("doctor"), @"
    exit 0
    -- stdout
    advice: 1 credential was reset without the new secret being displayed (gatepass reset)
    advice: 1 credential has expired (gatepass delete --expired)
    all of it verifies
    -- stderr
    ");
    for (which, body, exit) in SECRETS {
        let said = world.run_with_input("verify", format!("gpa_{body}"));
        assert_eq!(said.exit, exit, "{which}: {said}");
    }
}

/// Whoever comes first brings it up to date, and no seal changes by that.
#[test]
fn a_store_of_0_1_0_is_brought_up_to_date_by_any_look_or_change() {
    for line in ["list", "verify", "edit acme --note x", "create new --days 9", "doctor"] {
        let mut world = left_by("0.1.0");
        assert_eq!(version(&world), 1);
        let before = seals(&world);
        world.run_with_input(line, format!("gpa_{}", SECRETS[1].1));
        assert_eq!(version(&world), STEPS.len() as i64, "{line}");
        let kept = seals(&world).iter().filter(|seal| before.contains(seal)).count();
        let changed = usize::from(line.starts_with("edit"));
        assert_eq!(kept, before.len() - changed, "{line}");
        assert_eq!(world.run("doctor").exit, 0, "{line}");
    }
}

#[test]
fn many_can_look_at_an_older_store_at_once() {
    let world = left_by("0.1.0");
    let file = world.store();
    let look = || SqliteBackend::open(&file, Mode::Read, Waiting::Patient).map(drop);
    let outcomes: Vec<_> = thread::scope(|scope| {
        let racers: Vec<_> = (0..16).map(|_| scope.spawn(look)).collect();
        racers.into_iter().map(|racer| racer.join().unwrap()).collect()
    });
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
}

#[test]
fn while_somebody_writes_to_an_older_store_no_names_are_offered() {
    let mut world = left_by("0.1.0");
    let writer = Connection::open(world.store()).unwrap();
    writer.execute_batch("begin immediate").unwrap();
    assert_eq!(world.ok("complete-names a"), "");
    drop(writer);
    assert_eq!(world.ok("complete-names a"), "acme\nann@example.org\n");
}

fn version(world: &World) -> i64 {
    let owner = Connection::open(world.store()).unwrap();
    owner.query_row("pragma user_version", [], |row| row.get(0)).unwrap()
}

/// The seals of all credentials.
fn seals(world: &World) -> Vec<Vec<u8>> {
    let owner = Connection::open(world.store()).unwrap();
    let mut statement = owner.prepare("select mac from credential order by seq").unwrap();
    let seals = statement.query_map([], |row| row.get(0)).unwrap();
    seals.collect::<Result<_, _>>().unwrap()
}
