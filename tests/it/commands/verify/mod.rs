//! `verify`.

mod find;
mod input;
mod kinds;
mod secrets;
