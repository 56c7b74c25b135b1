//! Colours in the input of the layout library: characters without a width stand for colour codes.

use std::borrow::Cow;

use super::{cell::shortened, layout::Layout, line::COLOUR_CODES};
use crate::render::{
    record::Column,
    text::{is_blank, width},
};

/// The character that represents the first of [`COLOUR_CODES`] in the input of the layout library; the next characters
/// represent the other codes. These characters have no width, so they do not affect the layout, and escaped text never
/// contains them.
const FIRST_MARK: char = '\u{2060}';

/// Returns the character that represents a colour code.
fn mark(colour_code: &[u8]) -> Option<char> {
    let index = COLOUR_CODES.iter().position(|known| *known == colour_code)?;
    char::from_u32(FIRST_MARK as u32 + index as u32)
}

/// Returns the cells of the columns that are not omitted, truncated to fit, with their colours as marks.
pub(super) fn marked_cells<'c>(
    layout: &Layout,
    columns: &[Column],
    cells: impl Iterator<Item = (&'c str, &'c [u8])>,
    colour: bool,
) -> Vec<comfy_table::Cell> {
    let mut row = Vec::new();
    for ((&shown, column), (text, colour_code)) in layout.widths.iter().zip(columns).zip(cells) {
        let Some(limit) = shown else { continue };
        let text = if width(text) > limit {
            shortened(text, column.fit, limit).0
        } else {
            Cow::Borrowed(text)
        };
        row.push(comfy_table::Cell::new_owned(match mark(colour_code) {
            Some(mark) if colour && !is_blank(&text) => format!("{mark}{text}{FIRST_MARK}"),
            _ => text.into_owned(),
        }));
    }
    row
}

/// Appends a line with its marks replaced by colour codes.
pub(super) fn push_coloured(bytes: &mut Vec<u8>, line: &str) {
    let mut done = 0;
    for (at, found) in line.char_indices() {
        let index = (found as usize).wrapping_sub(FIRST_MARK as usize);
        if let Some(colour_code) = COLOUR_CODES.get(index) {
            bytes.extend_from_slice(&line.as_bytes()[done..at]);
            bytes.extend_from_slice(colour_code);
            done = at + found.len_utf8();
        }
    }
    bytes.extend_from_slice(&line.as_bytes()[done..]);
}
