//! References: what people type to name a record.

mod every_argument;
mod meanings;
mod partner_names;
mod stdin;
mod tampered;
