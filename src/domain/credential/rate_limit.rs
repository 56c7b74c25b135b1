//! Rate limits of credentials.

use std::fmt;

/// The length of a window of fixed-window counting, in seconds. Windows start with the minutes of the clock.
pub const WINDOW: i64 = 60;

/// A number of requests per minute, from 1 to [`RateLimit::MAX`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RateLimit(u32);

/// The text is not a rate limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a limit must be a whole number of requests per minute from 1 to {}, e.g. 200/min",
    RateLimit::MAX
)]
pub struct RateLimitError;

impl RateLimit {
    /// The limit of tokens whose app sets none. It is the limit of the service whose API gatepass follows.
    pub const TOKEN_DEFAULT: Self = Self(1_200);
    /// The highest limit, in requests per minute.
    pub const MAX: u32 = 1_000_000;

    /// Parses `200/min` or `200`.
    ///
    /// # Errors
    /// The text is anything else, or the number is out of range.
    pub fn parse(text: &str) -> Result<Self, RateLimitError> {
        let number = text.strip_suffix("/min").unwrap_or(text);
        if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(RateLimitError);
        }
        number.parse().ok().and_then(Self::new).ok_or(RateLimitError)
    }

    /// Creates a limit from requests per minute. `None` if the number is out of range.
    pub fn new(number: u32) -> Option<Self> {
        (1..=Self::MAX).contains(&number).then_some(Self(number))
    }

    /// The limit in requests per minute.
    pub fn per_minute(self) -> u32 {
        self.0
    }
}

impl fmt::Display for RateLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/min", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rate_limits_round_trip() {
        assert_eq!(RateLimit::parse("200/min").unwrap().to_string(), "200/min");
        assert_eq!(RateLimit::parse("1200"), Ok(RateLimit::TOKEN_DEFAULT));
        for bad in ["", "0", "/min", "-1", "1.5", "200/s", "1000001", "٣٠", "99999999999"] {
            assert_eq!(RateLimit::parse(bad), Err(RateLimitError), "{bad:?}");
        }
    }
}
