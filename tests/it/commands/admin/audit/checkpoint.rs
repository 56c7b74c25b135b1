//! `audit checkpoint` and `audit verify --against`.

use std::fs;

use base64::{Engine, engine::general_purpose::STANDARD};

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
    let output = env.run("audit verify --accept-history");
    assert_eq!(output.exit, 0, "an older copy is whole in itself: {output}");
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

/// A copy that went on by itself does not extend a checkpoint, however many records it has.
#[test]
fn a_fork_of_the_store_does_not_extend_a_checkpoint() {
    let mut env = TestEnv::new();
    env.run_ok("create partner-a --days 90");
    let older = env.snapshot();
    for name in ["b", "c"] {
        env.run_ok(&format!("create partner-{name} --days 90"));
    }
    let checkpoint = env.run_ok("audit checkpoint");
    assert!(checkpoint.contains(" 4 "), "{checkpoint}");
    let exit = |env: &mut TestEnv| env.run_with_input("audit verify --against -", &checkpoint).exit;
    assert_eq!(exit(&mut env), 0);
    let mut fork = TestEnv::from_snapshot(&older);
    for records in 2..=6 {
        assert_eq!(fork.run("audit verify").exit, 0);
        assert_eq!(exit(&mut fork), 8, "{records} records");
        fork.run_ok(&format!("create partner-x{records} --days 90"));
    }
}

/// Number, link and MAC of a checkpoint belong together.
#[test]
fn parts_of_two_checkpoints_are_no_checkpoint() {
    let mut env = TestEnv::new();
    let mut other = TestEnv::new();
    other.reseed(7);
    let mut parts = Vec::new();
    for env in [&mut env, &mut other] {
        for name in ["a", "b"] {
            env.run_ok(&format!("create partner-{name} --days 90"));
            let line = env.run_ok("audit checkpoint");
            let (seq, text) = line.trim_end().rsplit_once(' ').unwrap();
            let bytes = STANDARD.decode(text).unwrap();
            let (link, mac) = bytes.split_at(32);
            parts.push((seq.to_owned(), link.to_vec(), mac.to_vec()));
        }
    }
    let own = &parts[..2];
    for (seq, ..) in own {
        for (_, link, _) in &parts {
            for (.., mac) in &parts {
                let line = format!("{seq} {}", STANDARD.encode([&link[..], mac].concat()));
                let is_whole = own.contains(&(seq.clone(), link.clone(), mac.clone()));
                let output = env.run_with_input("audit verify --against -", &line);
                assert_eq!(output.exit, if is_whole { 0 } else { 8 }, "{line}: {output}");
            }
        }
    }
}
