//! Whole commands whose connection to the store is lost, at any call and in any commit: what they report is true.

mod attempt;
mod every_call;
mod in_doubt;
mod undelivered;
