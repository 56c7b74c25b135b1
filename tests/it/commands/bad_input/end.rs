//! Bad input to reset, revoke and delete.

use insta::assert_snapshot;

use super::case::{CONFLICTING_FLAGS, Case, rows};
use crate::support::credentials_fixture::credentials_fixture_with_terminal;

#[rustfmt::skip] // One row a line.
pub fn cases() -> Vec<Case> {
    [
        rows(2, &[
            ("--infinite and --forever", "reset acme --infinite --forever --yes", CONFLICTING_FLAGS),
            ("overlap of 31 days", "reset acme --overlap 31d --yes", "the duration must be from 0d to 30d"),
            ("overlap of 20 digits", "reset acme --overlap 99999999999999999999w --yes", "the duration must be from 0d to 30d"),
            ("overlap in minutes", "reset acme --overlap 90m --yes", "such as 12h, 7d or 2w, from 0d to 30d"),
            ("fractional overlap", "reset acme --overlap 0.5d --yes", "use a number of hours, days or weeks"),
            ("overlap in Arabic digits", "reset acme --overlap ٣d --yes", "use a number of hours, days or weeks"),
            ("two-byte unit of an overlap", "reset acme --overlap 3é --yes", "use a number of hours, days or weeks"),
            ("--older-than without --expired", "delete acme --older-than 3d --yes", CONFLICTING_FLAGS),
            ("partial id for revoke", "revoke pc_65511 --yes", "use the full id: pc_65511a5d129d4ed6c9cd2b3f"),
            ("partial id for delete", "delete pc_65511 --yes", "use the full id: pc_65511a5d129d4ed6c9cd2b3f"),
            ("partial id for reset", "reset pc_65511 --yes", "use the full id: pc_65511a5d129d4ed6c9cd2b3f"),
            ("unknown reason", "revoke acme --reason boredom --yes", "possible values: key-compromise"),
            ("no reference", "revoke --yes", "REFERENCE is required"),
            ("no terminal to confirm", "revoke acme", "use --yes"),
            ("unknown field", "revoke acme --yes --field nonsense", "hint: use one of schema, id, kind"),
            ("several secrets for the screen", "reset acme beta --yes", "use --out FILE"),
        ]),
        rows(3, &[
            ("one unknown reference of two", "delete acme nobody --yes", "credential nobody not found"),
            ("unknown account", "revoke acme --yes --account AAA-BBB-CCCZ", "account AAA-BBB-CCCZ not found"),
        ]),
        rows(4, &[
            ("reset of an expired passcode", "reset old --yes", "set a new lifetime"),
            ("already revoked", "revoke gone --yes", "was revoked at 2026-11-22T06:00:00Z by ann@host"),
        ]),
    ]
    .concat()
}

#[test]
fn a_partial_id_is_accepted_when_a_prompt_shows_the_whole_one() {
    let mut env = credentials_fixture_with_terminal();
    env.answers.push_back("y".to_owned());
    assert_snapshot!(env.run("revoke pc_65511"), @"
    exit 0
    -- stderr
    ? Revoke account passcode acme (pc_65511a5d129d4ed6c9cd2b3f)? y
    Revoked acme (pc_65511a5d129d4ed6c9cd2b3f).
    ");
}
