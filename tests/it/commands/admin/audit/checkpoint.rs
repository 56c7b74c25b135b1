//! `audit checkpoint` and `audit verify --against`.

use std::fs;

use crate::support::test_env::TestEnv;

#[test]
fn an_older_copy_of_the_store_does_not_extend_a_checkpoint() {
    let mut env = TestEnv::new();
    env.run_for_secret("create partner-a --days 90");
    let older = fs::read(env.store()).unwrap();
    env.run_for_secret("create partner-b --days 90");
    let line = env.run_ok("audit checkpoint");
    env.file("checkpoint", line);
    env.run_for_secret("create partner-c --days 90");
    assert!(
        env.run_ok("audit verify --against ~/checkpoint")
            .contains("it extends the checkpoint of record 3")
    );

    fs::write(env.store(), older).unwrap();
    assert_eq!(env.run("audit verify").exit, 0, "an older copy is whole in itself");
    let output = env.run("audit verify --against ~/checkpoint");
    assert_eq!(output.exit, 8);
    assert!(
        output.stderr.contains("the audit log does not extend the checkpoint of record 3"),
        "{output}"
    );
}

#[test]
fn a_tampered_checkpoint_is_rejected() {
    let mut env = TestEnv::new();
    env.run_for_secret("create partner-a --days 90");
    let line = env.run_ok("audit checkpoint");
    env.file("changed", line.replace("-1 2 ", "-1 1 "));
    assert_eq!(env.run("audit verify --against ~/changed").exit, 8);
    env.file("none", "gatepass-checkpoint-1 2 AAAA");
    assert_eq!(env.run("audit verify --against ~/none").exit, 2);
    assert_eq!(env.run("audit verify --against ~/missing").exit, 1);
}
