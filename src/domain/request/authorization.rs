//! Secrets in the values of `Authorization` and passcode headers.

use base64::{Engine, engine::general_purpose::STANDARD};
use zeroize::Zeroizing;

use crate::domain::{
    credential::secret::{MalformedSecret, Plaintext, SecretKind},
    directory::id::ClientId,
    legacy::LegacyKey,
};

/// A well-formed secret from a request.
#[derive(Debug)]
pub enum PresentedSecret {
    /// A secret that gatepass issued.
    Issued(Plaintext),
    /// A legacy key.
    Legacy(LegacyKey),
}

impl PresentedSecret {
    /// The characters, for the digest only.
    pub fn expose(&self) -> &[u8] {
        match self {
            Self::Issued(secret) => secret.expose(),
            Self::Legacy(key) => key.expose(),
        }
    }
}

/// The client credentials of an app.
#[derive(Debug)]
pub struct ClientCredentials {
    /// The app's client id.
    pub client: ClientId,
    /// The app's client secret.
    pub secret: Plaintext,
}

impl ClientCredentials {
    /// Parses the value of an `Authorization` header: `Basic` with the client id as the user name and the client secret
    /// as the password (RFC 6749, section 2.3.1). The form encoding of that section changes no character of either.
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

/// Parses the secret of `Bearer SECRET` (RFC 6750, section 2.1), or the user name of `Basic` (RFC 7617, section 2).
pub(super) fn parse_authorization(value: &[u8]) -> Result<PresentedSecret, MalformedSecret> {
    if let Some(token) = strip_scheme(value, b"bearer ") {
        return Plaintext::parse(token).map(PresentedSecret::Issued);
    }
    let user = strip_scheme(value, b"basic ").and_then(basic_user_name);
    let key = user.and_then(|user| LegacyKey::parse(&user).ok());
    key.map(PresentedSecret::Legacy).ok_or(MalformedSecret::Prefix)
}

pub(super) fn parse_passcode(text: &[u8]) -> Result<PresentedSecret, MalformedSecret> {
    match text.starts_with(SecretKind::Token.prefix().as_bytes()) {
        true => Err(MalformedSecret::Prefix),
        false => Plaintext::parse(text).map(PresentedSecret::Issued),
    }
}

/// Returns what follows an authentication scheme. Schemes are case-insensitive (RFC 9110, section 11.1). `scheme` is
/// lower case and ends with a space.
fn strip_scheme<'v>(value: &'v [u8], scheme: &[u8]) -> Option<&'v [u8]> {
    let (start, rest) = value.split_at_checked(scheme.len())?;
    start.eq_ignore_ascii_case(scheme).then(|| rest.trim_ascii_start())
}

/// Returns the user name of Basic authentication. `None` if there is a password. Old clients put the colon after the
/// base64 text instead of inside it.
fn basic_user_name(value: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (text, has_outer_colon) = match value.strip_suffix(b":") {
        Some(text) => (text, true),
        None => (value, false),
    };
    let mut user = Zeroizing::new(STANDARD.decode(text).ok()?);
    let has_inner_colon = user.last() == Some(&b':');
    if has_inner_colon {
        user.pop();
    }
    (has_inner_colon || has_outer_colon).then_some(user)
}
