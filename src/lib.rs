//! `gatepass` issues, lists, verifies and retires the passcodes and tokens of an API.

pub mod exit;
pub mod render;
