//! The command line: one file per subcommand, and what they share.

mod admin;
mod app;
pub mod args;
mod cli;
pub mod completions;
mod credential;
mod district;
mod error;
mod gate;
mod issue;
mod legacy;
pub mod man;
mod schema;
mod session;
mod store;

pub use cli::{CliArgs, Command, dispatch};
pub use error::{CommandError, report, usage_error};
pub use session::Session;
