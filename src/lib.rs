//! `gatepass` issues, lists, verifies and retires the passcodes and tokens of an API.

pub mod domain;
pub mod exit;
