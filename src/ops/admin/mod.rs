//! Use cases of administration: initialization, accounts, audit log, integrity checks, migrations and the master key.

pub mod account;
pub mod audit;
pub mod doctor;
pub mod init;
pub mod key;
pub mod migrate;
mod name_advice;
pub mod repair;
pub mod status;
