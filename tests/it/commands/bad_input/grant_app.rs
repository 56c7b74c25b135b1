//! Bad input to grant-app and district connect.

use super::case::{CONFLICTING_FLAGS, Case, WHOLE_DAYS, rows, rows_in};

pub fn cases() -> Vec<Case> {
    [scopes(), options()].concat()
}

#[rustfmt::skip] // One row a line.
fn scopes() -> Vec<Case> {
    let long_scope = format!("--scope read:{}", "a".repeat(96));
    let scopes: Vec<String> = (0..101).map(|number| format!("read:a{number}")).collect();
    let comma_list = format!("--scope {}", scopes.join(","));
    let flags = format!("--scope {}", scopes.join(" --scope "));
    rows_in(2, "grant-app Roster --district Lincoln --days 3 {}", &[
        ("one word", "--scope read", "a scope must look like read:students"),
        ("capital letters", "--scope Read:students", "a scope must look like"),
        ("three words", "--scope a:b:c", "a scope must look like"),
        ("empty scope", "--scope ''", "a token needs at least one scope"),
        ("only commas", "--scope ,,", "a token needs at least one scope"),
        ("not ASCII", "--scope read:schüler", "a scope must look like"),
        ("semicolons", "--scope 'a:b;c:d'", "a scope must look like"),
        ("wildcard", "--scope read:*", "list each scope"),
        ("wildcard among others", "--scope 'read:a *'", "list each scope"),
        ("101 characters", &long_scope, "at most 100 characters"),
        ("101 scopes", &comma_list, "at most 100 scopes"),
        ("101 scopes, each with a flag", &flags, "at most 100 scopes"),
        ("no scope", "", "--scope <SCOPE>"),
    ])
}

#[rustfmt::skip] // One row a line.
fn options() -> Vec<Case> {
    [
        rows_in(2, "grant-app Roster --district Lincoln --days 3 {}", &[
            ("limit of zero", "--scope a:b --limit 0", "a limit must be a whole number"),
            ("negative limit", "--scope a:b --limit -1", "a limit must be a whole number"),
            ("limit per second", "--scope a:b --limit 9/s", "a limit must be a whole number"),
            ("limit over a million", "--scope a:b --limit 1000001", "a limit must be a whole number"),
            ("two lifetimes", "--scope a:b --forever", CONFLICTING_FLAGS),
            ("--pickup and --out", "--scope a:b --pickup --out ~/x", CONFLICTING_FLAGS),
        ]),
        rows(2, &[
            ("no district", "grant-app Roster --scope a:b --days 3", "--district <DISTRICT>"),
            ("366 days", "grant-app Roster --district Lincoln --scope a:b --days 366", WHOLE_DAYS),
            ("connect without --app", "district connect Lincoln --scope a:b --days 3 --pickup", "--app <APP>"),
            ("connect with --from and --app", "district connect Lincoln --from ~/x --app a --scope a:b --days 3 --pickup",
             CONFLICTING_FLAGS),
        ]),
        rows_in(3, "grant-app Roster --district Lincoln --days 3 {}", &[
            ("unknown app", "--scope a:b", "app Roster not found"),
        ]),
    ]
    .concat()
}
