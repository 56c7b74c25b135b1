//! The flags that choose the columns of a list.

use clap::Args;

use crate::{
    commands::{error::CliError, session::Session},
    render::{Format, Shape, Style},
};

/// The id of `--columns`, whose values are those of `--field`.
pub const LIST_COLUMNS: &str = "list_columns";

/// Which columns a list has, and whether it has a header.
#[derive(Clone, Debug, Args)]
pub struct ListColumns {
    /// Show only these columns, in this order, e.g. id,state
    ///
    /// Takes the names of fields of the JSON output and, for a table, also the titles of its columns, separated by commas.
    /// In a table, a name that is both means the column. Only tables and CSV have columns.
    #[arg(id = LIST_COLUMNS, long = "columns", value_name = "NAME", value_delimiter = ',')]
    columns: Vec<String>,
    /// Omit the header of a table or of CSV
    #[arg(long)]
    no_header: bool,
}

impl ListColumns {
    /// Returns how the list is written to stdout.
    ///
    /// # Errors
    /// A usage error if columns are requested of an output that has none.
    pub fn style(&self, session: &Session<'_, '_>) -> Result<Style, CliError> {
        let style = session.style();
        match style.shape {
            Shape::Rows(Format::Table | Format::Csv) => {}
            _ if self.columns.is_empty() => {}
            Shape::Rows(Format::Json | Format::Jsonl) | Shape::Handles | Shape::Fields(_) => {
                return Err(CliError::Usage {
                    code: "no_columns",
                    message: "--columns is for tables and CSV".to_owned(),
                    hint: Some(
                        "use it with --format table or csv, or use --field instead".to_owned(),
                    ),
                });
            }
        }
        Ok(Style { columns: self.columns.clone(), header: !self.no_header, ..style })
    }
}
