//! Bad input to check, account, schema and unknown flags and subcommands.

use serde_json::Value;

use super::case::{Case, is_terminal_safe, rows};
use crate::support::credentials_fixture::credentials_fixture;

#[rustfmt::skip] // One row a line.
pub fn cases() -> Vec<Case> {
    [
        rows(2, &[
            ("unknown flag", "list --nonsense", "unexpected argument '--nonsense' found"),
            ("misspelled subcommand", "lst", "a similar subcommand exists: 'list'"),
            ("subcommand that does not exist yet", "notify", "unrecognized subcommand 'notify'"),
            ("escape character in a flag", "list '--\u{1b}[2J'", "unexpected argument"),
            ("unknown region", "account edit --region mars", "possible values: eu1"),
            ("store of an unknown kind", "list --store postgres://host/db", "postgres:// is not a supported kind of store"),
            ("nothing to edit", "account edit", "--require-user-passcode"),
            ("unknown schema", "schema show nonsense", "unknown schema nonsense"),
        ]),
        rows(3, &[
            ("check exits with 3 for any error", "check --warn soon", "use a number of hours, days or weeks"),
        ]),
    ]
    .concat()
}

#[test]
fn escape_sequences_in_the_store_are_not_printed_raw() {
    let mut env = credentials_fixture();
    // User and host names come from the operating system and are not validated.
    env.actor.process.user = "ann\u{1b}[2J\u{202e}".to_owned();
    env.actor.process.host = "host\n-- stdout".to_owned();
    env.run_ok("edit acme --note x");
    env.run_ok("create new --days 9");
    env.run_ok("revoke new --yes");
    for line in [
        "list",
        "list --format csv",
        "list --field created_by",
        "show new",
        "show new --field revoked_by",
        "audit list",
        "audit list --format csv",
        "revoke new --yes",
    ] {
        let output = env.run(line);
        assert!(
            is_terminal_safe(&output.stdout) && is_terminal_safe(&output.stderr),
            "{line}: {output:?}"
        );
        assert!(!output.stdout.contains("\n-- stdout"), "{line}: {output:?}");
    }
    for line in ["list --json", "show new --json", "audit list --json"] {
        let text = env.run_ok(line);
        assert!(is_terminal_safe(&text) || !text.contains('\u{1b}'), "{line}: {text:?}");
        assert!(serde_json::from_str::<Value>(&text).is_ok(), "{line}: {text:?}");
    }
}
