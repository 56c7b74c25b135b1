//! Bad input to grant-user.

use super::case::{CONFLICTING_FLAGS, Case, rows, rows_in};

#[rustfmt::skip] // One row a line.
pub fn cases() -> Vec<Case> {
    [
        rows(1, &[
            ("missing --from file", "grant-user --from ~/none --days 9 --out ~/out", "could not be read"),
        ]),
        rows_in(2, "grant-user '{}' --days 9", &[
            ("address without @", "nobody", "an e-mail address must have one @"),
            ("two @", "a@b@c", "an e-mail address must have one @"),
            ("space in an address", "ann b@example.org", "e-mail address"),
            ("right-to-left override", "ann@example.org\u{202e}", "direction-changing"),
        ]),
        rows(2, &[
            ("no lifetime", "grant-user new@example.org", "use --days N, --for DURATION, --until DATE or --infinite"),
            ("address and --from", "grant-user new@x.org --from ~/none --days 9", CONFLICTING_FLAGS),
        ]),
        rows_in(4, "grant-user '{}' --days 9", &[
            ("address in use", "ANN@example.org", "already has the passcode"),
        ]),
    ]
    .concat()
}
