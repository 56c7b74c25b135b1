//! The schema: the migrations that create it, its comparison with that of a file, and its repair.

mod compare;
mod migrations;
mod repair;

pub(super) use compare::{SchemaProblem, find_problems, has_newest_schema, schema_error};
pub(super) use migrations::APPLICATION_ID;
pub use migrations::MIGRATIONS;
pub(super) use repair::{repair, structural_problems};
