//! The directory: accounts, apps and districts.

mod accounts;
mod apps;
pub(in crate::store) mod districts;
