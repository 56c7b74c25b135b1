//! Districts: the subcommands of `district`.

mod add;
pub(super) mod command;
mod connect;
mod edit;
mod list;
mod remove;
mod show;
