//! Legacy keys: parsing, and an estimate of their strength.

use std::fmt;

use zeroize::Zeroizing;

use crate::domain::credential::secret::contains_secret;

/// The most characters of a legacy key.
const MAX_KEY_LENGTH: usize = 512;
/// The number of bits from which a key is strong enough to import without `--allow-weak` (NIST SP 800-131A).
pub const STRONG_KEY_BITS: u32 = 112;

/// A legacy key in memory. It is zeroed when dropped, has no `Display` and cannot be cloned.
pub struct LegacyKey(Zeroizing<Vec<u8>>);

/// Why a text is not a legacy key. Errors never contain the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LegacyKeyError {
    /// The text is empty.
    #[error("the legacy key is empty")]
    Empty,
    /// The text is too long.
    #[error("a legacy key can have at most {MAX_KEY_LENGTH} characters")]
    TooLong,
    /// A character cannot be part of a user name in HTTP Basic authentication (RFC 7617, section 2). Positions count
    /// bytes from 1.
    #[error(
        "invalid character at position {0}: a legacy key can contain only visible ASCII characters other than :"
    )]
    Character(usize),
    /// The text contains something that looks like a secret of gatepass.
    #[error("this looks like a gatepass secret, which cannot be a legacy key")]
    GatepassSecret,
}

impl LegacyKey {
    /// Parses a key as imported or presented.
    ///
    /// # Errors
    /// The text cannot be a legacy key.
    pub fn parse(text: &[u8]) -> Result<Self, LegacyKeyError> {
        if text.is_empty() {
            return Err(LegacyKeyError::Empty);
        }
        if text.len() > MAX_KEY_LENGTH {
            return Err(LegacyKeyError::TooLong);
        }
        let is_bad = |byte: &u8| !byte.is_ascii_graphic() || *byte == b':';
        if let Some(at) = text.iter().position(is_bad) {
            return Err(LegacyKeyError::Character(at + 1));
        }
        if std::str::from_utf8(text).is_ok_and(contains_secret) {
            return Err(LegacyKeyError::GatepassSecret);
        }
        Ok(Self(Zeroizing::new(text.to_vec())))
    }

    /// The characters, for the digest only.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }

    /// Estimates an upper bound of the entropy in bits: the length without repetitions, times the binary logarithm of
    /// the size of the alphabet. A random key and an invented one can look the same, so a strong estimate proves
    /// nothing, but a weak one does.
    pub fn entropy_bits(&self) -> u32 {
        let has = |test: fn(&u8) -> bool| self.0.iter().any(test);
        // The dashes of a UUID add no entropy.
        let digits = || self.0.iter().filter(|byte| **byte != b'-');
        let is_hex = digits().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
            || digits().all(|byte| matches!(byte, b'0'..=b'9' | b'A'..=b'F'));
        let dashes = if is_hex { self.0.len() - digits().count() } else { 0 };
        let alphabet = match is_hex && has(u8::is_ascii_alphabetic) {
            true => 16,
            false => {
                10 * u32::from(has(u8::is_ascii_digit))
                    + 26 * u32::from(has(u8::is_ascii_lowercase))
                    + 26 * u32::from(has(u8::is_ascii_uppercase))
                    + 2 * u32::from(has(is_separator))
                    + 29 * u32::from(has(|byte| byte.is_ascii_punctuation() && !is_separator(byte)))
            }
        };
        let period = self.period();
        if period < 2 || alphabet == 0 {
            return 0;
        }
        let length = period.min(self.0.len() - dashes);
        (length as f64 * f64::from(alphabet).log2()) as u32
    }

    /// The number of characters after which the key repeats. The length of the key if it does not repeat.
    fn period(&self) -> usize {
        let repeats = |period: &usize| self.0[*period..] == self.0[..self.0.len() - period];
        (1..self.0.len()).find(repeats).unwrap_or(self.0.len())
    }
}

/// Whether a byte is a separator of words or one of the two special characters of a Base64 alphabet.
fn is_separator(byte: &u8) -> bool {
    matches!(byte, b'-' | b'_' | b'.' | b'+' | b'/' | b'=')
}

impl fmt::Debug for LegacyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LegacyKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entropy_bits(key: &str) -> u32 {
        LegacyKey::parse(key.as_bytes()).unwrap().entropy_bits()
    }

    #[test]
    fn entropy_follows_length_and_alphabet() {
        assert_eq!(entropy_bits("DEMO_KEY"), 38);
        assert_eq!(entropy_bits("9f86d081884c7d659a2feaa0c55ad015"), 128);
        assert_eq!(entropy_bits("9f86d081884c7d659a2feaa0c55"), 108);
        assert_eq!(entropy_bits("550e8400-e29b-41d4-a716-446655440000"), 128);
        assert_eq!(entropy_bits("Zm9vYmFyYmF6cXV4MTIzNDU"), 136);
        assert_eq!(entropy_bits("correct-horse-battery"), 100);
        assert_eq!(entropy_bits("12345678901234567890"), 33);
        assert_eq!(entropy_bits("Tr0ub4dor&3"), 71);
    }

    #[test]
    fn repetition_adds_no_entropy() {
        assert_eq!(entropy_bits(&"a".repeat(100)), 0);
        assert_eq!(entropy_bits("x"), 0);
        assert_eq!(entropy_bits(&"yz".repeat(100)), 9);
        assert_eq!(entropy_bits(&"0123456789abcdef".repeat(8)), 64);
        assert_eq!(entropy_bits("----"), 0);
        assert!(entropy_bits(&"changeme1".repeat(20)) < STRONG_KEY_BITS);
        // A different last character hides the repetition. Such keys are rare.
        assert!(entropy_bits(&format!("{}b", "a".repeat(30))) > STRONG_KEY_BITS);
    }

    #[test]
    fn keys_invalid_in_basic_auth_are_rejected() {
        let error = |text: &str| LegacyKey::parse(text.as_bytes()).unwrap_err();
        assert_eq!(error(""), LegacyKeyError::Empty);
        assert_eq!(error("ab:c"), LegacyKeyError::Character(3));
        assert_eq!(error("ab c"), LegacyKeyError::Character(3));
        assert_eq!(error("schlüssel"), LegacyKeyError::Character(5));
        assert_eq!(error(&"a".repeat(513)), LegacyKeyError::TooLong);
        assert_eq!(error(&format!("gpt_{}", "a".repeat(49))), LegacyKeyError::GatepassSecret);
    }
}
