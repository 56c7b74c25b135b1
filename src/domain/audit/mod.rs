//! The audit log: what changed, who changed it, and the public fields before and after.

mod change_id;
mod fields;
mod record;

pub use change_id::ChangeId;
pub use fields::{account_fields, app_fields, credential_fields, district_fields};
pub use record::{Action, AuditRecord, ChainLink, GENESIS, LoggedRecord, STORE_SUBJECT};
