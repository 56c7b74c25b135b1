//! The integration tests: one binary, in process wherever the kernel does not matter.

mod commands;
mod support;
