//! The widths of a table's columns.

use crate::render::{record::Column, text};

/// The number of spaces between two columns.
pub(in crate::render) const GAP: usize = 2;

/// Columns are not shrunk below this width: shorter cells would be unreadable.
const MIN_COLUMN_WIDTH: usize = 10;

/// The widths of a table's columns.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::render) struct Layout {
    /// The width of each column; `None` if it is omitted.
    pub(in crate::render) widths: Vec<Option<usize>>,
    /// By how much a line may exceed the total width and still fit the terminal.
    pub(in crate::render) slack: usize,
}

impl Layout {
    /// Fits the columns into a terminal of this width. `natural` holds the width of the widest cell of each column; without a
    /// terminal, columns have that width.
    pub(in crate::render) fn new(
        columns: &[Column],
        natural: &[usize],
        terminal: Option<usize>,
    ) -> Self {
        let Some(terminal) = terminal else {
            return Self { widths: natural.iter().copied().map(Some).collect(), slack: usize::MAX };
        };
        let mut shown: Vec<usize> = (0..columns.len()).collect();
        loop {
            let mut widths = vec![None; columns.len()];
            for &column in &shown {
                widths[column] = Some(natural[column]);
            }
            shrink(columns, &mut widths, terminal);
            if let Some(slack) = terminal.checked_sub(total(&widths)) {
                return Self { widths, slack };
            }
            // Of equal priorities, the last column is omitted first.
            let least =
                (0..shown.len()).min_by_key(|&at| (columns[shown[at]].priority, usize::MAX - at));
            match least {
                Some(at) if shown.len() > 1 => drop(shown.remove(at)),
                _ => {
                    widths.iter_mut().flatten().for_each(|width| *width = terminal);
                    return Self { widths, slack: 0 };
                }
            }
        }
    }

    /// The width of a line.
    pub(in crate::render) fn total(&self) -> usize {
        total(&self.widths)
    }
}

fn total(widths: &[Option<usize>]) -> usize {
    let shown = widths.iter().flatten();
    shown.clone().sum::<usize>() + GAP * shown.count().saturating_sub(1)
}

/// Narrows the widest shrinkable column step by step, until the table fits or all of them have their minimum width.
fn shrink(columns: &[Column], widths: &mut [Option<usize>], terminal: usize) {
    // No column can be wider than the terminal; starting there bounds the number of steps.
    for (width, column) in widths.iter_mut().zip(columns).filter(|(_, column)| column.shrink) {
        *width = width.map(|width| width.min(terminal.max(min_width(column))));
    }
    for _ in terminal..total(widths) {
        let wide = widths
            .iter_mut()
            .zip(columns)
            .filter_map(|(width, column)| Some((width.as_mut()?, column)));
        let shrinkable =
            wide.filter(|(width, column)| column.shrink && **width > min_width(column));
        match shrinkable.max_by_key(|(width, _)| **width) {
            Some((width, _)) => *width -= 1,
            None => return,
        }
    }
}

fn min_width(column: &Column) -> usize {
    text::width(column.title).max(MIN_COLUMN_WIDTH)
}

#[cfg(test)]
mod tests {
    use super::Layout;
    use crate::render::record::{Align, Column};

    const fn column(shrink: bool, priority: u8) -> Column {
        Column { title: "T", align: Align::Left, shrink, priority }
    }

    #[test]
    fn columns_shrink_before_they_are_dropped() {
        let columns = [column(false, 9), column(true, 5), column(true, 5), column(false, 1)];
        let natural = [10, 40, 15, 6];
        let widths = |terminal| Layout::new(&columns, &natural, terminal).widths;
        let (a, d) = (Some(10), Some(6));
        assert_eq!(widths(None), [a, Some(40), Some(15), d]);
        assert_eq!(widths(Some(77)), [a, Some(40), Some(15), d]);
        assert_eq!(widths(Some(60)), [a, Some(23), Some(15), d]);
        assert_eq!(widths(Some(44)), [a, Some(11), Some(11), d]);
        assert_eq!(widths(Some(42)), [a, Some(10), Some(10), d]);
        assert_eq!(widths(Some(41)), [a, Some(14), Some(13), None]);
        assert_eq!(widths(Some(33)), [a, Some(21), None, None]);
        assert_eq!(widths(Some(12)), [a, None, None, None]);
        assert_eq!(widths(Some(4)), [Some(4), None, None, None]);
    }

    #[test]
    fn slack_is_the_unused_terminal_width() {
        let columns = [column(false, 9), column(true, 5)];
        assert_eq!(Layout::new(&columns, &[10, 20], Some(80)).slack, 48);
        assert_eq!(Layout::new(&columns, &[10, 20], Some(30)).slack, 0);
        assert_eq!(Layout::new(&columns, &[10, 20], None).slack, usize::MAX);
    }
}
