//! The CSV file of `grant-user --from`: one user per row.

use std::collections::HashMap;

use super::{
    columns::{ColumnArgs, ColumnSpec},
    line_errors::{LineError, LineErrors},
    table::{Table, TableRow},
};
use crate::{
    domain::{
        credential::lifetime::{Expiry, Lifetime, LifetimeError},
        directory::name::{Email, Note},
        instant::Instant,
    },
    ops::credential::grant_user::{GrantUserRequest, UserEntry},
};

/// The columns that a file may have; only the first is required.
pub const COLUMNS: [&str; 3] = ["email", "lifetime", "note"];
const SPEC: &ColumnSpec = &ColumnSpec { names: &COLUMNS, required: &["email"] };
const EMAIL: usize = 0;
const LIFETIME: usize = 1;
const NOTE: usize = 2;

/// The lifetime of users for whom the file has none, and the time at which lifetimes begin.
#[derive(Clone, Copy, Debug)]
pub struct LifetimeDefaults {
    /// The lifetime; `None` if there is no default.
    pub lifetime: Option<Lifetime>,
    /// The present time.
    pub now: Instant,
}

/// Parses a file of users. Returns the valid rows, and why the other ones were rejected.
///
/// A lifetime is a duration such as `90`, `12h` or `2w`, a date, an instant, or `infinite`.
pub fn parse(
    bytes: &[u8],
    columns: &ColumnArgs,
    defaults: LifetimeDefaults,
) -> (Vec<UserEntry>, LineErrors) {
    let mut table = match Table::read(bytes, columns, SPEC) {
        Ok(table) => table,
        Err(errors) => return (Vec::new(), errors),
    };
    let mut errors = table.take_errors("users");
    let (mut entries, mut seen) = (Vec::with_capacity(table.rows.len()), HashMap::new());
    for row in &table.rows {
        match parse_row(row, defaults) {
            Err(error) => errors.add(error),
            Ok(request) => match seen.insert(request.email.folded(), row.line) {
                Some(before) => errors.add(duplicate(row, &request.email, before)),
                None => entries.push(UserEntry { line: row.line, request }),
            },
        }
    }
    (entries, errors)
}

fn parse_row(row: &TableRow, defaults: LifetimeDefaults) -> Result<GrantUserRequest, LineError> {
    let email = row.get(EMAIL).unwrap_or_default();
    let email =
        Email::parse(email).map_err(|why| LineError::of_value(row.line, "email", email, why))?;
    let wrong_note = |text, why| LineError::of_value(row.line, "note", text, why);
    let note = row.get(NOTE).map(|text| Note::parse(text).map_err(|why| wrong_note(text, why)));
    let lifetime = match row.get(LIFETIME) {
        Some(text) => parse_lifetime(text, defaults.now)
            .map_err(|why| LineError::of_value(row.line, "lifetime", text, why))?,
        None => defaults.lifetime.ok_or_else(|| {
            let why = "no lifetime, either here or on the command line";
            LineError::of_value(row.line, "email", email.as_str(), why)
        })?,
    };
    Ok(GrantUserRequest { email, note: note.transpose()?, lifetime })
}

fn duplicate(row: &TableRow, email: &Email, before: u64) -> LineError {
    let why = format!("this user already appears in line {before}");
    LineError::of_value(row.line, "email", email.as_str(), why)
}

