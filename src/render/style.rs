//! Output formats and styles.

/// An output format for records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A table, for people.
    Table,
    /// One JSON document.
    Json,
    /// One JSON object per line.
    Jsonl,
    /// Comma-separated values with a header.
    Csv,
}

impl Format {
    /// The names that [`Format::parse`] accepts.
    pub const NAMES: [&str; 4] = ["table", "json", "jsonl", "csv"];

    /// Returns the format with this name, or `None` if there is none.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "table" => Some(Self::Table),
            "json" => Some(Self::Json),
            "jsonl" => Some(Self::Jsonl),
            "csv" => Some(Self::Csv),
            _ => None,
        }
    }
}

/// Which part of each record is printed, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Whole records in a format.
    Rows(Format),
    /// Only the handles, one per line (`-q`).
    Handles,
    /// Only the fields with these names, those of a record in one line, with tabs between them (`--field NAME`).
    Fields(Vec<String>),
}

/// How output looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Style {
    /// Which part of each record is printed, and how.
    pub shape: Shape,
    /// The width of the terminal in columns. `None` if the output is not a terminal; nothing is truncated then.
    pub width: Option<usize>,
    /// Whether the output is coloured.
    pub colour: bool,
    /// The columns of a list, by name; empty for the usual ones. Only tables and CSV have columns.
    pub columns: Vec<String>,
    /// Whether lists have a header.
    pub header: bool,
}

#[cfg(test)]
mod tests {
    use super::Format;

    #[test]
    fn every_named_format_parses_and_nothing_else_does() {
        for name in Format::NAMES {
            assert!(Format::parse(name).is_some(), "{name}");
        }
        for name in ["", "JSON", "yaml", "json "] {
            assert_eq!(Format::parse(name), None, "{name:?}");
        }
    }
}
