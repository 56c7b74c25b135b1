//! Views of accounts, of the audit log and of the store itself.

mod account;
mod audit;
mod doctor;
mod status;
mod store_migration;
mod store_repair;

pub use account::AccountView;
pub use audit::{AuditVerificationView, AuditView, CheckpointView};
pub use doctor::{DoctorReportView, InspectedFiles};
pub use status::StatusView;
pub use store_migration::{STORE_MIGRATION_FIELDS, StoreMigrationView};
pub use store_repair::{STORE_REPAIR_FIELDS, StoreRepairView};
