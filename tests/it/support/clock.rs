//! Another clock for a whole process, with `libfaketime`.

use std::{fs, path::PathBuf, process::Command};

use gatepass::domain::instant::Instant;

/// Lets the clock of `command` stand still at an instant.
pub fn with_fixed_clock(command: &mut Command, at: Instant) -> &mut Command {
    with_faketime(command, at.unix().to_string())
}

/// Lets the clock of `command` go on from an instant.
pub fn with_clock_from(command: &mut Command, at: Instant) -> &mut Command {
    with_faketime(command, format!("@{}", at.unix()))
}

fn with_faketime(command: &mut Command, time: String) -> &mut Command {
    command
        .env("LD_PRELOAD", faketime_library())
        .env("FAKETIME", time)
        .env("FAKETIME_FMT", "%s")
        // Waits are measured by the real clock.
        .env("FAKETIME_DONT_FAKE_MONOTONIC", "1")
        .env("DONT_FAKE_MONOTONIC", "1")
        .env("NO_FAKE_STAT", "1")
}

/// Where distributions keep the library.
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
