//! `audit checkpoint` and `audit verify --against`

use std::fs;

use crate::support::test_env::TestEnv;

#[test]
fn an_older_copy_of_the_store_does_not_extend_a_checkpoint() {
    let mut world = TestEnv::new();
    world.run_for_secret("create partner-a --days 90");
    let older = fs::read(world.store()).unwrap();
    world.run_for_secret("create partner-b --days 90");
    let line = world.run_ok("audit checkpoint");
    world.file("checkpoint", line);
    world.run_for_secret("create partner-c --days 90");
    assert!(
        world
            .run_ok("audit verify --against ~/checkpoint")
            .contains("it extends the checkpoint of record 3")
    );

    fs::write(world.store(), older).unwrap();
    assert_eq!(world.run("audit verify").exit, 0, "an older copy is whole in itself");
    let said = world.run("audit verify --against ~/checkpoint");
    assert_eq!(said.exit, 8);
    assert!(
        said.stderr.contains("the audit log does not extend the checkpoint of record 3"),
        "{said}"
    );
}

#[test]
fn a_tampered_checkpoint_is_rejected() {
    let mut world = TestEnv::new();
    world.run_for_secret("create partner-a --days 90");
    let line = world.run_ok("audit checkpoint");
    world.file("altered", line.replace("-1 2 ", "-1 1 "));
    assert_eq!(world.run("audit verify --against ~/altered").exit, 8);
    world.file("none", "gatepass-checkpoint-1 2 AAAA");
    assert_eq!(world.run("audit verify --against ~/none").exit, 2);
    assert_eq!(world.run("audit verify --against ~/missing").exit, 1);
}
