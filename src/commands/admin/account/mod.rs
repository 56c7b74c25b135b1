//! Accounts: the subcommands of `account`.

mod add;
pub(in crate::commands) mod command;
mod edit;
mod list;
mod remove;
mod show;
