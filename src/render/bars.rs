//! Bar charts: counts by day, one character per day.

use super::text::{cut, width};

/// The characters for zero and for one to eight eighths of a row's maximum.
const LEVELS: [char; 9] = ['.', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// Wider labels are truncated.
const MAX_LABEL_WIDTH: usize = 24;
/// The smallest number of bars per line, even in a narrower terminal.
const MIN_BARS: usize = 10;

/// A row of bars.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// The label. It must already be escaped.
    pub label: String,
    /// One count per bar.
    pub counts: Vec<u64>,
}

/// Returns rows of bars below an empty line and a title. Each row has its own scale and shows its maximum at the end. A row
/// that is wider than the terminal wraps, each row at the same bar.
pub fn bars(title: &str, rows: &[Bar], terminal: Option<usize>) -> String {
    let widest = rows.iter().map(|row| width(&row.label)).max().unwrap_or(0).min(MAX_LABEL_WIDTH);
    let label_width = terminal.map_or(widest, |terminal| widest.min(terminal / 3));
    let maximum = |row: &Bar| row.counts.iter().copied().max().unwrap_or(0);
    let suffix = |row: &Bar| format!("  max {}", maximum(row));
    let widest_suffix = rows.iter().map(|row| suffix(row).len()).max().unwrap_or(0);
    let room = terminal.map_or(usize::MAX, |terminal| {
        terminal.saturating_sub(label_width + 2 + widest_suffix).max(MIN_BARS)
    });
    let mut text = format!("\n{title}:\n");
    for row in rows {
        let (Bar { label, counts }, maximum) = (row, maximum(row));
        let label = cut(label, label_width);
        for (number, part) in counts.chunks(room).enumerate() {
            let label = if number == 0 { &label } else { "" };
            let padding = label_width - width(label);
            text.push_str(label);
            text.extend(std::iter::repeat_n(' ', padding + 2));
            text.extend(part.iter().map(|count| LEVELS[level(*count, maximum)]));
            if (number + 1).saturating_mul(room) >= counts.len() {
                text.push_str(&suffix(row));
            }
            text.push('\n');
        }
    }
    text
}

/// Returns the count in eighths of the maximum, rounded up so that any count above zero is visible.
fn level(count: u64, maximum: u64) -> usize {
    (u128::from(count) * 8).div_ceil(u128::from(maximum.max(1))) as usize
}

#[cfg(test)]
mod tests {
    use super::{Bar, bars, level};

    fn bar(label: &str, counts: impl IntoIterator<Item = u64>) -> Bar {
        Bar { label: label.to_owned(), counts: counts.into_iter().collect() }
    }

    #[test]
    fn each_row_has_its_own_scale() {
        let rows = [bar("a", 0..=8), bar("long one", [1, 1_000_000, 0, 500_000]), bar("", [0, 0])];
        let text = bars("Calls", &rows, Some(80));
        assert_eq!(
            text,
            "\nCalls:\na         .▁▂▃▄▅▆▇█  max 8\nlong one  ▁█.▄  max 1000000\n          ..  max 0\n"
        );
        assert_eq!(bars("Calls", &rows, None), text);
    }

    #[test]
    fn long_rows_wrap_and_labels_are_truncated() {
        let rows = [bar("a very long name of an app", [1; 25])];
        for line in bars("t", &rows, Some(40)).lines() {
            assert!(line.chars().count() <= 40, "{line:?}");
        }
        assert_eq!(
            bars("t", &rows, Some(36)),
            "\nt:\na very long…  ███████████████\n              ██████████  max 1\n"
        );
        // Too narrow for anything: still every bar, and no panic.
        let narrow = bars("t", &rows, Some(1));
        assert_eq!(narrow.matches('█').count(), 25);
        assert_eq!(bars("t", &[], Some(80)), "\nt:\n");
    }

    #[test]
    fn the_maximum_fills_the_bar_and_any_use_is_visible() {
        assert_eq!((level(0, 0), level(0, 9), level(1, u64::MAX)), (0, 0, 1));
        assert_eq!(level(u64::MAX, u64::MAX), 8);
    }
}
