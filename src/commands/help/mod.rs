//! Help: its layout, its topics, and the man pages.

pub mod colour;
pub(super) mod command;
pub mod exits;
pub mod layout;
pub mod man;
mod roff;
mod synopsis;
pub mod topics;
