//! Accounts by Account ID and by name.

use gatepass::domain::{
    audit::Action,
    directory::{account::Account, name::Name},
};
use insta::assert_snapshot;

use crate::support::test_env::TestEnv;

/// Returns a store with the accounts main and Shop, each with a passcode acme.
fn two_accounts() -> TestEnv {
    let mut env = TestEnv::new();
    env.run_ok("create acme --days 90");
    env.run_ok("account add Shop --id WWW-XXX-YYYZ");
    env.run_ok("create acme --days 90 --account WWW-XXX-YYYZ");
    env
}

/// Gives an account the name of the first one, as older versions did.
fn rename_to_main(env: &TestEnv, id: &str) {
    let store = env.open_store();
    let mut write = env.op_context(&store).begin().unwrap();
    let accounts = write.tx.accounts().unwrap();
    let before = accounts.into_iter().find(|account| account.id.as_str() == id).unwrap();
    let after = Account { name: Name::parse("MAIN").unwrap(), ..before.clone() };
    let context = write.audit_context(Action::AccountEdit);
    write.tx.update_account(&context, &before, after).unwrap();
    write.commit().unwrap();
}

#[test]
fn an_account_can_be_named_wherever_one_is_expected() {
    let mut env = two_accounts();
    for name in ["Shop", "SHOP", "WWW-XXX-YYYZ", "www-xxx-yyyz", "wwwxxxyyyz"] {
        for line in [
            format!("show acme --account {name} --field account"),
            format!("list --account {name} --field account"),
            format!("account show {name} --field id"),
            format!("account edit {name} --region in1 --field id --yes"),
            format!("account show --account {name} --field id"),
            format!("edit acme --note x --account {name} --field account"),
        ] {
            assert_eq!(env.run_ok(&line), "WWW-XXX-YYYZ\n", "{line}");
        }
        assert_eq!(
            env.run_ok(&format!("audit list --of {name} -q")).lines().next(),
            Some("3"),
            "{name}"
        );
        env.env.insert("GATEPASS_ACCOUNT".into(), name.into());
        assert_eq!(env.run_ok("show acme --field account"), "WWW-XXX-YYYZ\n", "{name}");
        env.env.remove(std::ffi::OsStr::new("GATEPASS_ACCOUNT"));
    }
    env.file("config.toml", "account = \"shop\"\n");
    let config = env.path("config.toml");
    env.env.insert("GATEPASS_CONFIG".into(), config.into());
    assert_eq!(env.run_ok("show acme --field account"), "WWW-XXX-YYYZ\n");
    assert_eq!(
        env.run_ok("account add Test --id test9484kk444z --field id"),
        "TEST-948-4KK-444Z\n"
    );
}

#[test]
fn an_unknown_account_is_not_found() {
    let mut env = two_accounts();
    assert_snapshot!(env.run("list --account nobody"), @"
    exit 3
    -- stderr
    error: account nobody not found
    hint: gatepass account list
    ");
    assert_snapshot!(env.run("account show 948-4kk-444z"), @"
    exit 3
    -- stderr
    error: account 948-4kk-444z not found
    hint: gatepass account list
    ");
    assert_eq!(env.run("list --account ''").exit, 3);
    let mut env = TestEnv::new();
    assert_eq!(env.run("create acme --days 9 --account Shop").exit, 3);
    assert!(!env.store().exists() && !env.key().exists(), "nothing is created");
}

#[test]
fn names_of_accounts_are_unique() {
    let mut env = two_accounts();
    assert_snapshot!(env.run("account add SHOP"), @"
    exit 4
    -- stderr
    error: the name SHOP is already taken by account WWW-XXX-YYYZ
    hint: choose another name, or rename that one: gatepass account edit WWW-XXX-YYYZ --name NAME
    ");
    assert_snapshot!(env.run("account edit Shop --name Main"), @"
    exit 4
    -- stderr
    error: the name Main is already taken by account RZ5-76K-665Z
    hint: choose another name, or rename that one: gatepass account edit RZ5-76K-665Z --name NAME
    ");
    assert_snapshot!(env.run("account add 948-4kk-444z"), @"
    exit 2
    -- stderr
    error: invalid value '948-4kk-444z' for '<NAME>': the name looks like an id
    hint: choose a name that cannot be mistaken for an id
    ");
    assert_eq!(env.run("account add wwwxxxyyyz").exit, 4, "the ID of another account");
    env.run_ok("account edit Shop --name SHOP");
}

#[test]
fn older_accounts_of_one_name_are_ambiguous() {
    let mut env = two_accounts();
    rename_to_main(&env, "WWW-XXX-YYYZ");
    assert_snapshot!(env.run("create beta --days 9 --account main"), @"
    exit 4
    -- stderr
    error: main matches 2 accounts
    hint: use one of these ids: RZ5-76K-665Z (account main), WWW-XXX-YYYZ (account MAIN)
    ");
    assert_snapshot!(env.run("create beta --days 9 --account main --json"), @r#"
    exit 4
    -- stderr
    {"error":{"code":"ambiguous","details":{"candidates":[{"account":"RZ5-76K-665Z","id":"RZ5-76K-665Z","kind":"account","name":"main"},{"account":"WWW-XXX-YYYZ","id":"WWW-XXX-YYYZ","kind":"account","name":"MAIN"}]},"hint":"use one of these ids: RZ5-76K-665Z (account main), WWW-XXX-YYYZ (account MAIN)","message":"main matches 2 accounts"},"schema":"gatepass.error/v1"}
    "#);
    for line in [
        "account show main",
        "account edit main --region in1",
        "list --account main",
        "audit list --of main",
    ] {
        assert_eq!(env.run(line).exit, 4, "{line}");
    }
    env.run_ok("account edit WWW-XXX-YYYZ --region in1 --yes");
    env.run_ok(&format!("key export --out {}", env.path("escrow").display()));
    assert_snapshot!(env.run("doctor"), @"
    exit 0
    -- stdout
    store     ~/.local/share/gatepass/store.db (version 6)
    key       ~/.config/gatepass/key (078f3070)
    accounts  RZ5-76K-665Z (main), WWW-XXX-YYYZ (MAIN)
    advice: accounts RZ5-76K-665Z and WWW-XXX-YYYZ have the same name, MAIN (gatepass account edit WWW-XXX-YYYZ --name NAME)
    No problems found
    ");
    env.run_ok("account edit WWW-XXX-YYYZ --name Shop");
    assert_eq!(env.run_ok("account show main --field name"), "main\n");
}

/// On the wire, an Account ID has exactly one form.
#[test]
fn callers_must_send_the_exact_account_id() {
    let mut env = TestEnv::new();
    env.run_ok("account add Shop --id WWW-XXX-YYYZ");
    let secret = env.run_for_secret("create acme --days 9");
    for (id, exit) in [("WWW-XXX-YYYZ", 0), ("www-xxx-yyyz", 10), ("WWWXXXYYYZ", 10), ("Shop", 10)]
    {
        let headers = format!("X-CleverTap-Account-Id: {id}\r\nX-CleverTap-Passcode: {secret}\r\n");
        assert_eq!(env.run_with_input("verify --headers", headers).exit, exit, "{id}");
    }
}
