//! Rejected input: a table of rows for each family of commands, and tests that need a set-up of their own.

mod case;
mod create;
mod edit;
mod end;
mod files;
mod fuzz;
mod grant_app;
mod grant_user;
mod list;
mod other;
mod secrets;
mod table;
mod verify;
