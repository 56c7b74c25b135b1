//! The schema of the store, and stores of released versions.

mod migration;
mod schema;
