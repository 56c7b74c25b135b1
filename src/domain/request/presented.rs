//! Presented

use super::{
    authorization::{PresentedSecret, parse_authorization, parse_passcode},
    header_block::{header_lines, request_target, split_header},
    target::target_contains_secret,
};
use crate::domain::{
    credential::secret::{MalformedSecret, Plaintext},
    decision::Reason,
    directory::account::AccountId,
    legacy::{LegacyKey, LegacyKeyError},
};

/// The header that carries a passcode.
pub const PASSCODE_HEADER: &str = "x-clevertap-passcode";
/// The header that names the account.
pub const ACCOUNT_HEADER: &str = "x-clevertap-account-id";

/// A well-formed secret, and the account that the caller named with it.
#[derive(Debug)]
pub struct PresentedCredential {
    /// The account; always named beside a passcode header.
    pub account: Option<AccountId>,
    /// The secret.
    pub secret: PresentedSecret,
}

/// A request that is refused before anybody looks at the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestError {
    /// Why.
    pub reason: Reason,
    /// Where the secret stops being one, if that is the reason.
    pub malformed: Option<MalformedSecret>,
}

impl From<Reason> for RequestError {
    fn from(reason: Reason) -> Self {
        Self { reason, malformed: None }
    }
}

impl From<MalformedSecret> for RequestError {
    fn from(malformed: MalformedSecret) -> Self {
        Self { reason: Reason::Malformed, malformed: Some(malformed) }
    }
}

impl PresentedCredential {
    /// Reads a secret alone, with at most one line ending behind it.
    ///
    /// # Errors
    /// A refusal when it is none.
    pub fn from_secret(text: &[u8]) -> Result<Self, RequestError> {
        let secret = Plaintext::parse(without_line_ending(text))?;
        Ok(Self { account: None, secret: PresentedSecret::Issued(secret) })
    }

    /// Reads a key of old alone, with at most one line ending behind it.
    ///
    /// # Errors
    /// When it could be none.
    pub fn from_legacy_key(text: &[u8]) -> Result<Self, LegacyKeyError> {
        let key = LegacyKey::parse(without_line_ending(text))?;
        Ok(Self { account: None, secret: PresentedSecret::Legacy(key) })
    }

    /// Reads header lines: one block, or what `curl -v` prints, of which the first request counts.
    ///
    /// # Errors
    /// A refusal, as for [`Presented::from_headers`].
    pub fn from_header_block(block: &[u8]) -> Result<Self, RequestError> {
        if header_lines(block).next().and_then(request_target).is_some_and(target_contains_secret) {
            return Err(Reason::InQuery.into());
        }
        Self::from_headers(header_lines(block).filter_map(split_header))
    }

    /// Reads the headers of one request: exactly one of `X-CleverTap-Passcode` and `Authorization`, once. A passcode
    /// comes in either, a token as `Bearer` only, a legacy key as the user name of `Basic`.
    ///
    /// # Errors
    /// A refusal when there is no secret, more than one, a misspelt header that some proxies pass on, or no
    /// Account ID beside a passcode.
    pub fn from_headers<'a>(
        headers: impl Iterator<Item = (&'a [u8], &'a [u8])>,
    ) -> Result<Self, RequestError> {
        let (mut passcode, mut bearer, mut account) =
            (SingleHeader::default(), SingleHeader::default(), SingleHeader::default());
        for (name, value) in headers {
            if name.eq_ignore_ascii_case(PASSCODE_HEADER.as_bytes()) {
                passcode.set(value)?;
            } else if name.eq_ignore_ascii_case(ACCOUNT_HEADER.as_bytes()) {
                account.set(value)?;
            } else if name.eq_ignore_ascii_case(b"authorization") {
                bearer.set(value)?;
            } else if is_underscore_variant(name) {
                // Proxies that turn `_` into `-` behind our back would make it a second passcode.
                return Err(Reason::Duplicate.into());
            }
        }
        match (passcode.0, bearer.0) {
            (Some(_), Some(_)) => Err(Reason::Duplicate.into()),
            (None, None) => Err(Reason::Missing.into()),
            (Some(passcode), None) => {
                let account = account.0.ok_or(Reason::AccountMissing)?;
                let account = parse_account(account).ok_or(Reason::AccountMalformed)?;
                Ok(Self { account: Some(account), secret: parse_passcode(passcode)? })
            }
            (None, Some(authorization)) => {
                let account = match account.0 {
                    Some(text) => Some(parse_account(text).ok_or(Reason::AccountMalformed)?),
                    None => None,
                };
                Ok(Self { account, secret: parse_authorization(authorization)? })
            }
        }
    }
}

fn without_line_ending(text: &[u8]) -> &[u8] {
    let text = text.strip_suffix(b"\n").unwrap_or(text);
    text.strip_suffix(b"\r").unwrap_or(text)
}

/// A header that may come once.
#[derive(Default)]
struct SingleHeader<'a>(Option<&'a [u8]>);

impl<'a> SingleHeader<'a> {
    fn set(&mut self, value: &'a [u8]) -> Result<(), Reason> {
        match self.0.replace(value) {
            None => Ok(()),
            Some(_) => Err(Reason::Duplicate),
        }
    }
}

fn is_underscore_variant(name: &[u8]) -> bool {
    let spelt = |header: &str| {
        name.len() == header.len()
            && name.iter().zip(header.bytes()).all(|(byte, expected)| {
                byte.eq_ignore_ascii_case(&expected) || (*byte == b'_' && expected == b'-')
            })
    };
    spelt(PASSCODE_HEADER) || spelt(ACCOUNT_HEADER)
}

fn parse_account(text: &[u8]) -> Option<AccountId> {
    std::str::from_utf8(text).ok().and_then(|text| AccountId::parse(text).ok())
}
