//! CSV files of users and districts.

pub(in crate::commands) mod csv;
pub mod districts;
pub mod users;
