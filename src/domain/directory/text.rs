//! Text that users type: validation, normalization and case folding.

use unicode_general_category::{GeneralCategory, get_general_category};
use unicode_normalization::UnicodeNormalization;

use super::resemblance::Resemblance;
use crate::domain::credential::secret;

/// Why a text is invalid. Positions count characters from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// The text is empty.
    #[error("{what} is empty")]
    Empty {
        /// The noun for the text, with its article.
        what: &'static str,
    },
    /// The text is too long.
    #[error("{what} has {length} characters; at most {limit} are allowed")]
    TooLong {
        /// The noun for the text, with its article.
        what: &'static str,
        /// The number of characters.
        length: usize,
        /// The most characters allowed.
        limit: usize,
    },
    /// The text contains a character that is invisible or changes how others are displayed.
    #[error("{what} has {class} character (U+{code:04X}) at position {position}")]
    Character {
        /// The noun for the text, with its article.
        what: &'static str,
        /// The class of the character, with its article.
        class: &'static str,
        /// The code point of the character.
        code: u32,
        /// The position of the character.
        position: usize,
    },
    /// The text starts or ends with white space.
    #[error("{what} has a space at position {position}, at its {end}")]
    Space {
        /// The noun for the text, with its article.
        what: &'static str,
        /// The position of the space.
        position: usize,
        /// `beginning` or `end`.
        end: &'static str,
    },
    /// The text looks like an id.
    #[error("{what} looks like an id")]
    LooksLikeId {
        /// The noun for the text, with its article.
        what: &'static str,
    },
    /// The text looks like a reference to a record of another kind.
    #[error("{what} looks like {}", resembles.noun())]
    LooksLikeReference {
        /// The noun for the text, with its article.
        what: &'static str,
        /// What it looks like.
        resembles: Resemblance,
    },
    /// The text contains something that looks like a secret.
    #[error("{what} looks like a secret; if it is one, treat it as exposed")]
    LooksLikeSecret {
        /// The noun for the text, with its article.
        what: &'static str,
    },
    /// The text is not an e-mail address.
    #[error(
        "an e-mail address must have one @ with text on both sides, and no spaces, quotes or brackets"
    )]
    NotAnEmail,
}

impl TextError {
    /// Returns what to do instead, where there is something.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::LooksLikeReference { resembles, .. } => Some(resembles.hint()),
            Self::LooksLikeId { .. } => Some("choose a name that cannot be mistaken for an id"),
            _ => None,
        }
    }
}

/// The form in which texts are compared regardless of case: full Unicode case folding over NFC.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let composed = to_nfc(text);
    unicase::UniCase::unicode(composed).to_folded_case().nfc().collect()
}

/// Normalizes to NFC. ASCII already is NFC, and this shortcut matters for imports of 100,000 addresses.
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

/// The class of a character that is invisible or changes how others are displayed. `None` for all other characters.
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
