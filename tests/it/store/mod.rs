//! The schema of the store, and stores of released versions.

pub(crate) mod migration;
pub(crate) mod schema;
