//! Changes after which requests fail that are accepted now need confirmation, and no others do.

use gatepass::{domain::seq::CredentialSeq, ops::credential::usage::record_usage};
use insta::assert_snapshot;

use crate::support::{
    records::{reported, usage_record},
    test_env::TestEnv,
};

/// Each change narrows when it is made, and the next line takes it back without a question.
const CHANGES: [(&str, &str); 9] = [
    ("edit acme --days 3", "edit acme --days 90"),
    ("edit acme --for 12h", "edit acme --for 90d"),
    ("edit acme --introspect off", "edit acme --introspect on"),
    ("edit Roster/Lincoln --scope read:a", "edit Roster/Lincoln --scope read:a,read:b"),
    ("edit Roster/Lincoln --limit 5", "edit Roster/Lincoln --no-limit"),
    ("app edit Roster --limit 5", "app edit Roster --limit 1200"),
    ("account edit --region in1", "account edit --name moved"),
    ("account edit --require-user-passcode on", "account edit --require-user-passcode off"),
    (
        "legacy policy --announce 2027-01-01 --limit-from 2027-02-01 --limit 9 --sunset 2027-03-01",
        "legacy policy --sunset 2027-04-01",
    ),
];

/// One credential of each kind.
fn every_kind() -> TestEnv {
    let mut env = TestEnv::new();
    env.run_ok("create acme --days 90");
    env.run_ok("edit acme --introspect on");
    env.run_ok("grant-user ann@example.org --days 90");
    assert_eq!(
        env.run_with_input(
            "app add Roster --legacy-key-file -",
            "9f86d081884c7d659a2feaa0c55ad015"
        )
        .exit,
        0
    );
    env.run_ok("district add Lincoln");
    env.run_ok("grant-app Roster --district Lincoln --scope read:a,read:b --days 90");
    env
}

#[test]
fn every_narrowing_needs_confirmation_and_nothing_else() {
    let mut env = every_kind();
    for (narrowing, widening) in CHANGES {
        let refused = env.run(narrowing);
        assert_eq!(refused.exit, 2, "{narrowing}: {refused}");
        assert!(refused.stderr.contains("hint: use --yes"), "{narrowing}: {refused}");
        assert_eq!(env.run(&format!("{narrowing} -n")).exit, 0, "{narrowing}: a dry run");
        env.run_ok(&format!("{narrowing} --yes"));
        env.run_ok(widening);
    }
}

#[test]
fn a_change_that_affects_no_credential_needs_no_confirmation() {
    let mut env = TestEnv::new();
    env.run_ok("account add main");
    env.run_ok("app add Roster");
    for (narrowing, _) in &CHANGES[5..] {
        env.run_ok(narrowing);
    }
}

#[test]
fn the_question_says_how_many_credentials_were_used_recently() {
    let mut env = every_kind();
    env.run_ok("create globex --days 90");
    let store = env.open_store();
    // acme is the first credential of the store.
    let used = usage_record(CredentialSeq(1), env.op_context(&store).clock.now(), "192.0.2.1", 1);
    record_usage(&store, &[reported(used)]).unwrap();
    drop(store);
    env.advance_days(29);
    assert_snapshot!(env.run("account edit --require-user-passcode on").stderr, @"
    error: confirmation is required (no terminal to prompt): Requests that are accepted now will fail: 2 credentials, 1 used in the last 30 days. Edit account main (RZ5-76K-665Z): refuse account passcodes
    hint: use --yes
    ");
    env.advance_days(2);
    assert_snapshot!(env.run("account edit --require-user-passcode on").stderr, @"
    error: confirmation is required (no terminal to prompt): Requests that are accepted now will fail: 2 credentials, 0 used in the last 30 days. Edit account main (RZ5-76K-665Z): refuse account passcodes
    hint: use --yes
    ");
}

#[test]
fn a_credential_that_the_policy_refuses_says_so() {
    let mut env = every_kind();
    env.run_ok("account edit --require-user-passcode on --yes");
    env.run_ok("legacy policy --yes --announce 2026-01-01 --limit-from 2026-02-01 --limit 9 --sunset 2026-03-01");
    assert_snapshot!(env.run_ok("list"), @"
    ID                           NAME              KIND     STATE   EXPIRES               LEFT  REMARK
    pc_65511a5d129d4ed6c9cd2b3f  acme              account  active  2027-02-20T06:00:00Z  90 d  refused: the account accepts user passcodes only
    pc_72a22e6128f4d4431fdae559  ann@example.org   user     active  2027-02-20T06:00:00Z  90 d
    lk_0235048f92cdad81acbde06e  Roster            legacy   active  never                       refused: the sunset of legacy keys has passed
    tk_ecd1481ca5b5ef861814cee5  Roster → Lincoln  token    active  2027-02-20T06:00:00Z  90 d
    ");
    assert_eq!(env.run_ok("show acme --field refused_by_policy"), "user_passcode_required\n");
    assert_eq!(env.run_ok("show ann@example.org --field refused_by_policy"), "\n");
    assert_snapshot!(env.run("create late --days 9"), @"
    exit 0
    -- stdout
    gpa_…
    -- stderr
    warning: account main (RZ5-76K-665Z) refuses this account passcode: the account accepts user passcodes only
    ");
    assert_eq!(env.run("revoke acme --yes").exit, 0);
    assert_eq!(env.run_ok("show acme --field refused_by_policy"), "\n", "revoked first");
}
