//! Arguments that several lists share.

pub mod limit;
pub mod pattern;
