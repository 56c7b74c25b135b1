//! Tables for terminals.

mod cell;
mod fit;
mod layout;
mod line;
mod marks;
mod writer;

pub use fit::TableFit;
pub(super) use layout::GAP;
pub(super) use writer::TableWriter;
