//! Names, notes and e-mail addresses: text that people type and terminals print.

use std::fmt;

use unicode_general_category::{GeneralCategory, get_general_category};
use unicode_normalization::UnicodeNormalization;

use super::id::looks_like_id;
use crate::domain::credential::secret;

/// The most characters that a name has.
pub const MAX_NAME_LENGTH: usize = 100;
/// The most characters that a note has.
pub const MAX_NOTE_LENGTH: usize = 500;
/// The most characters that an e-mail address has (RFC 5321, section 4.5.3.1.3, less the brackets).
pub const MAX_EMAIL_LENGTH: usize = 254;

/// Why a text was refused. Positions count characters from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing was given.
    #[error("{what} is empty")]
    Empty {
        /// Which text.
        what: &'static str,
    },
    /// Longer than allowed.
    #[error("{what} has {length} characters; at most {limit} are allowed")]
    TooLong {
        /// Which text.
        what: &'static str,
        /// Its characters.
        length: usize,
        /// The most that are allowed.
        limit: usize,
    },
    /// A character that can't be seen, or that changes how others are seen.
    #[error("{what} has {class} character (U+{code:04X}) at position {position}")]
    Character {
        /// Which text.
        what: &'static str,
        /// Its class, with its article.
        class: &'static str,
        /// Its code point.
        code: u32,
        /// Where it stands.
        position: usize,
    },
    /// White space at an end.
    #[error("{what} has a space at position {position}, at its {end}")]
    Space {
        /// Which text.
        what: &'static str,
        /// Where it stands.
        position: usize,
        /// `beginning` or `end`.
        end: &'static str,
    },
    /// A name that would be taken for an id.
    #[error("{what} is shaped like an id")]
    LooksLikeId {
        /// Which text.
        what: &'static str,
    },
    /// A name that contains a secret.
    #[error("{what} is shaped like a secret; if it is one, treat it as exposed")]
    LooksLikeSecret {
        /// Which text.
        what: &'static str,
    },
    /// Not an e-mail address.
    #[error(
        "an e-mail address has one @ with text on both sides and no spaces, quotes or brackets"
    )]
    NotAnEmail,
}

/// The name of a credential or an account: NFC, 1 to 100 visible characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name(String);

impl Name {
    /// Reads a name as it was typed.
    ///
    /// # Errors
    /// Says what is wrong and at which position.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        Self::parse_as("the name", text)
    }

    /// The same, for a name that messages call `what`.
    pub(in crate::domain) fn parse_as(what: &'static str, text: &str) -> Result<Self, TextError> {
        let text = normalize(what, text, MAX_NAME_LENGTH)?;
        if looks_like_id(&text) {
            return Err(TextError::LooksLikeId { what });
        }
        Ok(Self(text))
    }

    /// A name from a record that was verified.
    pub(crate) fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// The name as it is shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What two names share when they differ in the case of letters only.
    pub fn folded(&self) -> String {
        fold(&self.0)
    }
}

/// A free text beside a credential: NFC, 1 to 500 visible characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note(String);

impl Note {
    /// Reads a note as it was typed.
    ///
    /// # Errors
    /// Says what is wrong and at which position.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        normalize("the note", text, MAX_NOTE_LENGTH).map(Self)
    }

    /// A note from a record that was verified.
    pub(crate) fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// The note as it is shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The e-mail address that names a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// Reads an address as it was typed.
    ///
    /// # Errors
    /// Says what is wrong and at which position.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        let text = normalize("the e-mail address", text, MAX_EMAIL_LENGTH)?;
        let forbidden = |c: char| c.is_whitespace() || "\"(),:;<>[]\\".contains(c);
        match text.split_once('@') {
            Some((local, host))
                if !local.is_empty()
                    && !host.is_empty()
                    && !host.contains('@')
                    && !text.contains(forbidden) =>
            {
                Ok(Self(text))
            }
            _ => Err(TextError::NotAnEmail),
        }
    }

    /// An address from a record that was verified.
    pub(crate) fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// The address as it is shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What two addresses share when they differ in the case of letters only.
    pub fn folded(&self) -> String {
        fold(&self.0)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The form in which texts are compared without regard to case: full Unicode case folding over NFC.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let composed = to_nfc(text);
    unicase::UniCase::unicode(composed).to_folded_case().nfc().collect()
}

/// NFC, which all ASCII is already: a hundred thousand addresses at once mostly are.
fn to_nfc(text: &str) -> String {
    if text.is_ascii() { text.to_owned() } else { text.nfc().collect() }
}

fn normalize(what: &'static str, text: &str, limit: usize) -> Result<String, TextError> {
    let text = to_nfc(text);
    if text.is_empty() {
        return Err(TextError::Empty { what });
    }
    let length = text.chars().count();
    if length > limit {
        return Err(TextError::TooLong { what, length, limit });
    }
    for (index, character) in text.chars().enumerate() {
        if let Some(class) = invisible_class(character) {
            let (code, position) = (u32::from(character), index + 1);
            return Err(TextError::Character { what, class, code, position });
        }
    }
    if text.starts_with(char::is_whitespace) {
        return Err(TextError::Space { what, position: 1, end: "beginning" });
    }
    if text.ends_with(char::is_whitespace) {
        return Err(TextError::Space { what, position: length, end: "end" });
    }
    if secret::contains_secret(&text) {
        return Err(TextError::LooksLikeSecret { what });
    }
    Ok(text)
}

/// The class of a character that a reader can't see, or that moves what they do see.
fn invisible_class(character: char) -> Option<&'static str> {
    match get_general_category(character) {
        GeneralCategory::Control => Some("a control"),
        GeneralCategory::Format => Some("an invisible or direction-changing"),
        GeneralCategory::LineSeparator | GeneralCategory::ParagraphSeparator => {
            Some("a line-breaking")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(error("pc_0011"), "the name is shaped like an id");
        let secret = format!("gpa_{}", "0".repeat(49));
        assert!(error(&secret).starts_with("the name is shaped like a secret"));
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

    #[test]
    fn the_ascii_fast_path_matches_unicode_folding() {
        let ascii: String = (0..0x80_u8).map(char::from).collect();
        let long_way: String = unicase::UniCase::unicode(&ascii).to_folded_case().nfc().collect();
        assert_eq!(fold(&ascii), long_way);
        assert_eq!(to_nfc(&ascii), ascii.nfc().collect::<String>());
    }

    #[test]
    fn email_addresses_have_exactly_one_at_sign() {
        for bad in ["", "a", "@b", "a@", "a@b@c", "a b@c", "<a@b>", "a,b@c"] {
            assert!(Email::parse(bad).is_err(), "{bad:?} was taken for an address");
        }
        assert_eq!(Email::parse("Ann@Example.com").unwrap().folded(), "ann@example.com");
    }
}
