//! Shortening the cells of a table.

use std::borrow::Cow;

use super::layout::ColumnWidth;
use crate::render::{
    record::Fit,
    text::{truncate, truncate_middle, width},
};

/// The fewest digits of a shortened id.
const MIN_ID_DIGITS: usize = 8;
/// The digits of a shortened id in a table whose other ids are not known: enough for no two of a million to be equal.
const STREAMED_ID_DIGITS: usize = 16;
/// Where the seconds are in an instant such as `2026-11-22T06:18:34Z`.
const SECONDS: std::ops::Range<usize> = 16..19;
const INSTANT_LENGTH: usize = "2026-11-22T06:18:34Z".len();

/// Whether the rows of a table are all known when its columns are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::render) enum RowsKnown {
    /// All of them.
    All,
    /// Only the first ones.
    First,
}

/// Shortens a cell that is wider than `limit` to at most that. Returns its width as well.
pub(super) fn shortened(safe: &str, fit: Fit, limit: usize) -> (Cow<'_, str>, usize) {
    let text = match fit {
        Fit::Id => safe.get(..limit).map(Cow::Borrowed),
        Fit::Instant => without_seconds(safe).map(Cow::Owned),
        Fit::Whole | Fit::Text | Fit::Name => None,
    };
    let text = text.unwrap_or(Cow::Borrowed(safe));
    let used = width(&text);
    if used <= limit {
        return (text, used);
    }
    let cut = match fit {
        Fit::Name => truncate_middle(&text, limit),
        _ => truncate(&text, limit),
    };
    let used = width(&cut);
    (Cow::Owned(cut), used)
}

/// Returns the widths of a column with these cells, and with its title.
pub(super) fn column_width<'c>(
    title: &str,
    fit: Fit,
    cells: impl Iterator<Item = (&'c str, usize)> + Clone,
    rows: RowsKnown,
) -> ColumnWidth {
    let title = width(title);
    let natural = cells.clone().map(|(_, width)| width).max().unwrap_or(0).max(title);
    let short = match fit {
        Fit::Id => shortest_id(cells.map(|(text, _)| text).collect(), rows),
        Fit::Instant => cells
            .map(|(text, width)| without_seconds(text).map_or(width, |short| short.len()))
            .max()
            .unwrap_or(0),
        Fit::Whole | Fit::Text | Fit::Name => natural,
    };
    ColumnWidth { natural, short: short.max(title).min(natural) }
}

/// Returns the shortest length at which all ids still differ.
fn shortest_id(mut ids: Vec<&str>, rows: RowsKnown) -> usize {
    let digits = match rows {
        RowsKnown::All => MIN_ID_DIGITS,
        RowsKnown::First => STREAMED_ID_DIGITS,
    };
    ids.sort_unstable();
    ids.dedup();
    let least = ids.iter().map(|id| least_length(id, digits));
    let distinct = ids.windows(2).map(|pair| common_prefix(pair[0], pair[1]) + 1);
    least.chain(distinct).max().unwrap_or(0)
}

/// Returns the length of an id with its prefix and this many digits; of anything else, such as an Account ID, the whole
/// length.
fn least_length(id: &str, digits: usize) -> usize {
    let start = id.find('_').map_or(0, |at| at + 1);
    let is_id = id[start..].bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if is_id { id.len().min(start + digits) } else { id.len() }
}

fn common_prefix(one: &str, other: &str) -> usize {
    one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count()
}

/// Returns an instant without its seconds; `None` if the text is none.
fn without_seconds(text: &str) -> Option<String> {
    let is_instant = text.len() == INSTANT_LENGTH && text.is_ascii() && text.ends_with('Z');
    is_instant.then(|| [&text[..SECONDS.start], &text[SECONDS.end..]].concat())
}

#[cfg(test)]
mod tests {
    use super::{RowsKnown, column_width, shortened, shortest_id};
    use crate::render::{record::Fit, table::layout::ColumnWidth};

    #[test]
    fn ids_are_cut_to_their_shortest_unique_beginning() {
        let all = |ids: &[&str]| shortest_id(ids.to_vec(), RowsKnown::All);
        assert_eq!(all(&["pc_4f1c0000aa", "tk_4f1c0000ab"]), 11);
        assert_eq!(all(&["pc_4f1c0000aa", "pc_4f1c0000ab", "pc_4f1c0000ab"]), 13);
        assert_eq!(all(&["4f1c0000aaaa", "pc_4f1c00000000"]), 11, "with and without a prefix");
        assert_eq!(all(&["RZ5-76K-665Z", "pc_4f1c00000000"]), 12, "Account IDs stay whole");
        assert_eq!(all(&["pc_1", ""]), 4);
        assert_eq!(all(&[]), 0);
        let long = "pc_4f1c0000aa4f1c0000aa4f1c";
        assert_eq!(shortest_id(vec![long], RowsKnown::First), 19);
    }

    #[test]
    fn instants_lose_their_seconds_and_other_texts_stay() {
        let cells = ["2026-11-22T06:18:34Z", "never"].map(|text| (text, text.len()));
        let widths = column_width("EXPIRES", Fit::Instant, cells.into_iter(), RowsKnown::All);
        assert_eq!(widths, ColumnWidth { natural: 20, short: 17 });
        let short = |text| shortened(text, Fit::Instant, 17).0.into_owned();
        assert_eq!(short("2026-11-22T06:18:34Z"), "2026-11-22T06:18Z");
        assert_eq!(short("a text of 20 columns"), "a text of 20 col…");
    }

    #[test]
    fn names_are_cut_in_their_middle() {
        assert_eq!(shortened("ann@example.org", Fit::Name, 9), ("ann@….org".into(), 9));
        assert_eq!(shortened("ann@example.org", Fit::Text, 9), ("ann@exam…".into(), 9));
    }
}
