//! Reads the one secret of a request, and the account that it names.

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

/// The header that carries a passcode, in lower case.
pub const PASSCODE_HEADER: &str = "x-clevertap-passcode";
/// The header that carries the Account ID, in lower case.
pub const ACCOUNT_HEADER: &str = "x-clevertap-account-id";

/// A well-formed secret, and the account that the caller named with it.
#[derive(Debug)]
pub struct PresentedCredential {
    /// The account. Always present beside a passcode header.
    pub account: Option<AccountId>,
    /// The secret.
    pub secret: PresentedSecret,
}

/// A request that is refused without a look at the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestError {
    /// The reason of the refusal.
    pub reason: Reason,
    /// The error in the secret, if the secret is malformed.
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
    /// Reads a secret without headers. One line ending is allowed.
    ///
    /// # Errors
    /// The text is not a secret.
    pub fn from_secret(text: &[u8]) -> Result<Self, RequestError> {
        let secret = Plaintext::parse(without_line_ending(text))?;
        Ok(Self { account: None, secret: PresentedSecret::Issued(secret) })
    }

    /// Reads a legacy key without headers. One line ending is allowed.
    ///
    /// # Errors
    /// The text cannot be a legacy key.
    pub fn from_legacy_key(text: &[u8]) -> Result<Self, LegacyKeyError> {
        let key = LegacyKey::parse(without_line_ending(text))?;
        Ok(Self { account: None, secret: PresentedSecret::Legacy(key) })
    }

    /// Reads a header block, or the output of `curl -v`, whose first request is used.
    ///
    /// # Errors
    /// As for [`PresentedCredential::from_headers`], and if the request line contains a secret.
    pub fn from_header_block(block: &[u8]) -> Result<Self, RequestError> {
        if header_lines(block).next().and_then(request_target).is_some_and(target_contains_secret) {
            return Err(Reason::InQuery.into());
        }
        Self::from_headers(header_lines(block).filter_map(split_header))
    }

    /// Reads the headers of one request. They must contain either `X-CleverTap-Passcode` or `Authorization`, once. Both
    /// accept a passcode, `Bearer` also accepts a token, and the user name of `Basic` is a legacy key.
    ///
    /// # Errors
    /// The headers contain no secret or more than one, a malformed secret or Account ID, a passcode header without an
    /// Account ID, or a misspelt header that some proxies correct.
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
                // Some proxies turn `_` into `-`, which would make it a second passcode.
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

/// The value of a header that may occur once.
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
    let matches_header = |header: &str| {
        name.len() == header.len()
            && name.iter().zip(header.bytes()).all(|(byte, expected)| {
                byte.eq_ignore_ascii_case(&expected) || (*byte == b'_' && expected == b'-')
            })
    };
    matches_header(PASSCODE_HEADER) || matches_header(ACCOUNT_HEADER)
}

fn parse_account(text: &[u8]) -> Option<AccountId> {
    std::str::from_utf8(text).ok().and_then(|text| AccountId::parse(text).ok())
}
