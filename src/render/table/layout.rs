//! The widths of a table's columns.

use crate::render::{
    record::{Column, Fit},
    text,
};

/// The number of spaces between two columns.
pub(in crate::render) const GAP: usize = 2;

/// Free texts are not cut below this width: shorter ones would be unreadable.
const MIN_TEXT_WIDTH: usize = 16;
/// Names are not cut below this width, unless all optional columns are omitted.
const GOOD_NAME_WIDTH: usize = 24;
/// Names are never cut below this width.
const MIN_NAME_WIDTH: usize = 8;

/// The widths that a column can have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::render) struct ColumnWidth {
    /// The width of its widest cell.
    pub(in crate::render) natural: usize,
    /// The width of its widest cell if instants have no seconds and ids only their shortest beginning.
    pub(in crate::render) short: usize,
}

/// The widths of a table's columns.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::render) struct Layout {
    /// The width of each column; `None` if it is omitted.
    pub(in crate::render) widths: Vec<Option<usize>>,
    /// By how much a line may exceed the total width and still fit the terminal.
    pub(in crate::render) slack: usize,
    /// Which columns are narrower than their widest cell.
    pub(in crate::render) shortened: Vec<bool>,
}

impl Layout {
    /// Fits the columns into a terminal of this width, except for hidden ones. Without a terminal, each column is as wide as
    /// its widest cell.
    pub(in crate::render) fn new(
        columns: &[Column],
        cells: &[ColumnWidth],
        hidden: &[bool],
        terminal: Option<usize>,
    ) -> Self {
        let Some(terminal) = terminal else {
            let width = |(cell, hidden): (&ColumnWidth, &bool)| (!hidden).then_some(cell.natural);
            let widths = cells.iter().zip(hidden).map(width).collect();
            return Self::with(widths, cells, usize::MAX);
        };
        let (terminal, mut omitted) = (terminal.max(1), hidden.to_vec());
        loop {
            // Of equal priorities, the last column is omitted first.
            let next = (0..columns.len())
                .filter(|&at| !omitted[at] && columns[at].priority != Column::REQUIRED)
                .min_by_key(|&at| (columns[at].priority, usize::MAX - at));
            let name_width = if next.is_some() { GOOD_NAME_WIDTH } else { MIN_NAME_WIDTH };
            let widths = shorten(columns, cells, &omitted, (terminal, name_width));
            match (terminal.checked_sub(total(&widths)), next) {
                (Some(slack), _) => return Self::with(widths, cells, slack),
                (None, Some(next)) => omitted[next] = true,
                (None, None) => return Self::with(clip(widths, terminal), cells, 0),
            }
        }
    }

    fn with(widths: Vec<Option<usize>>, cells: &[ColumnWidth], slack: usize) -> Self {
        let is_short = |(width, cell): (&Option<usize>, &ColumnWidth)| {
            width.is_some_and(|width| width < cell.natural)
        };
        let shortened = widths.iter().zip(cells).map(is_short).collect();
        Self { widths, slack, shortened }
    }

