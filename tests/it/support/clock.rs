//! Another clock for a process, with `libfaketime`.

use std::{fs, path::PathBuf, process::Command};

use gatepass::domain::instant::Instant;

/// Stops the clock of `command` at an instant.
pub fn with_fixed_clock(command: &mut Command, at: Instant) -> &mut Command {
    with_faketime(command, at.unix().to_string())
}

/// Starts the clock of `command` at an instant.
pub fn with_clock_from(command: &mut Command, at: Instant) -> &mut Command {
    with_faketime(command, format!("@{}", at.unix()))
}

fn with_faketime(command: &mut Command, time: String) -> &mut Command {
    command
        .env("LD_PRELOAD", faketime_library())
        .env("FAKETIME", time)
        .env("FAKETIME_FMT", "%s")
        // Timeouts use the real clock.
        .env("FAKETIME_DONT_FAKE_MONOTONIC", "1")
        .env("DONT_FAKE_MONOTONIC", "1")
        .env("NO_FAKE_STAT", "1")
}

/// Returns the path of the library, which depends on the distribution.
fn faketime_library() -> PathBuf {
    let folders = ["/usr/lib", "/usr/lib64", "/usr/local/lib"].map(PathBuf::from);
    let triples = fs::read_dir("/usr/lib").unwrap().map(|entry| entry.unwrap().path());
    folders
        .into_iter()
        .chain(triples)
        .map(|folder| folder.join("faketime/libfaketime.so.1"))
        .find(|path| path.is_file())
        .expect("libfaketime is missing: apt-get install -y libfaketime")
}
