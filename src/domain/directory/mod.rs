//! Accounts, apps and districts, with their names and ids.

pub mod account;
pub mod app;
pub mod district;
pub mod id;
pub mod name;
pub mod reference;
