//! CSV files that commands import.

pub mod districts;
pub mod users;
