//! Stories of the commands.

mod create;
