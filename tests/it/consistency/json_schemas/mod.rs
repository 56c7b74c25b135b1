//! The published JSON Schemas: each describes an output, and no released field is ever removed. That every output matches
//! its schema is checked wherever a test runs a command.

mod output;
mod published;
