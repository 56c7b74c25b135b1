//! Opening the store and reading its key.

use super::context::Session;
use crate::{
    commands::{args::new_store::NewStoreArgs, error::CommandError},
    config::Config,
    domain::{directory::account::Account, instant::Instant},
    keys::{self, KeyError, Keys, MasterKey, PathRules, file::KeyWrite},
    ops::{self, OpError, ReadTx, admin::account::AddAccountRequest},
    store::{LockWait, MarkSettings, Mode, NewStore, Store, StoreError},
};

impl Session<'_, '_> {
    /// Opens the store; never creates it. Looks up the account that is named.
    ///
    /// # Errors
    /// [`StoreError::Missing`], or any other reason why it can't be opened; that there is no such account.
    pub fn open_store(&mut self, mode: Mode) -> Result<Store, CommandError> {
        let store = self.open_store_with(mode, LockWait::UntilTimeout, self.read_keys()?)?;
        self.find_account(&store)?;
        Ok(store)
    }

    /// Opens the store for a command that only shows what it contains. Reports on stderr if recent changes may be missing.
    ///
    /// # Errors
    /// As for [`Session::open_store`], or if stderr can't be written.
    pub fn open_to_view(&mut self) -> Result<Store, CommandError> {
        let store = self.open_store(Mode::View)?;
        self.report_immutable(&store)?;
        Ok(store)
    }

    /// Reports on stderr if recent changes may be missing from the store.
    ///
    /// # Errors
    /// When stderr can't be written.
    pub fn report_immutable(&mut self, store: &Store) -> Result<(), CommandError> {
        if !store.is_immutable() {
            return Ok(());
        }
        let address = &self.config.store;
        self.notice(&format!(
            "warning: store {address} is on a read-only mount, without a write-ahead log; changes that are made elsewhere may be missing"
        ))
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
        let mut store = Store::new(self.driver.open(&self.config.store, mode, lock_wait)?, keys);
        store.report_changes(&self.changed);
        store.keep_mark(self.mark_settings());
        Ok(store)
    }

    fn mark_settings(&self) -> Option<MarkSettings> {
        Some(MarkSettings {
            directory: self.config.history_mark.clone()?,
            store: self.config.store.clone(),
            accept: self.global.accept_history,
            is_dry_run: self.global.dry_run,
        })
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
            // Another process may have created both after this one looked for the key. It writes the key before the tables.
            Err(KeyError::Missing { .. }) => Ok(Some(read_master_key(&self.config)?)),
            read => Ok(Some(read?)),
        }
    }

    /// Opens the store, or creates it and its key. Reports on stderr what was created. All checks that need no store have
    /// been made before.
    ///
    /// # Errors
    /// When either can't be opened or created; [`StoreError::Lost`] if there is a key without a store.
    pub fn open_or_init(&mut self, new_store: NewStoreArgs) -> Result<Store, CommandError> {
        Ok(self.open_or_init_with(new_store, None)?.0)
    }

    /// Opens the store, or creates it with `first` as its account. Returns the account of a new store.
    ///
    /// # Errors
    /// As for [`Session::open_or_init`].
    pub fn open_or_init_with(
        &mut self,
        new_store: NewStoreArgs,
        first: Option<AddAccountRequest>,
    ) -> Result<(Store, Option<Account>), CommandError> {
        match self.open_store(Mode::Write) {
            // A new store has no account that a command could select.
            Err(CommandError::Store(StoreError::Missing(_)))
                if !self.selects_account() || first.is_some() =>
            {
                self.create_store(new_store, first)
            }
            opened => Ok((opened?, None)),
        }
    }

    /// Creates the store and its key, and reports what was created. If another process creates them first, this one uses
    /// them.
    fn create_store(
        &mut self,
        new_store: NewStoreArgs,
        first: Option<AddAccountRequest>,
    ) -> Result<(Store, Option<Account>), CommandError> {
        // A process that creates both begins with the store: with a key, the store must have begun.
        let has_key = !new_store.is_given() && self.has_key()?;
        if has_key && (self.global.dry_run || self.driver.is_absent(&self.config.store)?) {
            return Err(self.lost_store().into());
        }
        if self.global.dry_run {
            return Err(StoreError::Missing(self.config.store.clone()).into());
        }
        let mut created_key = false;
        let created = self.init_store(new_store, first, &mut created_key);
        // Also after an error: the next command does not report the key.
        if created_key {
            let key = self.config.key.path.display();
            self.notice(&format!("Created key {key}; back it up: gatepass key export --out FILE"))?;
        }
        if let Ok((_, Some(account))) = &created {
            let store = &self.config.store;
            self.notice(&format!("Created store {store} (account {}).", account.id))?;
        }
        created
    }

    /// Creates the tables and the first account of a new store. Sets `created_key` if the key was created as well.
    fn init_store(
        &mut self,
        new_store: NewStoreArgs,
        first: Option<AddAccountRequest>,
        created_key: &mut bool,
    ) -> Result<(Store, Option<Account>), CommandError> {
        let (driver, address) = (self.driver.clone(), self.config.store.clone());
        let backend = driver.create(&address, LockWait::UntilTimeout, &mut |state| {
            *created_key = self.prepare_key(state, new_store)?;
            Ok(())
        })?;
        let mut store = Store::new(backend, Keys::derive(&read_master_key(&self.config)?));
        store.keep_mark(self.mark_settings());
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
        // From now on: the initialization is not the change that was requested.
        store.report_changes(&self.changed);
        Ok((store, created))
    }

    /// Makes sure that a new store has a key, while the store is locked. Returns whether the key was created.
    fn prepare_key(
        &mut self,
        state: NewStore,
        new_store: NewStoreArgs,
    ) -> Result<bool, StoreError> {
        if !self.has_key()? {
            let key = MasterKey::generate(self.host.entropy);
            let written = keys::file::write(&self.config.key.path, &key)?;
            return Ok(written == KeyWrite::Created);
        }
        // The process that created this key has ended without creating the tables, or the key has another store.
        match state {
            NewStore::Empty if !new_store.is_given() => Err(self.lost_store()),
            NewStore::Empty | NewStore::Uninitialized => Ok(false),
        }
    }

    fn has_key(&self) -> Result<bool, KeyError> {
        match read_master_key(&self.config) {
            Ok(_) => Ok(true),
            Err(KeyError::Missing { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn lost_store(&self) -> StoreError {
        let (address, key) = (self.config.store.clone(), self.config.key.path.clone());
        StoreError::Lost { address, key }
    }

    /// Begins a read transaction.
    ///
    /// # Errors
    /// As for [`Store::begin`], or if the selected account does not exist.
    pub fn begin_read<'s>(&self, store: &'s Store) -> Result<ReadTx<'s>, CommandError> {
        let mut read = ReadTx::begin(store, self.host.clock.as_ref())?;
        if self.account.is_some() {
            read.accounts(self.account)?;
        }
        Ok(read)
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
