//! Every command opens its store through the driver that it is given.

use std::sync::{Arc, Mutex};

use gatepass::{
    domain::store_address::StoreAddress,
    store::{
        BackendByAddress, LockWait, LockedStore, Mode, OnNewStore, StoreDriver, StoreError,
        port::backend::Backend,
    },
};

use crate::support::test_env::TestEnv;

/// Opens the stores of another driver, unless they are busy, and notes how.
#[derive(Default)]
struct NotingDriver {
    opened: Mutex<Vec<(StoreAddress, Mode)>>,
    is_busy: Mutex<bool>,
}

impl NotingDriver {
    fn take_opened(&self) -> Vec<(StoreAddress, Mode)> {
        std::mem::take(&mut self.opened.lock().unwrap())
    }
}

impl StoreDriver for NotingDriver {
    fn open(
        &self,
        address: &StoreAddress,
        mode: Mode,
        wait: LockWait,
    ) -> Result<Box<dyn Backend>, StoreError> {
        self.opened.lock().unwrap().push((address.clone(), mode));
        if *self.is_busy.lock().unwrap() {
            return Err(StoreError::Busy);
        }
        BackendByAddress.open(address, mode, wait)
    }

    fn create(
        &self,
        address: &StoreAddress,
        wait: LockWait,
        on_new: &mut OnNewStore<'_>,
    ) -> Result<Box<dyn Backend>, StoreError> {
        self.opened.lock().unwrap().push((address.clone(), Mode::Create));
        BackendByAddress.create(address, wait, on_new)
    }

    fn lock(&self, address: &StoreAddress) -> Result<Box<dyn LockedStore>, StoreError> {
        BackendByAddress.lock(address)
    }
}

#[test]
fn commands_open_the_store_through_the_driver() {
    let driver = Arc::new(NotingDriver::default());
    let mut env = TestEnv::new();
    env.driver = driver.clone();
    let address = StoreAddress::from(env.store());
    for (line, modes) in [
        ("create acme --days 90", &[Mode::View, Mode::Create][..]),
        ("create beta --days 90", &[Mode::Write]),
        ("list", &[Mode::View]),
        ("check", &[Mode::Read]),
        ("complete fish gatepass show a", &[Mode::View]),
    ] {
        env.run_ok(line);
        let expected: Vec<_> = modes.iter().map(|mode| (address.clone(), *mode)).collect();
        assert_eq!(driver.take_opened(), expected, "{line}");
    }
    *driver.is_busy.lock().unwrap() = true;
    for (line, exit) in
        [("list", 6), ("create gamma --days 9", 6), ("complete fish gatepass show a", 0)]
    {
        let output = env.run(line);
        assert_eq!((output.exit, output.stdout.as_str()), (exit, ""), "{line}");
    }
}
