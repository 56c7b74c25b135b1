//! `account`.

use insta::assert_snapshot;

use crate::support::test_env::TestEnv;

#[test]
fn a_new_store_has_one_account() {
    let mut env = TestEnv::new();
    env.run_ok("create acme --days 9");
    assert_snapshot!(env.run("account list"), @"
    exit 0
    -- stdout
    ACCOUNT       NAME  REGION  USER PASSCODES  SLOTS
    RZ5-76K-665Z  main  eu1                         1
    ");
    assert_snapshot!(env.run("account show"), @"
    exit 0
    -- stdout
    account         RZ5-76K-665Z
    name            main
    region          eu1
    user passcodes  not required
    slots taken     1 of 100
    created         2026-11-22T06:00:00Z
    ");
    assert_snapshot!(env.run("account show --json"), @r#"
    exit 0
    -- stdout
    {
      "schema": "gatepass.account/v1",
      "id": "RZ5-76K-665Z",
      "name": "main",
      "region": "eu1",
      "require_user_passcode": false,
      "places_taken": 1,
      "created_at": "2026-11-22T06:00:00Z",
      "label": "main",
      "dry_run": false
    }
    "#);
}

#[test]
fn edit_changes_the_given_settings() {
    let mut env = TestEnv::new();
    env.run_ok("create acme --days 9");
    assert_snapshot!(env.run("account edit --name 'Shop in India' --region in1 --require-user-passcode on --yes"), @"
    exit 0
    -- stdout
    account         RZ5-76K-665Z
    name            Shop in India
    region          in1
    user passcodes  required
    slots taken     1 of 100
    created         2026-11-22T06:00:00Z
    ");
    assert_snapshot!(env.run("account edit"), @"
    exit 2
    -- stderr
    error: the following required arguments were not provided: <--name <NAME>|--region <REGION>|--require-user-passcode <ON_OFF>>
    hint: usage: gatepass account edit <--name <NAME>|--region <REGION>|--require-user-passcode <ON_OFF>> [ACCOUNT]
    ");
    assert_snapshot!(env.run("account edit --region mars"), @"
    exit 2
    -- stderr
    error: invalid value 'mars' for '--region <REGION>' [possible values: eu1, in1, sg1, us1, aps3, mec1]
    ");
    assert_snapshot!(env.run("account edit --name x --field nonsense"), @r#"
    exit 2
    -- stderr
    error: unknown field "nonsense"
    hint: use one of schema, id, name, region, require_user_passcode, places_taken, created_at, label, dry_run
    "#);
    assert_snapshot!(env.run("account edit AAA-BBB-CCCZ --name x"), @"
    exit 3
    -- stderr
    error: account AAA-BBB-CCCZ not found
    hint: gatepass account list
    ");
    assert_eq!(env.run_ok("account show --field name"), "Shop in India\n");
}

#[test]
fn changes_need_an_account_if_there_are_several() {
    let mut env = TestEnv::new();
    env.run_ok("create acme --days 9");
    let first = env.run_ok("account show --field id");
    assert_snapshot!(env.run("account add second --id WWW-XXX-YYYZ --region us1"), @"
    exit 0
    -- stdout
    account         WWW-XXX-YYYZ
    name            second
    region          us1
    user passcodes  not required
    slots taken     0 of 100
    created         2026-11-22T06:00:00Z
    ");
    assert_snapshot!(env.run("account add third --id WWW-XXX-YYYZ"), @"
    exit 4
    -- stderr
    error: account WWW-XXX-YYYZ already exists
    hint: gatepass account list
    ");
    assert_snapshot!(env.run("account list"), @"
    exit 0
    -- stdout
    ACCOUNT       NAME    REGION  USER PASSCODES  SLOTS
    RZ5-76K-665Z  main    eu1                         1
    WWW-XXX-YYYZ  second  us1                         0
    ");
    assert_snapshot!(env.run("create acme --days 9"), @"
    exit 2
    -- stderr
    error: the store has several accounts; choose one
    hint: set --account or GATEPASS_ACCOUNT to one of RZ5-76K-665Z, WWW-XXX-YYYZ
    ");
    assert_snapshot!(env.run("revoke acme --yes --json"), @r#"
    exit 2
    -- stderr
    {"error":{"code":"several_accounts","details":{"accounts":["RZ5-76K-665Z","WWW-XXX-YYYZ"]},"hint":"set --account or GATEPASS_ACCOUNT to one of RZ5-76K-665Z, WWW-XXX-YYYZ","message":"the store has several accounts; choose one"},"schema":"gatepass.error/v1"}
    "#);
    assert_snapshot!(env.run("account show"), @"
    exit 2
    -- stderr
    error: the store has several accounts; choose one
    hint: set --account or GATEPASS_ACCOUNT to one of RZ5-76K-665Z, WWW-XXX-YYYZ
    ");
    assert_snapshot!(env.run("create acme --days 9 --account WWW-XXX-YYYZ"), @"
    exit 0
    -- stdout
    gpa_…
    ");
    assert_snapshot!(env.run("create beta --days 9 --account WWW-XXX-YYYA"), @"
    exit 3
    -- stderr
    error: account WWW-XXX-YYYA not found
    hint: gatepass account list
    ");
    // Queries cover all accounts, so that a name can be ambiguous.
    assert_eq!(env.run_ok("list --field name"), "acme\nacme\n");
    assert_snapshot!(env.run("show acme"), @"
    exit 4
    -- stderr
    error: acme matches 2 credentials
    hint: use one of these ids: pc_65511a5d129d4ed6c9cd2b3f (account passcode acme of RZ5-76K-665Z), pc_72a22e6128f4d4431fdae559 (account passcode acme of WWW-XXX-YYYZ)
    ");
    env.env.insert("GATEPASS_ACCOUNT".into(), first.trim().into());
    assert_eq!(env.run_ok("list --field name"), "acme\n");
    assert_eq!(env.run_ok("show acme --field account"), first);
    env.run_ok("delete acme --yes");
    assert_eq!(env.run_ok("list --field name --account WWW-XXX-YYYZ"), "acme\n");
}

#[test]
fn an_account_from_the_environment_must_exist() {
    let mut env = TestEnv::new();
    env.run_ok("create acme --days 9");
    env.env.insert("GATEPASS_ACCOUNT".into(), "nonsense".into());
    assert_snapshot!(env.run("list"), @"
    exit 3
    -- stderr
    error: account nonsense not found
    hint: gatepass account list
    ");
}

#[test]
fn a_dry_run_adds_no_account() {
    let mut env = TestEnv::new();
    env.run_ok("create acme --days 9");
    env.terminal = TestEnv::with_terminal().terminal;
    assert_snapshot!(env.run("account add second -n --id WWW-XXX-YYYZ"), @"
    exit 0
    -- stdout
    [2maccount[0m         WWW-XXX-YYYZ
    [2mname[0m            second
    [2mregion[0m          eu1
    [2muser passcodes[0m  not required
    [2mslots taken[0m     0 of 100
    [2mcreated[0m         2026-11-22T06:00:00Z
    -- stderr
    This was a dry run: nothing was changed.
    ");
    assert_eq!(env.run_ok("account list --field name"), "main\n");
}

#[test]
fn the_first_account_added_replaces_the_default() {
    let mut env = TestEnv::new();
    assert_snapshot!(env.run("account add shop --id WWW-XXX-YYYZ --region in1"), @"
    exit 0
    -- stdout
    account         WWW-XXX-YYYZ
    name            shop
    region          in1
    user passcodes  not required
    slots taken     0 of 100
    created         2026-11-22T06:00:00Z
    -- stderr
    Created key ~/.config/gatepass/key; back it up: gatepass key export --out FILE
    Created store ~/.local/share/gatepass/store.db (account WWW-XXX-YYYZ).
    ");
    assert_eq!(env.run_ok("account list -q"), "WWW-XXX-YYYZ\n");
    assert_eq!(env.run("create acme --days 9").exit, 0);
}

#[test]
fn an_empty_account_can_be_removed() {
    let mut env = TestEnv::new();
    env.run_ok("create acme --days 9");
    env.run_ok("account add Shop --id WWW-XXX-YYYZ");
    assert_snapshot!(env.run("account remove shop"), @"
    exit 2
    -- stderr
    error: confirmation is required (no terminal to prompt): Remove account Shop (WWW-XXX-YYYZ)
    hint: use --yes
    ");
    env.run_ok("account remove shop --dry-run");
    env.terminal = TestEnv::with_terminal().terminal;
    env.answers = ["y".to_owned()].into();
    assert_snapshot!(env.run("account remove wwwxxxyyyz"), @"
    exit 0
    -- stderr
    ? Remove account Shop (WWW-XXX-YYYZ)? y
    Removed account Shop (WWW-XXX-YYYZ).
    ");
    assert_snapshot!(env.run("account show Shop"), @"
    exit 3
    -- stderr
    [1;31merror:[0m account Shop not found
    [36mhint:[0m gatepass account list
    ");
    assert_eq!(env.run("create beta --days 9 --account WWW-XXX-YYYZ").exit, 3);
    assert_eq!(env.run_ok("account list -q"), "RZ5-76K-665Z\n");
    env.run_ok("create beta --days 9");
    assert!(env.run_ok("audit list").contains("account-remove"));
    assert_eq!(env.run("doctor").exit, 0);
}

#[test]
fn only_an_empty_account_can_be_removed_and_never_the_last_one() {
    let mut env = TestEnv::new();
    env.run_ok("create acme --days 9");
    assert_snapshot!(env.run("account remove main --yes"), @"
    exit 4
    -- stderr
    error: account RZ5-76K-665Z is the only account of the store
    hint: a store has at least one account; add another one first
    ");
    env.run_ok("account add Shop --id WWW-XXX-YYYZ");
    env.env.insert("GATEPASS_ACCOUNT".into(), "Shop".into());
    for line in [
        "create acme --days 9",
        "grant-user ann@example.org --days 9",
        "app add Roster",
        "district add Lincoln",
        "grant-app Roster --district Lincoln --scope read:students --days 9",
    ] {
        env.run_ok(line);
    }
    let before = env.run_ok("audit list --json");
    assert_snapshot!(env.run("account remove Shop --yes"), @"
    exit 4
    -- stderr
    error: account WWW-XXX-YYYZ is not empty: credentials: 3, apps: 1, districts: 1
    hint: delete its credentials (gatepass list --account WWW-XXX-YYYZ), and remove its apps and districts
    ");
    assert_snapshot!(env.run("account remove Shop --yes --json"), @r#"
    exit 4
    -- stderr
    {"error":{"code":"account_not_empty","details":{"account":"WWW-XXX-YYYZ","apps":1,"credentials":3,"districts":1},"hint":"delete its credentials (gatepass list --account WWW-XXX-YYYZ), and remove its apps and districts","message":"account WWW-XXX-YYYZ is not empty: credentials: 3, apps: 1, districts: 1"},"schema":"gatepass.error/v1"}
    "#);
    assert_eq!(env.run_ok("audit list --json"), before);

    for line in ["revoke acme ann@example.org --yes", "app remove Roster --revoke-tokens --yes"] {
        env.run_ok(line);
    }
    env.run_ok("district remove Lincoln --yes");
    let output = env.run("account remove Shop --yes");
    assert!(output.stderr.contains("credentials: 3, apps: 0, districts: 0"), "{output}");
    let ids = env.run_ok("list -q");
    env.run_with_input("delete - --yes", &ids);
    env.run_ok("account remove Shop --yes");
}

#[test]
fn a_removed_account_can_be_added_again() {
    let mut env = TestEnv::new();
    env.run_ok("account add main");
    env.run_ok("account add Shop --id WWW-XXX-YYYZ");
    env.run_ok("create acme --days 9 --account Shop");
    env.run_ok("delete acme --yes --account Shop");
    env.run_ok("account remove Shop --yes");
    assert_eq!(env.run_ok("list --all -q"), "");
    env.run_ok("account add Store --id WWW-XXX-YYYZ");
    env.run_ok("account add Shop");
    assert_eq!(env.run_ok("list --all --field account"), "WWW-XXX-YYYZ\n");
    assert_eq!(env.run_ok("account list --field name"), "main\nStore\nShop\n");
    assert_eq!(env.run("account add Again --id WWW-XXX-YYYZ").exit, 4);
    assert_eq!(env.run("doctor").exit, 0);
}
