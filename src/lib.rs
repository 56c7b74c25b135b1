//! `gatepass` issues, lists, verifies and retires the passcodes and tokens of an API.

pub mod config;
pub mod domain;
pub mod exit;
pub mod host;
pub mod keys;
pub mod ops;
pub mod render;
pub mod store;
