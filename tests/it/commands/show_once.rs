//! Secrets are shown once: where they are written, and what happens if that fails.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
};

use gatepass::{
    domain::{
        credential::lifetime::Lifetime,
        directory::name::Name,
        duration::Duration,
        instant::{Clock, Instant},
    },
    keys::{Keys, PathRules, file},
    ops::{
        OpContext,
        credential::create::{CreateRequest, create},
        secret_sink::AfterCommit,
    },
    store::{self, LockWait, Mode, Store},
};
use insta::assert_snapshot;

use crate::support::{
    credentials_fixture::{credentials_fixture, credentials_fixture_with_terminal},
    records::entropy,
    test_env::{START_TIME, TestEnv},
};

/// The commands that issue one secret.
const ISSUING_COMMANDS: [&str; 3] =
    ["create new --days 9", "grant-user new@example.org --days 9", "reset acme --yes"];

#[test]
fn piped_output_is_the_secret_and_a_newline() {
    for maker in ISSUING_COMMANDS {
        let output = credentials_fixture().run(maker);
        assert_eq!((output.exit, output.stderr.as_str()), (0, ""), "{maker}");
        assert_eq!((output.stdout.len(), output.stdout.lines().count()), (54, 1), "{maker}");
        assert!(output.stdout.ends_with('\n'));
    }
}

