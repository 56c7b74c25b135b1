//! The master key: the subcommands of `key`.

pub(in crate::commands) mod command;
mod export;
mod import;
