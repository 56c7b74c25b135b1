//! `doctor`

use insta::assert_snapshot;

use crate::support::{run::World, shop::shop};

#[test]
fn all_is_well_and_there_is_advice() {
    let mut world = shop();
    assert_snapshot!(world.run("doctor"), @"
    exit 0
    -- stdout
    advice: the key was never escrowed: without it the store is worthless (gatepass key export)
    advice: 1 credentials have expired (gatepass delete --expired)
    all of it verifies
    -- stderr
    ");
    world.ok(&format!("key export --out {}", world.path("escrow").display()));
    world.ok("delete old --yes");
    assert_snapshot!(world.run("doctor"), @"
    exit 0
    -- stdout
    all of it verifies
    -- stderr
    ");
    assert_snapshot!(world.run("doctor --json"), @r#"
    exit 0
    -- stdout
    {
      "schema": "gatepass.doctor/v1",
      "verifies": true,
      "problems": [],
      "advice": []
    }
    -- stderr
    "#);
}

#[test]
fn a_missing_store_is_missing_and_no_damage() {
    assert_snapshot!(World::new().run("doctor"), @"
    exit 3
    -- stdout
    -- stderr
    error: there is no store at ~/.local/share/gatepass/store.db
    hint: gatepass create makes one; is HOME right, or --store or GATEPASS_STORE missing?
    ");
}

#[test]
fn what_was_altered_is_found_and_listing_stops_there() {
    let mut world = shop();
    let store = rusqlite::Connection::open(world.store()).unwrap();
    let altered =
        store.execute("update credential set expires_at = expires_at + 1 where owner = 'beta'", ());
    assert_eq!(altered.unwrap(), 1);
    drop(store);
    assert_snapshot!(world.run("doctor"), @"");
    // The records before it are listed, and the document is left open, so that nobody takes it for whole.
    let said = world.run("list --json");
    assert_eq!(said.exit, 8);
    assert!(said.stdout.contains("acme") && !said.stdout.contains("summary"), "{said}");
    assert!(serde_json::from_str::<serde_json::Value>(&said.stdout).is_err());
    let error: serde_json::Value = serde_json::from_str(&said.stderr).unwrap();
    assert_eq!(error["error"]["code"], "integrity");
    assert_snapshot!(world.run("list"), @"");
    world.stdout_limit = Some(0);
    assert_eq!(world.run("doctor").exit, 8, "where nobody reads it, too");
}
