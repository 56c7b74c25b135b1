//! CSV files as people have them: `grant-user --from` and `district connect --from`.

use std::fs;

use insta::assert_snapshot;

use crate::support::{
    directory_fixture::directory_fixture,
    test_env::{CommandOutput, TestEnv},
};

/// Imports users from a file.
fn import(env: &mut TestEnv, csv: impl AsRef<[u8]>, flags: &str) -> CommandOutput {
    env.file("users.csv", csv);
    env.run(&format!("grant-user --from ~/users.csv --out ~/secrets.csv {flags}"))
}

#[test]
fn spreadsheets_need_no_conversion() {
    let utf_16: Vec<u8> = "\u{feff}email\tlifetime\r\nann@x.org\t30d\r\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    for csv in [
        "\u{feff}Email;Lifetime\r\nann@x.org;30d\r\n;\r\n".as_bytes(),
        b"E-MAIL\tlifetime\nann@x.org\t30\n",
        b"email,lifetime,\n\nann@x.org,30 d,\n",
        &utf_16,
    ] {
        let mut env = TestEnv::new();
        assert_eq!(import(&mut env, csv, "").exit, 0, "{csv:?}");
        assert_eq!(env.run_ok("list --field user"), "ann@x.org\n");
        assert_eq!(env.run_ok("list --field lifetime"), "30d\n");
    }
}

