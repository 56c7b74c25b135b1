//! Writing tables: short ones are laid out as a whole, long ones are streamed with the same look.

use std::io::{self, Write};

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, Width, presets};

use super::{
    cell::{RowsKnown, column_width},
    fit::TableFit,
    layout::{GAP, Layout},
    line::{HEADER, LineWriter, colour_code},
    marks::{marked_cells, push_coloured},
};
use crate::render::{
    buffer::Buffer,
    record::{Align, Cell, Column, Fit, Tone},
    style::Style,
    text::{escape, width},
};

/// The number of rows that determine the widths of the columns.
pub(in crate::render) const SAMPLE_ROWS: usize = 2_000;

/// Writes rows below a header, with two spaces between columns. Rows after the sample are streamed in constant memory.
pub(in crate::render) struct TableWriter<'w> {
    out: Buffer<'w>,
    columns: Vec<Column>,
    /// Which columns are not part of this table.
    hidden: Vec<bool>,
    terminal: Option<usize>,
    colour: bool,
    /// Whether it has a header.
    header: bool,
    /// The cells of the first rows, row by row, until the layout is determined.
    sample: Vec<SampleCell>,
    /// `None` until the sample is complete.
    layout: Option<Layout>,
    fit: TableFit,
}

/// A cell of the sample, escaped.
struct SampleCell {
    text: String,
    width: usize,
    tone: Tone,
}

impl<'w> TableWriter<'w> {
    /// Creates a writer of a table with these columns.
    pub(in crate::render) fn new(
        out: &'w mut (dyn Write + Send),
        columns: &[Column],
        style: &Style,
    ) -> Self {
        let Style { width: terminal, colour, header, .. } = *style;
        Self {
            out: Buffer::new(out),
            columns: columns.to_vec(),
            hidden: vec![false; columns.len()],
            terminal,
            colour,
            header,
            sample: Vec::new(),
            layout: None,
            fit: TableFit::default(),
        }
    }

    /// Hides the column with this title, whose cells are not written.
    pub(in crate::render) fn hide(&mut self, title: &str) {
        for (column, hidden) in self.columns.iter().zip(&mut self.hidden) {
            *hidden |= column.title == title;
        }
    }

