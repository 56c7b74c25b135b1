//! Views: which fields, columns and details are printed of each record.

mod admin;
mod app;
mod check;
mod credential;
mod credential_fields;
mod decision;
mod delivery;
mod district;
mod dry_run;
mod finding;
mod legacy;
pub mod schema;
mod secret_delivery;
mod summary;
mod value;

pub use admin::{
    AccountView, AuditVerificationView, AuditView, CheckpointView, DoctorReportView,
    InspectedFiles, STORE_MIGRATION_FIELDS, STORE_REPAIR_FIELDS, StatusView, StoreMigrationView,
    StoreRepairView,
};
pub use app::{APP_FIELDS, AppView};
pub use check::CheckView;
pub use credential::{CredentialView, USAGE_COLUMN};
pub use credential_fields::CREDENTIAL_FIELDS;
pub use decision::DecisionView;
pub use delivery::DeliveryView;
pub use district::DistrictView;
pub use dry_run::DryRun;
pub use finding::{FindingView, FindingsSummary};
pub use legacy::{LegacyAppView, LegacyPolicyView};
pub use secret_delivery::{IssuedAppView, IssuedView, SECRET_DELIVERY_FIELDS, SecretDelivery};
pub use summary::{
    AccountListSummary, AuditListSummary, ChangeSummary, CredentialListSummary, DeliverySummary,
    DirectoryListSummary, LegacyReportSummary, SchemaListSummary,
};
pub use value::{ACCOUNT_COLUMN, expiry_text};
