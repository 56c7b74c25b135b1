//! The encoding of texts that editors, shells and spreadsheets save.

use std::char::REPLACEMENT_CHARACTER;

use zeroize::Zeroizing;

/// The encoding of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextEncoding {
    /// UTF-8, or any other encoding that has one byte for each ASCII character.
    Utf8,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
}

/// Returns the encoding of a text, and the text without its byte order mark. Recognizes UTF-16 without a mark if the text
/// begins with an ASCII character.
pub fn detect_encoding(bytes: &[u8]) -> (TextEncoding, &[u8]) {
    match bytes {
        [0xef, 0xbb, 0xbf, text @ ..] => (TextEncoding::Utf8, text),
        [0xff, 0xfe, text @ ..] => (TextEncoding::Utf16Le, text),
        [0xfe, 0xff, text @ ..] => (TextEncoding::Utf16Be, text),
        [ascii, 0, ..] if *ascii != 0 => (TextEncoding::Utf16Le, bytes),
        [0, ascii, ..] if *ascii != 0 => (TextEncoding::Utf16Be, bytes),
        _ => (TextEncoding::Utf8, bytes),
    }
}

/// Converts UTF-16 to UTF-8, and removes a byte order mark. Other bytes stay as they are, valid UTF-8 or not. The text is
/// zeroed when dropped, since it may be a secret.
pub fn to_utf8(bytes: &[u8]) -> Zeroizing<Vec<u8>> {
    let unit: fn([u8; 2]) -> u16 = match detect_encoding(bytes) {
        (TextEncoding::Utf8, text) => return Zeroizing::new(text.to_vec()),
        (TextEncoding::Utf16Le, _) => u16::from_le_bytes,
        (TextEncoding::Utf16Be, _) => u16::from_be_bytes,
    };
    let (pairs, _) = detect_encoding(bytes).1.as_chunks();
    // A unit becomes three bytes at most, so the text is never moved and leaves no copy behind.
    let mut text = Zeroizing::new(Vec::with_capacity(3 * pairs.len()));
    let mut buffer = [0; 4];
    for character in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        let character = character.unwrap_or(REPLACEMENT_CHARACTER);
        text.extend_from_slice(character.encode_utf8(&mut buffer).as_bytes());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf_16_becomes_utf_8() {
        let text = "email;ä𝄞\r\n";
        for with_mark in [text.to_owned(), format!("\u{feff}{text}")] {
            let units: Vec<u16> = with_mark.encode_utf16().collect();
            let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
            let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
            for bytes in [little, big, with_mark.into_bytes()] {
                assert_eq!(to_utf8(&bytes).as_slice(), text.as_bytes());
            }
        }
    }

    #[test]
    fn other_bytes_stay_as_they_are() {
        for bytes in [&b""[..], b"a", b"\xff", b"\xe4\n", b"\0\0"] {
            assert_eq!(to_utf8(bytes).as_slice(), bytes);
        }
        assert_eq!(to_utf8(b"\xff\xfea").as_slice(), b"");
        assert_eq!(to_utf8(b"\xff\xfe\x00\xd8").as_slice(), "\u{fffd}".as_bytes());
    }
}