#[test]
fn at_a_terminal_the_secret_is_alone_on_its_line() {
    for maker in ISSUING_COMMANDS {
        let mut env = credentials_fixture_with_terminal();
        let output = env.run(maker);
        assert_eq!((output.stdout.len(), output.stdout.lines().count()), (54, 1), "{maker}");
        assert!(output.stderr.contains("It will not be shown again."), "{maker}: {output}");
        assert!(output.stderr.contains("gatepass reset "), "{maker}: {output}");
        assert!(!output.stderr.contains(output.stdout.trim()));
    }
    // Messages still go to the terminal when stdout is a pipe.
    let mut env = credentials_fixture_with_terminal();
    env.terminal.stdout = false;
    assert_snapshot!(env.run("create 'new one' --days 9"), @"
    exit 0
    -- stdout
    gpa_…
    -- stderr
    This is the secret of new one (pc_10cf2441817477ea563f76e3, account RZ5-76K-665Z). Expiry:
    2026-12-11T06:00:00Z (in 9 d).
    It will not be shown again. If you lose it, generate a new one: gatepass reset 'new one'
    ");
}

#[test]
fn only_issuing_commands_have_a_secret_field_in_json() {
    for maker in ISSUING_COMMANDS {
        let mut env = credentials_fixture();
        let output = env.run(&format!("{maker} --json"));
        let issued: serde_json::Value = serde_json::from_str(&output.stdout).unwrap();
        let secret = issued["secret"].as_str().unwrap();
        assert_eq!(env.run_with_input("verify", secret).exit, 0);
        for line in [
            "list --json",
            "show acme --json",
            "audit list --json",
            "check --json",
            "doctor --json",
        ] {
            let output = env.run(line);
            assert!(!output.stdout.contains("\"secret\""), "{line}");
        }
        assert_eq!(env.run("show acme --field secret").exit, 2);
    }
}

#[test]
fn a_shown_secret_counts_as_delivered() {
    let mut env = TestEnv::new();
    env.run_ok("create acme --days 9");
    assert_eq!(env.run_ok("show acme --field delivered_at"), "2026-11-22T06:00:00Z\n");
    env.advance_days(1);
    env.run_ok("reset acme --yes");
    assert_eq!(env.run_ok("show acme --field delivered_at"), "2026-11-23T06:00:00Z\n");
}

#[test]
fn a_new_credential_that_could_not_be_shown_is_revoked() {
    for maker in &ISSUING_COMMANDS[..2] {
        for limit in [0, 1, 53] {
            let mut env = credentials_fixture();
            env.stdout_limit = Some(limit);
            let output = env.run(maker);
            assert_eq!((output.exit, output.stdout.as_str()), (1, ""), "{maker}");
            env.stdout_limit = None;
            assert_eq!(env.run_ok("list --name new* --field state"), "revoked\n");
            assert_eq!(env.run_ok("list --name new* --field revocation_reason"), "not-delivered\n");
            assert_eq!(env.run_ok("list --name new* --field delivered_at"), "\n");
        }
    }
    let mut env = credentials_fixture();
    env.stdout_limit = Some(0);
    assert_snapshot!(env.run("create 'new one' --days 9"), @"
    exit 1
    -- stderr
    error: the secret could not be written (broken pipe), so pc_10cf2441817477ea563f76e3 was revoked
    hint: gatepass delete 'new one', then create it again
    ");
    assert_snapshot!(env.run("create other --days 9 --json"), @r#"
    exit 1
    -- stderr
    {"error":{"code":"undelivered","details":null,"hint":"gatepass delete other, then create it again","message":"the secret could not be written (broken pipe), so pc_0c64150df494411ea35bf832 was revoked"},"schema":"gatepass.error/v1"}
    "#);
    env.stdout_limit = None;
    assert_snapshot!(env.run_ok("list --name 'new one'"), @"
    ID                           NAME     KIND     STATE    EXPIRES               LEFT  REMARK
    pc_10cf2441817477ea563f76e3  new one  account  revoked  2026-12-11T06:00:00Z
    ");
}

#[test]
fn output_to_the_null_device_is_rejected() {
    let mut env = credentials_fixture();
    env.terminal.stdout_is_null = true;
    assert_snapshot!(env.run("create new --days 9"), @"
    exit 1
    -- stderr
    error: the secret could not be written (stdout is the null device), so pc_10cf2441817477ea563f76e3 was revoked
    hint: gatepass delete new, then create it again
    ");
    let out = env.path("out");
    assert_eq!(env.run(&format!("create another --days 9 --out {}", out.display())).exit, 0);
}

#[test]
fn out_creates_a_file_readable_by_its_owner_only() {
    for maker in ISSUING_COMMANDS {
        let mut env = credentials_fixture();
        let out = env.path("out");
        env.run_ok(&format!("{maker} --out {}", out.display()));
        assert_eq!(fs::metadata(&out).unwrap().permissions().mode() & 0o777, 0o600);
        let secret = fs::read(&out).unwrap();
        assert_eq!(secret.len(), 54);
        assert_eq!(env.run_with_input("verify", &secret).exit, 0);
        assert!(!env.run_ok("list --json").contains("\"delivered_at\":null,\"withdrawn\":false,\"retiring_until\":null,\"retiring_until_used\":false,\"revoked_at\":null,\"revoked_by\":null,\"revocation_reason\":null,\"deleted_at\":null"));
    }
}

#[test]
fn an_uncreatable_out_file_changes_nothing() {
    let mut env = credentials_fixture();
    let there = env.file("there", "mine");
    let closed = env.path("closed");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, Permissions::from_mode(0o500)).unwrap();
    let before = env.run_ok("audit list --json");
    for maker in ISSUING_COMMANDS {
        let output = env.run(&format!("{maker} --out {}", there.display()));
        assert_eq!(output.exit, 4, "{output}");
        let output = env.run(&format!("{maker} --out {}", env.path("no/such/out").display()));
        assert_eq!(output.exit, 1, "{output}");
    }
    assert_snapshot!(env.run(&format!("create new --days 9 --out {}", there.display())), @"
    exit 4
    -- stderr
    error: ~/there already exists, and a secret never overwrites a file
    hint: use another file name for --out
    ");
    assert_snapshot!(env.run(&format!("create new --days 9 --out {}", env.path("no/out").display())), @"
    exit 1
    -- stderr
    error: ~/no/out could not be created: No such file or directory (os error 2)
    ");
    assert_eq!(fs::read(&there).unwrap(), b"mine");
    assert_eq!(env.run_ok("audit list --json"), before);
    // A later failure removes the file.
    let out = env.path("out");
    assert_eq!(env.run(&format!("create acme --days 9 --out {}", out.display())).exit, 4);
    assert_eq!(env.run(&format!("reset gone --yes --out {}", out.display())).exit, 4);
    assert_eq!(
        env.run(&format!("create new --days 9 --field nonsense --out {}", out.display())).exit,
        2
    );
    assert!(!out.exists());
    assert_eq!(env.run_ok("audit list --json"), before);
}

#[test]
fn an_uncreatable_out_file_creates_no_store() {
    let mut env = TestEnv::new();
    let there = env.file("there", "mine");
    assert_eq!(env.run(&format!("create new --days 9 --out {}", there.display())).exit, 4);
    assert!(!env.store().exists());
}

#[test]
fn an_undelivered_secret_is_listed_and_fixed_by_a_reset() {
    let mut env = TestEnv::new();
    env.run_ok("create acme --days 90");
    issue_without_showing(&env, "lost");
    assert_snapshot!(env.run_ok("list"), @"
    ID                           NAME  KIND     STATE   EXPIRES               LEFT  REMARK
    pc_65511a5d129d4ed6c9cd2b3f  acme  account  active  2027-02-20T06:00:00Z  90 d
    pc_7a0786b127a9d7b2cad8ed51  lost  account  active  2027-02-20T06:00:00Z  90 d  never displayed
    ");
    assert!(
        env.run_ok("doctor").contains("1 credential was never displayed, so nobody has the secret")
    );
    env.run_ok("reset lost --yes");
    assert_snapshot!(env.run_ok("list"), @"
    ID                           NAME  KIND     STATE   EXPIRES               LEFT  REMARK
    pc_65511a5d129d4ed6c9cd2b3f  acme  account  active  2027-02-20T06:00:00Z  90 d
    pc_7a0786b127a9d7b2cad8ed51  lost  account  active  2027-02-20T06:00:00Z  90 d
    ");
}

/// The state after a power failure between the commit and the output.
fn issue_without_showing(env: &TestEnv, name: &str) {
    struct FixedClock;
    impl Clock for FixedClock {
        fn now(&self) -> Instant {
            Instant::parse_rfc3339(START_TIME).unwrap()
        }
    }
    let keys = Keys::derive(&file::read(&env.key(), PathRules::Owned).unwrap());
    let backend = store::open(&env.store().into(), Mode::Write, LockWait::UntilTimeout).unwrap();
    let store = Store::new(backend, keys);
    let (clock, actor) = (&FixedClock, &env.actor);
    let ctx = OpContext {
        store: &store,
        clock,
        actor,
        account: None,
        dry_run: false,
        accept_clock: false,
    };
    let order = CreateRequest {
        name: Name::parse(name).unwrap(),
        note: None,
        lifetime: Lifetime::For(Duration::days(90)),
        if_missing: false,
    };
    create(&ctx, order, &mut entropy(7), &mut AfterCommit::default()).unwrap();
}
