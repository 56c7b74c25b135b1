//! A thread's connection to the store: opened on demand, kept while it works, reopened after an error.

use std::time::Duration;

use crate::store::{Mode, Store, StoreError};

/// Opens the store. Each thread that needs the store opens it for itself.
pub type OpenStore = dyn Fn(Mode) -> Result<Store, StoreError> + Send + Sync;

/// How long to wait after a first failure before the store is tried again.
const RETRY_DELAY: Duration = Duration::from_millis(20);
/// Limits the doubling of [`RETRY_DELAY`] so that it can't overflow.
const MAX_DOUBLINGS: u32 = 16;

/// One thread's connection to the store.
pub struct StoreHandle<'s> {
    open: &'s OpenStore,
    mode: Mode,
    store: Option<Store>,
    /// How many calls of [`StoreHandle::with`] failed in a row.
    failures: u32,
}

impl<'s> StoreHandle<'s> {
    /// Creates a handle that opens nothing yet.
    pub fn new(open: &'s OpenStore, mode: Mode) -> Self {
        Self { open, mode, store: None, failures: 0 }
    }

    /// Runs `work` on the store. A store that failed, or whose file was replaced, is opened again by the next call.
    ///
    /// # Errors
    /// When the store can't be opened, and those of `work`.
    pub fn with<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&Store) -> Result<T, E>,
    ) -> Result<T, E> {
        let result = self.store().map_err(E::from).and_then(work);
        match &result {
            Ok(_) => self.failures = 0,
            Err(_) => {
                self.close();
                self.failures = self.failures.saturating_add(1);
            }
        }
        result
    }

    /// Returns the store, opening it first if necessary. Unlike [`StoreHandle::with`], it keeps a store on which a
    /// caller's work fails.
    ///
    /// # Errors
    /// When the store can't be opened.
    pub fn store(&mut self) -> Result<&Store, StoreError> {
        let store = match self.store.take().filter(Store::is_same_database) {
            Some(store) => store,
            None => (self.open)(self.mode)?,
        };
        Ok(self.store.insert(store))
    }

    /// Returns whether the store is open.
    pub fn is_open(&self) -> bool {
        self.store.is_some()
    }

    /// Closes the store; the next use opens it again.
    pub fn close(&mut self) {
        self.store = None;
    }

    /// Returns how long to wait before the next attempt: zero after a success, then 20 ms, doubled with each failure in
    /// a row up to `max`.
    pub fn retry_delay(&self, max: Duration) -> Duration {
        match self.failures.checked_sub(1) {
            None => Duration::ZERO,
            Some(doublings) => (RETRY_DELAY * (1 << doublings.min(MAX_DOUBLINGS))).min(max),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use std::sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    };

    use rand::SeedableRng;
    use rand_chacha::ChaCha20Rng;

    use crate::{
        keys::{Keys, MasterKey},
        store::{
            Access,
            port::backend::{Backend, BegunTransaction, SchemaRepair},
        },
    };

    const LONG: Duration = Duration::from_secs(1);

    /// A backend that can only be opened, and replaced.
    struct FakeBackend(Arc<AtomicBool>);

    impl Backend for FakeBackend {
        fn begin(&self, _: Access) -> Result<BegunTransaction<'_>, StoreError> {
            Err(StoreError::Busy)
        }

        fn wait_for_change(&self, _: Duration, _: &dyn Fn() -> bool) -> Result<bool, StoreError> {
            Ok(true)
        }

        fn is_same_database(&self) -> bool {
            self.0.load(Ordering::Relaxed)
        }

        fn check_schema(&self) -> Result<Vec<String>, StoreError> {
            Ok(Vec::new())
        }

        fn repair_schema(&self) -> Result<SchemaRepair, StoreError> {
            Ok(SchemaRepair::default())
        }

        fn check_integrity(&self) -> Result<Vec<String>, StoreError> {
            Ok(Vec::new())
        }
    }

    /// Counts how often the store is opened; `is_same` is what each opened store reports of its file.
    fn opener(opened: &Arc<AtomicU32>, is_same: &Arc<AtomicBool>) -> Box<OpenStore> {
        let (opened, is_same) = (opened.clone(), is_same.clone());
        Box::new(move |_| {
            opened.fetch_add(1, Ordering::Relaxed);
            let keys = Keys::derive(&MasterKey::generate(&mut ChaCha20Rng::seed_from_u64(1)));
            Ok(Store::new(Box::new(FakeBackend(is_same.clone())), keys))
        })
    }

    fn succeed(handle: &mut StoreHandle<'_>) {
        handle.with(|_| Ok::<_, StoreError>(())).unwrap();
    }

    fn fail(handle: &mut StoreHandle<'_>) {
        handle.with(|store| store.begin(Access::Read).map(drop)).unwrap_err();
    }

    #[test]
    fn a_store_is_kept_while_it_works_and_reopened_otherwise() {
        let (opened, is_same) = (Arc::default(), Arc::new(AtomicBool::new(true)));
        let open = opener(&opened, &is_same);
        let mut handle = StoreHandle::new(&*open, Mode::Read);
        let opened = || opened.load(Ordering::Relaxed);
        assert!(!handle.is_open() && opened() == 0);
        (0..3).for_each(|_| succeed(&mut handle));
        assert_eq!((handle.is_open(), opened()), (true, 1), "kept");
        fail(&mut handle);
        assert!(!handle.is_open());
        succeed(&mut handle);
        assert_eq!(opened(), 2, "reopened after an error");
        is_same.store(false, Ordering::Relaxed);
        succeed(&mut handle);
        assert_eq!(opened(), 3, "reopened, since its file was replaced");
        is_same.store(true, Ordering::Relaxed);
        handle.close();
        assert!(!handle.is_open());
        succeed(&mut handle);
        assert_eq!(opened(), 4, "closed on request");
        assert!(handle.store().is_ok() && opened() == 4);
    }

    #[test]
    fn the_retry_delay_doubles_up_to_its_limit() {
        let open: Box<OpenStore> = Box::new(|_| Err(StoreError::Busy));
        let mut handle = StoreHandle::new(&*open, Mode::Read);
        assert_eq!(handle.retry_delay(LONG), Duration::ZERO);
        let mut delays = Vec::new();
        for _ in 0..40 {
            fail(&mut handle);
            delays.push(handle.retry_delay(LONG).as_millis());
        }
        assert_eq!(delays[..8], [20, 40, 80, 160, 320, 640, 1_000, 1_000]);
        assert_eq!(delays[39], 1_000);
        assert_eq!(handle.retry_delay(RETRY_DELAY), RETRY_DELAY);
    }
}
