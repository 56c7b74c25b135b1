//! A store with one credential in each state, for the stories that look at them.

use std::sync::LazyLock;

use super::run::{Frozen, World};

static SHOP: LazyLock<Frozen> = LazyLock::new(|| open().freeze());

/// Ten days after [`super::run::DAWN`]: `acme` is active, `beta` is expiring, `old` has expired, `gone` was revoked,
/// `dead` was deleted; the user Ann is active and Bob is expiring.
pub fn shop() -> World {
    World::thaw(&SHOP)
}

/// The same with somebody at a terminal.
pub fn shop_with_terminal() -> World {
    let mut world = shop();
    world.terminal = World::with_terminal().terminal;
    world
}

fn open() -> World {
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