    /// Writes a row, or adds it to the sample. `cells` passes the row's cells on, one for each column.
    pub(in crate::render) fn row(
        &mut self,
        cells: impl FnOnce(&mut dyn FnMut(Cell<'_>)),
    ) -> io::Result<()> {
        if self.layout.is_none() {
            if self.sample.len() < SAMPLE_ROWS * self.columns.len() {
                self.add_to_sample(cells);
                return Ok(());
            }
            self.stream_sample(RowsKnown::First);
        }
        if let Some(layout) = &self.layout {
            let mut line = LineWriter::new(&mut self.out.bytes, layout, &self.columns, self.colour);
            cells(&mut |cell| {
                if !line.skip_omitted() {
                    let safe = escape(cell.text);
                    line.cell(&safe, width(&safe), colour_code(cell.tone));
                }
            });
            line.end();
        }
        self.out.write_if_full()
    }

    /// Writes the rest of the table. Returns what it does not show.
    pub(in crate::render) fn finish(&mut self) -> io::Result<TableFit> {
        if self.layout.is_none() {
            let layout = self.compute_layout(RowsKnown::All);
            if layout.total() <= usize::from(u16::MAX) {
                self.lay_out_sample(&layout);
                self.sample.clear();
                self.layout = Some(layout);
            } else {
                // Wider than the layout library supports.
                self.stream_sample(RowsKnown::All);
            }
        }
        self.out.flush()?;
        Ok(std::mem::take(&mut self.fit))
    }

    /// Flushes the rows written so far; rows of the sample stay in memory.
    pub(in crate::render) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn add_to_sample(&mut self, cells: impl FnOnce(&mut dyn FnMut(Cell<'_>))) {
        let end = self.sample.len() + self.columns.len();
        cells(&mut |Cell { text, tone }| {
            let text = escape(text).into_owned();
            self.sample.push(SampleCell { width: width(&text), text, tone });
        });
        debug_assert_eq!(self.sample.len(), end, "one cell for each column");
        self.sample.resize_with(end, || SampleCell {
            text: String::new(),
            width: 0,
            tone: Tone::Plain,
        });
    }

    fn compute_layout(&mut self, rows: RowsKnown) -> Layout {
        let count = self.columns.len();
        let widths: Vec<_> = (self.columns.iter().enumerate())
            .map(|(at, column)| {
                let cells = self.sample.iter().skip(at).step_by(count);
                let cells = cells.map(|cell| (cell.text.as_str(), cell.width));
                // Without a terminal nothing is shortened.
                let fit = self.terminal.map_or(Fit::Whole, |_| column.fit);
                column_width(column.title, fit, cells, rows)
            })
            .collect();
        let layout = Layout::new(&self.columns, &widths, &self.hidden, self.terminal);
        self.fit = TableFit::new(&self.columns, &self.hidden, &layout);
        layout
    }

    /// Determines the layout and writes the sample the same way as all later rows.
    fn stream_sample(&mut self, rows: RowsKnown) {
        let layout = self.compute_layout(rows);
        let bytes = &mut self.out.bytes;
        if self.header {
            let mut line = LineWriter::new(bytes, &layout, &self.columns, self.colour);
            for title in self.columns.iter().map(Column::header) {
                line.cell(&title, width(&title), HEADER);
            }
            line.end();
        }
        for row in self.sample.chunks(self.columns.len()) {
            let mut line = LineWriter::new(bytes, &layout, &self.columns, self.colour);
            for cell in row {
                line.cell(&cell.text, cell.width, colour_code(cell.tone));
            }
            line.end();
        }
        self.sample = Vec::new();
        self.layout = Some(layout);
    }

    /// Draws the whole table with the layout library.
    fn lay_out_sample(&mut self, layout: &Layout) {
        let mut table = Table::new();
        table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
        let titles: Vec<_> = self.columns.iter().map(Column::header).collect();
        let titles = titles.iter().map(|title| (title.as_str(), HEADER));
        table.set_header(marked_cells(layout, &self.columns, titles, self.colour));
        for row in self.sample.chunks(self.columns.len()) {
            let cells = row.iter().map(|cell| (cell.text.as_str(), colour_code(cell.tone)));
            table.add_row(marked_cells(layout, &self.columns, cells, self.colour));
        }
        let shown = self
            .columns
            .iter()
            .zip(&layout.widths)
            .filter_map(|(column, width)| Some((column, (*width)?)));
        for (drawn, (column, width)) in table.column_iter_mut().zip(shown) {
            drawn.set_padding((0, GAP as u16));
            // The library includes the padding in the width.
            drawn.set_constraint(ColumnConstraint::Absolute(Width::Fixed((width + GAP) as u16)));
            drawn.set_cell_alignment(match column.align {
                Align::Left => CellAlignment::Left,
                Align::Right => CellAlignment::Right,
            });
        }
        for line in table.lines().skip(usize::from(!self.header)) {
            push_coloured(&mut self.out.bytes, line.trim_end_matches(' '));
            self.out.bytes.push(b'\n');
        }
    }
}

/// If a table ends early, the rows of the sample are still written.
impl Drop for TableWriter<'_> {
    fn drop(&mut self) {
        if !self.sample.is_empty() {
            self.finish().ok();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{RowsKnown, SAMPLE_ROWS, TableWriter};
    use crate::render::{
        fixture::{ADVERSARIAL_TEXTS, Sample, style},
        record::Row,
        style::{Format, Shape, Style},
        text::{is_unsafe, width},
    };

    fn rows(count: usize) -> Vec<Sample> {
        let id = |n: usize| format!("pc_{n:05}");
        (0..count)
            .map(|n| {
                Sample::new(&id(n), ADVERSARIAL_TEXTS[n % ADVERSARIAL_TEXTS.len()], n as i64 - 3)
            })
            .collect()
    }

    fn drawn(rows: &[Sample], terminal: Option<usize>, colour: bool, streamed: bool) -> String {
        let mut bytes = Vec::new();
        let plain = style(Shape::Rows(Format::Table));
        let style = Style { width: terminal, colour, ..plain };
        let mut table = TableWriter::new(&mut bytes, Sample::columns(), &style);
        for row in rows {
            table.row(|push| row.cells(push)).unwrap();
        }
        if streamed {
            table.stream_sample(RowsKnown::All);
        }
        table.finish().unwrap();
        drop(table);
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_table_is_a_header_and_rows_two_spaces_apart() {
        let rows = [Sample::new("pc_1", "名前", 7), Sample::new("pc_22", "a\u{1b}[2J", -100)];
        assert_eq!(
            drawn(&rows, None, false, false),
            "ID     NAME        USES  STATE\n\
             pc_1   名前           7  active\n\
             pc_22  a\\u{1b}[2J  -100\n"
        );
        assert_eq!(drawn(&[], None, false, false), "ID  NAME  USES  STATE\n");
    }

    #[test]
    fn streamed_and_laid_out_are_the_same_bytes() {
        let rows = rows(60);
        for colour in [false, true] {
            for terminal in std::iter::once(None).chain((0..130).map(Some)) {
                let (laid, streamed) =
                    (drawn(&rows, terminal, colour, false), drawn(&rows, terminal, colour, true));
                assert_eq!(laid, streamed, "at {terminal:?}, colour {colour}");
            }
        }
    }

    #[test]
    fn rows_after_the_sample_keep_its_layout() {
        let rows = rows(SAMPLE_ROWS + 1);
        let (short, long) = (
            drawn(&rows[..SAMPLE_ROWS], Some(60), true, false),
            drawn(&rows, Some(60), true, false),
        );
        assert_eq!(long.strip_prefix(&short).map(|rest| rest.lines().count()), Some(1));
    }

    #[test]
    fn a_table_fits_any_terminal_and_is_never_cut_without_one() {
        let mut rows = rows(SAMPLE_ROWS + 20);
        rows.push(Sample::new(&"pc_".repeat(20), &"名".repeat(60), i64::MIN));
        for terminal in (1..130).step_by(7) {
            for line in drawn(&rows, Some(terminal), false, false).lines() {
                assert!(width(line) <= terminal, "{line:?} in {terminal}");
            }
        }
        let whole = drawn(&rows, None, false, false);
        assert!(!whole.contains('…') && whole.contains(&"名".repeat(60)));
    }

    #[test]
    fn columns_are_omitted_before_names_are_cut() {
        let rows = [Sample::new("pc_1", "a name of some length", 7)];
        for (terminal, table) in [
            (
                41,
                "ID    NAME                   USES  STATE\npc_1  a name of some length     7  active\n",
            ),
            (40, "ID    NAME                   STATE\npc_1  a name of some length  active\n"),
            (34, "ID    NAME\npc_1  a name of some length\n"),
            (26, "ID    NAME\npc_1  a name of …me length\n"),
            (5, "ID\npc_1\n"),
        ] {
            assert_eq!(drawn(&rows, Some(terminal), false, false), table);
        }
    }

    #[test]
    fn a_late_wide_cell_takes_free_space_before_it_is_cut() {
        let mut rows = rows(SAMPLE_ROWS);
        rows.iter_mut().for_each(|row| row.name = "short".into());
        rows.push(Sample::new("pc_9", "somewhat longer", 7));
        let last =
            |terminal| drawn(&rows, Some(terminal), false, false).lines().last().map(str::to_owned);
        assert_eq!(last(80).as_deref(), Some("pc_9      somewhat longer     7  active"));
        assert_eq!(last(31).as_deref(), Some("pc_9      som…ger     7  active"));
    }

    #[test]
    fn a_late_wide_id_is_whole_if_there_is_room() {
        let mut rows = rows(SAMPLE_ROWS);
        let id = "pc_4f1c0000aa4f1c0000aa4f1c";
        rows.push(Sample::new(id, "late", 7));
        assert!(drawn(&rows, None, false, false).contains(id));
        assert!(drawn(&rows, Some(100), false, false).contains(id));
    }

    #[test]
    fn colours_change_nothing_but_colours() {
        let rows = rows(40);
        let mut bare = drawn(&rows, Some(50), true, false);
        assert!(
            bare.contains("\u{1b}[32mactive\u{1b}[0m") && bare.starts_with("\u{1b}[1mID\u{1b}[0m")
        );
        for code in ["0", "1", "2", "31", "32", "33"] {
            bare = bare.replace(&format!("\u{1b}[{code}m"), "");
        }
        assert_eq!(bare, drawn(&rows, Some(50), false, false));
        assert!(!bare.contains(|found| found != '\n' && is_unsafe(found)));
    }

    #[test]
    fn an_unfinished_table_shows_written_rows() {
        let mut bytes = Vec::new();
        let style = style(Shape::Rows(Format::Table));
        let mut table = TableWriter::new(&mut bytes, Sample::columns(), &style);
        table.row(|push| Sample::new("pc_1", "n", 7).cells(push)).unwrap();
        drop(table);
        assert_eq!(bytes, b"ID    NAME  USES  STATE\npc_1  n        7  active\n");
    }

    #[test]
    fn very_wide_cells_do_not_panic() {
        let rows = [Sample::new("pc_1", &"x".repeat(70_000), 7)];
        assert_eq!(drawn(&rows, None, false, false).lines().count(), 2);
        assert!(drawn(&rows, Some(40), false, false).lines().all(|line| width(line) <= 40));
    }
}
