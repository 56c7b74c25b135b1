//! A store with a credential in each state.

use std::sync::LazyLock;

use super::test_env::{Snapshot, TestEnv};

static FIXTURE: LazyLock<Snapshot> = LazyLock::new(|| build().snapshot());

/// Returns a store ten days after [`super::test_env::START_TIME`]: `acme` is active, `beta` is expiring, `old` has expired,
/// `gone` was revoked, `dead` was deleted. The user Ann is active and Bob is expiring.
pub fn credentials_fixture() -> TestEnv {
    TestEnv::from_snapshot(&FIXTURE)
}

/// Like [`credentials_fixture`], at a terminal.
pub fn credentials_fixture_with_terminal() -> TestEnv {
    let mut env = credentials_fixture();
    env.terminal = TestEnv::with_terminal().terminal;
    env
}

fn build() -> TestEnv {
    let mut env = TestEnv::new();
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
        env.run_ok(line);
    }
    env.advance_days(10);
    env
}
