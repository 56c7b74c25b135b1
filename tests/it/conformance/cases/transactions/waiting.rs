//! Waiting for the change of another process.

use std::{
    sync::{
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread,
    time::{Duration, Instant as Timer},
};

use gatepass::store::port::backend::Backend;

use crate::{
    conformance::{backend_source::BackendSource, test_store::TestStore},
    support::records::account_passcode,
};

/// Longer than any wait that ends early.
const LONG: Duration = Duration::from_secs(60);

/// Opens the store again and returns the handle after its first wait.
fn waiting_handle(source: &dyn BackendSource) -> Box<dyn Backend> {
    let backend = source.open();
    assert!(backend.wait_for_change(LONG, &never).unwrap(), "the first call returns true at once");
    backend
}

pub fn a_wait_without_a_change_ends_with_its_timeout(source: &dyn BackendSource) {
    let _store = TestStore::new(source);
    let backend = waiting_handle(source);
    for timeout in [0, 1, 50].map(Duration::from_millis) {
        assert!(!backend.wait_for_change(timeout, &never).unwrap(), "{timeout:?}");
    }
}

pub fn a_commit_of_another_handle_ends_the_wait(source: &dyn BackendSource) {
    let store = TestStore::new(source);
    let backend = waiting_handle(source);
    store.add(account_passcode(1, "Before the wait"));
    assert!(backend.wait_for_change(Duration::ZERO, &never).unwrap());
    assert!(!backend.wait_for_change(Duration::ZERO, &never).unwrap(), "the change was reported");

    let began = Timer::now();
    thread::scope(|scope| {
        let waiter = scope.spawn(move || backend.wait_for_change(LONG, &never).unwrap());
        store.add(account_passcode(2, "During the wait"));
        assert!(waiter.join().unwrap());
    });
    assert!(began.elapsed() < LONG / 2);
}

/// The flag may be set and the thread unparked at any time, also before the wait begins.
pub fn a_wait_ends_when_it_is_interrupted(source: &dyn BackendSource) {
    let _store = TestStore::new(source);
    let (sender, is_ready) = mpsc::channel();
    let is_interrupted = AtomicBool::new(false);
    thread::scope(|scope| {
        let is_interrupted = &is_interrupted;
        let waiter = scope.spawn(move || {
            let (backend, began) = (waiting_handle(source), Timer::now());
            sender.send(()).unwrap();
            backend.wait_for_change(LONG, &|| is_interrupted.load(Ordering::SeqCst)).unwrap();
            assert!(began.elapsed() < LONG / 2, "the wait went on");
        });
        is_ready.recv().unwrap();
        is_interrupted.store(true, Ordering::SeqCst);
        waiter.thread().unpark();
    });
}

fn never() -> bool {
    false
}
