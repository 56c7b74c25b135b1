//! Lists, and the choice of their columns.

mod selection;
#[cfg(test)]
mod selection_tests;
mod writer;

pub use writer::ListWriter;
