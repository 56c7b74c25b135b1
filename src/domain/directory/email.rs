//! E-mail addresses of users.

use std::fmt;

use super::text::{TextError, fold, normalize};

/// The most characters of an e-mail address (RFC 5321, section 4.5.3.1.3, without the brackets).
pub const MAX_EMAIL_LENGTH: usize = 254;

/// The e-mail address of a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// Parses an address as typed.
    ///
    /// # Errors
    /// The text is invalid. The error contains the position where there is one.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        let text = normalize("the e-mail address", text, MAX_EMAIL_LENGTH)?;
        let forbidden = |c: char| c.is_whitespace() || "\"(),:;<>[]\\".contains(c);
        match text.split_once('@') {
            Some((local, host))
                if !local.is_empty()
                    && !host.is_empty()
                    && !host.contains('@')
                    && !text.contains(forbidden) =>
            {
                Ok(Self(text))
            }
            _ => Err(TextError::NotAnEmail),
        }
    }

    /// An address from a verified record.
    pub(crate) fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form that addresses are compared in, regardless of case.
    pub fn folded(&self) -> String {
        fold(&self.0)
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn email_addresses_have_exactly_one_at_sign() {
        for bad in ["", "a", "@b", "a@", "a@b@c", "a b@c", "<a@b>", "a,b@c"] {
            assert!(Email::parse(bad).is_err(), "{bad:?} was taken for an address");
        }
        assert_eq!(Email::parse("Ann@Example.com").unwrap().folded(), "ann@example.com");
    }
}
