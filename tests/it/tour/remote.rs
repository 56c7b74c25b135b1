//! The program on a store behind a network that is slow and loses connections, run by the operator of `tests/remote`.

use std::{fs, os::unix::fs::symlink, path::Path};

use crate::support::process::{GATEPASS, TestHome};

/// What the operator prints after a change was made whose outcome was unknown.
pub const MADE: &str = "the change was made";

/// The start of the script. The gate may answer from memory for a second, and not at all if it has not seen the store for
/// longer: then a client tries again. With status 202, nobody knows whether the secrets in the response are valid. They
/// are if the next response masks them.
const BEGIN: &str = r#"
ask() {
    until command curl "$@" -o response -w '%{http_code}' >status; [ "$(cat status)" != 503 ]; do sleep 0.1; done
}
curl() {
    sleep 1.1
    ask "$@"
    while [ "$(cat status)" = 202 ]; do
        mv response in-doubt
        ask "$@"
        if grep -qF 'gpt_*' response; then mv in-doubt response; fi
    done
    cat response
}
"#;

/// The network between the program and its store, and what is wrong.
#[derive(Default)]
pub struct Remote {
    /// Which connections are lost: by default, one in ten round trips loses its connection.
    pub losses: &'static str,
    /// What the operator or the network does wrong, if anything.
    pub mistake: &'static str,
    /// Determines which round trips those are.
    pub seed: u64,
}

impl Remote {
    /// Puts the operator of `tests/remote` in place of gatepass, and returns the start of the script.
    pub fn begin(&self, home: &TestHome) -> String {
        let program = Path::new(GATEPASS).with_file_name("examples").join("gatepass-remote");
        assert!(program.is_file(), "run `cargo build --example gatepass-remote`");
        fs::create_dir(home.path("bin")).unwrap();
        symlink(program, home.path("bin/gatepass")).unwrap();
        let Self { losses, mistake, seed } = self;
        format!(
            "export PATH=~/bin:$PATH REMOTE_NOTES=~/notes REMOTE_LOSSES={losses} REMOTE_MISTAKE={mistake} REMOTE_SEED={seed}\n{BEGIN}"
        )
    }

    /// Returns a command as it runs here: the gate also logs what is wrong with the network.
    pub fn adapt(command: &str) -> String {
        command.replace("tail -n 1 gate.log", "grep '\"event\":\"decision\"' gate.log | tail -n 1")
    }
}
