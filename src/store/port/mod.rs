//! What a backend implements, and the records that cross that boundary.

pub mod backend;
pub mod record;
