//! The command line: its definition, and from arguments to the subcommand that runs.

mod command;
mod dispatch;
mod parse;
mod tree;

pub use dispatch::dispatch;
pub use parse::{named_subcommand, parse};
pub use tree::command_tree;
