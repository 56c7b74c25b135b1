//! Tables for terminals.

pub(super) mod layout;
pub(super) mod line;
pub(super) mod writer;
