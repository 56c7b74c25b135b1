//! `create`

use crate::support::run::World;

#[test]
fn a_secret_is_shown_once_and_opens_until_it_is_revoked() {
    let mut world = World::new();
    let secret = world.secret("create partner-a --days 90");
    assert!(secret.starts_with("gpa_"));
    assert_eq!(world.run_with_input("verify", &secret).exit, 0);
    assert!(!world.ok("list --json").contains(&secret));
    world.ok("revoke partner-a --yes");
    assert_eq!(world.run_with_input("verify", &secret).exit, 12);
}
