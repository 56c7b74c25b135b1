//! Starts and ends threads.

use std::{
    io,
    thread::{self, Scope, ScopedJoinHandle},
};

use tokio::runtime::{Builder, LocalOptions};

use crate::server::{log::Log, shutdown::Shutdown};

/// How many tasks a thread runs before it polls the kernel for events. Under load more than tokio's default of 61 tasks are
/// ready immediately, and polling in between costs more than it gains.
const EVENT_INTERVAL: u32 = 256;

/// Starts a thread with a name of at most 15 bytes, which the system shows.
///
/// # Errors
/// When the system can't start another thread.
pub fn spawn<'scope>(
    scope: &'scope Scope<'scope, '_>,
    name: &str,
    work: impl FnOnce() + Send + 'scope,
) -> io::Result<ScopedJoinHandle<'scope, ()>> {
    thread::Builder::new().name(name.to_owned()).spawn_scoped(scope, work)
}

/// Runs the work of one thread on its own runtime. If that fails, logs the error. In any case requests shutdown at the
/// end: without one of its threads the gate would be incomplete.
pub fn run_until_shutdown(
    work: impl Future<Output = io::Result<()>>,
    log: &Log,
    shutdown: &Shutdown,
) {
    if let Err(error) = run_on_runtime(work) {
        log.event("failed", &error.to_string());
    }
    shutdown.request();
}

fn run_on_runtime(work: impl Future<Output = io::Result<()>>) -> io::Result<()> {
    let runtime = Builder::new_current_thread()
        .enable_all()
        .event_interval(EVENT_INTERVAL)
        .build_local(LocalOptions::default())?;
    runtime.block_on(work)
}
