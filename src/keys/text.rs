//! The text of a key file: one line, `gatepass-key-1 <base64 of 32 bytes>`.

use base64::{Engine, engine::general_purpose::STANDARD};
use thiserror::Error;
use zeroize::Zeroizing;

use super::derive::MasterKey;
use crate::domain::text_encoding::{TextEncoding, detect_encoding};

const TAG: &str = "gatepass-key-1 ";
/// The length of 32 bytes in Base64, with padding.
const ENCODED_LENGTH: usize = 44;

/// Why a text is not that of a key file, as the end of a sentence that begins with the name of the file. It never contains a
/// part of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum KeyFormatError {
    /// The text is in UTF-16.
    #[error("is saved as UTF-16, which a key file can't be")]
    Utf16,
    /// The text is not exactly one key.
    #[error("is not a key file, or is damaged")]
    NotAKey,
}

/// Parses the text of a key file: exactly one line, as [`encode`] writes it. Editors and password managers may have put a
/// byte order mark before it, blanks around it, and another line ending or none behind it.
///
/// # Errors
/// The text is anything else.
pub fn parse(text: &[u8]) -> Result<MasterKey, KeyFormatError> {
    let (TextEncoding::Utf8, text) = detect_encoding(text) else {
        return Err(KeyFormatError::Utf16);
    };
    let digits = text.trim_ascii().strip_prefix(TAG.as_bytes()).ok_or(KeyFormatError::NotAKey)?;
    // The decoder needs one byte more than a key has. Longer keys do not fit.
    let mut bytes = Zeroizing::new([0; 33]);
    let length =
        STANDARD.decode_slice(digits, &mut bytes[..]).map_err(|_| KeyFormatError::NotAKey)?;
    let mut key = MasterKey::zero();
    if length != key.bytes().len() {
        return Err(KeyFormatError::NotAKey);
    }
    key.bytes_mut().copy_from_slice(&bytes[..length]);
    Ok(key)
}

/// Returns the text of a key file, with its newline. It is zeroed when dropped.
pub fn encode(key: &MasterKey) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(TAG.len() + ENCODED_LENGTH + 1));
    text.push_str(TAG);
    STANDARD.encode_string(key.bytes(), &mut text);
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rand::SeedableRng;
    use rand_chacha::ChaCha20Rng;

    fn key(seed: u64) -> MasterKey {
        MasterKey::generate(&mut ChaCha20Rng::seed_from_u64(seed))
    }

    #[test]
    fn what_editors_add_around_a_key_is_ignored() {
        let valid = encode(&key(1));
        let line = valid.trim_end();
        for text in [
            valid.to_string(),
            line.to_owned(),
            format!("{line}\r\n"),
            format!("{line}\n\n"),
            format!("\n {line}\n"),
            format!("{line} \t\n"),
            format!("\u{feff}{line}"),
            format!("\u{feff} {line}\r\n"),
        ] {
            assert_eq!(parse(text.as_bytes()).unwrap().bytes(), key(1).bytes(), "{text:?}");
        }
        for text in [valid.to_string(), format!("\u{feff}{line}")] {
            let units: Vec<u16> = text.encode_utf16().collect();
            let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
            let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
            assert_eq!(parse(&little).err(), Some(KeyFormatError::Utf16));
            assert_eq!(parse(&big).err(), Some(KeyFormatError::Utf16));
        }
    }

    #[test]
    fn only_the_exact_format_is_a_key() {
        let valid = encode(&key(1));
        let line = valid.trim_end();
        let bad = [
            String::new(),
            format!("\"{line}\"\n"),
            format!("{line}\0"),
            format!("\u{feff}\u{feff}{line}"),
            valid.replace("-1 ", "-2 "),
            valid.replace("-1 ", "-1  "),
            valid.replace('=', ""),
            valid.replace('=', "A"),
            // 32 bytes leave two bits of the last digit unused. They must be zero.
            format!("{TAG}{}B=\n", "A".repeat(42)),
            format!("{TAG}{}\n", "!".repeat(44)),
            format!("{TAG}{}\n", "A".repeat(40)),
            format!("{TAG}{}\n", "A".repeat(44)),
            format!("{TAG}{}\n", "A".repeat(48)),
            format!("{TAG}{}\n", "A".repeat(4000)),
            valid.repeat(2),
        ];
        for text in bad {
            assert!(parse(text.as_bytes()).is_err(), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn parsed_text_is_encoded_identically(text in proptest::collection::vec(any::<u8>(), 0..80)) {
            if let Ok(key) = parse(&text) {
                let again = encode(&key);
                let (_, text) = detect_encoding(&text);
                prop_assert_eq!(again.trim_end().as_bytes(), text.trim_ascii());
            }
        }

        #[test]
        fn keys_round_trip(seed: u64) {
            let first = key(seed);
            let again = parse(encode(&first).as_bytes()).unwrap();
            prop_assert_eq!(again.bytes(), first.bytes());
        }
    }
}