    /// Returns how wide the cell at `position` may be, with this much free space in its line. Shortened ids and instants
    /// leave the space to other cells.
    pub(in crate::render) fn limit(&self, position: usize, fit: Fit, free: usize) -> usize {
        let width = self.widths[position].unwrap_or_default();
        match fit {
            Fit::Id | Fit::Instant if self.shortened[position] => width,
            _ => width.saturating_add(free),
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

/// Shortens the columns that are not omitted until they fit the terminal, or can't be shortened further: first what loses
/// least. `limits` are the widths of the terminal and of the shortest name.
fn shorten(
    columns: &[Column],
    cells: &[ColumnWidth],
    omitted: &[bool],
    limits: (usize, usize),
) -> Vec<Option<usize>> {
    let (terminal, name_width) = limits;
    let natural = |(cell, omitted): (&ColumnWidth, &bool)| (!omitted).then_some(cell.natural);
    let mut widths: Vec<_> = cells.iter().zip(omitted).map(natural).collect();
    for fit in [Fit::Instant, Fit::Id] {
        if total(&widths) <= terminal {
            break;
        }
        for ((width, cell), column) in widths.iter_mut().zip(cells).zip(columns) {
            if column.fit == fit {
                *width = width.map(|_| cell.short);
            }
        }
    }
    shrink(columns, &mut widths, terminal, (Fit::Text, MIN_TEXT_WIDTH));
    shrink(columns, &mut widths, terminal, (Fit::Name, name_width));
    widths
}

/// Narrows the widest column of a kind step by step, until the table fits or all of them have their least width.
fn shrink(
    columns: &[Column],
    widths: &mut [Option<usize>],
    terminal: usize,
    (fit, least): (Fit, usize),
) {
    let least = |column: &Column| least.max(text::width(column.title));
    // No column can be wider than the terminal; starting there bounds the number of steps.
    for (width, column) in widths.iter_mut().zip(columns).filter(|(_, column)| column.fit == fit) {
        *width = width.map(|width| width.min(terminal.max(least(column))));
    }
    for _ in terminal..total(widths) {
        let shown = widths.iter_mut().zip(columns);
        let shrinkable = shown
            .filter_map(|(width, column)| Some((width.as_mut()?, column)))
            .filter(|(width, column)| column.fit == fit && **width > least(column));
        match shrinkable.max_by_key(|(width, _)| **width) {
            Some((width, _)) => *width -= 1,
            None => return,
        }
    }
}

/// Cuts off what is still too wide, from the left: a terminal that is too narrow for a table shows its first columns.
fn clip(mut widths: Vec<Option<usize>>, terminal: usize) -> Vec<Option<usize>> {
    let mut room = terminal;
    for width in &mut widths {
        *width = width.map(|width| width.min(room)).filter(|width| *width > 0);
        room = room.saturating_sub(width.map_or(0, |width| width + GAP));
    }
    widths
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::{ColumnWidth, Layout};
    use crate::render::record::{Align, Column, Fit};

    const fn column(fit: Fit, priority: u8) -> Column {
        Column { title: "T", align: Align::Left, fit, priority }
    }

    const COLUMNS: [Column; 6] = [
        column(Fit::Id, Column::REQUIRED),
        column(Fit::Name, Column::REQUIRED),
        column(Fit::Whole, 3),
        column(Fit::Instant, 5),
        column(Fit::Whole, Column::REQUIRED),
        column(Fit::Text, 4),
    ];

    fn widths(name: usize, terminal: Option<usize>) -> [usize; 6] {
        let cells = [(27, 11), (name, name), (7, 7), (20, 17), (4, 4), (30, 30)];
        let cells = cells.map(|(natural, short)| ColumnWidth { natural, short });
        let layout = Layout::new(&COLUMNS, &cells, &[false; 6], terminal);
        assert!(terminal.is_none_or(|terminal| layout.total() <= terminal), "{layout:?}");
        std::array::from_fn(|at| layout.widths[at].unwrap_or_default())
    }

    #[test]
    fn what_loses_least_is_shortened_first() {
        let terminals = [
            None,
            Some(128),
            Some(127),
            Some(124),
            Some(108),
            Some(95),
            Some(94),
            Some(89),
            Some(88),
            Some(82),
            Some(79),
            Some(73),
            Some(62),
            Some(61),
            Some(48),
            Some(27),
            Some(26),
            Some(4),
        ];
        let lines = terminals.map(|terminal| {
            format!("{:>3} {:?}", terminal.unwrap_or_default(), widths(30, terminal))
        });
        assert_snapshot!(lines.join("\n"), @"
          0 [27, 30, 7, 20, 4, 30]
        128 [27, 30, 7, 20, 4, 30]
        127 [27, 30, 7, 17, 4, 30]
        124 [11, 30, 7, 17, 4, 30]
        108 [11, 30, 7, 17, 4, 29]
         95 [11, 30, 7, 17, 4, 16]
         94 [11, 29, 7, 17, 4, 16]
         89 [11, 24, 7, 17, 4, 16]
         88 [11, 30, 0, 17, 4, 18]
         82 [11, 26, 0, 17, 4, 16]
         79 [11, 30, 0, 17, 4, 0]
         73 [11, 30, 0, 17, 4, 0]
         62 [11, 24, 0, 17, 4, 0]
         61 [11, 30, 0, 0, 4, 0]
         48 [11, 29, 0, 0, 4, 0]
         27 [11, 8, 0, 0, 4, 0]
         26 [11, 8, 0, 0, 3, 0]
          4 [4, 0, 0, 0, 0, 0]
        ");
    }

    #[test]
    fn only_very_long_names_are_cut_before_columns_are_omitted() {
        let lines = [118, 89, 88, 82].map(|terminal| format!("{:?}", widths(60, Some(terminal))));
        assert_snapshot!(lines.join("\n"), @"
        [11, 53, 7, 17, 4, 16]
        [11, 24, 7, 17, 4, 16]
        [11, 32, 0, 17, 4, 16]
        [11, 26, 0, 17, 4, 16]
        ");
        assert_eq!(widths(13, Some(80)), [11, 13, 7, 17, 4, 18]);
        assert_eq!(widths(13, Some(60)), [11, 13, 0, 17, 4, 0]);
    }

    #[test]
    fn slack_is_the_unused_terminal_width() {
        let columns = [column(Fit::Whole, Column::REQUIRED), column(Fit::Name, Column::REQUIRED)];
        let cells = [10, 20].map(|width| ColumnWidth { natural: width, short: width });
        assert_eq!(Layout::new(&columns, &cells, &[false; 2], Some(80)).slack, 48);
        assert_eq!(Layout::new(&columns, &cells, &[false; 2], Some(30)).slack, 0);
        assert_eq!(Layout::new(&columns, &cells, &[false; 2], None).slack, usize::MAX);
    }

    #[test]
    fn hidden_columns_take_no_room() {
        let columns = [column(Fit::Whole, 1), column(Fit::Whole, 2), column(Fit::Whole, 3)];
        let cells = [ColumnWidth { natural: 10, short: 10 }; 3];
        for terminal in [None, Some(80), Some(22)] {
            let layout = Layout::new(&columns, &cells, &[false, true, false], terminal);
            assert_eq!(layout.widths, [Some(10), None, Some(10)], "{terminal:?}");
        }
    }
}
