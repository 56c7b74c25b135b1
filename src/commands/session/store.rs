//! Opening the store and reading its key.

use super::context::Session;
use crate::{
    commands::error::CommandError,
    config::Config,
    domain::{directory::account::Account, instant::Instant},
    keys::{self, KeyError, Keys, MasterKey, PathRules},
    ops::{self, OpError, ReadTx, admin::account::AddAccountRequest},
    store::{LockWait, Mode, Store, StoreError},
};

impl Session<'_, '_> {
    /// Opens the store; never creates it.
    ///
    /// # Errors
    /// [`StoreError::Missing`], or any other reason why it can't be opened.
    pub fn open_store(&self, mode: Mode) -> Result<Store, CommandError> {
        Ok(self.open_store_with(mode, LockWait::UntilTimeout, self.read_keys()?)?)
    }

    /// Opens the store with these keys.
    ///
    /// # Errors
    /// When the store can't be opened in this mode.
    pub fn open_store_with(
        &self,
        mode: Mode,
        lock_wait: LockWait,
        keys: Keys,
    ) -> Result<Store, StoreError> {
        Ok(Store::new(self.driver.open(&self.config.store, mode, lock_wait)?, keys))
    }

    /// Returns whether the store exists.
    ///
    /// # Errors
    /// When something else is at its address, or it can't be opened.
    pub fn store_exists(&self) -> Result<bool, StoreError> {
        self.driver.exists(&self.config.store)
    }

    /// Reads the keys. If both the key and the store are missing, the error names the store, because creating one
    /// creates the key as well.
    ///
    /// # Errors
    /// [`StoreError::Missing`] or [`StoreError::Key`].
    pub fn read_keys(&self) -> Result<Keys, StoreError> {
        let master = self.master_key()?;
        let master = master.ok_or_else(|| StoreError::Missing(self.config.store.clone()))?;
        Ok(Keys::derive(&master))
    }

    /// Reads the master key; `None` if neither it nor the store exists.
    fn master_key(&self) -> Result<Option<MasterKey>, StoreError> {
        match read_master_key(&self.config) {
            Err(KeyError::Missing { .. }) if !self.store_exists()? => Ok(None),
            // Another process may have created both after this one looked for the key. It writes the key first.
            Err(KeyError::Missing { .. }) => Ok(Some(read_master_key(&self.config)?)),
            read => Ok(Some(read?)),
        }
    }

    /// Opens the store, or creates it and its key. Reports on stderr what was created.
    ///
    /// # Errors
    /// When either can't be opened or created.
    pub fn open_or_init(&mut self) -> Result<Store, CommandError> {
        Ok(self.open_or_init_with(None)?.0)
    }

    /// Opens the store, or creates it with `first` as its account. Returns the account of a new store.
    ///
    /// # Errors
    /// As for [`Session::open_or_init`].
    pub fn open_or_init_with(
        &mut self,
        first: Option<AddAccountRequest>,
    ) -> Result<(Store, Option<Account>), CommandError> {
        match self.open_store(Mode::Write) {
            Err(CommandError::Store(StoreError::Missing(_))) if !self.global.dry_run => {
                self.create_store(first)
            }
            opened => Ok((opened?, None)),
        }
    }

    /// Creates the store and its key. If another process creates them first, this one uses them.
    fn create_store(
        &mut self,
        first: Option<AddAccountRequest>,
    ) -> Result<(Store, Option<Account>), CommandError> {
        let keys = Keys::derive(&self.read_or_create_key()?);
        let store = self.open_store_with(Mode::Create, LockWait::UntilTimeout, keys)?;
        let actor = self.actor();
        let context = self.op_context(&store, &actor);
        let is_requested = first.is_some();
        let created = match ops::admin::init::init(&context, first, self.host.entropy) {
            // The change that was requested has not begun, and it can begin with either outcome.
            Err(OpError::Store(StoreError::CommitUnknown(_))) if !is_requested => {
                let why = "the connection was lost while it was created";
                return Err(StoreError::Inaccessible(why.to_owned()).into());
            }
            created => created?,
        };
        if let Some(account) = &created {
            let (store, key) = (&self.config.store, self.config.key.path.display());
            writeln!(self.host.stderr, "Created store {store} (account {}).", account.id)?;
            writeln!(
                self.host.stderr,
                "Created key {key}; back it up: gatepass key export --out FILE"
            )?;
        }
        Ok((store, created))
    }

    /// Reads the master key; creates it if the store is missing as well.
    fn read_or_create_key(&mut self) -> Result<MasterKey, StoreError> {
        if let Some(master) = self.master_key()? {
            return Ok(master);
        }
        // If another process creates its key first, both processes use that key.
        keys::file::write(&self.config.key.path, &MasterKey::generate(self.host.entropy))?;
        Ok(read_master_key(&self.config)?)
    }

    /// Begins a read transaction.
    ///
    /// # Errors
    /// As for [`Store::begin`].
    pub fn begin_read<'s>(&self, store: &'s Store) -> Result<ReadTx<'s>, CommandError> {
        Ok(ReadTx::begin(store, self.host.clock.as_ref())?)
    }

    /// Returns the later of the clock and the store's last record.
    ///
    /// # Errors
    /// As for [`Session::begin_read`].
    pub fn now(&self, store: &Store) -> Result<Instant, CommandError> {
        Ok(self.begin_read(store)?.now)
    }
}

/// Reads the master key of `config`.
///
/// # Errors
/// When its file is missing, unsafe or damaged.
pub fn read_master_key(config: &Config) -> Result<MasterKey, KeyError> {
    let key = &config.key;
    keys::file::read(&key.path, PathRules::for_key_file(key.is_service_credential))
}
