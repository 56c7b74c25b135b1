//! The CSV file of `grant-user --from`: one user per row.

use std::{collections::HashSet, io::Read};

use super::csv::CsvError;
use crate::{
    domain::{
        credential::lifetime::{Expiry, Lifetime, LifetimeError},
        directory::name::{Email, Note, TextError},
        instant::Instant,
    },
    ops::credential::grant_user::GrantUserRequest,
};

/// The columns that a file may have; only the first is required.
pub const COLUMNS: [&str; 3] = ["email", "lifetime", "note"];

/// Why a file was rejected.
#[derive(Debug, thiserror::Error)]
pub enum UserImportError {
    /// The header lacks the column for addresses, or has an unknown column.
    #[error("line 1: the header must have the column email, and may have lifetime and note")]
    Heading,
    /// The file is not valid CSV.
    #[error(transparent)]
    Csv(#[from] CsvError),
    /// An address or a note is not valid.
    #[error("line {line}: {why}")]
    Text {
        /// The number of the line, from 1.
        line: u64,
        /// The reason.
        why: TextError,
    },
    /// A user passcode can't have this lifetime.
    #[error("line {line}: {why}")]
    Lifetime {
        /// The number of the line, from 1.
        line: u64,
        /// The reason.
        why: LifetimeError,
    },
    /// Neither the row nor the command line has a lifetime.
    #[error("line {line}: no lifetime, either here or on the command line")]
    NoLifetime {
        /// The number of the line, from 1.
        line: u64,
    },
    /// An earlier row has the same user.
    #[error("line {line}: this user already appears in line {before}")]
    Duplicate {
        /// The number of the line, from 1.
        line: u64,
        /// The number of the earlier line.
        before: u64,
    },
}

/// Parses a file of users.
///
/// A lifetime is a duration such as `90` or `12h`, a date, an instant, or `infinite`. A row without one gets `default`.
///
/// # Errors
/// The first row that is not valid.
pub fn parse(
    input: impl Read,
    default: Option<Lifetime>,
    now: Instant,
) -> Result<Vec<GrantUserRequest>, UserImportError> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(input);
    let columns = Columns::from_header(reader.headers().map_err(CsvError::from)?)?;
    let mut grants = Vec::new();
    let mut users = SeenUsers::default();
    for record in reader.records() {
        let record = record.map_err(CsvError::from)?;
        let line = record.position().map_or(0, csv::Position::line);
        let field =
            |at: Option<usize>| at.and_then(|at| record.get(at)).filter(|text| !text.is_empty());
        let wrong_text = |why| UserImportError::Text { line, why };
        let email = record.get(columns.email).unwrap_or_default();
        let email = Email::parse(email).map_err(wrong_text)?;
        users.add(&email, line)?;
        let note = field(columns.note).map(Note::parse).transpose().map_err(wrong_text)?;
        let lifetime = match field(columns.lifetime) {
            None => default.ok_or(UserImportError::NoLifetime { line })?,
            Some(text) => {
                parse_lifetime(text, now).map_err(|why| UserImportError::Lifetime { line, why })?
            }
        };
        grants.push(GrantUserRequest { email, note, lifetime });
    }
    Ok(grants)
}

/// The positions of the columns.
struct Columns {
    email: usize,
    lifetime: Option<usize>,
    note: Option<usize>,
}

impl Columns {
    fn from_header(header: &csv::StringRecord) -> Result<Self, UserImportError> {
        let position = |name: &str| {
            header.iter().position(|title| title.trim_start_matches('\u{feff}') == name)
        };
        let [email, lifetime, note] = COLUMNS.map(position);
        let known = [email, lifetime, note].iter().flatten().count();
        match email {
            Some(email) if known == header.len() => Ok(Self { email, lifetime, note }),
            _ => Err(UserImportError::Heading),
        }
    }
}

/// The users of the rows so far, each with its line.
#[derive(Default)]
struct SeenUsers {
    keys: HashSet<String>,
    lines: Vec<(String, u64)>,
}

impl SeenUsers {
    fn add(&mut self, email: &Email, line: u64) -> Result<(), UserImportError> {
        let key = email.folded();
        if self.keys.contains(&key) {
            let before =
                self.lines.iter().find(|(other, _)| *other == key).map_or(0, |(_, line)| *line);
            return Err(UserImportError::Duplicate { line, before });
        }
        self.keys.insert(key.clone());
        self.lines.push((key, line));
        Ok(())
    }
}

fn parse_lifetime(text: &str, now: Instant) -> Result<Lifetime, LifetimeError> {
    let lifetime = Lifetime::parse_expiring(text)?;
    let _: Expiry = lifetime.expiry(now)?;
    Ok(lifetime)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::duration::Duration;
    use proptest::prelude::*;

    fn read(text: &str) -> Result<Vec<GrantUserRequest>, String> {
        let now = Instant::parse_rfc3339("2026-11-22T00:00:00Z").unwrap();
        parse(text.as_bytes(), Some(Lifetime::For(Duration::days(30))), now)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn each_row_grants_one_user() {
        let grants = read(
            "\u{feff}email,lifetime,note\nann@x.org,90,\"a, b\"\nbob@x.org,,\n eve@x.org ,infinite,\n",
        );
        let grants = grants.unwrap();
        assert_eq!(grants.len(), 3);
        assert_eq!(grants[0].lifetime, Lifetime::For(Duration::days(90)));
        assert_eq!(grants[0].note.as_ref().unwrap().as_str(), "a, b");
        assert_eq!(grants[1].lifetime, Lifetime::For(Duration::days(30)));
        assert_eq!(grants[2].email.as_str(), "eve@x.org");
        assert_eq!(read("email\nann@x.org\n").unwrap().len(), 1);
    }

    #[test]
    fn the_first_invalid_row_is_reported() {
        let error = |text: &str| read(text).unwrap_err();
        assert_eq!(error("name\nx\n"), UserImportError::Heading.to_string());
        assert_eq!(error(""), UserImportError::Heading.to_string());
        assert_eq!(error("email,colour\na@b,red\n"), UserImportError::Heading.to_string());
        assert!(error("email\na@b\nnobody\n").starts_with("line 3: an e-mail address"));
        assert!(
            error("email,lifetime\na@b,366\n").starts_with("line 2: the duration must be from 1h")
        );
        assert!(
            error("email,lifetime\na@b,forever\n").starts_with("line 2: use a duration such as 90")
        );
        assert_eq!(error("email\na@b\nA@B\n"), "line 3: this user already appears in line 2");
        assert_eq!(error("email,note\na@b\n"), "line 2: 1 field, but the header has 2");
    }

    #[test]
    fn a_row_without_lifetime_is_reported() {
        let error = parse("email\na@b\n".as_bytes(), None, Instant::EPOCH).unwrap_err();
        assert_eq!(error.to_string(), "line 2: no lifetime, either here or on the command line");
    }

    proptest! {
        #[test]
        fn parsing_never_panics(bytes: Vec<u8>) {
            if let Ok(grants) = parse(bytes.as_slice(), Some(Lifetime::For(Duration::days(1))), Instant::EPOCH) {
                prop_assert!(grants.len() <= bytes.len());
            }
        }
    }
}
