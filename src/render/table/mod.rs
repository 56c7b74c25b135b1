//! Tables for terminals.

mod layout;
mod line;
mod writer;

pub(super) use writer::TableWriter;
