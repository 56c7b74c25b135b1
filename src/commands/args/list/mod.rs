//! Arguments that several lists share.

pub mod columns;
pub mod limit;
pub mod pattern;
