//! Bad input to edit.

use super::case::{CONFLICTING_FLAGS, Case, rows};

#[rustfmt::skip] // One row a line.
pub fn cases() -> Vec<Case> {
    rows(2, &[
        ("empty new name", "edit acme --name ''", "the name is empty"),
        ("escape character in a note", "edit acme --note 'a\u{1b}b'", "a control character (U+001B) at position 2"),
        ("name for a user passcode", "edit ann@example.org --name x", "cannot be renamed"),
        ("user passcode without expiry", "edit ann@example.org --forever", "lifetime cannot be forever"),
        ("scopes for a passcode", "edit acme --scope a:b", "is not a token, and only tokens have scopes"),
        ("limit for a passcode", "edit acme --limit 600/min",
         "is not a token, and only tokens have limits of their own"),
        ("--limit and --no-limit", "edit acme --limit 9 --no-limit", CONFLICTING_FLAGS),
        ("neither on nor off", "edit acme --introspect maybe", "[possible values: on, off]"),
    ])
}
