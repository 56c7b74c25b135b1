//! Stories of the commands.

mod checkpoint;
mod create;
