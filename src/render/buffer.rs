//! Bytes on their way out.

use std::io::{self, Write};

/// Enough to make the cost of a write vanish, little enough to stay in the cache.
const FLUSH_BYTES: usize = 64 * 1024;

/// A place to format into, written out in large pieces. What is left when it is dropped is written then, as well as can be:
/// of a list that broke off, the reader still gets what was good.
pub(super) struct Buffer<'w> {
    out: &'w mut (dyn Write + Send),
    pub(super) bytes: Vec<u8>,
}

impl<'w> Buffer<'w> {
    pub(super) fn new(out: &'w mut (dyn Write + Send)) -> Self {
        Self { out, bytes: Vec::with_capacity(FLUSH_BYTES + FLUSH_BYTES / 8) }
    }

    /// To be called between records.
    #[inline]
    pub(super) fn write_if_full(&mut self) -> io::Result<()> {
        if self.bytes.len() < FLUSH_BYTES { Ok(()) } else { self.write_out() }
    }

    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.write_out()?;
        self.out.flush()
    }

    fn write_out(&mut self) -> io::Result<()> {
        let written = self.out.write_all(&self.bytes);
        // After an error too: dropping must not try the same bytes again.
        self.bytes.clear();
        written
    }
}

impl Drop for Buffer<'_> {
    fn drop(&mut self) {
        self.flush().ok();
    }
}
