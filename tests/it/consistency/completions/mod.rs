//! Completions: what is offered for each argument, the scripts in each shell, and lines typed at a terminal.

mod arguments;
mod hidden_command;
mod names;
mod scripts;
mod terminal;
mod typed;
