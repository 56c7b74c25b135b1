//! E-mail.

use std::fmt;

use super::text::{TextError, fold, normalize};

/// The most characters that an e-mail address has (RFC 5321, section 4.5.3.1.3, less the brackets).
pub const MAX_EMAIL_LENGTH: usize = 254;

/// The e-mail address that names a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// Reads an address as it was typed.
    ///
    /// # Errors
    /// Says what is wrong and at which position.
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

    /// An address from a record that was verified.
    pub(crate) fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// The address as it is shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What two addresses share when they differ in the case of letters only.
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
