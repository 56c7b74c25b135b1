//! Apps: the subcommands of `app`, and `deliver`.

mod add;
pub(super) mod command;
pub(super) mod deliver;
mod edit;
mod list;
mod remove;
mod reset;
mod show;
mod webhook;
