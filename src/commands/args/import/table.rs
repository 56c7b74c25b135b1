//! CSV files as spreadsheets save them: with commas, semicolons or tabs, in UTF-8 or UTF-16, with blank rows.

use csv::{ByteRecord, ReaderBuilder, Trim};

use super::{
    columns::{ColumnArgs, ColumnSpec, Positions},
    line_errors::{LineError, LineErrors},
};
use crate::domain::text_encoding::to_utf8;

/// The rows of a file.
pub struct Table {
    /// The rows below the header that are not blank.
    pub rows: Vec<TableRow>,
    /// The rows that don't match the header.
    pub errors: LineErrors,
    positions: Positions,
    /// The line number of the header.
    header_line: u64,
}

/// A row that is not blank.
pub struct TableRow {
    /// The number of its line, from 1.
    pub line: u64,
    fields: Vec<String>,
}

impl TableRow {
    /// Returns the value in a column, which is a position in [`ColumnSpec::names`]. `None` if it is blank.
    pub fn get(&self, column: usize) -> Option<&str> {
        self.fields.get(column).map(String::as_str).filter(|text| !text.is_empty())
    }
}

impl Table {
    /// Reads the columns of `spec` from a file.
    ///
    /// # Errors
    /// The file is not text, or its header lacks a column or has an unknown one.
    pub fn read(
        bytes: &[u8],
        columns: &ColumnArgs,
        spec: &'static ColumnSpec,
    ) -> Result<Self, LineErrors> {
        let text = to_utf8(bytes);
        let text =
            std::str::from_utf8(&text).map_err(|error| not_utf8(&text, error.valid_up_to()))?;
        let mut records = Records::with_best_separator(text, columns, spec);
        let (header_line, headings) = records.next().unwrap_or((1, Vec::new()));
        let positions = columns.locate(header_line, &headings, spec)?;
        let mut table =
            Self { rows: Vec::new(), errors: LineErrors::default(), positions, header_line };
        for (line, mut fields) in records {
            match check_length(&headings, &fields) {
                Err(why) => table.errors.add(LineError::new(line, why)),
                Ok(()) => {
                    let take = |at: &Option<usize>| at.map(|at| std::mem::take(&mut fields[at]));
                    let fields = table.positions.iter().map(take).map(Option::unwrap_or_default);
                    table.rows.push(TableRow { line, fields: fields.collect() });
                }
            }
        }
        Ok(table)
    }

    /// Whether the file has the column.
    pub fn has(&self, column: usize) -> bool {
        self.positions[column].is_some()
    }

    /// Returns an error about the header.
    pub fn header_error(&self, why: &str) -> LineErrors {
        LineErrors::one(LineError::new(self.header_line, why), None)
    }

    /// Returns the errors of the rows, with an error if there are no rows of `what`.
    pub fn take_errors(&mut self, what: &str) -> LineErrors {
        let mut errors = std::mem::take(&mut self.errors);
        if errors.is_empty() && self.rows.is_empty() {
            let why = format!("there are no {what} below the header");
            errors.add(LineError::new(self.header_line, why));
        }
        errors
    }
}

fn not_utf8(text: &[u8], valid_up_to: usize) -> LineErrors {
    let line = LineCounter::new(text, 1).line_at(valid_up_to);
    let hint = "save the file in UTF-8, e.g. as \"CSV UTF-8\" in Excel";
    LineErrors::one(LineError::new(line, "not valid UTF-8"), Some(hint.to_owned()))
}

/// Checks that each value has a heading. Blank columns at the end need none.
fn check_length(headings: &[String], fields: &[String]) -> Result<(), String> {
    let named = headings.iter().rposition(|heading| !heading.is_empty()).map_or(0, |last| last + 1);
    if fields.len() < named {
        let (length, noun) = (fields.len(), if fields.len() == 1 { "field" } else { "fields" });
        return Err(format!("{length} {noun}, but the header has {named}"));
    }
    let is_named = |at: usize| headings.get(at).is_some_and(|heading| !heading.is_empty());
    let extra = (0..fields.len()).find(|at| !is_named(*at) && !fields[*at].is_empty());
    extra.map_or(Ok(()), |at| Err(format!("field {} has a value, but no heading", at + 1)))
}

/// The records of a file that are not blank, each with the number of its line.
struct Records<'t> {
    reader: csv::Reader<&'t [u8]>,
    lines: LineCounter<'t>,
    record: ByteRecord,
}

impl<'t> Records<'t> {
    /// Reads the file with the separator that makes most sense of its first row. Excel writes a first line such as `sep=;`
    /// for itself.
    fn with_best_separator(text: &'t str, columns: &ColumnArgs, spec: &'static ColumnSpec) -> Self {
        if let Some((separator, rest)) = excel_separator(text) {
            return Self::new(rest, separator, 2);
        }
        let quality = |separator: &u8| {
            let (_, headings) = Self::new(text, *separator, 1).next().unwrap_or_default();
            (columns.count(&headings, spec), headings.len())
        };
        // The last of equal ones is chosen.
        let separator = [b'\t', b';', b','].into_iter().max_by_key(quality).unwrap_or(b',');
        Self::new(text, separator, 1)
    }

    fn new(text: &'t str, separator: u8, first_line: u64) -> Self {
        let text = text.as_bytes();
        let mut reader = ReaderBuilder::new();
        let reader = reader.delimiter(separator).has_headers(false).flexible(true).trim(Trim::All);
        let lines = LineCounter::new(text, first_line);
        Self { reader: reader.from_reader(text), lines, record: ByteRecord::new() }
    }
}

