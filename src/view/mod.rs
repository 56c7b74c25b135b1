//! Views: which fields, columns and details are printed of each record.

mod account;
mod app;
mod audit;
mod check;
mod credential;
mod decision;
mod delivery;
mod district;
mod doctor;
mod legacy;
pub mod schema;
mod secret_delivery;
mod status;
mod store_migration;
mod summary;
mod value;

pub use account::AccountView;
pub use app::{APP_FIELDS, AppView};
pub use audit::{AuditVerificationView, AuditView, CheckpointView};
pub use check::CheckView;
pub use credential::{COLUMNS_WITH_USAGE, CREDENTIAL_FIELDS, CredentialView};
pub use decision::DecisionView;
pub use delivery::DeliveryView;
pub use district::DistrictView;
pub use doctor::DoctorReportView;
pub use legacy::{LegacyAppView, LegacyPolicyView};
pub use secret_delivery::{IssuedAppView, IssuedView, SECRET_DELIVERY_FIELDS, SecretDelivery};
pub use status::StatusView;
pub use store_migration::{STORE_MIGRATION_FIELDS, StoreMigrationView};
pub use summary::{
    AccountListSummary, AuditListSummary, ChangeSummary, CredentialListSummary, DeliverySummary,
    DirectoryListSummary, LegacyReportSummary, SchemaListSummary,
};
pub use value::{duration_text, expiry_text};
