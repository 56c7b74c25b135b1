//! `store`: the database as a whole.

pub mod command;
mod migrate;
mod repair;
