//! The integrity check: every row against its MAC, the rows that it refers to, and the audit log.

pub(super) mod check;
mod context;
pub(super) mod expected;
pub(super) mod history;
pub(super) mod issue;
mod messages;
mod names;
mod subjects;
mod tables;
