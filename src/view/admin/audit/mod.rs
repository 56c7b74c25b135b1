//! The audit log: its records, its verification and its checkpoints.

mod changes;
mod record;
mod verification;

pub use record::AuditView;
pub use verification::{AuditVerificationView, CheckpointView};
