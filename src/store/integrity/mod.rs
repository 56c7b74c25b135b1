//! The integrity check: every row against its MAC, the rows that it refers to, and the audit log.

mod check;
mod context;
mod expected;
pub(super) mod issue;
mod latest_audit;
mod messages;
mod names;
mod subjects;
mod tables;
