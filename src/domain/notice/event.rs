//! The events of a token that its app is notified of.

/// What happened to a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Event {
    /// The token was created.
    TokenGranted,
    /// Its scopes, rate limit, lifetime or another setting was edited.
    TokenEdited,
    /// It received a new secret.
    TokenReset,
    /// It was revoked.
    TokenRevoked,
    /// It was deleted.
    TokenDeleted,
    /// It expires soon.
    TokenExpiring,
}

impl Event {
    /// All events, in the order of a token's life.
    pub const ALL: [Self; 6] = [
        Self::TokenGranted,
        Self::TokenEdited,
        Self::TokenReset,
        Self::TokenRevoked,
        Self::TokenDeleted,
        Self::TokenExpiring,
    ];

    /// Returns the `type` of a message, in the form that Standard Webhooks recommends.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::TokenGranted => "token.granted",
            Self::TokenEdited => "token.edited",
            Self::TokenReset => "token.reset",
            Self::TokenRevoked => "token.revoked",
            Self::TokenDeleted => "token.deleted",
            Self::TokenExpiring => "token.expiring",
        }
    }

    /// Parses the word that [`Self::as_str`] returns.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| event.as_str() == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_round_trip() {
        for event in Event::ALL {
            assert_eq!(Event::parse(event.as_str()), Some(event));
            // Standard Webhooks recommends words of these characters, separated by full stops.
            let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
            assert!(event.as_str().split('.').all(|word| word.bytes().all(allowed)), "{event:?}");
        }
        for bad in ["", "token", "token.Granted", "token.granted "] {
            assert_eq!(Event::parse(bad), None, "{bad:?}");
        }
    }
}
