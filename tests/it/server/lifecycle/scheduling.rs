//! How long threads were ready to run without a core to run on, as the kernel counts it: what the load of the machine
//! adds to a wait. All durations are zero if the kernel does not count.

use std::{fs, path::Path, time::Duration};

use crate::support::gate::GateProcess;

/// Returns the time of each thread of a gate, since it started.
pub fn times_without_core(gate: &GateProcess) -> Vec<Duration> {
    let threads = fs::read_dir(format!("/proc/{}/task", gate.pid().as_raw_nonzero())).unwrap();
    threads.map(|thread| time_without_core(&thread.unwrap().path())).collect()
}

/// Returns the time of the calling thread.
pub fn own_time_without_core() -> Duration {
    time_without_core(Path::new("/proc/thread-self"))
}

fn time_without_core(thread: &Path) -> Duration {
    let statistics = fs::read_to_string(thread.join("schedstat")).unwrap_or_default();
    let nanoseconds = statistics.split(' ').nth(1).and_then(|text| text.parse().ok());
    Duration::from_nanos(nanoseconds.unwrap_or_default())
}
