//! Bars: how often something was, one character for each of a row of days.

use super::text::{truncate, width};

/// What stands for nothing, and for an eighth to the whole of the most there was.
const LEVELS: [char; 9] = ['.', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// Labels wider than this are cut.
const MAX_LABEL_WIDTH: usize = 24;
/// Bars are never laid out narrower than this.
const MIN_BARS: usize = 10;

/// A row of bars.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// Whose they are; made safe for terminals.
    pub label: String,
    /// One number for each bar.
    pub counts: Vec<u64>,
}

/// Rows of bars below an empty line and a title. Each row has a scale of its own, whose most stands at its end; those
/// that are wider than the terminal go on in the next line, all from the same bar on.
pub fn bars(title: &str, rows: &[Bar], terminal: Option<usize>) -> String {
    let widest = rows.iter().map(|row| width(&row.label)).max().unwrap_or(0).min(MAX_LABEL_WIDTH);
    let label_width = terminal.map_or(widest, |terminal| widest.min(terminal / 3));
    let most_of = |row: &Bar| row.counts.iter().copied().max().unwrap_or(0);
    let end_of = |row: &Bar| format!("  most {}", most_of(row));
    let widest_end = rows.iter().map(|row| end_of(row).len()).max().unwrap_or(0);
    let room = terminal.map_or(usize::MAX, |terminal| {
        terminal.saturating_sub(label_width + 2 + widest_end).max(MIN_BARS)
    });
    let mut text = format!("\n{title}:\n");
    for row in rows {
        let (Bar { label, counts }, most) = (row, most_of(row));
        let label = match width(label) > label_width {
            true => truncate(label, label_width),
            false => label.clone(),
        };
        for (number, part) in counts.chunks(room).enumerate() {
            let label = if number == 0 { label.as_str() } else { "" };
            let padding = label_width - width(label);
            text.push_str(label);
            text.extend(std::iter::repeat_n(' ', padding + 2));
            text.extend(part.iter().map(|count| LEVELS[level(*count, most)]));
            if (number + 1).saturating_mul(room) >= counts.len() {
                text.push_str(&end_of(row));
            }
            text.push('\n');
        }
    }
    text
}

/// How many eighths of the most a count comes to, rounded up: whatever there was can be seen.
fn level(count: u64, most: u64) -> usize {
    (u128::from(count) * 8).div_ceil(u128::from(most.max(1))) as usize
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
            "\nCalls:\na         .▁▂▃▄▅▆▇█  most 8\nlong one  ▁█.▄  most 1000000\n          ..  most 0\n"
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
            "\nt:\na very long…  ██████████████\n              ███████████  most 1\n"
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
