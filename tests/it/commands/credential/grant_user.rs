//! `grant-user`.

use std::fs;

use insta::assert_snapshot;

use crate::support::{credentials_fixture::credentials_fixture, test_env::TestEnv};

#[test]
fn a_user_has_one_passcode() {
    let mut env = TestEnv::new();
    let secret = env.run_for_secret("grant-user Ann@Example.org --days 90");
    assert!(secret.starts_with("gpu_"));
    assert_snapshot!(env.run_with_input("verify", &secret), @"
    exit 0
    -- stdout
    allowed: Ann@Example.org, user passcode pc_65511a5d129d4ed6c9cd2b3f of RZ5-76K-665Z (valid); expires 2027-02-20T06:00:00Z (in 90 d)
    ");
    assert_snapshot!(env.run("grant-user ann@EXAMPLE.org --days 90"), @"
    exit 4
    -- stderr
    error: Ann@Example.org already has the passcode pc_65511a5d129d4ed6c9cd2b3f, which is active
    hint: gatepass reset Ann@Example.org for a new secret, or gatepass revoke Ann@Example.org
    ");
    assert_snapshot!(env.run("grant-user ann@example.org --forever"), @"
    exit 2
    -- stderr
    error: unexpected argument '--forever' found
    hint: a similar argument exists: '--for'
    ");
}

#[test]
fn an_expired_user_passcode_is_replaced() {
    let mut env = TestEnv::new();
    let old = env.run_for_secret("grant-user ann@example.org --days 1");
    env.advance_days(1);
    let new = env.run_for_secret("grant-user ann@example.org --days 1");
    assert_eq!(env.run_with_input("verify", &old).exit, 12);
    assert_eq!(env.run_with_input("verify", &new).exit, 0);
    assert_eq!(env.run_ok("list --all --field state"), "deleted\nexpiring\n");
}

#[test]
fn a_revoked_user_passcode_does_not_block_a_new_one() {
    let mut env = TestEnv::new();
    let old = env.run_for_secret("grant-user ann@example.org --days 40");
    env.run_ok("revoke ann@example.org --yes");
    let new = env.run_for_secret("grant-user ann@example.org --days 40");
    assert_eq!(env.run_with_input("verify", &old).exit, 12);
    assert_eq!(env.run_with_input("verify", &new).exit, 0);
    assert_eq!(env.run_ok("list --field state"), "revoked\nactive\n");
    assert_eq!(env.run_ok("show ann@example.org --field state"), "active\n");
}

const USERS: &str =
    "email,lifetime,note\nann@x.org,90,\nbob@x.org,,\"the =second, one\"\neve@x.org,infinite,\n";

#[test]
fn many_are_granted_from_a_file_into_a_file() {
    for (name, head) in [
        ("out.csv", "id,name,secret,expires_at"),
        ("out.jsonl", "{\"schema\":\"gatepass.secret/v1\""),
    ] {
        let mut env = TestEnv::new();
        let (users, out) = (env.file("users.csv", USERS), env.path(name));
        let line = format!(
            "grant-user --from {} --days 30 --out {} --format csv",
            users.display(),
            out.display()
        );
        let output = env.run(&line);
        assert_eq!(output.exit, 0, "{output}");
        assert_eq!(env.run_ok("list --field lifetime"), "90d\n30d\ninfinite\n");
        let text = fs::read_to_string(&out).unwrap();
        assert!(text.starts_with(head));
        let secrets: Vec<_> =
            text.split(['"', ',']).filter(|word| word.starts_with("gpu_")).collect();
        assert_eq!(secrets.len(), 3);
        for secret in secrets {
            assert_eq!(env.run_with_input("verify", secret).exit, 0);
            assert!(!output.stdout.contains(secret));
        }
        assert!(!env.run_ok("list --field delivered_at").contains("\n\n"));
    }
}

#[test]
fn at_a_terminal_the_output_file_is_reported() {
    let mut env = TestEnv::with_terminal();
    let (users, out) = (env.file("users.csv", USERS), env.path("out.csv"));
    let line = format!("grant-user --from {} --days 30 --out {}", users.display(), out.display());
    assert_snapshot!(env.run(&(line.clone() + " -n")), @"
    exit 3
    -- stderr
    [1;31merror:[0m no store at ~/.local/share/gatepass/store.db
    [36mhint:[0m gatepass create creates one; if there is one, check --store, GATEPASS_STORE and HOME
    ");
    env.run_ok("create first --days 1");
    assert_snapshot!(env.run(&(line.clone() + " -n")), @"
    exit 0
    -- stdout
    [1mID[0m  [1mNAME[0m       [1mKIND[0m  [1mSTATE[0m     [1mEXPIRES[0m                 [1mLEFT[0m  [1mREMARK[0m
        ann@x.org  user  [32mactive[0m    2027-02-20T06:00:00Z    90 d
        bob@x.org  user  [33mexpiring[0m  2026-12-22T06:00:00Z    30 d  [2mthe =second, one[0m
        eve@x.org  user  [32mactive[0m    2036-11-22T06:00:00Z  3653 d
    -- stderr
    This was a dry run: nothing was changed. It would have granted 3 credentials.
    ");
    assert!(!out.exists());
    assert_snapshot!(env.run(&line), @"
    exit 0
    -- stderr
    The secrets are in ~/out.csv; they will not be shown again.
    Granted 3 credentials.
    ");
    assert_snapshot!(env.run(&line), @"
    exit 4
    -- stderr
    [1;31merror:[0m ~/out.csv already exists, and a secret never overwrites a file
    [36mhint:[0m use another file name for --out
    ");
}

#[test]
fn one_bad_line_grants_nobody() {
    let mut env = credentials_fixture();
    let before = env.run_ok("list --all --json");
    let out = env.path("out.csv");
    for (text, exit) in [
        ("email\nann2@x.org\nANN@example.org\n", 4),
        ("email\nann2@x.org\nnobody\n", 2),
        ("email\nann2@x.org\nANN2@x.org\n", 2),
        ("email,lifetime\nann2@x.org,0\n", 2),
        ("email,lifetime\nann2@x.org,forever\n", 2),
        ("name\nann\n", 2),
        ("", 2),
    ] {
        let users = env.file("users.csv", text);
        let output = env.run(&format!(
            "grant-user --from {} --days 3 --out {}",
            users.display(),
            out.display()
        ));
        assert_eq!(output.exit, exit, "{text:?}: {output}");
        assert!(!out.exists());
    }
    let users = env.file("users.csv", b"email\nann\xff@x.org\n");
    assert_snapshot!(env.run(&format!("grant-user --from {} --days 3 --out {}", users.display(), out.display())), @r#"
    exit 2
    -- stderr
    error: ~/users.csv, line 2: not valid UTF-8
    hint: save the file in UTF-8, e.g. as "CSV UTF-8" in Excel
    "#);
    let users = env.file("users.csv", "email\nann2@x.org\n");
    assert_snapshot!(env.run(&format!("grant-user --from {} --out {}", users.display(), out.display())), @r#"
    exit 2
    -- stderr
    error: ~/users.csv, line 2, email "ann2@x.org": no lifetime, either here or on the command line
    "#);
    assert_snapshot!(env.run(&format!("grant-user --from {} --days 3", users.display())), @"
    exit 2
    -- stderr
    error: several secrets can only be written to a file
    hint: use --out FILE
    ");
    assert_snapshot!(env.run(&format!("grant-user --from {} --days 3 --out {}", env.path("none").display(), out.display())), @"
    exit 1
    -- stderr
    error: ~/none could not be read: No such file or directory (os error 2)
    ");
    assert_snapshot!(env.run(&format!("grant-user eve@x.org --from {} --days 3", users.display())), @"
    exit 2
    -- stderr
    error: the argument '[EMAIL]' cannot be used with '--from <FILE>'
    hint: usage: gatepass grant-user --days <N> <EMAIL>
    ");
    assert_eq!(env.run_ok("list --all --json"), before);
}

#[test]
fn a_bulk_grant_replaces_expired_passcodes() {
    let mut env = TestEnv::new();
    let old = env.run_for_secret("grant-user bob@x.org --days 1");
    env.advance_days(1);
    let (users, out) = (env.file("users.csv", USERS), env.path("out.csv"));
    env.run_ok(&format!("grant-user --from {} --days 3 --out {}", users.display(), out.display()));
    assert_eq!(env.run_with_input("verify", &old).exit, 12);
    assert_eq!(env.run_ok("list --user bob@x.org --all --field state"), "deleted\nexpiring\n");
}
