//! Legacy keys: what apps had before there were tokens, and how they come to give them up.

use std::fmt;

use zeroize::Zeroizing;

use super::{instant::Instant, limit::Limit, secret::contains_secret};

/// The most characters of a legacy key.
const LONGEST: usize = 512;
/// From how many bits on a key can't be guessed in the time that anybody has (NIST SP 800-131A).
pub const STRONG: u32 = 112;

/// A key of old in memory: opaque, wiped when dropped, never printed by accident.
pub struct LegacyKey(Zeroizing<Vec<u8>>);

/// A text that is no legacy key. Its content is never part of the error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotALegacyKey {
    /// Nothing was given.
    #[error("the legacy key is empty")]
    Empty,
    /// Too long.
    #[error("a legacy key has at most {LONGEST} characters")]
    Long,
    /// A character that can't stand in a user name of HTTP Basic (RFC 7617, section 2).
    #[error(
        "the character at position {0} can't stand in a legacy key: only visible ASCII other than : does"
    )]
    Character(usize),
    /// It is shaped like a secret that gatepass made.
    #[error("this is shaped like a secret of gatepass, which is no legacy key")]
    Ours,
}

impl LegacyKey {
    /// Reads a key as it was imported or presented.
    ///
    /// # Errors
    /// When it could be none.
    pub fn parse(text: &[u8]) -> Result<Self, NotALegacyKey> {
        if text.is_empty() {
            return Err(NotALegacyKey::Empty);
        }
        if text.len() > LONGEST {
            return Err(NotALegacyKey::Long);
        }
        let is_bad = |byte: &u8| !byte.is_ascii_graphic() || *byte == b':';
        if let Some(at) = text.iter().position(is_bad) {
            return Err(NotALegacyKey::Character(at + 1));
        }
        if std::str::from_utf8(text).is_ok_and(contains_secret) {
            return Err(NotALegacyKey::Ours);
        }
        Ok(Self(Zeroizing::new(text.to_vec())))
    }

    /// The characters, for the one place that digests them.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }

    /// How many bits it has at most: its length times the binary logarithm of how many characters there are in the
    /// classes that it uses. One character over and over has none.
    pub fn bits(&self) -> u32 {
        let has = |test: fn(&u8) -> bool| self.0.iter().any(test);
        let hex = self.0.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
            || self.0.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'A'..=b'F'));
        let alphabet = match hex {
            true if has(u8::is_ascii_alphabetic) => 16,
            _ => {
                10 * u32::from(has(u8::is_ascii_digit))
                    + 26 * u32::from(has(u8::is_ascii_lowercase))
                    + 26 * u32::from(has(u8::is_ascii_uppercase))
                    + 31 * u32::from(has(u8::is_ascii_punctuation))
            }
        };
        if self.0.iter().all(|byte| *byte == self.0[0]) {
            return 0;
        }
        (self.0.len() as f64 * f64::from(alphabet).log2()) as u32
    }
}

impl fmt::Debug for LegacyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LegacyKey(…)")
    }
}

/// When an account's legacy keys are announced to end, when they are limited, and when they end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegacyPolicy {
    /// From when on every answer to a legacy key tells that it is deprecated (RFC 9745).
    pub announced_at: Instant,
    /// From when on such keys are good for [`LegacyPolicy::limit`] only.
    pub limited_at: Instant,
    /// How many requests a minute one is good for then.
    pub limit: Limit,
    /// When they end (RFC 8594).
    pub sunset_at: Instant,
    /// Where an app's programmers read what to do, if anywhere: an http or https address.
    pub link: Option<String>,
}

/// What a policy says at some instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Nothing yet.
    Quiet,
    /// That keys are deprecated.
    Announced,
    /// That they are limited.
    Limited,
    /// That they are refused.
    Over,
}

impl Stage {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Quiet => "quiet",
            Self::Announced => "announced",
            Self::Limited => "limited",
            Self::Over => "over",
        }
    }
}

impl LegacyPolicy {
    /// What it says at `now`.
    pub fn stage(&self, now: Instant) -> Stage {
        if now >= self.sunset_at {
            Stage::Over
        } else if now >= self.limited_at {
            Stage::Limited
        } else if now >= self.announced_at {
            Stage::Announced
        } else {
            Stage::Quiet
        }
    }

    /// Whether its instants come in their order.
    pub fn is_in_order(&self) -> bool {
        self.announced_at <= self.limited_at && self.limited_at <= self.sunset_at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bits(key: &str) -> u32 {
        LegacyKey::parse(key.as_bytes()).unwrap().bits()
    }

    #[test]
    fn a_key_is_as_strong_as_its_length_and_alphabet() {
        assert_eq!(bits("DEMO_KEY"), 46);
        assert_eq!(bits(&"0123456789abcdef".repeat(2)), 128);
        assert_eq!(bits("0123456789abcdef0123456789a"), 108);
        assert_eq!(bits("Zm9vYmFyYmF6cXV4MTIzNDU"), 136);
        assert_eq!(bits(&"a".repeat(100)), 0);
    }

    #[test]
    fn what_can_be_no_user_name_is_no_key() {
        let error = |text: &str| LegacyKey::parse(text.as_bytes()).unwrap_err();
        assert_eq!(error(""), NotALegacyKey::Empty);
        assert_eq!(error("ab:c"), NotALegacyKey::Character(3));
        assert_eq!(error("ab c"), NotALegacyKey::Character(3));
        assert_eq!(error("schlüssel"), NotALegacyKey::Character(5));
        assert_eq!(error(&"a".repeat(513)), NotALegacyKey::Long);
        assert_eq!(error(&format!("gpt_{}", "a".repeat(49))), NotALegacyKey::Ours);
    }

    #[test]
    fn each_stage_begins_at_its_instant() {
        let policy = LegacyPolicy {
            announced_at: Instant::from_unix(10),
            limited_at: Instant::from_unix(20),
            limit: Limit::TOKEN,
            sunset_at: Instant::from_unix(30),
            link: None,
        };
        let stage = |at| policy.stage(Instant::from_unix(at));
        assert!(policy.is_in_order());
        assert_eq!((stage(9), stage(10)), (Stage::Quiet, Stage::Announced));
        assert_eq!((stage(19), stage(20)), (Stage::Announced, Stage::Limited));
        assert_eq!((stage(29), stage(30)), (Stage::Limited, Stage::Over));
    }
}
