//! Use cases that only read, and the resolution of references that all use cases share.

pub(super) mod candidates;
pub mod check;
pub(super) mod directory_lookup;
pub mod display_names;
pub mod filter;
pub(super) mod indexed;
pub mod list;
pub mod narrowed;
pub mod resolve;
pub mod resolve_account;
pub mod resolve_directory;
pub mod resolve_subject;
pub mod resolve_user;
pub mod state_counts;
pub mod verify;
