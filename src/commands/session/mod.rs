//! What every subcommand runs with: settings, store, prompts, output.

pub(super) mod changes;
pub(super) mod context;
pub(super) mod prompt;
pub(super) mod removal;