#[test]
fn columns_can_have_other_names() {
    let mut env = TestEnv::new();
    let csv = "Mail;Vorname;Gilt;Lifetime\nann@x.org;Ann;60;90\n";
    assert_snapshot!(import(&mut env, csv, "--days 9"), @"
    exit 2
    -- stderr
    error: ~/users.csv, line 1: no column email; the headings are Mail, Vorname, Gilt, Lifetime
    hint: --columns names the columns to read and ignores the others, e.g. --columns 'email=Mail'
    ");
    assert_snapshot!(import(&mut env, csv, "--days 9 --columns mail=Mail"), @"
    exit 2
    -- stderr
    error: ~/users.csv, line 1: --columns has no column mail; use email, lifetime, note
    ");
    assert_snapshot!(import(&mut env, csv, "--days 9 --columns email=E-Mail"), @"
    exit 2
    -- stderr
    error: ~/users.csv, line 1: no column E-Mail; the headings are Mail, Vorname, Gilt, Lifetime
    hint: --columns names the columns to read and ignores the others, e.g. --columns 'email=Mail'
    ");
    assert_snapshot!(import(&mut env, csv, "--days 9 --columns email="), @"
    exit 2
    -- stderr
    error: invalid value 'email=' for '--columns <NAME=HEADING>': use NAME=HEADING, such as email=Mail
    ");
    let output = import(&mut env, csv, "--days 9 --columns email=mail,lifetime=GILT,note=vorname");
    assert_eq!(output.exit, 0, "{output}");
    assert_eq!(env.run_ok("list --field lifetime"), "60d\n");
    assert_eq!(env.run_ok("list --field note"), "Ann\n");
    fs::remove_file(env.path("secrets.csv")).unwrap();
    assert_snapshot!(import(&mut env, "email,phone\nbob@x.org,1\n", "--days 9"), @"
    exit 2
    -- stderr
    error: ~/users.csv, line 1: unknown column phone; the columns can be email, lifetime, note
    hint: --columns names the columns to read and ignores the others, e.g. --columns email
    ");
    assert_eq!(import(&mut env, "email,phone\nbob@x.org,1\n", "--days 9 --columns email").exit, 0);
    assert_eq!(env.run("grant-user eve@x.org --days 9 --columns email=x").exit, 2);
}

#[test]
fn all_bad_rows_are_reported_together() {
    let mut env = TestEnv::new();
    env.run_ok("grant-user ann@x.org --days 30");
    let csv =
        "email;lifetime\nann@x.org;30\nnobody;30\nbob@x.org;366\neve@x.org;30\nEVE@x.org;30\n";
    assert_snapshot!(import(&mut env, csv, ""), @r#"
    exit 2
    -- stderr
    error: 4 lines of ~/users.csv were rejected; nothing was changed
      ~/users.csv, line 2: ann@x.org already has the passcode pc_65511a5d129d4ed6c9cd2b3f, which is expiring
      ~/users.csv, line 3, email "nobody": an e-mail address must have one @ with text on both sides, and no spaces, quotes or brackets
      ~/users.csv, line 4, lifetime "366": the duration must be from 1h to 365d
      ~/users.csv, line 6, email "EVE@x.org": this user already appears in line 5
    "#);
    assert_snapshot!(import(&mut env, csv, "--json"), @r#"
    exit 2
    -- stderr
    {"error":{"code":"bad_file","details":{"lines":[{"column":null,"file":"~/users.csv","line":2,"message":"ann@x.org already has the passcode pc_65511a5d129d4ed6c9cd2b3f, which is expiring","value":"ann@x.org"},{"column":"email","file":"~/users.csv","line":3,"message":"an e-mail address must have one @ with text on both sides, and no spaces, quotes or brackets","value":"nobody"},{"column":"lifetime","file":"~/users.csv","line":4,"message":"the duration must be from 1h to 365d","value":"366"},{"column":"email","file":"~/users.csv","line":6,"message":"this user already appears in line 5","value":"EVE@x.org"}],"more":0},"hint":null,"message":"4 lines of ~/users.csv were rejected; nothing was changed"},"schema":"gatepass.error/v1"}
    "#);
    assert_snapshot!(import(&mut env, "email\nann@x.org\n", "--days 3 --json"), @r#"
    exit 4
    -- stderr
    {"error":{"code":"already_granted","details":{"id":"pc_65511a5d129d4ed6c9cd2b3f","lines":[{"column":null,"file":"~/users.csv","line":2,"message":"ann@x.org already has the passcode pc_65511a5d129d4ed6c9cd2b3f, which is expiring","value":"ann@x.org"}],"more":0,"state":"expiring"},"hint":"gatepass reset ann@x.org for a new secret, or gatepass revoke ann@x.org","message":"~/users.csv, line 2: ann@x.org already has the passcode pc_65511a5d129d4ed6c9cd2b3f, which is expiring"},"schema":"gatepass.error/v1"}
    "#);
    let many = format!("email\n{}", "x\n".repeat(60));
    let output = import(&mut env, many, "--days 3");
    assert_eq!(output.stderr.lines().count(), 52, "{output}");
    assert!(output.stderr.starts_with("error: 60 lines of ~/users.csv were rejected"), "{output}");
    assert!(output.stderr.ends_with("  and 10 more\n"), "{output}");
    assert_eq!(env.run_ok("list --all -q").lines().count(), 1);
    assert!(!env.path("secrets.csv").exists());
}

#[test]
fn conflicts_of_all_rows_are_reported_together() {
    let mut env = directory_fixture();
    env.run_ok("grant-app Roster --district Lincoln --scope a:b --days 9");
    env.run_ok("grant-app Roster --district 'Elk Grove' --scope a:b --days 9");
    env.file("districts.csv", "District\nLincoln\nNowhere\nElk Grove\n");
    let line = "district connect --from ~/districts.csv --app Roster --scope a:b --days 9 --pickup";
    assert_snapshot!(env.run(line), @"
    exit 4
    -- stderr
    error: 3 lines of ~/districts.csv were rejected; nothing was changed
      ~/districts.csv, line 2: Roster already has the token tk_65511a5d129d4ed6c9cd2b3f for Lincoln, which is expiring
      ~/districts.csv, line 3: district Nowhere not found
      ~/districts.csv, line 4: Roster already has the token tk_72a22e6128f4d4431fdae559 for Elk Grove, which is expiring
    ");
    env.file("districts.csv", "Name;External ID\nDavis;0607\n;7\n");
    assert_snapshot!(env.run(line), @"
    exit 2
    -- stderr
    error: 2 lines of ~/districts.csv were rejected; nothing was changed
      ~/districts.csv, line 2: the external id 0607 is already taken by district Lincoln (ff333f9fda91d09ca6db37da)
      ~/districts.csv, line 3: the district is missing
    ");
}

#[test]
fn a_file_in_another_encoding_is_reported() {
    let mut env = TestEnv::new();
    assert_snapshot!(import(&mut env, b"email,note\nann@x.org,J\xf6rg\n", "--days 3"), @r#"
    exit 2
    -- stderr
    error: ~/users.csv, line 2: not valid UTF-8
    hint: save the file in UTF-8, e.g. as "CSV UTF-8" in Excel
    "#);
}

#[test]
fn an_address_in_a_file_of_secrets_can_be_written_to() {
    let mut env = directory_fixture();
    let csv = "email\n+plus@x.org\n=1+1@x.org\n-a@x.org\n";
    assert_eq!(import(&mut env, csv, "--days 9").exit, 0);
    let names = |file: String| -> Vec<String> {
        let name = |line: &str| line.split(',').nth(1).unwrap().to_owned();
        file.lines().skip(1).map(name).collect()
    };
    let secrets = fs::read_to_string(env.path("secrets.csv")).unwrap();
    assert_eq!(names(secrets), ["+plus@x.org", "=1+1@x.org", "-a@x.org"]);
    let list = env.run_ok("list --kind user --format csv");
    for shown in [",'+plus@x.org,", ",'=1+1@x.org,", ",'-a@x.org,"] {
        assert!(list.contains(shown), "{list}");
    }
    env.run_ok("app add =1+1 --out ~/app");
    env.run_ok("district connect Lincoln --app =1+1 --scope a:b --days 9 --out ~/tokens.csv");
    let tokens = fs::read_to_string(env.path("tokens.csv")).unwrap();
    assert_eq!(names(tokens), ["'=1+1 → Lincoln"]);
}
