//! `store migrate`: migrates a store of an older version.

pub use crate::store::StoreMigration;
use crate::{
    domain::{instant::Clock, store_address::StoreAddress},
    keys::Keys,
    ops::error::OpError,
    store::{Access, LockWait, Mode, Store, StoreDriver, migrate_locked},
};

/// What a migration needs.
pub struct MigrateRequest<'a> {
    /// Opens the store.
    pub driver: &'a dyn StoreDriver,
    /// The address of the store.
    pub address: &'a StoreAddress,
    /// The keys of the store.
    pub keys: Keys,
    /// Whether to check the store and change nothing.
    pub dry_run: bool,
}

/// Migrates the store, unless it has the newest version or its integrity check finds an issue.
///
/// # Errors
/// If there is no store, the key belongs to another one, or the store can't be written.
pub fn migrate(request: MigrateRequest<'_>, clock: &dyn Clock) -> Result<StoreMigration, OpError> {
    let MigrateRequest { driver, address, keys, dry_run } = request;
    let mut locked = driver.lock(address)?;
    let (from, to) = (locked.version(), locked.newest_version());
    if from == to {
        let store = Store::new(driver.open(address, Mode::Read, LockWait::UntilTimeout)?, keys);
        // Refuses the key of another store.
        drop(store.begin(Access::Read)?);
        return Ok(StoreMigration { from, to, copy: None, issues: Vec::new() });
    }
    Ok(migrate_locked(&mut *locked, keys, clock.now(), dry_run)?)
}
