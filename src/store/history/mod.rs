//! The history mark: the newest audit record that this machine has seen, in a file outside the store. It shows when a
//! store was replaced by an older copy of itself.

mod line;
mod mark;

pub use line::{format_checkpoint, parse_checkpoint};
pub(super) use mark::History;
pub use mark::{MarkSettings, MarkState};
