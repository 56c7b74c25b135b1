//! Use cases of administration: store, accounts, audit log, master key.

pub mod account;
pub mod audit;
pub mod doctor;
pub mod init;
pub mod key;
