//! The clipboard of the terminal.

use base64::{Engine, engine::general_purpose::STANDARD};
use zeroize::Zeroizing;

use crate::commands::{error::CommandError, session::Session};

/// Copies a secret to the clipboard of the terminal, with the escape sequence OSC 52.
///
/// # Errors
/// When stderr can't be written.
pub fn copy_to_clipboard(session: &mut Session<'_, '_>, secret: &[u8]) -> Result<(), CommandError> {
    let mut sequence = Zeroizing::new(Vec::with_capacity(128));
    sequence.extend_from_slice(b"\x1b]52;c;");
    sequence.extend_from_slice(Zeroizing::new(STANDARD.encode(secret)).as_bytes());
    sequence.push(0x07);
    session.host.stderr.write_all(&sequence)?;
    Ok(session.host.stderr.flush()?)
}
