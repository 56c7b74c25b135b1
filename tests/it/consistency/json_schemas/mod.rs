//! The published JSON Schemas: the output of every command matches them and has exactly the fields that they require,
//! and no released field is ever removed.

mod checker;
mod output;
mod published;
mod schema;
