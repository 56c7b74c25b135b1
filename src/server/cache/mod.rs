//! The cache of the store, and the thread that keeps it up to date.

pub(super) mod index;
pub(super) mod index_cache;
pub(super) mod store_lookup;
pub(super) mod updater;
