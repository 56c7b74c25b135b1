//! CSV files of users and districts.

pub mod columns;
pub mod districts;
pub mod line_errors;
mod table;
pub mod users;
