//! `schema`

use insta::assert_snapshot;

use crate::support::run::World;

#[test]
fn a_name_that_is_none_is_told() {
    assert_snapshot!(World::new().run("schema show nonsense"), @"
    exit 2
    -- stdout
    -- stderr
    error: there is no schema nonsense
    hint: gatepass schema list
    ");
}

#[test]
fn every_schema_that_is_listed_can_be_shown() {
    let mut world = World::new();
    for name in world.ok("schema list -q").lines() {
        let text = world.ok(&format!("schema show {name}"));
        assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{name}");
    }
}
