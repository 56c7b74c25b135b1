//! The integrity check: every record against its MAC, its neighbours and the audit log.

pub(super) mod check;
pub(crate) mod messages;
pub(crate) mod subjects;
