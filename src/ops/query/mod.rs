//! Use cases that only read, and the resolution of references that all use cases share.

pub mod check;
pub mod display_names;
pub mod filter;
pub(super) mod indexed;
pub mod list;
pub mod narrowed;
pub mod resolve;
pub mod resolve_directory;
pub mod state_counts;
pub mod verify;
