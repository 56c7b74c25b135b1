//! What people see at a terminal: tables, prompts, messages and colours, for any width and kind of terminal.

mod accounts;
mod colours;
mod fixture;
mod keys;
mod picking;
mod prompts;
mod screen;
mod tables;
