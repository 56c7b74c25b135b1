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
pub mod help;
mod issue;
mod legacy;
mod schema;
mod session;
mod store;

pub use args::subcommand::accepts_dry_run;
pub use cli::{command_tree, dispatch, named_subcommand, parse};
pub use error::{CommandError, report, usage_error};
pub use help::colour::set_early_colours;
pub use session::Session;
