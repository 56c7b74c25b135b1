//! Signals that the caller of the tests ignores, as `nohup` and the background jobs of scripts do.

use std::{fs, process::exit, sync::Once, thread};

use rustix::process::Signal;
use tokio::{
    runtime::Builder,
    signal::unix::{SignalKind, signal},
};

/// Where a process reads which signals it ignores.
pub const STATUS: &str = "/proc/self/status";

/// Lets programs that the tests start from now on be ended by signals as usual.
///
/// A program inherits which signals are ignored, but not which ones are handled. Each signal that this process ignores
/// therefore gets a handler, which does nothing: what was ignored here stays without effect here.
pub fn stop_ignoring_signals() {
    static DONE: Once = Once::new();
    DONE.call_once(|| {
        let runtime = Builder::new_current_thread().enable_io().build().unwrap();
        let _context = runtime.enter();
        let ignored = ignored(&fs::read_to_string(STATUS).unwrap());
        // Rust itself ignores SIGPIPE, and lets programs that it starts begin with its default.
        for number in ignored.into_iter().filter(|number| *number != Signal::PIPE.as_raw()) {
            drop(signal(SignalKind::from_raw(number)).unwrap());
        }
    });
}

/// Ends this process at a signal that usually does. A gate that ran in this process has replaced those effects for good.
#[allow(clippy::disallowed_methods, reason = "signals end a process in the midst of its work")]
pub fn exit_on_signals() {
    static STARTED: Once = Once::new();
    STARTED.call_once(|| {
        thread::spawn(|| {
            let runtime = Builder::new_current_thread().enable_io().build().unwrap();
            runtime.block_on(async {
                let [mut hang_up, mut interrupt, mut terminate] =
                    [SignalKind::hangup(), SignalKind::interrupt(), SignalKind::terminate()]
                        .map(|kind| signal(kind).unwrap());
                tokio::select! {
                    _ = hang_up.recv() => {}
                    _ = interrupt.recv() => {}
                    _ = terminate.recv() => {}
                }
            });
            exit(1);
        });
    });
}

/// The standard signals that a process with this [`STATUS`] ignores, by their numbers.
pub fn ignored(status: &str) -> Vec<i32> {
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:")).unwrap();
    let mask = u64::from_str_radix(mask.trim(), 16).unwrap();
    (1..32).filter(|number| mask >> (number - 1) & 1 == 1).collect()
}
