//! The tables of the store: for each, its columns by name, how a record becomes a row, and how a row becomes a record.
//!
//! All backends share these descriptions. Some tables and columns still have the names of the first version, because
//! renaming them would rewrite every store: `holding` has the unique names, with a `register` for the namespace;
//! `tally` has the counters, with a `bucket` for the key; `made_at` is when a secret or message was created.

mod account;
mod app;
mod audit;
pub(super) mod column;
mod counter;
mod credential;
mod district;
mod head;
mod message;
mod secret;
mod secrets;
mod unique_name;
mod usage;

pub use column::{Column, RawRow, RowValues, TableRow, Value, read_row};
pub use credential::CredentialColumn;
pub use head::HeadColumn;
pub use message::MessageColumn;
pub use usage::LastUseColumn;
