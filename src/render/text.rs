//! Escaping text for terminals, and measuring its width there.

use std::borrow::Cow;

use unicode_general_category::{GeneralCategory, get_general_category};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Escapes every character that is invisible or could control a terminal, as in `\u{1b}`: control characters, line and
/// paragraph separators, and format characters (which change direction, join or have no width).
pub fn escape(text: &str) -> Cow<'_, str> {
    if is_printable_ascii(text.as_bytes()) || !text.chars().any(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if is_unsafe(character) {
            safe.extend(character.escape_unicode());
        } else {
            safe.push(character);
        }
    }
    Cow::Owned(safe)
}

/// Whether a character must be escaped before it is written to a terminal.
pub(super) fn is_unsafe(character: char) -> bool {
    match character {
        ' '..='~' => false,
        '\0'..='\u{9f}' => true,
        _ => matches!(
            get_general_category(character),
            GeneralCategory::Format
                | GeneralCategory::LineSeparator
                | GeneralCategory::ParagraphSeparator
        ),
    }
}

/// Whether every byte is a printable ASCII character. If so, nothing needs escaping and the width is the length.
#[inline]
pub(super) fn is_printable_ascii(bytes: &[u8]) -> bool {
    no_byte_matches(bytes, unprintable)
}

/// Whether every byte is a printable ASCII character other than `"` and `\`. If so, JSON needs no escaping.
#[inline]
pub(super) fn is_plain_in_json(bytes: &[u8]) -> bool {
    no_byte_matches(bytes, |word| {
        unprintable(word)
            | zero_byte(word ^ (ONES * b'"' as u64))
            | zero_byte(word ^ (ONES * b'\\' as u64))
    })
}

/// Returns how many columns of a terminal the text takes. It must already be escaped.
#[inline]
pub(super) fn width(safe: &str) -> usize {
    if is_printable_ascii(safe.as_bytes()) { safe.len() } else { safe.width() }
}

/// Whether the text is empty or only of spaces, so that a colour would not show.
pub(super) fn is_blank(text: &str) -> bool {
    text.bytes().all(|byte| byte == b' ')
}

/// Returns the beginning of the text followed by `…`, at most `limit` columns wide. The text must already be escaped and
/// wider than that.
pub(super) fn truncate(safe: &str, limit: usize) -> String {
    let Some(room) = limit.checked_sub(1) else { return String::new() };
    format!("{}…", beginning(safe, room))
}

/// Returns the beginning and the end of the text with `…` between them, at most `limit` columns wide. The text must
/// already be escaped and wider than that.
pub(super) fn truncate_middle(safe: &str, limit: usize) -> String {
    let Some(room) = limit.checked_sub(1) else { return String::new() };
    let end = ending(safe, room / 2);
    format!("{}…{end}", beginning(safe, room - width(end)))
}

/// Returns the longest beginning of whole characters that is at most `room` columns wide.
fn beginning(safe: &str, room: usize) -> &str {
    if is_printable_ascii(safe.as_bytes()) {
        return &safe[..room.min(safe.len())];
    }
    &safe[..fitting_bytes(safe.graphemes(true), room)]
}

/// Returns the longest end of whole characters that is at most `room` columns wide.
fn ending(safe: &str, room: usize) -> &str {
    if is_printable_ascii(safe.as_bytes()) {
        return &safe[safe.len().saturating_sub(room)..];
    }
    &safe[safe.len() - fitting_bytes(safe.graphemes(true).rev(), room)..]
}

/// Returns the length in bytes of the first characters that are together at most `room` columns wide.
fn fitting_bytes<'a>(characters: impl Iterator<Item = &'a str>, room: usize) -> usize {
    let mut used = 0;
    let fitting = characters.take_while(|character| {
        used += width(character);
        used <= room
    });
    fitting.map(str::len).sum()
}

/// Returns the text, cut at its end with `…` if it is wider than `limit`. It must already be escaped.
pub fn cut(safe: &str, limit: usize) -> Cow<'_, str> {
    if width(safe) <= limit { Cow::Borrowed(safe) } else { Cow::Owned(truncate(safe, limit)) }
}

