//! The schema of the store, and stores of released versions.

mod migration;
mod old_records;
mod schema;
mod schema_3;
