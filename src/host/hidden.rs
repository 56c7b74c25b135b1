//! A line that is typed and not shown: the terminal is told not to repeat it, and told back whatever happens.

use std::io::{self, Write};

use rustix::{
    process::{Signal, getpid, kill_process},
    termios::{LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr},
};
use zeroize::Zeroizing;

use super::prompt::PromptError;

/// More than this is no secret that anybody types or pastes.
const MAX_LINE_LENGTH: usize = 4_096;

/// Asks on stderr for a line on stdin that is not repeated.
pub(super) fn prompt_hidden(question: &str) -> Result<Zeroizing<Vec<u8>>, PromptError> {
    let mut stderr = io::stderr();
    write!(stderr, "{question}: ").map_err(PromptError::Io)?;
    let typed = EchoOff::start().and_then(|_quiet| read_line()).map_err(PromptError::Io);
    // What ended the line was not repeated either.
    stderr.write_all(b"\n").map_err(PromptError::Io)?;
    match typed? {
        Some(line) => Ok(line),
        None => {
            // As for the other prompts: by its signal, as shells expect, unless that is ignored.
            kill_process(getpid(), Signal::INT).ok();
            Err(PromptError::Interrupted)
        }
    }
}

/// A terminal that hands on each key as it comes and repeats none, for as long as this lives.
struct EchoOff(Termios);

impl EchoOff {
    fn start() -> io::Result<Self> {
        let before = tcgetattr(io::stdin())?;
        let mut quiet = before.clone();
        // Not the signals either: one would end the process before the terminal is told back.
        quiet.local_modes -= LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG;
        (
            quiet.special_codes[SpecialCodeIndex::VMIN],
            quiet.special_codes[SpecialCodeIndex::VTIME],
        ) = (1, 0);
        tcsetattr(io::stdin(), OptionalActions::Now, &quiet)?;
        Ok(Self(before))
    }
}

impl Drop for EchoOff {
    fn drop(&mut self) {
        // There is nobody to tell: the terminal is gone.
        tcsetattr(io::stdin(), OptionalActions::Now, &self.0).ok();
    }
}

/// A line, key by key; `None` when it was interrupted.
fn read_line() -> io::Result<Option<Zeroizing<Vec<u8>>>> {
    let mut line = Zeroizing::new(Vec::with_capacity(MAX_LINE_LENGTH));
    let mut key = Zeroizing::new([0]);
    loop {
        let is_over = rustix::io::read(io::stdin(), &mut key[..])? == 0;
        match key[0] {
            _ if is_over => return Ok(Some(line)),
            b'\n' | b'\r' | 0x04 => return Ok(Some(line)),
            0x03 => return Ok(None),
            0x7f | 0x08 => _ = line.pop(),
            0x15 => line.clear(),
            byte if line.len() < MAX_LINE_LENGTH => line.push(byte),
            _ => {}
        }
    }
}
