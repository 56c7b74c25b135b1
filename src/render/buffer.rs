//! Buffered output.

use std::io::{self, Write};

/// Large enough to make the cost of a system call negligible, small enough to fit in the CPU cache.
const FLUSH_BYTES: usize = 64 * 1024;

/// A buffer that is written in large chunks. Dropping it writes the rest and ignores errors, so that the rows before an
/// error still reach the reader.
pub(super) struct Buffer<'w> {
    out: &'w mut (dyn Write + Send),
    pub(super) bytes: Vec<u8>,
}

impl<'w> Buffer<'w> {
    /// Creates an empty buffer in front of `out`.
    pub(super) fn new(out: &'w mut (dyn Write + Send)) -> Self {
        Self { out, bytes: Vec::with_capacity(FLUSH_BYTES + FLUSH_BYTES / 8) }
    }

    /// Writes the buffer if it is full. To be called between records.
    #[inline]
    pub(super) fn write_if_full(&mut self) -> io::Result<()> {
        if self.bytes.len() < FLUSH_BYTES { Ok(()) } else { self.write_out() }
    }

    /// Writes the buffer and flushes the output.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.write_out()?;
        self.out.flush()
    }

    fn write_out(&mut self) -> io::Result<()> {
        let written = self.out.write_all(&self.bytes);
        // Also after an error: dropping the buffer must not write the same bytes again.
        self.bytes.clear();
        written
    }
}

impl Drop for Buffer<'_> {
    fn drop(&mut self) {
        self.flush().ok();
    }
}
