//! Use cases that only read.

pub mod check;
pub mod display_names;
pub mod filter;
pub(super) mod indexed;
pub mod list;
pub mod resolve;
pub mod resolve_directory;
pub mod verify;