/// Parses a lifetime, also as lists and spreadsheets write it, such as `90 d`, `90 days` or `Infinite`.
fn parse_lifetime(text: &str, now: Instant) -> Result<Lifetime, LifetimeError> {
    let (number, rest) =
        text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    let unit = match rest.trim().to_ascii_lowercase().as_str() {
        "" => "",
        "h" | "hour" | "hours" => "h",
        "d" | "day" | "days" => "d",
        "w" | "week" | "weeks" => "w",
        "infinite" => "infinite",
        _ => rest,
    };
    let lifetime = Lifetime::parse_expiring(&format!("{number}{unit}"))?;
    let _: Expiry = lifetime.expiry(now)?;
    Ok(lifetime)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::duration::Duration;
    use proptest::prelude::*;

    const DEFAULTS: LifetimeDefaults =
        LifetimeDefaults { lifetime: Some(Lifetime::For(Duration::days(30))), now: Instant::EPOCH };

    fn read(text: &str) -> (Vec<UserEntry>, LineErrors) {
        parse(text.as_bytes(), &ColumnArgs::default(), DEFAULTS)
    }

    fn lifetime(text: &str) -> Result<Lifetime, String> {
        parse_lifetime(text, Instant::parse_rfc3339("2026-11-22T00:00:00Z").unwrap())
            .map_err(|why| why.to_string())
    }

    #[test]
    fn each_row_grants_one_user() {
        let (entries, errors) = read(
            "\u{feff}email,lifetime,note\nann@x.org,90,\"a, b\"\nbob@x.org,,\n eve@x.org ,infinite,\n",
        );
        assert_eq!((entries.len(), errors), (3, LineErrors::default()));
        let [ann, bob, eve] = [0, 1, 2].map(|at: usize| &entries[at].request);
        assert_eq!(ann.lifetime, Lifetime::For(Duration::days(90)));
        assert_eq!(ann.note.as_ref().unwrap().as_str(), "a, b");
        assert_eq!(bob.lifetime, Lifetime::For(Duration::days(30)));
        assert_eq!((eve.email.as_str(), entries[2].line), ("eve@x.org", 4));
        assert_eq!(read("email\nann@x.org\n").0.len(), 1);
    }

    #[test]
    fn a_lifetime_can_be_written_as_lists_print_it() {
        for text in ["90", "90d", "90 d", "90 days", "90D"] {
            assert_eq!(lifetime(text), Ok(Lifetime::For(Duration::days(90))), "{text}");
        }
        assert_eq!(lifetime("2w"), Ok(Lifetime::For(Duration::days(14))));
        assert_eq!(lifetime("1 day"), Ok(Lifetime::For(Duration::days(1))));
        assert_eq!(lifetime("Infinite"), Ok(Lifetime::Infinite));
        assert_eq!(lifetime("12 hours"), Ok(Lifetime::For(Duration::hours(12))));
        for text in ["2027-01-31", "2027-01-31T12:00:00Z"] {
            assert!(matches!(lifetime(text), Ok(Lifetime::Until(_))), "{text}");
        }
        for (text, why) in [
            ("forever", "use a duration such as 90"),
            ("90x", "use a duration such as 90"),
            ("soon", "use a duration such as 90"),
            ("31.01.2027", "use a duration such as 90"),
            ("0", "the duration must be"),
            ("366", "the duration must be"),
            ("366d", "the duration must be"),
            ("53w", "the duration must be"),
            ("99999w", "the duration must be"),
            ("2020-01-01", "is not in the future"),
        ] {
            let error = lifetime(text).unwrap_err();
            assert!(error.contains(why), "{text}: {error}");
        }
    }

    #[test]
    fn every_bad_row_is_reported_with_its_value() {
        let (entries, errors) = read(
            "email,lifetime,note\nann@x.org,,\nnobody,,\nbob@x.org,366,\nANN@x.org,,\n,1,\neve@x.org,1\n",
        );
        assert_eq!(entries.len(), 1);
        let mut lines: Vec<String> = errors.lines.iter().map(LineError::to_string).collect();
        lines.sort();
        let expected = [
            "line 3, email \"nobody\": an e-mail address must",
            "line 4, lifetime \"366\": the duration must",
            "line 5, email \"ANN@x.org\": this user already appears in line 2",
            "line 6, email: the e-mail address is empty",
            "line 7: 2 fields, but the header has 3",
        ];
        assert_eq!(lines.len(), expected.len());
        for (line, expected) in lines.iter().zip(expected) {
            assert!(line.starts_with(expected), "{line}");
        }
        for text in ["", "email\n", "name\nx\n", "email,colour\na@b,red\n"] {
            let (entries, errors) = read(text);
            assert_eq!((entries.len(), errors.count()), (0, 1), "{text}");
        }
    }

    #[test]
    fn values_are_shortened_and_secrets_are_hidden() {
        let secret = format!("gpu_{}", "a".repeat(49));
        let (_, errors) = read(&format!("email\n{}\n{secret}\n\u{1b}[31m\n", "long".repeat(99)));
        for error in &errors.lines {
            let line = error.to_string();
            assert!(line.chars().count() < 250 && !line.contains(&secret), "{line}");
            assert!(!line.contains('\u{1b}'), "{line:?}");
        }
        let many = format!("email\n{}", "x\n".repeat(60));
        let (_, errors) = read(&many);
        assert_eq!((errors.lines.len(), errors.more, errors.count()), (50, 10, 60));
    }

    #[test]
    fn a_row_without_lifetime_is_reported() {
        let defaults = LifetimeDefaults { lifetime: None, ..DEFAULTS };
        let (_, errors) = parse("email\na@b\n".as_bytes(), &ColumnArgs::default(), defaults);
        let error = errors.lines[0].to_string();
        assert_eq!(error, "line 2, email \"a@b\": no lifetime, either here or on the command line");
    }

    proptest! {
        #[test]
        fn parsing_never_panics(bytes: Vec<u8>) {
            let (entries, _) = parse(&bytes, &ColumnArgs::default(), DEFAULTS);
            prop_assert!(entries.len() <= bytes.len());
        }
    }
}
