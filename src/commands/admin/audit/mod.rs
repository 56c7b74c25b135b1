//! The audit log: the subcommands of `audit`.

mod checkpoint;
pub(in crate::commands) mod command;
mod list;
mod show;
mod verify;
