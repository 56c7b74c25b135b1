//! `verify` with secrets and headers.

use insta::assert_snapshot;

use crate::support::{directory_fixture::directory_fixture, test_env::TestEnv};

#[test]
fn each_result_has_its_exit_code() {
    let mut env = TestEnv::new();
    let secret = env.run_for_secret("create partner-a --days 90");
    assert_snapshot!(env.run_with_input("verify", &secret), @"
    exit 0
    -- stdout
    allowed: partner-a, account passcode pc_65511a5d129d4ed6c9cd2b3f of RZ5-76K-665Z (valid); expires 2027-02-20T06:00:00Z (in 90 d)
    ");
    assert_snapshot!(env.run_with_input("verify", secret.replace('_', "-")), @"
    exit 10
    -- stdout
    refused: not a gatepass secret; to look for secrets in a text, use --find
    ");
    assert_snapshot!(env.run_with_input("verify", &secret[..40]), @"
    exit 10
    -- stdout
    refused: 40 characters instead of 53
    ");
    assert_snapshot!(env.run_with_input("verify", ""), @"
    exit 10
    -- stdout
    refused: the secret is empty
    ");
    let old = secret;
    let secret = env.run_for_secret("reset partner-a --yes");
    assert_snapshot!(env.run_with_input("verify", &old), @"
    exit 13
    -- stdout
    refused: partner-a, account passcode pc_65511a5d129d4ed6c9cd2b3f of RZ5-76K-665Z (replaced by a reset at 2026-11-22T06:00:00Z); expires 2027-02-20T06:00:00Z (in 90 d)
    ");
    env.advance_days(89);
    assert_eq!(env.run_with_input("verify", &secret).exit, 0);
    env.advance_days(1);
    assert_snapshot!(env.run_with_input("verify", &secret), @"
    exit 11
    -- stdout
    refused: partner-a, account passcode pc_65511a5d129d4ed6c9cd2b3f of RZ5-76K-665Z (expired at 2027-02-20T06:00:00Z)
    ");
    env.run_ok("revoke partner-a --yes");
    assert_snapshot!(env.run_with_input("verify", &secret), @"
    exit 12
    -- stdout
    refused: partner-a, account passcode pc_65511a5d129d4ed6c9cd2b3f of RZ5-76K-665Z (revoked at 2027-02-20T06:00:00Z by ann@host)
    ");
    env.run_ok("delete partner-a --yes");
    assert_snapshot!(env.run_with_input("verify", &secret), @"
    exit 12
    -- stdout
    refused: partner-a, account passcode pc_65511a5d129d4ed6c9cd2b3f of RZ5-76K-665Z (deleted at 2027-02-20T06:00:00Z by ann@host)
    ");
    // It was replaced before, but deletion is the only reason that is given.
    assert_eq!(env.run_with_input("verify", &old).exit, 12);
}

#[test]
fn secrets_of_another_store_are_unknown() {
    let mut env = TestEnv::new();
    env.run_ok("create partner-a --days 90");
    let mut other = TestEnv::new();
    other.run_ok("create other --days 2");
    let secret = other.run_for_secret("create other2 --days 2");
    assert_snapshot!(env.run_with_input("verify", &secret), @"
    exit 10
    -- stdout
    refused: unknown secret
    ");
    assert_snapshot!(env.run_with_input("verify --json", &secret), @r#"
    exit 10
    -- stdout
    {
      "schema": "gatepass.decision/v1",
      "allowed": false,
      "reason": "unknown",
      "message": "unknown secret",
      "id": null,
      "kind": null,
      "account": null,
      "name": null,
      "user": null,
      "state": null,
      "secret_role": null,
      "expires_at": null,
      "scopes": [],
      "decided_at": "2026-11-22T06:00:00Z",
      "app": null,
      "app_name": null,
      "district": null,
      "district_name": null,
      "label": null
    }
    "#);
}

#[test]
fn a_valid_secret_is_rejected_for_another_account_or_region() {
    let mut env = TestEnv::new();
    let secret = env.run_for_secret("create partner-a --days 90");
    let user = env.run_for_secret("grant-user ann@example.org --days 90");
    assert_snapshot!(env.run_with_input("verify --account AAA-BBB-CCCZ", &secret), @"
    exit 14
    -- stdout
    refused: partner-a, account passcode pc_65511a5d129d4ed6c9cd2b3f of RZ5-76K-665Z (it belongs to another account); expires 2027-02-20T06:00:00Z (in 90 d)
    ");
    assert_snapshot!(env.run_with_input("verify --region in1", &secret), @"
    exit 14
    -- stdout
    refused: partner-a, account passcode pc_65511a5d129d4ed6c9cd2b3f of RZ5-76K-665Z (the account's API runs in eu1); expires 2027-02-20T06:00:00Z (in 90 d)
    ");
    env.run_ok("account edit --require-user-passcode on --yes");
    assert_snapshot!(env.run_with_input("verify", &secret), @"
    exit 14
    -- stdout
    refused: partner-a, account passcode pc_65511a5d129d4ed6c9cd2b3f of RZ5-76K-665Z (the account requires user passcodes); expires 2027-02-20T06:00:00Z (in 90 d)
    ");
    assert_eq!(env.run_with_input("verify", &user).exit, 0);
}

#[test]
fn json_id_and_field_output_work() {
    let mut env = TestEnv::new();
    let secret = env.run_for_secret("create partner-a --days 90");
    assert_snapshot!(env.run_with_input("verify --json", &secret), @r#"
    exit 0
    -- stdout
    {
      "schema": "gatepass.decision/v1",
      "allowed": true,
      "reason": "allowed",
      "message": "valid",
      "id": "pc_65511a5d129d4ed6c9cd2b3f",
      "kind": "account",
      "account": "RZ5-76K-665Z",
      "name": "partner-a",
      "user": null,
      "state": "active",
      "secret_role": "current",
      "expires_at": "2027-02-20T06:00:00Z",
      "scopes": [],
      "decided_at": "2026-11-22T06:00:00Z",
      "app": null,
      "app_name": null,
      "district": null,
      "district_name": null,
      "label": "partner-a"
    }
    "#);
    assert_snapshot!(env.run_with_input("verify -q", &secret), @"
    exit 0
    -- stdout
    pc_65511a5d129d4ed6c9cd2b3f
    ");
    assert_snapshot!(env.run_with_input("verify -q", "nonsense"), @"
    exit 10
    ");
    assert_snapshot!(env.run_with_input("verify --field name", &secret), @"
    exit 0
    -- stdout
    partner-a
    ");
    assert_snapshot!(env.run_with_input("verify --field reason", "nonsense"), @"
    exit 10
    -- stdout
    malformed
    ");
    assert_snapshot!(env.run_with_input("verify --format csv", "nonsense"), @r#"
    exit 10
    -- stdout
    schema,allowed,reason,message,id,kind,account,name,user,state,secret_role,expires_at,scopes,decided_at,app,app_name,district,district_name,label
    gatepass.decision/v1,false,malformed,"not a gatepass secret; to look for secrets in a text, use --find",,,,,,,,,,2026-11-22T06:00:00Z,,,,,
    "#);
}

#[test]
fn headers_are_read_as_a_block_or_curl_output() {
    let mut env = TestEnv::new();
    let secret = env.run_for_secret("create partner-a --days 90");
    let account = env.run_ok("account show --field id");
    let (account, pair) =
        (account.trim(), |name: &str, value: &str| format!("{name}: {value}\r\n"));
    let id = pair("X-CleverTap-Account-Id", account);
    let passcode = pair("x-clevertap-PASSCODE", &secret);
    let mut exit = |block: &str| env.run_with_input("verify --headers", block).exit;

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
    assert_snapshot!(env.run_with_input("verify --headers", "Host: x\n\n"), @"
    exit 10
    -- stdout
    refused: no secret was presented
    ");
}

/// All of the input counts or none of it: a second secret could follow.
#[test]
fn at_most_64_kib_are_read() {
    let mut env = TestEnv::new();
    let secret = env.run_for_secret("create partner-a --days 90");
    let headers = format!("Authorization: Bearer {secret}\nX-Padding: ");
    let padded =
        |start: &str, length: usize| format!("{start}{}", " ".repeat(length - start.len()));
    for (line, start) in [("verify --headers", &headers), ("verify", &secret)] {
        for (length, exit) in [(65_535, 0), (65_536, 0), (65_537, 10), (200_000, 10)] {
            let output = env.run_with_input(line, padded(start, length));
            assert_eq!(output.exit, exit, "{line}, {length} bytes: {output}");
        }
    }
    // Windows writes at least two bytes for each character.
    let utf16 = |text: &str| -> Vec<u8> {
        format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect()
    };
    let wide = format!("{headers}{}", "€".repeat(30_000));
    for (text, exit) in [(padded(&headers, 32_767), 0), (padded(&headers, 32_768), 10), (wide, 0)] {
        assert_eq!(env.run_with_input("verify --headers", utf16(&text)).exit, exit);
    }
}

#[test]
fn verify_changes_nothing() {
    let mut env = TestEnv::new();
    let secret = env.run_for_secret("create partner-a --days 90");
    let before = std::fs::read(env.store()).unwrap();
    env.advance_days(1);
    assert_eq!(env.run_with_input("verify", &secret).exit, 0);
    assert_eq!(std::fs::read(env.store()).unwrap(), before);
}

#[test]
fn a_failing_stdout_does_not_hide_a_rejection() {
    let mut env = TestEnv::new();
    let secret = env.run_for_secret("create partner-a --days 90");
    env.run_ok("revoke partner-a --yes");
    env.stdout_limit = Some(0);
    assert_snapshot!(env.run_with_input("verify", &secret), @"
    exit 12
    ");
    assert_eq!(env.run_with_input("verify --json", "nonsense").exit, 10);
}

#[test]
fn unmet_requirements_have_their_exit_code() {
    let mut env = directory_fixture();
    let secret = env.run_for_secret(
        "grant-app Roster --district Lincoln --scope read:students,read:teachers --days 90",
    );
    let as_header = format!("Authorization: Bearer {secret}\n");
    for (demand, exit) in [
        ("", 0),
        ("--scope read:students", 0),
        ("--scope read:students,read:teachers --district 0607 --app roster", 0),
        ("--scope read:sections", 14),
        ("--scope read:students --scope read:sections", 14),
        ("--district 'Elk Grove'", 14),
        ("--app Grades", 14),
        ("--district Nowhere", 3),
        ("--app Nobody", 3),
        ("--scope read:*", 2),
    ] {
        assert_eq!(env.run_with_input(&format!("verify {demand}"), &secret).exit, exit, "{demand}");
        let line = format!("verify --headers {demand}");
        assert_eq!(env.run_with_input(&line, &as_header).exit, exit, "{line}");
    }
    assert_snapshot!(env.run_with_input("verify --district 'Elk Grove'", &secret), @"
    exit 14
    -- stdout
    refused: Roster → Lincoln, token tk_65511a5d129d4ed6c9cd2b3f of RZ5-76K-665Z (not valid for the required district); expires 2027-02-20T06:00:00Z (in 90 d)
    ");
    assert_snapshot!(env.run_with_input("verify --app Grades", &secret), @"
    exit 14
    -- stdout
    refused: Roster → Lincoln, token tk_65511a5d129d4ed6c9cd2b3f of RZ5-76K-665Z (it belongs to another app, or to none); expires 2027-02-20T06:00:00Z (in 90 d)
    ");
    assert_snapshot!(env.run_with_input("verify --scope read:x --format csv", &secret), @"
    exit 14
    -- stdout
    schema,allowed,reason,message,id,kind,account,name,user,state,secret_role,expires_at,scopes,decided_at,app,app_name,district,district_name,label
    gatepass.decision/v1,false,scope_missing,missing required scope,tk_65511a5d129d4ed6c9cd2b3f,token,RZ5-76K-665Z,,,active,current,2027-02-20T06:00:00Z,read:students read:teachers,2026-11-22T06:00:00Z,79b11434a5fdc770b9360614,Roster,ff333f9fda91d09ca6db37da,Lincoln,Roster → Lincoln
    ");
    let passcode = env.run_for_secret("create partner --days 9");
    assert_eq!(env.run_with_input("verify --scope read:students", &passcode).exit, 14);
    assert_eq!(env.run_with_input("verify --app Roster", &passcode).exit, 14);
}
