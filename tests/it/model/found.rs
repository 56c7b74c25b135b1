//! What the model has found, each kept as a story of its own.

use crate::support::run::World;

#[test]
fn what_a_change_shows_counts_from_the_stores_now() {
    let mut world = World::new();
    world.ok("create partner --days 1");
    world.wait_seconds(86_400 - 10);
    world.ok("create other --days 9");
    world.wait_seconds(-40);
    // The clock is behind the last record, which is ten seconds before the end.
    let shown = world.ok("edit partner --note x --field expires_in_seconds");
    assert_eq!(shown.trim_end(), "10");
    let shown = world.ok("revoke partner --yes --json");
    assert!(
        shown.contains("\"expires_in_seconds\": 10") || shown.contains("\"expires_in_seconds\":10"),
        "{shown}"
    );
}

#[test]
fn an_end_within_365_days_of_the_stores_now_is_taken() {
    let mut world = World::new();
    world.ok("create partner --days 1");
    world.wait_seconds(-40);
    world.ok("create other --until 2027-11-22T06:00:00Z");
    assert_eq!(world.run("create third --until 2027-11-22T06:00:01Z").exit, 2);
}

#[test]
fn what_was_made_under_a_clock_that_ran_ahead_can_be_given_a_new_lifetime() {
    let mut world = World::new();
    world.wait_days(1000);
    world.ok("create partner --days 90");
    world.wait_days(-1000);
    assert_eq!(world.run("edit partner --days 90 --yes").exit, 7);
    let end = world.ok("edit partner --days 90 --yes --accept-clock --field expires_at");
    assert_eq!(end.trim_end(), "2027-02-20T06:00:00Z");
    assert_eq!(world.run("doctor").exit, 0);
}
