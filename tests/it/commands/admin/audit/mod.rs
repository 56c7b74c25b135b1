//! The audit log.

pub(super) mod checkpoint;
pub(super) mod list;
