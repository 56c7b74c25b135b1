//! The flag that permits a new store beside an existing key.

use clap::Args;

/// Whether a new store may be created beside an existing key.
#[derive(Clone, Copy, Debug, Default, Args)]
pub struct NewStoreArgs {
    /// Create a new store even if its key exists
    ///
    /// Without this flag, a key without a store is an error, because the store may be on a volume that is not mounted. The
    /// new store uses the existing key.
    #[arg(long)]
    new_store: bool,
}

impl NewStoreArgs {
    /// Whether the flag was given.
    pub fn is_given(self) -> bool {
        self.new_store
    }
}
