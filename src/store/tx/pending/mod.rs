//! What a change has read and will write.

mod pending_change;
mod row_cache;

pub(super) use pending_change::{NameState, PendingChange};
