//! Bad input to list and show.

use insta::assert_snapshot;

use super::case::{CONFLICTING_FLAGS, Case, parse_json_error, rows};
use crate::support::test_env::TestEnv;

pub fn cases() -> Vec<Case> {
    [references(), filters()].concat()
}

#[rustfmt::skip] // One row a line.
fn references() -> Vec<Case> {
    rows(3, &[
        ("unknown name", "show nobody", "credential nobody not found"),
        ("empty reference", "show ''", "credential  not found"),
        ("escape character", "show 'a\u{1b}[2J'", "a\\u{1b}[2J"),
        ("10,000 characters", &format!("show {}", "x".repeat(10_000)), "credential xxx"),
        ("partial id too short", "show pc_655", "credential pc_655 not found"),
        ("unknown id", "show pc_000000000000000000000000", "credential pc_000000000000000000000000 not found"),
    ])
}

#[rustfmt::skip] // One row a line.
fn filters() -> Vec<Case> {
    [
        rows(2, &[
            ("malformed Account ID", "account add x --id nonsense", "that is not an Account ID"),
            ("unknown field", "list --field nonsense", "unknown field \"nonsense\""),
            ("--field and --format", "list --field id --format csv", CONFLICTING_FLAGS),
            ("unknown format", "list --format yaml", "[possible values: table, json, jsonl, csv]"),
            ("unknown kind", "list --kind robot", "possible values: account, user"),
            ("unknown state", "list --state asleep", "possible values: active, expiring"),
            ("unknown order", "list --sort size", "[possible values: created, -created, name, -name, expires, -expires, kind, -kind, used, -used]"),
            ("negative limit", "list --limit=-1", "use a whole number"),
            ("limit of 20 digits", "list --limit 99999999999999999999", "use a whole number"),
            ("--expiring over 36500", "list --expiring 36501", "the duration must be from 0d to 36500d"),
            ("--unused over 36500", "list --unused 36501", "the duration must be from 0d to 36500d"),
            ("fractional --unused", "list --unused 1.5", "use a number of hours, days or weeks"),
            ("--unused without a value", "list --unused", "a value is required for '--unused <DURATION>'"),
            ("--at in the past", "list --at 2026-11-22", "--at 2026-11-22T00:00:00Z is in the past"),
            ("invalid --at", "list --at 2026-13-01", "--at"),
            ("invalid pattern", "list --name '[a'", "Pattern syntax error"),
        ]),
        rows(3, &[
            ("unknown account name", "list --account nonsense", "account nonsense not found"),
            ("unknown account", "list --account AAA-BBB-CCCZ", "account AAA-BBB-CCCZ not found"),
        ]),
    ]
    .concat()
}

#[test]
fn an_ambiguous_reference_lists_its_candidates() {
    let mut env = TestEnv::new();
    env.run_ok("create acme --days 9");
    env.run_ok("account add second --id WWW-XXX-YYYZ");
    env.run_ok("create acme --days 9 --account WWW-XXX-YYYZ");
    assert_snapshot!(env.run("show acme"), @"
    exit 4
    -- stderr
    error: acme matches 2 credentials
    hint: use one of these ids: pc_65511a5d129d4ed6c9cd2b3f (account passcode acme of RZ5-76K-665Z), pc_72a22e6128f4d4431fdae559 (account passcode acme of WWW-XXX-YYYZ)
    ");
    let error = parse_json_error(&env.run("show acme --json"));
    assert_eq!(error["code"], "ambiguous");
    assert_eq!(error["details"]["candidates"].as_array().unwrap().len(), 2);
    for terminal in [TestEnv::new().terminal, TestEnv::with_terminal().terminal] {
        env.terminal = terminal;
        assert_eq!(env.run("show acme").exit, 4);
        assert_eq!(env.run("audit list --of acme").exit, 4);
    }
}