/// Appends bytes, optimised for up to 32 of them: two overlapping copies of a fixed length are faster than a call.
#[inline]
pub(super) fn push_short(bytes: &mut Vec<u8>, text: &[u8]) {
    fn overlap<const N: usize>(bytes: &mut Vec<u8>, text: &[u8]) -> Option<()> {
        let (first, last) = (text.first_chunk::<N>()?, text.last_chunk::<N>()?);
        let second = bytes.len() + text.len() - N;
        bytes.extend_from_slice(first);
        bytes.truncate(second);
        bytes.extend_from_slice(last);
        Some(())
    }
    let pushed = match text.len() {
        4..8 => overlap::<4>(bytes, text),
        8..=16 => overlap::<8>(bytes, text),
        17..=32 => overlap::<16>(bytes, text),
        _ => None,
    };
    if pushed.is_none() {
        bytes.extend_from_slice(text);
    }
}

/// Appends a number in decimal, faster than `write!` would.
#[inline]
pub(super) fn push_integer(bytes: &mut Vec<u8>, number: i64) {
    let mut digits = [0; 20];
    let mut start = digits.len();
    let mut rest = number.unsigned_abs();
    while rest >= 10 {
        start -= 2;
        digits[start..start + 2].copy_from_slice(&DIGIT_PAIRS[(rest % 100) as usize]);
        rest /= 100;
    }
    // At most one digit is left; zero is written only if it is the whole number.
    if rest > 0 || number == 0 {
        start -= 1;
        digits[start] = b'0' + rest as u8;
    }
    if number < 0 {
        start -= 1;
        digits[start] = b'-';
    }
    push_short(bytes, &digits[start..]);
}

/// The digits of 00 to 99.
const DIGIT_PAIRS: [[u8; 2]; 100] = {
    let mut pairs = [[0; 2]; 100];
    let mut number = 0;
    while number < 100 {
        pairs[number] = [b'0' + (number / 10) as u8, b'0' + (number % 10) as u8];
        number += 1;
    }
    pairs
};

/// Whether `find` returns zero for all words of eight bytes. Every text is checked, and almost all are short and plain, so
/// this must be fast.
#[inline]
fn no_byte_matches(bytes: &[u8], find: impl Fn(u64) -> u64) -> bool {
    let found = if let Some(last) = bytes.last_chunk::<8>() {
        // The last word may overlap the one before, so some bytes are checked twice.
        let words = bytes.as_chunks::<8>().0.iter().chain([last]);
        words.fold(0, |found, word| found | find(u64::from_le_bytes(*word)))
    } else if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        find(u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last)))
    } else {
        // Up to three bytes, padded with spaces, which `find` never matches.
        find(bytes.iter().fold(ONES * u64::from(b' '), |word, byte| word << 8 | u64::from(*byte)))
    };
    found == 0
}

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = ONES << 7;

/// Returns nonzero if any byte of the word is not a printable ASCII character.
#[inline]
fn unprintable(word: u64) -> u64 {
    let below_space = word.wrapping_sub(ONES * b' ' as u64) & !word;
    ((below_space | word) & HIGHS) | zero_byte(word ^ (ONES * 0x7f))
}

/// Returns nonzero if any byte of the word is zero.
#[inline]
fn zero_byte(word: u64) -> u64 {
    word.wrapping_sub(ONES) & !word & HIGHS
}

#[cfg(test)]
mod tests {
    use super::{
        escape, is_plain_in_json, is_printable_ascii, is_unsafe, push_integer, push_short,
        truncate, truncate_middle, width,
    };

    #[test]
    fn control_characters_are_escaped() {
        for (text, safe) in [
            ("\u{1b}[2J", "\\u{1b}[2J"),
            ("a\r\nb\tc", "a\\u{d}\\u{a}b\\u{9}c"),
            ("\0\u{7f}\u{80}\u{9b}\u{9f}", "\\u{0}\\u{7f}\\u{80}\\u{9b}\\u{9f}"),
            ("ev\u{202e}li", "ev\\u{202e}li"),
            ("a\u{200b}b\u{200d}c\u{feff}\u{ad}", "a\\u{200b}b\\u{200d}c\\u{feff}\\u{ad}"),
            ("\u{2028}\u{2029}\u{e0041}", "\\u{2028}\\u{2029}\\u{e0041}"),
        ] {
            assert_eq!(escape(text), safe);
        }
    }

