//! Arguments that several subcommands share.

pub(super) mod global;
pub mod import;
pub(super) mod legacy_key;
pub(super) mod lifetime;
pub(super) mod scope;
