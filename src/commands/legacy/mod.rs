//! Legacy keys: the subcommands of `legacy`.

pub(super) mod command;
mod policy;
mod report;
