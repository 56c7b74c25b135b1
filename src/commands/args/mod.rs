//! Arguments that several subcommands share.

pub(super) mod global;
pub mod import;
pub(super) mod input_file;
pub(super) mod legacy_key;
pub(super) mod lifetime;
pub(super) mod list;
pub(super) mod name;
pub(super) mod new_store;
pub(super) mod output_file;
pub(super) mod overlap;
pub(super) mod scope;
pub(super) mod subcommand;
pub(super) mod time;
pub(super) mod token_terms;
pub(super) mod words;
