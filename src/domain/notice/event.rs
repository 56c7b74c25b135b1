//! Ev

/// What is told of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Event {
    /// It was made.
    TokenGranted,
    /// Its fields were changed.
    TokenEdited,
    /// It has a new secret.
    TokenReset,
    /// It opens nothing any more.
    TokenRevoked,
    /// It is gone.
    TokenDeleted,
    /// It will soon expire.
    TokenExpiring,
}

impl Event {
    /// Every kind there is, in the order of a token's life.
    pub const ALL: [Self; 6] = [
        Self::TokenGranted,
        Self::TokenEdited,
        Self::TokenReset,
        Self::TokenRevoked,
        Self::TokenDeleted,
        Self::TokenExpiring,
    ];

    /// The word for it: the `type` of a message, as Standard Webhooks recommends it to be written.
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

    /// Reads the word for an event.
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
            // What Standard Webhooks recommends of event types: words of these characters, between full stops.
            let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
            assert!(event.as_str().split('.').all(|word| word.bytes().all(allowed)), "{event:?}");
        }
        for bad in ["", "token", "token.Granted", "token.granted "] {
            assert_eq!(Event::parse(bad), None, "{bad:?}");
        }
    }
}
