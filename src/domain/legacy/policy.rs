//! Policy

use crate::domain::{
    credential::{rate_limit::RateLimit, secret::contains_secret},
    instant::Instant,
};

/// When an account's legacy keys are announced to end, when they are limited, and when they end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegacyPolicy {
    /// From when on every answer to a legacy key tells that it is deprecated (RFC 9745).
    pub announced_at: Instant,
    /// From when on such keys are good for [`LegacyPolicy::limit`] only.
    pub limited_at: Instant,
    /// How many requests a minute one is good for then.
    pub limit: RateLimit,
    /// When they end (RFC 8594).
    pub sunset_at: Instant,
    /// Where an app's programmers read what to do, if anywhere: an http or https address.
    pub link: Option<String>,
}

/// The most characters of a link.
const MAX_LINK_LENGTH: usize = 1_000;

/// A text that is no link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a link is an http or https address of at most {MAX_LINK_LENGTH} characters, all of them visible ASCII other than \" < and >"
)]
pub struct LinkError;

/// What a policy says at some instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LegacyStage {
    /// Nothing yet.
    Scheduled,
    /// That keys are deprecated.
    Announced,
    /// That they are limited.
    Limited,
    /// That they are refused.
    Sunset,
}

impl LegacyStage {
    /// The word for it.
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
    /// What it says at `now`.
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

/// Reads an address as it can stand in a `Link` header (RFC 8288).
///
/// # Errors
/// When it is none.
pub fn parse_link(text: &str) -> Result<String, LinkError> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let has_host = rest.is_some_and(|rest| rest.starts_with(|first| !"/?#".contains(first)));
    let is_fit = |byte: u8| byte.is_ascii_graphic() && !b"\"<>".contains(&byte);
    let fits = has_host
        && text.len() <= MAX_LINK_LENGTH
        && text.bytes().all(is_fit)
        && !contains_secret(text);
    if fits { Ok(text.to_owned()) } else { Err(LinkError) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_http_urls_safe_in_a_header() {
        for good in ["https://example.org/tokens", "http://[::1]:8080/x?y=z#w"] {
            assert_eq!(parse_link(good).as_deref(), Ok(good));
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
