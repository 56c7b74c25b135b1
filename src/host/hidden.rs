//! Prompts for a line that is not echoed. The terminal's settings are restored in every case.

use std::io::{self, Write};

use rustix::{
    process::{Signal, getpid, kill_process},
    termios::{LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr},
};
use zeroize::Zeroizing;

use super::prompt::PromptError;

/// How much is read without echo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// One line.
    Line,
    /// All lines up to Ctrl-D.
    Lines,
}

impl Extent {
    /// The most bytes that are kept, more than any secret or header block that is typed or pasted.
    fn max_length(self) -> usize {
        match self {
            Self::Line => 4_096,
            Self::Lines => 128 * 1024,
        }
    }
}

/// Prompts on stderr for a text from stdin, without echo.
pub(super) fn prompt_hidden(
    question: &str,
    extent: Extent,
) -> Result<Zeroizing<Vec<u8>>, PromptError> {
    let mut stderr = io::stderr();
    write!(stderr, "{question} (input is hidden) ").map_err(PromptError::Io)?;
    let typed = EchoOff::start().and_then(|_quiet| read_text(extent)).map_err(PromptError::Io);
    // The terminal did not echo the line ending either.
    stderr.write_all(b"\n").map_err(PromptError::Io)?;
    match typed? {
        Typed::Text(text) => Ok(text),
        Typed::Nothing => Err(PromptError::Declined),
        Typed::Interrupt => {
            // Like other prompts: the signal ends the process, as shells expect, unless it is ignored.
            kill_process(getpid(), Signal::INT).ok();
            Err(PromptError::Interrupted)
        }
    }
}

/// Turns off echo and line editing until it is dropped. Holds the settings to restore.
struct EchoOff(Termios);

impl EchoOff {
    fn start() -> io::Result<Self> {
        let before = tcgetattr(io::stdin())?;
        let mut settings = before.clone();
        // Signals are turned off too, since one would end the process before the settings are restored.
        settings.local_modes -= LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG;
        (
            settings.special_codes[SpecialCodeIndex::VMIN],
            settings.special_codes[SpecialCodeIndex::VTIME],
        ) = (1, 0);
        tcsetattr(io::stdin(), OptionalActions::Now, &settings)?;
        Ok(Self(before))
    }
}

impl Drop for EchoOff {
    fn drop(&mut self) {
        // If this fails the terminal is gone, and there is nobody to report it to.
        tcsetattr(io::stdin(), OptionalActions::Now, &self.0).ok();
    }
}

/// What the user typed.
enum Typed {
    Text(Zeroizing<Vec<u8>>),
    /// Ctrl-D before anything else, or the terminal is gone.
    Nothing,
    /// Ctrl-C.
    Interrupt,
}

/// Reads a text key by key.
fn read_text(extent: Extent) -> io::Result<Typed> {
    let mut line = Zeroizing::new(Vec::with_capacity(extent.max_length()));
    let mut key = Zeroizing::new([0]);
    loop {
        let is_end = rustix::io::read(io::stdin(), &mut key[..])? == 0;
        match key[0] {
            key if (is_end || key == 0x04) && line.is_empty() => return Ok(Typed::Nothing),
            _ if is_end => return Ok(Typed::Text(line)),
            0x04 => return Ok(Typed::Text(line)),
            b'\n' | b'\r' if extent == Extent::Line => return Ok(Typed::Text(line)),
            0x03 => return Ok(Typed::Interrupt),
            0x7f | 0x08 => _ = line.pop(),
            0x15 => line.clear(),
            b'\r' if line.len() < extent.max_length() => line.push(b'\n'),
            byte if line.len() < extent.max_length() => line.push(byte),
            _ => {}
        }
    }
}
