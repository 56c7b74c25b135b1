//! Reading the secret that is to be verified.

use std::io::Read;

use zeroize::Zeroizing;

use super::unwrap::unwrap_secret;
use crate::{
    commands::{
        error::CommandError,
        session::{Prompt, Session},
    },
    domain::{
        credential::secret::{MalformedSecret, SECRET_LENGTH},
        decision::Reason,
        request::{MAX_HEADER_BYTES, PresentedCredential, RequestError},
        text_encoding::to_utf8,
    },
    exit::Exit,
};

/// What the input contains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputFormat {
    /// A secret that gatepass issued.
    Secret,
    /// A legacy key.
    LegacyKey,
    /// The headers of a request.
    Headers,
}

/// Input that is rejected without reading the store.
pub struct InvalidInput {
    /// The reason.
    pub error: RequestError,
    /// Why the input is not a secret, if that is the reason.
    pub why: Option<String>,
}

impl From<RequestError> for InvalidInput {
    fn from(error: RequestError) -> Self {
        Self { error, why: error.malformed.map(|why| why.to_string()) }
    }
}

/// Reads stdin; at a terminal, prompts for it without echo.
///
/// # Errors
/// If it can't be read.
pub fn read_presented(
    format: InputFormat,
    session: &mut Session<'_, '_>,
) -> Result<Result<PresentedCredential, InvalidInput>, CommandError> {
    let input = match session.host.terminal.stdin {
        true => prompt(format, session)?,
        false => read_stdin(session)?,
    };
    if input.len() > MAX_HEADER_BYTES {
        return Ok(Err(too_long(format)));
    }
    Ok(parse_presented(format, &to_utf8(&input)))
}

fn prompt(
    format: InputFormat,
    session: &mut Session<'_, '_>,
) -> Result<Zeroizing<Vec<u8>>, CommandError> {
    let prompt = |text, missing, hint| Prompt { text, missing, hint };
    match format {
        InputFormat::Secret => {
            session.prompt_hidden(&prompt("Secret?", "the secret", "use gatepass verify <FILE"))
        }
        InputFormat::LegacyKey => {
            let hint = "use gatepass verify --legacy <FILE";
            session.prompt_hidden(&prompt("Legacy key?", "the legacy key", hint))
        }
        InputFormat::Headers => {
            let text = "Header lines, ended by Ctrl-D?";
            let hint = "use gatepass verify --headers <FILE";
            session.prompt_hidden_lines(&prompt(text, "the header lines", hint))
        }
    }
}

fn read_stdin(session: &mut Session<'_, '_>) -> Result<Zeroizing<Vec<u8>>, CommandError> {
    let mut input = Zeroizing::new(Vec::with_capacity(MAX_HEADER_BYTES + 1));
    (&mut *session.host.stdin).take(MAX_HEADER_BYTES as u64 + 1).read_to_end(&mut input)?;
    Ok(input)
}

fn parse_presented(format: InputFormat, input: &[u8]) -> Result<PresentedCredential, InvalidInput> {
    match format {
        InputFormat::Headers => Ok(PresentedCredential::from_header_block(input)?),
        InputFormat::LegacyKey => {
            PresentedCredential::from_legacy_key(input.trim_ascii()).map_err(|why| InvalidInput {
                error: Reason::Malformed.into(),
                why: Some(why.to_string()),
            })
        }
        InputFormat::Secret => parse_secret(input),
    }
}

/// Parses a secret, and what people copy along with it. The gate accepts only the secret.
fn parse_secret(input: &[u8]) -> Result<PresentedCredential, InvalidInput> {
    let text = String::from_utf8_lossy(input);
    let text = unwrap_secret(&text);
    PresentedCredential::from_secret(text.as_bytes()).map_err(|error| match error.malformed {
        Some(MalformedSecret::Prefix) => no_secret(error),
        // More than a secret, such as a line of a log that begins with one.
        Some(_) if text.chars().count() > SECRET_LENGTH => no_secret(error),
        _ => error.into(),
    })
}

/// The error for input that was not read to its end.
fn too_long(format: InputFormat) -> InvalidInput {
    let error = RequestError::from(Reason::Malformed);
    match format {
        InputFormat::Secret => no_secret(error),
        InputFormat::LegacyKey | InputFormat::Headers => error.into(),
    }
}

fn no_secret(error: RequestError) -> InvalidInput {
    let why = "not a gatepass secret; to look for secrets in a text, use --find";
    InvalidInput { error, why: Some(why.to_owned()) }
}

/// Returns the exit code for a reason.
pub fn exit_for(reason: Reason) -> Exit {
    match reason {
        Reason::Allowed => Exit::Success,
        Reason::Missing
        | Reason::Duplicate
        | Reason::InQuery
        | Reason::Malformed
        | Reason::AccountMissing
        | Reason::AccountMalformed
        | Reason::Unknown => Exit::VerifyUnknown,
        Reason::Tampered => Exit::Integrity,
        Reason::Expired => Exit::VerifyExpired,
        Reason::Revoked | Reason::Deleted => Exit::VerifyRevoked,
        Reason::Replaced => Exit::VerifyReplaced,
        Reason::WrongAccount
        | Reason::UserPasscodeRequired
        | Reason::LegacySunset
        | Reason::WrongRegion
        | Reason::WrongApp
        | Reason::WrongDistrict
        | Reason::ScopeMissing => Exit::VerifyNotAllowed,
    }
}
