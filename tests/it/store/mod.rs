//! How a store is opened, its schema, and stores of released versions.

mod changed_schema;
mod driver;
mod history_mark;
mod lost_rows;
mod lost_store;
mod migrate_command;
pub mod migration;
mod old_records;
mod older_version;
mod schema;
mod schema_3;
mod schema_4;
mod schema_5;
mod usage;
