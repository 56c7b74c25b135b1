//! Names and notes.

use std::fmt;

pub use super::{
    email::{Email, MAX_EMAIL_LENGTH},
    text::{TextError, fold},
};
use super::{id::looks_like_id, resemblance::Resemblance, text::normalize};

/// The most characters of a name.
pub const MAX_NAME_LENGTH: usize = 100;
/// The most characters of a note.
pub const MAX_NOTE_LENGTH: usize = 500;

/// The name of a partner, an account, an app or a district: NFC, 1 to 100 visible characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name(String);

impl Name {
    /// Parses a name as typed.
    ///
    /// # Errors
    /// The text is invalid. The error contains the position where there is one.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        Self::parse_as("the name", text)
    }

    /// Parses the name of a partner as typed. It must not look like a reference of another class, because then it would
    /// be ambiguous sooner or later.
    ///
    /// # Errors
    /// The text is invalid, or looks like an e-mail address, `APP/DISTRICT` or an option.
    pub fn parse_partner(text: &str) -> Result<Self, TextError> {
        let name = Self::parse(text)?;
        name.ensure_partner()?;
        Ok(name)
    }

    /// Fails if the name looks like a reference of another class, which only older names of partners may do.
    ///
    /// # Errors
    /// [`TextError::LooksLikeReference`].
    pub fn ensure_partner(&self) -> Result<(), TextError> {
        match self.resemblance() {
            Some(resembles) => Err(TextError::LooksLikeReference { what: "the name", resembles }),
            None => Ok(()),
        }
    }

    /// Returns what else than a partner's name it looks like. Older names may look like anything but an id.
    pub fn resemblance(&self) -> Option<Resemblance> {
        let text = self.as_str();
        let has_both_sides = |(at, _)| at > 0 && at + 1 < text.len();
        if text.starts_with('-') {
            Some(Resemblance::Option)
        } else if Email::parse(text).is_ok() {
            Some(Resemblance::Email)
        } else if text.match_indices('/').any(has_both_sides) {
            Some(Resemblance::AppDistrict)
        } else {
            None
        }
    }

    /// Parses a name that error messages call `what`.
    pub(in crate::domain) fn parse_as(what: &'static str, text: &str) -> Result<Self, TextError> {
        let text = normalize(what, text, MAX_NAME_LENGTH)?;
        if looks_like_id(&text) {
            return Err(TextError::LooksLikeId { what });
        }
        Ok(Self(text))
    }

    /// A name from a verified record.
    pub(crate) fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form that names are compared in, regardless of case.
    pub fn folded(&self) -> String {
        fold(&self.0)
    }
}

/// A note about a credential: NFC, 1 to 500 visible characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note(String);

impl Note {
    /// Parses a note as typed.
    ///
    /// # Errors
    /// The text is invalid. The error contains the position where there is one.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        normalize("the note", text, MAX_NOTE_LENGTH).map(Self)
    }

    /// A note from a verified record.
    pub(crate) fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// The note as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_partners_resemble_no_other_reference() {
        use Resemblance::{AppDistrict, Email, Option};
        for (text, resembles) in [
            ("ann@example.org", Email),
            ("Ann@localhost", Email),
            ("Roster/Lincoln", AppDistrict),
            ("a/b/c", AppDistrict),
            ("//a", AppDistrict),
            ("ann@example.org/a", Email),
            ("-", Option),
            ("-n", Option),
            ("--yes", Option),
        ] {
            let refused = Name::parse_partner(text).unwrap_err();
            assert_eq!(refused, TextError::LooksLikeReference { what: "the name", resembles });
            assert!(Name::parse(text).is_ok(), "{text} was a valid name before");
        }
        for text in ["@acme", "acme@", "Ann @ Acme", "acme/", "/acme", "a-b", "a@b@c", "–"] {
            assert_eq!(Name::parse_partner(text).unwrap().as_str(), text);
        }
        assert!(matches!(Name::parse_partner("pc_01ab"), Err(TextError::LooksLikeId { .. })));
    }

    #[test]
    fn errors_name_the_position() {
        let error = |text: &str| Name::parse(text).unwrap_err().to_string();
        assert_eq!(error(""), "the name is empty");
        assert_eq!(error("a\u{1b}b"), "the name has a control character (U+001B) at position 2");
        assert_eq!(
            error("ab\u{202e}"),
            "the name has an invisible or direction-changing character (U+202E) at position 3"
        );
        assert_eq!(
            error("a\u{2028}"),
            "the name has a line-breaking character (U+2028) at position 2"
        );
        assert_eq!(error(" a"), "the name has a space at position 1, at its beginning");
        assert_eq!(error("é\u{3000}"), "the name has a space at position 2, at its end");
        assert_eq!(error(&"x".repeat(101)), "the name has 101 characters; at most 100 are allowed");
        assert_eq!(error("pc_0011"), "the name looks like an id");
        let secret = format!("gpa_{}", "0".repeat(49));
        assert!(error(&secret).starts_with("the name looks like a secret"));
    }

    #[test]
    fn names_of_100_characters_and_formulas_are_accepted() {
        assert!(Name::parse(&"é".repeat(100)).is_ok());
        assert!(Name::parse("=HYPERLINK(\"x\")").is_ok());
        assert_eq!(Name::parse("e\u{301}").unwrap().as_str(), "é");
    }

    #[test]
    fn names_that_differ_in_case_fold_to_the_same_text() {
        let key = |text: &str| Name::parse(text).unwrap().folded();
        assert_eq!(key("Straße ÉCOLE"), key("STRASSE école"));
        assert_ne!(key("partner a"), key("partner b"));
    }
}
