//! What every subcommand runs with: settings, store, prompts, output.

mod account;
mod changes;
mod context;
mod narrowed;
mod output;
mod pick;
mod prompt;
mod removal;
mod stdin;
mod store;
mod transport;

pub use context::Session;
pub use narrowed::recent_use_text;
pub use pick::Picker;
pub use prompt::Prompt;
pub use removal::Removal;
pub use store::read_master_key;
pub use transport::http_transport;
