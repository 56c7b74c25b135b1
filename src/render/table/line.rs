//! The lines of a table, and their colours.

use std::borrow::Cow;

use super::{
    cell::shortened,
    layout::{GAP, Layout},
};
use crate::render::{
    record::{Align, Column, Tone},
    text::is_blank,
};

/// Writes one line of a table with a given layout.
pub(in crate::render) struct LineWriter<'a> {
    bytes: &'a mut Vec<u8>,
    layout: &'a Layout,
    columns: &'a [Column],
    colour: bool,
    start: usize,
    next_column: usize,
    /// By how much the line may still exceed the widths of its columns.
    slack: usize,
    /// The spaces to write before the next cell.
    pending_spaces: usize,
}

impl<'a> LineWriter<'a> {
    /// Starts a line at the end of `bytes`.
    pub(in crate::render) fn new(
        bytes: &'a mut Vec<u8>,
        layout: &'a Layout,
        columns: &'a [Column],
        colour: bool,
    ) -> Self {
        let start = bytes.len();
        Self {
            bytes,
            layout,
            columns,
            colour,
            start,
            next_column: 0,
            slack: layout.slack,
            pending_spaces: 0,
        }
    }

    /// Skips the next cell if its column is omitted, and returns whether it did.
    #[inline]
    pub(in crate::render) fn skip_omitted(&mut self) -> bool {
        let is_omitted = matches!(self.layout.widths.get(self.next_column), Some(None));
        self.next_column += usize::from(is_omitted);
        is_omitted
    }

    /// Writes the next cell: an escaped text, its width and its colour code.
    pub(in crate::render) fn cell(&mut self, safe: &str, text_width: usize, colour_code: &[u8]) {
        let position = self.next_column;
        self.next_column += 1;
        let Some(Some(column)) = self.layout.widths.get(position) else { return };
        let (mut text, mut used) = (Cow::Borrowed(safe), text_width);
        if used > *column {
            let fit = self.columns[position].fit;
            let limit = self.layout.limit(position, fit, self.slack);
            if used > limit {
                (text, used) = shortened(safe, fit, limit);
            }
            self.slack -= used.saturating_sub(*column);
        }
        let padding = column.saturating_sub(used);
        let (before, after) = match self.columns[position].align {
            Align::Left => (0, padding),
            Align::Right => (padding, 0),
        };
        self.spaces(self.pending_spaces + before);
        self.pending_spaces = after + GAP;
        if self.colour && !colour_code.is_empty() && !is_blank(&text) {
            self.bytes.extend_from_slice(colour_code);
            self.bytes.extend_from_slice(text.as_bytes());
            self.bytes.extend_from_slice(RESET);
        } else {
            self.bytes.extend_from_slice(text.as_bytes());
        }
    }

    /// Ends the line, without trailing spaces.
    pub(in crate::render) fn end(self) {
        let kept = self.bytes[self.start..]
            .iter()
            .rposition(|byte| *byte != b' ')
            .map_or(0, |last| last + 1);
        self.bytes.truncate(self.start + kept);
        self.bytes.push(b'\n');
    }

    #[inline]
    fn spaces(&mut self, count: usize) {
        const SPACES: &[u8] = &[b' '; 64];
        match SPACES.get(..count) {
            Some(spaces) => self.bytes.extend_from_slice(spaces),
            None => self.bytes.resize(self.bytes.len() + count, b' '),
        }
    }
}

/// The colour code of titles: bold.
pub(in crate::render) const HEADER: &[u8] = b"\x1b[1m";
const RESET: &[u8] = b"\x1b[0m";

/// All colour codes. The colours are readable on dark and on light backgrounds.
pub(in crate::render) const COLOUR_CODES: [&[u8]; 6] =
    [RESET, HEADER, b"\x1b[32m", b"\x1b[33m", b"\x1b[31m", b"\x1b[2m"];

/// Returns the colour code of a tone; empty for [`Tone::Plain`].
pub(in crate::render) fn colour_code(tone: Tone) -> &'static [u8] {
    match tone {
        Tone::Plain => b"",
        Tone::Good => COLOUR_CODES[2],
        Tone::Warn => COLOUR_CODES[3],
        Tone::Bad => COLOUR_CODES[4],
        Tone::Dim => COLOUR_CODES[5],
    }
}
