//! What an attempt writes. The operator shows it afterwards, if at all.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
};

use gatepass::host::Host;

/// An output stream.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    Stdout,
    Stderr,
}

/// What was written to one stream before something was written to the other.
struct Part {
    stream: Stream,
    bytes: Vec<u8>,
}

/// What was written to both streams, in order.
#[derive(Clone, Default)]
pub struct Output(Arc<Mutex<Vec<Part>>>);

impl Output {
    /// Returns a writer to one stream.
    pub fn writer(&self, stream: Stream) -> Writer {
        Writer { output: self.clone(), stream }
    }

    /// Returns the text of one stream.
    pub fn text(&self, stream: Stream) -> String {
        let written = self.0.lock().unwrap();
        let parts = written.iter().filter(|part| part.stream == stream);
        parts.map(|part| str::from_utf8(&part.bytes).unwrap()).collect()
    }

    /// Writes everything to the streams of a host.
    pub fn write(&self, host: &mut Host<'_>) {
        self.write_lines(host, |_, _| true);
    }

    /// Writes everything but errors and their hints.
    pub fn write_without_errors(&self, host: &mut Host<'_>) {
        // The error comes last, and may be wrapped.
        let mut has_failed = false;
        self.write_lines(host, |stream, line| {
            has_failed |= stream == Stream::Stderr && line.starts_with(b"error: ");
            stream == Stream::Stdout || !has_failed
        });
    }

    fn write_lines(&self, host: &mut Host<'_>, mut is_shown: impl FnMut(Stream, &[u8]) -> bool) {
        for Part { stream, bytes } in self.0.lock().unwrap().iter() {
            let out: &mut dyn Write = match stream {
                Stream::Stdout => host.stdout,
                Stream::Stderr => host.stderr,
            };
            for line in bytes.split_inclusive(|byte| *byte == b'\n') {
                if is_shown(*stream, line) {
                    out.write_all(line).unwrap();
                }
            }
        }
    }
}

/// Writes to one stream.
pub struct Writer {
    output: Output,
    stream: Stream,
}

impl Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut written = self.output.0.lock().unwrap();
        match written.last_mut() {
            Some(part) if part.stream == self.stream => part.bytes.extend_from_slice(bytes),
            _ => written.push(Part { stream: self.stream, bytes: bytes.to_vec() }),
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
