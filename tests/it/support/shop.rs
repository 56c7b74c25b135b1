//! A store with one credential in each state, for the stories that look at them.

use super::run::World;

/// Ten days after [`super::run::DAWN`]: `acme` is active, `beta` is expiring, `old` has expired, `gone` was revoked,
/// `dead` was deleted; the user Ann is active and Bob is expiring.
pub fn shop() -> World {
    let mut world = World::new();
    for line in [
        "create acme --days 90 --note 'the first partner'",
        "create beta --days 20",
        "create old --days 3",
        "create gone --forever",
        "create dead --infinite",
        "grant-user ann@example.org --infinite",
        "grant-user Bob@Example.org --days 12",
        "revoke gone --reason key-compromise --yes",
        "delete dead --yes",
    ] {
        world.ok(line);
    }
    world.wait_days(10);
    world
}

/// The same with somebody at a terminal.
pub fn shop_with_terminal() -> World {
    let mut world = shop();
    world.terminal = World::with_terminal().terminal;
    world
}
