//! `verify`

use insta::assert_snapshot;

use crate::support::run::World;

#[test]
fn each_answer_has_its_exit() {
    let mut world = World::new();
    let secret = world.secret("create partner-a --days 90");
    assert_snapshot!(world.run_with_input("verify", &secret), @"
    exit 0
    -- stdout
    allowed: partner-a (pc_65511a5d129d4ed6c9cd2b3f, account passcode of RZ5-76K-665Z): it is good; expires: 2027-02-20T06:00:00Z (in 90 d)
    -- stderr
    ");
    assert_snapshot!(world.run_with_input("verify", secret.replace('_', "-")), @"
    exit 10
    -- stdout
    refused: it does not begin as a secret does (position 1)
    -- stderr
    ");
    assert_snapshot!(world.run_with_input("verify", &secret[..40]), @"
    exit 10
    -- stdout
    refused: it has 40 characters instead of 53
    -- stderr
    ");
    assert_snapshot!(world.run_with_input("verify", ""), @"
    exit 10
    -- stdout
    refused: the secret is empty
    -- stderr
    ");
    let old = secret;
    let secret = world.secret("reset partner-a --yes");
    assert_snapshot!(world.run_with_input("verify", &old), @"
    exit 13
    -- stdout
    refused: partner-a (pc_65511a5d129d4ed6c9cd2b3f, account passcode of RZ5-76K-665Z): replaced by a reset at 2026-11-22T06:00:00Z; expires: 2027-02-20T06:00:00Z (in 90 d)
    -- stderr
    ");
    world.wait_days(89);
    assert_eq!(world.run_with_input("verify", &secret).exit, 0);
    world.wait_days(1);
    assert_snapshot!(world.run_with_input("verify", &secret), @"
    exit 11
    -- stdout
    refused: partner-a (pc_65511a5d129d4ed6c9cd2b3f, account passcode of RZ5-76K-665Z): expired at 2027-02-20T06:00:00Z
    -- stderr
    ");
    world.ok("revoke partner-a --yes");
    assert_snapshot!(world.run_with_input("verify", &secret), @"
    exit 12
    -- stdout
    refused: partner-a (pc_65511a5d129d4ed6c9cd2b3f, account passcode of RZ5-76K-665Z): revoked at 2027-02-20T06:00:00Z by ann@desk
    -- stderr
    ");
    world.ok("delete partner-a --yes");
    assert_snapshot!(world.run_with_input("verify", &secret), @"
    exit 12
    -- stdout
    refused: partner-a (pc_65511a5d129d4ed6c9cd2b3f, account passcode of RZ5-76K-665Z): deleted at 2027-02-20T06:00:00Z by ann@desk
    -- stderr
    ");
    // It had been replaced already, but of a deleted credential nothing else is told.
    assert_eq!(world.run_with_input("verify", &old).exit, 12);
}

#[test]
fn what_another_store_made_is_unknown() {
    let mut world = World::new();
    world.ok("create partner-a --days 90");
    let mut other = World::new();
    other.ok("create other --days 2");
    let secret = other.secret("create other2 --days 2");
    assert_snapshot!(world.run_with_input("verify", &secret), @"
    exit 10
    -- stdout
    refused: nobody has this secret
    -- stderr
    ");
    assert_snapshot!(world.run_with_input("verify --json", &secret), @r#"
    exit 10
    -- stdout
    {
      "schema": "gatepass.decision/v1",
      "allowed": false,
      "reason": "unknown",
      "message": "nobody has this secret",
      "id": null,
      "kind": null,
      "account": null,
      "name": null,
      "user": null,
      "state": null,
      "secret_role": null,
      "expires_at": null,
      "scopes": [],
      "decided_at": "2026-11-22T06:00:00Z"
    }
    -- stderr
    "#);
}

#[test]
fn elsewhere_a_good_secret_is_not_allowed() {
    let mut world = World::new();
    let secret = world.secret("create partner-a --days 90");
    let user = world.secret("grant-user ann@example.org --days 90");
    assert_snapshot!(world.run_with_input("verify --account AAA-BBB-CCCZ", &secret), @"
    exit 14
    -- stdout
    refused: partner-a (pc_65511a5d129d4ed6c9cd2b3f, account passcode of RZ5-76K-665Z): it belongs to another account; expires: 2027-02-20T06:00:00Z (in 90 d)
    -- stderr
    ");
    assert_snapshot!(world.run_with_input("verify --region in1", &secret), @"
    exit 14
    -- stdout
    refused: partner-a (pc_65511a5d129d4ed6c9cd2b3f, account passcode of RZ5-76K-665Z): the account's API runs in eu1; expires: 2027-02-20T06:00:00Z (in 90 d)
    -- stderr
    ");
    world.ok("account edit --require-user-passcode on");
    assert_snapshot!(world.run_with_input("verify", &secret), @"
    exit 14
    -- stdout
    refused: partner-a (pc_65511a5d129d4ed6c9cd2b3f, account passcode of RZ5-76K-665Z): the account demands user passcodes; expires: 2027-02-20T06:00:00Z (in 90 d)
    -- stderr
    ");
    assert_eq!(world.run_with_input("verify", &user).exit, 0);
}

#[test]
fn scripts_take_json_an_id_or_a_field() {
    let mut world = World::new();
    let secret = world.secret("create partner-a --days 90");
    assert_snapshot!(world.run_with_input("verify --json", &secret), @r#"
    exit 0
    -- stdout
    {
      "schema": "gatepass.decision/v1",
      "allowed": true,
      "reason": "allowed",
      "message": "it is good",
      "id": "pc_65511a5d129d4ed6c9cd2b3f",
      "kind": "account",
      "account": "RZ5-76K-665Z",
      "name": "partner-a",
      "user": null,
      "state": "active",
      "secret_role": "current",
      "expires_at": "2027-02-20T06:00:00Z",
      "scopes": [],
      "decided_at": "2026-11-22T06:00:00Z"
    }
    -- stderr
    "#);
    assert_snapshot!(world.run_with_input("verify -q", &secret), @"
    exit 0
    -- stdout
    pc_65511a5d129d4ed6c9cd2b3f
    -- stderr
    ");
    assert_snapshot!(world.run_with_input("verify -q", "nonsense"), @"
    exit 10
    -- stdout
    -- stderr
    ");
    assert_snapshot!(world.run_with_input("verify --field name", &secret), @"
    exit 0
    -- stdout
    partner-a
    -- stderr
    ");
    assert_snapshot!(world.run_with_input("verify --field reason", "nonsense"), @"
    exit 10
    -- stdout
    malformed
    -- stderr
    ");
    assert_snapshot!(world.run_with_input("verify --format csv", "nonsense"), @"
    exit 10
    -- stdout
    schema,allowed,reason,message,id,kind,account,name,user,state,secret_role,expires_at,scopes,decided_at
    gatepass.decision/v1,false,malformed,it does not begin as a secret does (position 1),,,,,,,,,,2026-11-22T06:00:00Z
    -- stderr
    ");
}

#[test]
fn headers_are_one_block_or_what_curl_prints() {
    let mut world = World::new();
    let secret = world.secret("create partner-a --days 90");
    let account = world.ok("account show --field id");
    let (account, pair) =
        (account.trim(), |name: &str, value: &str| format!("{name}: {value}\r\n"));
    let id = pair("X-CleverTap-Account-Id", account);
    let passcode = pair("x-clevertap-PASSCODE", &secret);
    let mut exit = |block: &str| world.run_with_input("verify --headers", block).exit;

    assert_eq!(exit(&format!("{id}{passcode}")), 0);
    assert_eq!(
        exit(&format!("POST /1/upload HTTP/1.1\r\nHost: x\r\n{id}{passcode}\r\nbody: {secret}")),
        0
    );
    assert_eq!(exit(&format!("Authorization: Bearer {secret}\n")), 0);
    assert_eq!(exit(&passcode), 10, "a passcode comes with an account");
    assert_eq!(exit(&id), 10, "no secret");
    assert_eq!(exit(&format!("{id}{passcode}{passcode}")), 10, "twice");
    assert_eq!(exit(&format!("{id}{passcode}X_CleverTap_Passcode: x\r\n")), 10, "misspelt");
    assert_eq!(exit(&format!("{id}{passcode}Authorization: Bearer {secret}\n")), 10, "two methods");
    assert_eq!(exit(&format!("x-clevertap-account-id: AAA-BBB-CCCZ\r\n{passcode}")), 14);
    assert_eq!(exit(&format!("x-clevertap-account-id: nonsense\r\n{passcode}")), 10);

    let curl = format!(
        "* Connected to eu1.api.example (192.0.2.1) port 443\n> POST /1/upload HTTP/2\n> Host: eu1.api.example\n\
         > X-CleverTap-Account-Id: {account}\n> X-CleverTap-Passcode: {secret}\n> \n< HTTP/2 401\n\
         < x-clevertap-passcode: {secret}\n> GET / HTTP/2\n> X-CleverTap-Passcode: other\n>\n"
    );
    assert_eq!(exit(&curl), 0);
    assert_snapshot!(world.run_with_input("verify --headers", "Host: x\n\n"), @"
    exit 10
    -- stdout
    refused: no secret was presented
    -- stderr
    ");
}

#[test]
fn it_changes_nothing() {
    let mut world = World::new();
    let secret = world.secret("create partner-a --days 90");
    let before = std::fs::read(world.store()).unwrap();
    world.wait_days(1);
    assert_eq!(world.run_with_input("verify", &secret).exit, 0);
    assert_eq!(std::fs::read(world.store()).unwrap(), before);
}

#[test]
fn a_refusal_stands_where_nobody_reads_it() {
    let mut world = World::new();
    let secret = world.secret("create partner-a --days 90");
    world.ok("revoke partner-a --yes");
    world.stdout_limit = Some(0);
    assert_snapshot!(world.run_with_input("verify", &secret), @"
    exit 12
    -- stdout
    -- stderr
    ");
    assert_eq!(world.run_with_input("verify --json", "nonsense").exit, 10);
}

#[test]
fn at_a_terminal_it_asks_for_the_secret() {
    let mut world = World::with_terminal();
    let secret = world.secret("create partner-a --days 90");
    assert_snapshot!(world.run_with_input("verify", format!("{secret}\nand what comes later")), @"
    exit 0
    -- stdout
    allowed: partner-a (pc_65511a5d129d4ed6c9cd2b3f, account passcode of RZ5-76K-665Z): it is good; expires: 2027-02-20T06:00:00Z (in 90 d)
    -- stderr
    Paste the secret:
    ");
}
