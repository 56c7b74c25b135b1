//! The policy that phases out the legacy keys of an account.

use crate::domain::{
    credential::{rate_limit::RateLimit, secret::contains_secret},
    instant::Instant,
};

/// When legacy keys are deprecated, limited and refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegacyPolicy {
    /// From this instant responses to legacy keys carry a `Deprecation` header (RFC 9745).
    pub announced_at: Instant,
    /// From this instant [`LegacyPolicy::limit`] applies to legacy keys.
    pub limited_at: Instant,
    /// The rate limit of each legacy key from then on.
    pub limit: RateLimit,
    /// From this instant legacy keys are refused (`Sunset` header, RFC 8594).
    pub sunset_at: Instant,
    /// The URL with instructions for the developers of apps, http or https. `None` if there is none.
    pub link: Option<String>,
}

/// The most characters of a link.
const MAX_LINK_LENGTH: usize = 1_000;

/// The text is not a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a link must be an http or https URL of at most {MAX_LINK_LENGTH} characters, all of them visible ASCII other than \" < and >"
)]
pub struct LinkError;

/// The stage of a policy at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LegacyStage {
    /// Nothing is announced yet.
    Scheduled,
    /// Legacy keys are deprecated.
    Announced,
    /// Legacy keys are limited.
    Limited,
    /// Legacy keys are refused.
    Sunset,
}

impl LegacyStage {
    /// Returns the word that JSON uses. It says `quiet` for scheduled and `over` for sunset.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Scheduled => "quiet",
            Self::Announced => "announced",
            Self::Limited => "limited",
            Self::Sunset => "over",
        }
    }
}

impl LegacyPolicy {
    /// Returns the stage at `now`.
    pub fn stage(&self, now: Instant) -> LegacyStage {
        if now >= self.sunset_at {
            LegacyStage::Sunset
        } else if now >= self.limited_at {
            LegacyStage::Limited
        } else if now >= self.announced_at {
            LegacyStage::Announced
        } else {
            LegacyStage::Scheduled
        }
    }
}

/// Parses a URL that is safe in a `Link` header (RFC 8288).
///
/// # Errors
/// The text is not such a URL.
pub fn parse_link(text: &str) -> Result<String, LinkError> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let has_host = rest.is_some_and(|rest| rest.starts_with(|first| !"/?#".contains(first)));
    let is_safe = |byte: u8| byte.is_ascii_graphic() && !b"\"<>".contains(&byte);
    let is_valid = has_host
        && text.len() <= MAX_LINK_LENGTH
        && text.bytes().all(is_safe)
        && !contains_secret(text);
    if is_valid { Ok(text.to_owned()) } else { Err(LinkError) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_http_urls_safe_in_a_header() {
        for valid in ["https://example.org/tokens", "http://[::1]:8080/x?y=z#w"] {
            assert_eq!(parse_link(valid).as_deref(), Ok(valid));
        }
        let long = format!("https://example.org/{}", "a".repeat(MAX_LINK_LENGTH));
        let secret = format!("https://example.org/gpt_{}", "a".repeat(49));
        for bad in [
            "",
            "example.org",
            "ftp://example.org",
            "https://",
            "https:///x",
            "https://example.org/a b",
            "https://example.org/>; rel=x",
            "https://example.org/\"",
            "https://example.org/ä",
            "https://example.org/\r\nX: y",
            &long,
            &secret,
        ] {
            assert_eq!(parse_link(bad), Err(LinkError), "{bad:?}");
        }
    }

    #[test]
    fn stages_start_at_their_instants() {
        let policy = LegacyPolicy {
            announced_at: Instant::from_unix(10),
            limited_at: Instant::from_unix(20),
            limit: RateLimit::TOKEN_DEFAULT,
            sunset_at: Instant::from_unix(30),
            link: None,
        };
        let stage = |at| policy.stage(Instant::from_unix(at));
        assert_eq!((stage(9), stage(10)), (LegacyStage::Scheduled, LegacyStage::Announced));
        assert_eq!((stage(19), stage(20)), (LegacyStage::Announced, LegacyStage::Limited));
        assert_eq!((stage(29), stage(30)), (LegacyStage::Limited, LegacyStage::Sunset));
    }
}
