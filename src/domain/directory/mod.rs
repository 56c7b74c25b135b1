//! The directory: accounts, apps and districts, with their names and ids.

pub mod account;
pub mod app;
pub mod district;
pub mod email;
pub mod id;
pub mod name;
pub mod reference;
pub mod resemblance;
pub mod text;
