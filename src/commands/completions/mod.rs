//! Shell completions: the scripts, and the names that they ask for.

pub mod generate;
pub mod names;
