//! Text.

use unicode_general_category::{GeneralCategory, get_general_category};
use unicode_normalization::UnicodeNormalization;

use crate::domain::credential::secret;

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

pub(super) fn normalize(what: &'static str, text: &str, limit: usize) -> Result<String, TextError> {
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
    fn the_ascii_fast_path_matches_unicode_folding() {
        let ascii: String = (0..0x80_u8).map(char::from).collect();
        let long_way: String = unicase::UniCase::unicode(&ascii).to_folded_case().nfc().collect();
        assert_eq!(fold(&ascii), long_way);
        assert_eq!(to_nfc(&ascii), ascii.nfc().collect::<String>());
    }
}
