//! What people paste into `verify`, or redirect to it.

use insta::assert_snapshot;

use crate::support::{directory_fixture::directory_fixture, test_env::TestEnv};

/// The commands that issue a secret of each kind.
const ISSUERS: [&str; 3] = [
    "create acme --days 9",
    "grant-user ann@x.org --days 9",
    "grant-app Roster --district Lincoln --scope a:b --days 9",
];

#[test]
fn what_is_copied_along_with_a_secret_is_ignored() {
    let mut env = directory_fixture();
    for issuer in ISSUERS {
        let secret = env.run_for_secret(issuer);
        for text in [
            format!(" {secret}\r\n\r\n"),
            format!("\u{feff}{secret}"),
            format!("\"{secret}\","),
            format!("Bearer {secret}"),
            format!("Authorization: Bearer {secret}\n"),
            format!("export PASSCODE='{secret}'"),
            format!("{{ \"secret\": \"{secret}\" }}"),
        ] {
            assert_eq!(env.run_with_input("verify", &text).exit, 0, "{text:?}");
            for units in [u16::to_le_bytes, u16::to_be_bytes] {
                let utf_16: Vec<u8> = text.encode_utf16().flat_map(units).collect();
                assert_eq!(env.run_with_input("verify", utf_16).exit, 0, "{text:?} in UTF-16");
            }
        }
    }
}

#[test]
fn what_is_no_secret_is_not_shown() {
    let mut env = TestEnv::new();
    env.run_ok("create acme --days 9");
    assert_snapshot!(env.run_with_input("verify", "password = hunter2 # never tell"), @"
    exit 10
    -- stdout
    refused: not a gatepass secret; to look for secrets in a text, use --find
    ");
}

#[test]
fn what_is_pasted_at_a_terminal_is_hidden() {
    let mut env = TestEnv::with_terminal();
    let secret = env.run_for_secret("create partner-a --days 90");
    env.answers.push_back(format!(" {secret} "));
    assert_snapshot!(env.run("verify"), @"
    exit 0
    -- stdout
    allowed: partner-a, account passcode pc_65511a5d129d4ed6c9cd2b3f of RZ5-76K-665Z (valid); expires
    2027-02-20T06:00:00Z (in 90 d)
    -- stderr
    ? Secret? (hidden)
    ");
    let account = env.run_ok("account show --field id");
    let headers = format!("X-CleverTap-Account-Id: {account}X-CleverTap-Passcode: {secret}\n");
    for (line, pasted, exit, prompt) in [
        ("verify --headers", headers.as_str(), 0, "? Header lines, ended by Ctrl-D? (hidden)\n"),
        ("verify --find", &headers, 0, "? Text to search, ended by Ctrl-D? (hidden)\n"),
        ("verify --legacy", "0123456789abcdef", 10, "? Legacy key? (hidden)\n"),
    ] {
        env.answers.push_back(pasted.to_owned());
        let output = env.run(line);
        assert_eq!(output.exit, exit, "{line}: {output}");
        assert!(output.stderr.starts_with(prompt), "{line}: {output}");
        assert!(!output.to_string().contains(pasted.trim()), "{line}: {output}");
    }
}

#[test]
fn a_legacy_key_is_trimmed() {
    let mut env = directory_fixture();
    env.file("key", "0123456789abcdef0123456789ABCDEF\n");
    env.run_ok("app edit Roster --legacy-key-file ~/key");
    let utf_16: Vec<u8> = "\u{feff}0123456789abcdef0123456789ABCDEF\r\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let padded = " 0123456789abcdef0123456789ABCDEF \r\n\r\n".as_bytes().to_vec();
    for input in [padded, utf_16] {
        assert_eq!(env.run_with_input("verify --legacy", &input).exit, 0, "{input:?}");
    }
}
