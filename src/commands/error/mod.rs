//! Errors of the command line: message, hint, code and exit code.

mod account;
mod app_or_district;
mod audit;
mod chain;
mod cli;
mod command_error;
mod credential;
mod error_report;
mod legacy;
mod op;
mod quote;
mod reference;
mod rejected_file;
mod report;
mod store;

pub use chain::chain_text;
pub use cli::{CliError, usage_error};
pub use command_error::{CommandError, WithMessage};
pub use quote::shell_quote;
pub use report::report;
