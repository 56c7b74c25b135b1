//! The migrations, and the mark of our files.

use crate::store::migrate::Migration;

/// The migrations to the current schema.
pub const MIGRATIONS: &[Migration] = &[
    include_str!("../../../../migrations/sqlite/0001_first.sql"),
    include_str!("../../../../migrations/sqlite/0002_gate.sql"),
    include_str!("../../../../migrations/sqlite/0003_tokens.sql"),
    include_str!("../../../../migrations/sqlite/0004_actors.sql"),
    include_str!("../../../../migrations/sqlite/0005_reset_delivery.sql"),
    include_str!("../../../../migrations/sqlite/0006_sums.sql"),
];

/// The `application_id` of our SQLite files: `GTPS`.
pub(in crate::store::sqlite) const APPLICATION_ID: i64 = 0x4754_5053;
