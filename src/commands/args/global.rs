//! The arguments that every subcommand accepts.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::{
    commands::error::CliError,
    config::ColorChoice,
    domain::directory::account::AccountId,
    render::{Format, Shape},
};

/// The arguments of every subcommand.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Global options")]
pub struct GlobalArgs {
    /// The store [default: gatepass/store.db in the user's data directory]
    #[arg(long, global = true, value_name = "PATH")]
    pub store: Option<PathBuf>,
    /// The file of the master key [default: gatepass/key in the user's configuration directory]
    #[arg(long, global = true, value_name = "PATH")]
    pub key_file: Option<PathBuf>,
    /// The account to work on, by its Account ID; with several, changes need it
    #[arg(long, global = true, value_name = "ACCOUNT_ID", value_parser = AccountId::parse)]
    pub account: Option<AccountId>,
    /// How data is written to stdout [default: table]
    #[arg(long, global = true, value_name = "FORMAT")]
    pub format: Option<FormatArg>,
    /// Short for --format json
    #[arg(long, global = true, conflicts_with = "format")]
    pub json: bool,
    /// Ids only; of check, doctor and audit verify nothing when all is well
    #[arg(short, long, global = true, conflicts_with_all = ["format", "json", "field"])]
    pub quiet: bool,
    /// Only this field of the JSON output, as plain text
    #[arg(long, global = true, value_name = "NAME", conflicts_with_all = ["format", "json"])]
    pub field: Option<String>,
    /// When to use colour [default: auto]
    #[arg(long, global = true, value_name = "WHEN")]
    pub color: Option<ColorArg>,
    /// Don't ask, do it
    #[arg(short, long, global = true)]
    pub yes: bool,
    /// Show what would happen, and change nothing
    #[arg(short = 'n', long, global = true)]
    pub dry_run: bool,
    /// Believe a clock that is behind the store's last record
    #[arg(long, global = true)]
    pub accept_clock: bool,
}

impl GlobalArgs {
    /// Returns the shape of the output; `configured` is the format of the configuration.
    ///
    /// # Errors
    /// A usage error if `configured` names no format.
    pub fn output_shape(&self, configured: Option<&str>) -> Result<Shape, CliError> {
        if let Some(field) = &self.field {
            return Ok(Shape::Field(field.clone()));
        }
        if self.quiet {
            return Ok(Shape::Handles);
        }
        let format = match (self.json, self.format, configured) {
            (true, ..) | (_, Some(FormatArg::Json), _) => Format::Json,
            (_, Some(FormatArg::Table), _) => Format::Table,
            (_, Some(FormatArg::Jsonl), _) => Format::Jsonl,
            (_, Some(FormatArg::Csv), _) => Format::Csv,
            (_, None, Some(text)) => {
                let why = format!("format {text:?}: one of {}", Format::NAMES.join(", "));
                Format::parse(text).ok_or_else(|| CliError::usage("bad_format", why))?
            }
            (_, None, None) => Format::Table,
        };
        Ok(Shape::Rows(format))
    }
}

/// A value of `--format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FormatArg {
    /// Columns for people
    Table,
    /// One JSON document
    Json,
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values
    Csv,
}

/// A value of `--color`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ColorArg {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Everywhere
    Always,
    /// Nowhere
    Never,
}

impl From<ColorArg> for ColorChoice {
    fn from(color: ColorArg) -> Self {
        match color {
            ColorArg::Auto => Self::Auto,
            ColorArg::Always => Self::Always,
            ColorArg::Never => Self::Never,
        }
    }
}
