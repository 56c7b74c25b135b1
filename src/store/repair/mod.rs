//! The repair of a store that someone changed outside gatepass: every row becomes authentic again, and whatever may have
//! been tampered with is revoked.
//!
//! The audit log is the authority. It must be intact, because nothing else says what the rows should be.

mod indexes;
mod report;
mod restore;
mod rows;
mod transaction;

pub use report::RepairReport;