impl Iterator for Records<'_> {
    type Item = (u64, Vec<String>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let start = self.reader.position().byte();
            // Reading from memory can't fail, and the number of fields may vary.
            if !self.reader.read_byte_record(&mut self.record).unwrap_or_default() {
                return None;
            }
            let line = self.lines.line_at(usize::try_from(start).unwrap_or(usize::MAX));
            if self.record.iter().any(|field| !field.is_empty()) {
                let text = |field| String::from_utf8_lossy(field).into_owned();
                return Some((line, self.record.iter().map(text).collect()));
            }
        }
    }
}

fn excel_separator(text: &str) -> Option<(u8, &str)> {
    let (first, rest) = text.split_once('\n')?;
    match first.trim_end_matches('\r').as_bytes() {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', separator @ (b',' | b';' | b'\t')] => {
            Some((*separator, rest))
        }
        _ => None,
    }
}

/// Counts lines up to increasing positions. The reader's own count is off after `\r\n` and blank lines.
struct LineCounter<'t> {
    text: &'t [u8],
    at: usize,
    line: u64,
}

impl<'t> LineCounter<'t> {
    fn new(text: &'t [u8], first_line: u64) -> Self {
        Self { text, at: 0, line: first_line }
    }

    /// Returns the line of the first byte from `position` that is no line ending.
    fn line_at(&mut self, position: usize) -> u64 {
        while let Some(byte) = self.text.get(self.at)
            && (self.at < position || matches!(byte, b'\r' | b'\n'))
        {
            self.at += 1;
            let is_end = *byte == b'\n' || *byte == b'\r' && self.text.get(self.at) != Some(&b'\n');
            self.line += u64::from(is_end);
        }
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPEC: &ColumnSpec = &ColumnSpec { names: &["email", "note"], required: &["email"] };

    /// Returns each row as `line:email|note`, or the first error.
    fn read(text: impl AsRef<[u8]>) -> Result<Vec<String>, String> {
        let table = Table::read(text.as_ref(), &ColumnArgs::default(), SPEC);
        let table = table.map_err(|errors| errors.lines[0].to_string())?;
        if let Some(error) = table.errors.lines.first() {
            return Err(error.to_string());
        }
        let shown = |row: &TableRow| {
            let [email, note] = [0, 1].map(|column| row.get(column).unwrap_or_default());
            format!("{}:{email}|{note}", row.line)
        };
        Ok(table.rows.iter().map(shown).collect())
    }

    #[test]
    fn spreadsheets_save_the_same_table_in_many_ways() {
        let expected = ["2:a@x|one", "3:b@x|"];
        for text in [
            "email,note\na@x,one\nb@x,\n",
            "\u{feff}email,note\na@x,one\nb@x,\n",
            "EMAIL,Note\r\na@x,one\r\nb@x,\r\n",
            "E-Mail;note\na@x;one\nb@x;",
            "email\tnote\na@x\tone\nb@x\t\n",
            "note,email\none,a@x\n,b@x\n",
            "\"email\" , \"note\"\n a@x , one\nb@x, \n",
            "email,note,\na@x,one,\nb@x,,\n",
            "email;note;;\na@x;one;;\nb@x;;;\n",
            "email,note\ra@x,one\rb@x,\r",
        ] {
            assert_eq!(read(text).unwrap(), expected, "{text:?}");
        }
        let utf_16: Vec<u8> = "\u{feff}email\tnote\na@x\tone\nb@x\t"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(read(utf_16).unwrap(), expected);
        assert_eq!(read("sep=;\r\nemail;note\r\na@x;o,n,e\r\n").unwrap(), ["3:a@x|o,n,e"]);
    }

    #[test]
    fn blank_rows_are_skipped_and_counted() {
        for text in [
            "email,note\n\n,\na@x,one\n  \n\nb@x,\n",
            "email,note\r\n\r\n,\r\na@x,one\r\n  \r\n\r\nb@x,\r\n",
        ] {
            assert_eq!(read(text).unwrap(), ["4:a@x|one", "7:b@x|"], "{text:?}");
        }
        assert_eq!(read("\n\nemail\na@x\n").unwrap(), ["4:a@x|"]);
        assert_eq!(read("email,note\na@x,\"two\nlines\"\nb@x,\n").unwrap()[1], "4:b@x|");
    }

    #[test]
    fn rows_that_do_not_match_the_header_are_errors() {
        let error = |text: &str| read(text).unwrap_err();
        assert_eq!(error("email,note\na@x\n"), "line 2: 1 field, but the header has 2");
        assert_eq!(error("email,note\na@x,b,c\n"), "line 2: field 3 has a value, but no heading");
        assert_eq!(error("email,,note\na@x,b,c\n"), "line 2: field 2 has a value, but no heading");
        assert_eq!(read(b"email\n\na@x\n\xff@x\n").unwrap_err(), "line 4: not valid UTF-8");
    }

    #[test]
    fn headings_are_named_as_they_are() {
        let error = |text: &str| read(text).unwrap_err();
        assert_eq!(
            error("mail;Vorname\na;b\n"),
            "line 1: no column email; the headings are mail, Vorname"
        );
        assert_eq!(
            error("email,note,Phone\na@x,,1\n"),
            "line 1: unknown column Phone; the columns can be email, note"
        );
        assert_eq!(error("email,E-Mail\na@x,a@x\n"), "line 1: the column email appears twice");
        assert_eq!(error(""), "line 1: no column email; the file is empty");
    }
}
