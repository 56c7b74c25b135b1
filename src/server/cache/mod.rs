//! The cache of the store, and the threads that read the store for it.

pub(super) mod index;
pub(super) mod index_cache;
pub(super) mod store_lookup;
pub(super) mod updater;
