//! The arguments that every subcommand accepts.

use std::path::PathBuf;

use clap::{
    Args, ValueEnum, ValueHint,
    builder::{OsStringValueParser, TypedValueParser},
};

use crate::{
    commands::error::CliError,
    config::ColorChoice,
    domain::{directory::reference::Reference, store_address::StoreAddress},
    render::{Format, Shape},
};

/// The heading of the arguments that every subcommand accepts.
pub const GLOBAL_OPTIONS: &str = "Global options";

/// The arguments of every subcommand.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = GLOBAL_OPTIONS)]
// Described once, by the help of gatepass itself and by a topic.
#[command(mut_args = |argument| argument.hide_short_help(true).hide_long_help(true))]
pub struct GlobalArgs {
    /// Path of the store
    ///
    /// The default is gatepass/store.db in $XDG_DATA_HOME, or in ~/.local/share if that is not set. The environment
    /// variable GATEPASS_STORE has the same effect.
    #[arg(long, global = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    #[arg(value_parser = OsStringValueParser::new().try_map(|text| StoreAddress::parse(&text)))]
    pub store: Option<StoreAddress>,
    /// Path of the master key file
    ///
    /// The default is gatepass/key in $XDG_CONFIG_HOME, or in ~/.config if that is not set. The environment variable
    /// GATEPASS_KEY_FILE has the same effect.
    #[arg(long, global = true, value_name = "PATH")]
    pub key_file: Option<PathBuf>,
    /// Account to use; required for changes if there is more than one
    ///
    /// Takes an Account ID, such as 948-4KK-444Z, or the name of an account. Without it, commands that change nothing
    /// cover all accounts. The environment variable GATEPASS_ACCOUNT has the same effect.
    #[arg(long, global = true, value_name = "ACCOUNT", value_parser = Reference::parse)]
    pub account: Option<Reference>,
    /// Output format [default: table]
    #[arg(long, global = true, value_name = "FORMAT")]
    pub format: Option<FormatArg>,
    /// Same as --format json
    #[arg(long, global = true, conflicts_with = "format")]
    pub json: bool,
    /// Print ids only; check, doctor and audit verify print nothing on success
    ///
    /// With --format, --json or --field, commands print what these request instead of the ids.
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Print only this field, as plain text; can be repeated
    ///
    /// Takes the name of a field of the JSON output, such as id, or several separated by commas. Several values are
    /// printed in one line, with tabs between them. An unknown name is an error that lists the fields.
    #[arg(long, global = true, value_name = "NAME", value_delimiter = ',')]
    #[arg(conflicts_with_all = ["format", "json"])]
    pub field: Vec<String>,
    /// Show whole tables, even if they are wider than the terminal
    #[arg(long, global = true)]
    pub wide: bool,
    /// When to use colour [default: auto]
    #[arg(long, global = true, value_name = "WHEN")]
    pub color: Option<ColorArg>,
    /// Skip confirmation
    #[arg(short, long, global = true)]
    pub yes: bool,
    /// Show what would happen, but change nothing
    #[arg(short = 'n', long, global = true)]
    pub dry_run: bool,
    /// Proceed although the clock is behind the last record
    ///
    /// gatepass refuses changes if the clock is more than 60 seconds behind the last record of the store. Use this once
    /// if the clock is right and the record is wrong.
    #[arg(long, global = true)]
    pub accept_clock: bool,
    /// Proceed although the store is an older copy
    ///
    /// gatepass refuses a store that lacks the newest audit record that this machine has seen. Use this once if you
    /// restored the store from a backup. Changes since the backup are lost, including revocations.
    #[arg(long, global = true)]
    pub accept_history: bool,
}

impl GlobalArgs {
    /// Returns the shape of the output; `configured` is the format of the configuration.
    ///
    /// # Errors
    /// A usage error if `configured` names no format.
    pub fn output_shape(&self, configured: Option<&str>) -> Result<Shape, CliError> {
        if !self.field.is_empty() {
            return Ok(Shape::Fields(self.field.clone()));
        }
        if self.quiet && !self.json && self.format.is_none() {
            return Ok(Shape::Handles);
        }
        let format = match (self.json, self.format, configured) {
            (true, ..) | (_, Some(FormatArg::Json), _) => Format::Json,
            (_, Some(FormatArg::Table), _) => Format::Table,
            (_, Some(FormatArg::Jsonl), _) => Format::Jsonl,
            (_, Some(FormatArg::Csv), _) => Format::Csv,
            (_, None, Some(text)) => {
                let why =
                    format!("unknown format \"{text}\"; use one of {}", Format::NAMES.join(", "));
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
    /// Aligned columns, for people
    Table,
    /// One JSON document
    Json,
    /// One JSON object per line
    Jsonl,
    /// Comma-separated values; a text that a spreadsheet would evaluate begins with a quote (')
    Csv,
}

/// A value of `--color`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ColorArg {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
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
