//! `verify`.

mod command;
mod find;
mod input;
mod scanner;
mod unwrap;

pub use command::{VerifyArgs, run};
