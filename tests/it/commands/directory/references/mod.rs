//! References: what people type to name a record.

mod accounts;
mod every_argument;
mod meanings;
mod partner_names;
mod stdin;
mod tampered;
