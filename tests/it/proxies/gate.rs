//! The gates behind the proxies: `gatepass serve`, or the stub.

use std::{
    fs::{self, Permissions},
    os::unix::fs::{PermissionsExt, chown},
    thread,
    time::{Duration, Instant},
};

use rustix::process::geteuid;
use serde_json::Value;
use tempfile::TempDir;

use super::{
    callers::{REGION, home},
    proxy::Proxy,
    stub,
};
use crate::support::{
    gate::{GateProcess, ServeCommand},
    http::TestServer,
    private_dir::private_dir,
    process::TestHome,
};

/// The longest wait for a gate to notice that its store is missing.
const TIMEOUT: Duration = Duration::from_secs(5);
/// The longest wait for the log line of a decision, which may come after the response.
const LOG_TIMEOUT: Duration = Duration::from_secs(1);

/// The gate that a scenario needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// `gatepass serve`.
    Real,
    /// `gatepass serve` after its store was moved away.
    StoreMissing,
    /// `gatepass serve` after it was stopped.
    Stopped,
    /// A stub, for what a real gate can't be made to do at will.
    Stub,
}

impl Gate {
    /// Returns its name in the matrix.
    pub fn name(self) -> &'static str {
        match self {
            Self::Real | Self::StoreMissing | Self::Stopped => "serve",
            Self::Stub => "stub",
        }
    }
}

/// How a gate reports statuses that nginx's `auth_request` does not accept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// As 401 or 403, with the exact status in a header.
    Exact,
    /// As they are.
    Full,
}

/// How a proxy connects to its gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    Tcp,
    /// By a Unix socket in a directory of the proxy's group.
    Unix,
}

/// A gate, which runs until it is dropped.
pub struct Running {
    /// Where it listens, as `--gate` takes it.
    pub address: String,
    kind: RunningKind,
    /// How many log lines of decisions were read so far.
    decisions_read: usize,
    _socket: Option<TempDir>,
}

enum RunningKind {
    Real(GateProcess, TestHome),
    Stub(#[expect(dead_code, reason = "it runs until it is dropped")] TestServer),
    Gone,
}

impl Running {
    /// Starts `gatepass serve` with the flags that the sample of a proxy requires.
    pub fn real(proxy: Proxy, transport: Transport) -> Self {
        let profile = match proxy.profile() {
            Profile::Exact => "exact",
            Profile::Full => "full",
        };
        let socket = (transport == Transport::Unix).then(|| dir_of_group(proxy.group()));
        let unix =
            socket.as_ref().map(|directory| format!("unix:{}/sock", directory.path().display()));
        let transport = match &unix {
            None => "--trusted-proxy 127.0.0.1/32".to_owned(),
            Some(address) => format!("--trusted-proxy unix --listen {address}"),
        };
        let home = home();
        let flags = format!("--profile {profile} --region {REGION} --log-allowed {transport}");
        let process = GateProcess::start(home.serve_command(&flags));
        let address = unix.unwrap_or_else(|| process.address().to_string());
        Self { address, kind: RunningKind::Real(process, home), decisions_read: 0, _socket: socket }
    }

    /// Starts the stub.
    pub fn stub(profile: Profile) -> Self {
        let server = stub::start(profile);
        let address = server.address().to_string();
        Self { address, kind: RunningKind::Stub(server), decisions_read: 0, _socket: None }
    }

    /// Moves the store away or stops the gate, if a scenario needs that.
    pub fn prepare(&mut self, gate: Gate) {
        match (gate, &self.kind) {
            (Gate::StoreMissing, RunningKind::Real(gate, home)) => lose_store(gate, home),
            (Gate::Stopped, _) => self.kind = RunningKind::Gone,
            _ => {}
        }
    }

    /// Returns the log line of the next decision; `None` if it makes none, or is the stub.
    pub fn decision(&mut self) -> Option<Value> {
        let RunningKind::Real(process, _) = &self.kind else { return None };
        let start = Instant::now();
        while start.elapsed() < LOG_TIMEOUT {
            let is_decision = |line: &Value| line["event"] == "decision";
            if let Some(line) =
                process.log().into_iter().filter(is_decision).nth(self.decisions_read)
            {
                self.decisions_read += 1;
                return Some(line);
            }
            thread::sleep(Duration::from_millis(1));
        }
        None
    }
}

/// Moves the store away, and waits until the gate no longer serves from its cache.
fn lose_store(gate: &GateProcess, home: &TestHome) {
    fs::rename(home.store(), home.path("elsewhere")).unwrap();
    let start = Instant::now();
    while gate.ask_ops("/readyz").status() != 503 {
        assert!(start.elapsed() < TIMEOUT, "the gate does not notice that its store is missing");
        thread::sleep(Duration::from_millis(5));
    }
}

/// Creates a directory whose sockets belong to a group, so that a proxy of that group may connect.
fn dir_of_group(group: Option<&str>) -> TempDir {
    let directory = private_dir();
    if let Some(group) = group.filter(|_| geteuid().is_root()) {
        let groups = fs::read_to_string("/etc/group").unwrap();
        let line = groups.lines().find(|line| line.split(':').next() == Some(group)).unwrap();
        let number = line.split(':').nth(2).unwrap().parse().unwrap();
        chown(directory.path(), None, Some(number)).unwrap();
        fs::set_permissions(directory.path(), Permissions::from_mode(0o2750)).unwrap();
    }
    directory
}
