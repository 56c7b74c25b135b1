//! Bad input to create.

use insta::assert_snapshot;
use serde_json::Value;

use super::case::{
    CONFLICTING_FLAGS, Case, NO_LIFETIME, WHOLE_DAYS, parse_json_error, rows, rows_in,
};
use crate::support::test_env::TestEnv;

pub fn cases() -> Vec<Case> {
    [names(), lifetimes(), options()].concat()
}

#[rustfmt::skip] // One row a line.
fn names() -> Vec<Case> {
    [
        rows_in(2, "create '{}' --days 9", &[
            ("empty name", "", "the name is empty"),
            ("101 characters", "ä".repeat(101).as_str(), "has 101 characters; at most 100"),
            ("control character", "a\u{7}", "a control character (U+0007) at position 2"),
            ("escape character", "\u{1b}[2J", "a control character (U+001B) at position 1"),
            ("line feed", "a\nb", "a control character (U+000A) at position 2"),
            ("C1 control character", "ab\u{9b}", "a control character (U+009B) at position 3"),
            ("right-to-left override", "ab\u{202e}c", "direction-changing character (U+202E) at position 3"),
            ("zero-width space", "a\u{200b}b", "an invisible or direction-changing character (U+200B)"),
            ("line separator", "a\u{2028}b", "a line-breaking character (U+2028) at position 2"),
            ("leading space", " a", "a space at position 1, at its beginning"),
            ("trailing no-break space", "a\u{a0}", "a space at position 2, at its end"),
            ("only a space", " ", "a space at position 1"),
            ("id as a name", "pc_65511a5d129d4ed6c9cd2b3f", "the name looks like an id"),
        ]),
        rows_in(4, "create '{}' --days 9", &[
            ("name in use", "ACME", "already exists (pc_65511a5d129d4ed6c9cd2b3f"),
            ("name of a revoked one", "Gone", "to free the name: gatepass delete Gone"),
        ]),
    ]
    .concat()
}

#[rustfmt::skip] // One row a line.
fn lifetimes() -> Vec<Case> {
    [
        rows_in(2, "create new --days '{}'", &[
            ("zero days", "0", WHOLE_DAYS),
            ("negative days", "-1", WHOLE_DAYS),
            ("366 days", "366", WHOLE_DAYS),
            ("one and a half days", "1.5", WHOLE_DAYS),
            ("scientific notation", "1e3", WHOLE_DAYS),
            ("20 digits", "99999999999999999999", WHOLE_DAYS),
            ("2^64 + 1 days", "18446744073709551617", WHOLE_DAYS),
            ("Arabic digits", "٣٠", WHOLE_DAYS),
            ("fullwidth digits", "３０", WHOLE_DAYS),
            ("plus sign", "+30", WHOLE_DAYS),
            ("leading space", " 30", WHOLE_DAYS),
            ("hexadecimal", "0x1e", WHOLE_DAYS),
            ("one and a half days in hours", "36h", WHOLE_DAYS),
            ("empty --days", "", WHOLE_DAYS),
        ]),
        rows_in(2, "create new --for '{}'", &[
            ("less than an hour", "0h", "the duration must be from 1h to 365d"),
            ("minutes", "90m", "use a number of hours, days or weeks, such as 12h, 7d or 2w, from 1h to 365d"),
            ("more than a year", "53w", "the duration must be from 1h to 365d"),
        ]),
        rows_in(2, "create new --until '{}'", &[
            ("date that does not exist", "2027-02-29", "use a date such as"),
            ("date in the past", "2026-12-01", "is not in the future"),
            ("date after more than 365 days", "2027-12-03", "is more than 365 days away"),
            ("date in words", "tomorrow", "use a date such as"),
            ("five-digit year", "12027-01-01", "use a date such as"),
            ("instant without a time zone", "2027-01-01T00:00:00", "use a date such as"),
        ]),
        rows(2, &[
            ("--days without a value", "create new --days", "a value is required for '--days <N>'"),
            ("--for and --days", "create new --for 30d --days 30", CONFLICTING_FLAGS),
            ("--for and --forever", "create new --for 30d --forever", CONFLICTING_FLAGS),
            ("--days and --forever", "create new --days 30 --forever", CONFLICTING_FLAGS),
            ("--days and --infinite", "create new --days 30 --infinite", CONFLICTING_FLAGS),
            ("--days and --until", "create new --days 30 --until 2027-01-01", CONFLICTING_FLAGS),
            ("--days twice", "create new --days 3 --days 4", "cannot be used multiple times"),
            ("no lifetime", "create new", NO_LIFETIME),
        ]),
    ]
    .concat()
}