    #[test]
    fn ordinary_text_of_any_script_is_unchanged() {
        for text in [
            "",
            "~ !",
            "C:\\u{1b}",
            "Jürgen",
            "名前",
            "שלום",
            "e\u{301}",
            "👍🏽",
            "❤\u{fe0f}",
            "\u{e000}",
            "\u{378}",
            "\u{a0}",
        ] {
            assert!(
                matches!(escape(text), std::borrow::Cow::Borrowed(same) if same == text),
                "{text:?}"
            );
        }
    }

    #[test]
    fn escaping_is_idempotent() {
        let all: String = (0..=0x10_ffff).filter_map(char::from_u32).collect();
        let safe = escape(&all);
        assert!(!safe.chars().any(is_unsafe));
        assert_eq!(escape(&safe), safe);
    }

    #[test]
    fn plain_bytes_are_recognised_at_any_position() {
        for byte in 0..=u8::MAX {
            let printable = (b' '..=b'~').contains(&byte);
            let plain = printable && byte != b'"' && byte != b'\\';
            for length in 1..20 {
                for place in 0..length {
                    for neighbour in [b' ', b'~', b'!', b'#'] {
                        let mut bytes = vec![neighbour; length];
                        bytes[place] = byte;
                        assert_eq!(
                            is_printable_ascii(&bytes),
                            printable,
                            "{byte:x} at {place} of {length}"
                        );
                        assert_eq!(
                            is_plain_in_json(&bytes),
                            plain,
                            "{byte:x} at {place} of {length}"
                        );
                    }
                }
            }
        }
        assert!(is_printable_ascii(b"") && is_plain_in_json(b""));
    }

    #[test]
    fn truncated_text_fits_and_never_splits_a_wide_character() {
        for (text, limit, cut) in [
            ("abcdef", 4, "abc…"),
            ("名前名前", 4, "名…"),
            ("名前名前", 5, "名前…"),
            ("👍👍👍", 2, "…"),
            ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
            ("❤\u{fe0f}❤\u{fe0f}", 3, "❤\u{fe0f}…"),
            ("abc", 1, "…"),
            ("abc", 0, ""),
        ] {
            assert_eq!(truncate(text, limit), cut, "{text} at {limit}");
            assert!(width(cut) <= limit);
        }
        let mixed = "aé名👍🏽❤\u{fe0f}🇩🇪e\u{301}한글";
        for limit in 0..20 {
            assert!(width(&truncate(mixed, limit)) <= limit, "at {limit}");
            assert!(width(&truncate_middle(mixed, limit)) <= limit, "in the middle at {limit}");
        }
    }

    #[test]
    fn names_keep_their_beginning_and_their_end() {
        for (text, limit, cut) in [
            ("ann@example.org", 9, "ann@….org"),
            ("ann@example.org", 8, "ann@…org"),
            ("名前の長い名前", 8, "名前…前"),
            ("e\u{301}e\u{301}e\u{301}e\u{301}", 3, "e\u{301}…e\u{301}"),
            ("🇩🇪🇫🇷🇮🇹🇪🇸", 5, "🇩🇪…🇪🇸"),
            ("abc", 2, "a…"),
            ("abc", 1, "…"),
            ("abc", 0, ""),
        ] {
            assert_eq!(truncate_middle(text, limit), cut, "{text} at {limit}");
        }
    }

    #[test]
    fn short_bytes_are_appended_whatever_their_length() {
        let text: Vec<u8> = (0..100).collect();
        let mut bytes = Vec::new();
        let mut expected = Vec::new();
        for length in 0..100 {
            push_short(&mut bytes, &text[..length]);
            expected.extend_from_slice(&text[..length]);
        }
        assert_eq!(bytes, expected);
    }

    #[test]
    fn integers_are_written_as_the_standard_library_writes_them() {
        let more = [1_798_761_600, -7_776_000, i64::MAX, i64::MIN];
        for number in (-10_100..10_100).chain(more) {
            let mut bytes = Vec::new();
            push_integer(&mut bytes, number);
            assert_eq!(String::from_utf8(bytes).unwrap(), number.to_string());
        }
    }
}
