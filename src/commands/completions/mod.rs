//! Shell completions: the scripts, and the command that they ask what to offer.

mod bash;
pub mod complete;
mod fields;
pub mod generate;
mod live_names;
mod values;
