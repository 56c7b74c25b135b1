//! What a caller presents: exactly one secret in the headers of one request.

use base64::{Engine, engine::general_purpose::STANDARD};
use zeroize::Zeroizing;

use super::{
    credential::secret::{MalformedSecret, Plaintext, SecretKind, contains_secret},
    decision::Reason,
    directory::{account::AccountId, id::ClientId},
    legacy::{LegacyKey, LegacyKeyError},
};

/// The most bytes of a header block that are looked at.
pub const MAX_HEADER_BYTES: usize = 64 * 1024;
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

/// A secret that could be somebody's.
#[derive(Debug)]
pub enum PresentedSecret {
    /// One that gatepass made.
    Issued(Plaintext),
    /// A key of old.
    Legacy(LegacyKey),
}

impl PresentedSecret {
    /// The characters, for the one place that digests them.
    pub fn expose(&self) -> &[u8] {
        match self {
            Self::Issued(secret) => secret.expose(),
            Self::Legacy(key) => key.expose(),
        }
    }
}

/// What an app's programs authenticate with.
#[derive(Debug)]
pub struct ClientCredentials {
    /// The app's client id.
    pub client: ClientId,
    /// Its client secret.
    pub secret: Plaintext,
}

impl ClientCredentials {
    /// Reads the value of an `Authorization` header: `Basic` with the client id as the user name and the client secret
    /// as the password (RFC 6749, section 2.3.1). Neither has characters that the form encoding of that section changes.
    pub fn parse(authorization: &[u8]) -> Option<Self> {
        let text = Zeroizing::new(STANDARD.decode(strip_scheme(authorization, b"basic ")?).ok()?);
        let colon = text.iter().position(|byte| *byte == b':')?;
        let client = std::str::from_utf8(&text[..colon]).ok().and_then(ClientId::parse)?;
        let secret = Plaintext::parse(&text[colon + 1..]).ok()?;
        secret
            .expose()
            .starts_with(SecretKind::AppSecret.prefix().as_bytes())
            .then_some(Self { client, secret })
    }
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

/// Whether the address of a request carries a secret, which logs, histories and referrers would then keep: a
/// parameter that is named like one, or a text that is shaped like one.
pub fn target_contains_secret(target: &[u8]) -> bool {
    let Some(start) = target.iter().position(|byte| *byte == b'?') else {
        return contains_secret_shape(target);
    };
    let named = |parameter: &[u8]| {
        let name = parameter.split(|byte| *byte == b'=').next().unwrap_or_default();
        name.eq_ignore_ascii_case(b"passcode") || name.eq_ignore_ascii_case(b"access_token")
    };
    target[start + 1..].split(|byte| *byte == b'&').any(named) || contains_secret_shape(target)
}

fn contains_secret_shape(target: &[u8]) -> bool {
    // An address without `gp` in it, nearly every one, is not looked through any further.
    target.windows(2).any(|pair| pair == b"gp") && contains_secret(&String::from_utf8_lossy(target))
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

fn parse_passcode(text: &[u8]) -> Result<PresentedSecret, MalformedSecret> {
    match text.starts_with(SecretKind::Token.prefix().as_bytes()) {
        true => Err(MalformedSecret::Prefix),
        false => Plaintext::parse(text).map(PresentedSecret::Issued),
    }
}

/// The secret of `Bearer SECRET` (RFC 6750, section 2.1), or the user name of `Basic` (RFC 7617, section 2).
fn parse_authorization(value: &[u8]) -> Result<PresentedSecret, MalformedSecret> {
    if let Some(token) = strip_scheme(value, b"bearer ") {
        return Plaintext::parse(token).map(PresentedSecret::Issued);
    }
    let user = strip_scheme(value, b"basic ").and_then(basic_user_name);
    let key = user.and_then(|user| LegacyKey::parse(&user).ok());
    key.map(PresentedSecret::Legacy).ok_or(MalformedSecret::Prefix)
}

/// What follows a scheme; its case does not matter (RFC 9110, section 11.1).
fn strip_scheme<'v>(value: &'v [u8], scheme: &[u8]) -> Option<&'v [u8]> {
    let (start, rest) = value.split_at_checked(scheme.len())?;
    start.eq_ignore_ascii_case(scheme).then(|| rest.trim_ascii_start())
}

/// The user name, if the password is empty. Old clients put the colon behind the base64 instead of into it.
fn basic_user_name(value: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (text, is_old) = match value.strip_suffix(b":") {
        Some(text) => (text, true),
        None => (value, false),
    };
    let mut user = Zeroizing::new(STANDARD.decode(text).ok()?);
    let has_colon = user.last() == Some(&b':');
    if has_colon {
        user.pop();
    }
    (has_colon || is_old).then_some(user)
}

/// The lines of the one request that counts.
fn header_lines(block: &[u8]) -> impl Iterator<Item = &[u8]> {
    let lines =
        || block.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let from_curl = lines().any(|line| line.starts_with(b"> "));
    lines()
        .filter_map(move |line| match (from_curl, line) {
            (false, line) => Some(line),
            (true, b">") => Some(b"".as_slice()),
            (true, line) => line.strip_prefix(b"> "),
        })
        .skip_while(|line| line.is_empty())
        .take_while(|line| !line.is_empty())
}

/// What a request line asks for: its second word, where the third is a version of HTTP.
fn request_target(line: &[u8]) -> Option<&[u8]> {
    let mut words = line.split(|byte| *byte == b' ');
    let (_method, target, version) = (words.next()?, words.next()?, words.next()?);
    version.starts_with(b"HTTP/").then_some(target)
}

/// A header line's name and value; the request line, which has no name, is left out.
fn split_header(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    let (name, value) = (&line[..colon], line[colon + 1..].trim_ascii());
    (!name.is_empty() && !name.contains(&b' ')).then_some((name, value))
}

#[cfg(test)]
mod tests;
