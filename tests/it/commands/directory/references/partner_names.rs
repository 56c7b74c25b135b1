//! New names of partners resemble no other reference. Names that older versions accepted stay valid.

use gatepass::domain::{
    audit::Action,
    credential::{Credential, CredentialKind, subject::Subject},
    directory::name::Name,
};
use insta::assert_snapshot;

use crate::support::test_env::TestEnv;

/// Creates an account passcode under a name that older versions accepted.
pub(super) fn create_with_older_name(env: &mut TestEnv, name: &str) {
    env.run_ok("create temporary --days 90");
    let store = env.open_store();
    let mut write = env.op_context(&store).begin().unwrap();
    let account = write.account().unwrap().key;
    let found = write.tx.find_holder(account, CredentialKind::Account, "temporary");
    let subject = Subject::Partner(Name::parse(name).unwrap());
    let after = Credential { subject, ..found.unwrap().unwrap() };
    write.update_credential(Action::Edit, after).unwrap();
    write.commit().unwrap();
}

#[test]
fn a_name_that_looks_like_another_reference_is_refused() {
    let mut env = TestEnv::new();
    env.run_ok("create acme --days 90");
    assert_snapshot!(env.run("create ann@example.org --days 90"), @"
    exit 2
    -- stderr
    error: the name looks like an e-mail address
    hint: to create the passcode of a user: gatepass grant-user EMAIL
    ");
    assert_snapshot!(env.run("create Roster/Lincoln --days 90"), @"
    exit 2
    -- stderr
    error: the name looks like APP/DISTRICT
    hint: to create a token: gatepass grant-app APP --district DISTRICT
    ");
    assert_snapshot!(env.run("create --days 90 -- -n"), @"
    exit 2
    -- stderr
    error: the name looks like an option
    hint: choose a name that does not begin with -
    ");
    assert_snapshot!(env.run("create pc_01ab --days 90"), @"
    exit 2
    -- stderr
    error: invalid value 'pc_01ab' for '[NAME]': the name looks like an id
    hint: choose a name that cannot be mistaken for an id
    ");
    assert_snapshot!(env.run("edit acme --name ann@example.org --json"), @r#"
    exit 2
    -- stderr
    {"error":{"code":"usage","details":null,"hint":"to create the passcode of a user: gatepass grant-user EMAIL","message":"invalid value 'ann@example.org' for '--name <NAME>': the name looks like an e-mail address"},"schema":"gatepass.error/v1"}
    "#);
    for name in ["ann@example.org", "a/b", "-", "-x", "tk_0123abcd", "4fd43cc56d11340000000005"] {
        for line in [format!("create --days 9 -- {name}"), format!("edit acme --name={name}")] {
            assert_eq!(env.run(&line).exit, 2, "{line}");
        }
    }
    assert_eq!(env.run_ok("list --field name"), "acme\n");
}

#[test]
fn a_prompt_says_what_to_do_instead() {
    let mut env = TestEnv::with_terminal();
    env.answers = ["ann@example.org", "acme"].map(str::to_owned).into();
    assert_snapshot!(env.run("create --days 90").stderr, @"
    ? Name of the partner? ann@example.org
    ! the name looks like an e-mail address (to create the passcode of a user: gatepass grant-user EMAIL)
    ? Name of the partner? acme
    Created key ~/.config/gatepass/key; back it up: gatepass key export --out FILE
    Created store ~/.local/share/gatepass/store.db (account RZ5-76K-665Z).
    This is the secret of acme (pc_65511a5d129d4ed6c9cd2b3f, account RZ5-76K-665Z). Expiry:
    2027-02-20T06:00:00Z (in 90 d).
    It will not be shown again. If you lose it, generate a new one: gatepass reset acme
    ");
}

#[test]
fn apps_and_districts_may_have_any_name_but_an_id() {
    let mut env = TestEnv::new();
    env.run_ok("account add School");
    for name in ["ann@example.org", "A/B", "-"] {
        env.run_ok(&format!("app add -- {name}"));
        env.run_ok(&format!("district add -- {name}"));
    }
    for name in ["pc_01ab", "4fd43cc56d11340000000005"] {
        for noun in ["app", "district"] {
            for line in [format!("{noun} add {name}"), format!("{noun} edit A/B --name {name}")] {
                let output = env.run(&line);
                assert_eq!(output.exit, 2, "{line}\n{output}");
                assert!(output.stderr.contains("\nhint: choose a name"), "{line}\n{output}");
            }
        }
    }
}

#[test]
fn older_names_stay_valid_and_doctor_reports_them() {
    let mut env = TestEnv::new();
    env.run_ok("create acme --days 90");
    for name in ["ann@example.org", "Roster/Lincoln", "-n"] {
        create_with_older_name(&mut env, name);
    }
    assert_eq!(env.run_ok("show ann@example.org --field name"), "ann@example.org\n");
    env.run_ok("edit Roster/Lincoln --note 'an older one'");
    env.run_ok("revoke --yes -- -n");
    env.run_ok(&format!("key export --out {}", env.path("escrow").display()));
    assert_snapshot!(env.run("doctor"), @"
    exit 0
    -- stdout
    store    ~/.local/share/gatepass/store.db (version 6)
    key      ~/.config/gatepass/key (078f3070)
    account  RZ5-76K-665Z (main)
    advice: the name of account passcode -n (pc_9e57be1e4a7d3eafab43a982) looks like an option (gatepass edit pc_9e57be1e4a7d3eafab43a982 --name NAME)
    advice: the name of account passcode ann@example.org (pc_72a22e6128f4d4431fdae559) looks like an e-mail address (gatepass edit pc_72a22e6128f4d4431fdae559 --name NAME)
    advice: the name of account passcode Roster/Lincoln (pc_031b3d56317bf51d7616bfe2) looks like APP/DISTRICT (gatepass edit pc_031b3d56317bf51d7616bfe2 --name NAME)
    No problems found
    ");
}

#[test]
fn an_older_name_can_be_created_if_missing() {
    let mut env = TestEnv::new();
    let line = "create ann@example.org --days 90 --if-missing";
    assert_eq!(env.run(line).exit, 2);
    assert!(!env.store().exists() && !env.key().exists(), "nothing is created");
    create_with_older_name(&mut env, "ann@example.org");
    assert_eq!(env.run(line).exit, 0, "it exists");
    assert_eq!(env.run("create ann@example.org --days 90").exit, 2);
    assert_snapshot!(env.run("create bob@example.org --days 90 --if-missing"), @"
    exit 2
    -- stderr
    error: the name looks like an e-mail address
    hint: to create the passcode of a user: gatepass grant-user EMAIL
    ");
    env.run_ok("delete ann@example.org --yes");
    assert_eq!(env.run(line).exit, 2, "it would be a new one");
}