#[rustfmt::skip] // One row a line.
fn options() -> Vec<Case> {
    [
        rows(1, &[
            ("--out in a missing directory", "create new --days 9 --out ~/none/out", "No such file or directory"),
        ]),
        rows(2, &[
            ("no name", "create --days 9", "for example: gatepass create acme --days 90"),
            ("unknown field", "create new --days 9 --field nonsense",
             "retiring_until, retiring_until_used, revoked_at, revoked_by, revocation_reason, deleted_at, deleted_by, lifetime_seconds, introspect, last_used_at, last_used_from, uses, app, app_name, district, district_name, scopes, limit_per_minute, awaits_pickup, refused_by_policy, undelivered_reset_at, label, dry_run, created, secret, out"),
            ("--field without the secret", "create new --days 9 --field id", "use --out FILE"),
            ("misspelled flag", "create new --dayz 3", "a similar argument exists: '--days'"),
        ]),
        rows(4, &[
            ("existing --out file", "create new --days 9 --out ~/.config", "~/.config already exists"),
        ]),
    ]
    .concat()
}

#[test]
fn formula_names_are_allowed_and_escaped_in_csv() {
    let mut env = TestEnv::new();
    let name = "=HYPERLINK(\"x:y\")";
    env.run_ok(&format!("create '{name}' --days 9"));
    assert_eq!(env.run_ok("list --field name"), format!("{name}\n"));
    assert!(env.run_ok("list --format csv").contains(",\"'=HYPERLINK(\"\"x:y\"\")\","));
    let list: Value = serde_json::from_str(&env.run_ok("list --json")).unwrap();
    assert_eq!(list["items"][0]["name"], name);
    assert_snapshot!(env.run(&format!("create '{name}' --days 9")), @r#"
    exit 4
    -- stderr
    error: =HYPERLINK("x:y") already exists (pc_65511a5d129d4ed6c9cd2b3f, expiring)
    hint: gatepass reset pc_65511a5d129d4ed6c9cd2b3f for a new secret, or choose another name
    "#);
    for name in ["@SUM(A1)", "'+1", "+1"] {
        let output =
            env.run_words(&["create".into(), "--days=9".into(), "--".into(), name.into()], b"");
        assert_eq!(output.exit, 0, "{output}");
    }
}

#[test]
fn the_passcode_limit_error_lists_expired_passcodes() {
    let mut env = TestEnv::new();
    env.run_ok("create deleted --days 1");
    env.run_ok("delete deleted --yes");
    for number in 0..94 {
        env.run_ok(&format!("create p{number} --days 90"));
    }
    env.run_ok("create brief --days 1");
    env.run_ok("create 'brief one' --days 1");
    env.run_ok("create endless --forever");
    env.run_ok("create over --days 90");
    env.run_ok("revoke over --yes");
    // None of these frees a slot: not expired, revoked before it expired, without a slot, or of another account.
    env.run_ok("create longer --days 2");
    env.run_ok("create revoked --days 1");
    env.run_ok("revoke revoked --yes");
    env.run_ok("grant-user brief@x.org --days 1");
    env.run_ok("account add Second --id TEST-948-4KK-444Z");
    env.env.insert("GATEPASS_ACCOUNT".into(), "TEST-948-4KK-444Z".into());
    env.run_ok("create elsewhere --days 1");
    env.env.insert("GATEPASS_ACCOUNT".into(), "RZ5-76K-665Z".into());
    assert_snapshot!(env.run("create new --days 9"), @"
    exit 5
    -- stderr
    error: account RZ5-76K-665Z: limit of 100 passcodes reached (0 expired)
    hint: delete one that is no longer needed: gatepass delete NAME
    ");
    env.advance_days(1);
    assert_snapshot!(env.run("create new --days 9"), @"
    exit 5
    -- stderr
    error: account RZ5-76K-665Z: limit of 100 passcodes reached (2 expired)
    hint: gatepass delete --expired frees the slots of brief, 'brief one'
    ");
    let error = parse_json_error(&env.run("create new --days 9 --json"));
    assert_eq!(error["code"], "cap_reached");
    assert_eq!(error["details"]["expired"], serde_json::json!(["brief", "brief one"]));
    // User passcodes do not count, and following the hint helps.
    assert_eq!(env.run("grant-user ann@x.org --days 9").exit, 0);
    env.run_ok("delete --expired --yes");
    assert_eq!(env.run("create new --days 9").exit, 0);
}
