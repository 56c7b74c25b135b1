//! Issuing secrets: each is shown once, or written to a file.

mod clipboard;
mod issue_args;
mod out_file;
mod out_format;
mod present;
mod progress;
mod show_once;

pub use issue_args::{IssueArgs, Quantity};
pub use out_file::{create_error, write_error};
pub use present::show_pending_pickup;
pub use progress::Progress;
pub use show_once::{ShowExisting, ShowOnce};
