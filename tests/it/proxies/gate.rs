//! Gates to put behind the proxies.

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
    gate::{GateProcess as Serving, ServeCommand},
    http::TestServer,
    private_dir::private_dir,
    process::TestHome,
};

/// What takes longer does not come any more.
const LONGEST: Duration = Duration::from_secs(5);
/// A decision is told while it is answered, or a moment later.
const PAUSE: Duration = Duration::from_secs(1);

/// Which gate a situation needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// `gatepass serve`.
    Real,
    /// The same, after its store went.
    StoreMissing,
    /// The same, after it went itself.
    Stopped,
    /// One that does what a real gate can't be made to do at will.
    Stub,
}

impl Gate {
    /// The program behind it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Real | Self::StoreMissing | Self::Stopped => "serve",
            Self::Stub => "stub",
        }
    }
}

/// How a gate says what nginx's `auth_request` has no ear for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// 401 and 403 alone, with the finer status in a header.
    Exact,
    /// Every status as it is.
    Full,
}

/// By which way a proxy asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    Tcp,
    /// A socket in a folder of the proxy's group.
    Unix,
}

/// A gate that runs, until it goes.
pub struct Running {
    /// Where it listens, as `--gate` takes it.
    pub address: String,
    kind: Kind,
    /// How many decisions it has told of so far.
    decisions_read: usize,
    _socket: Option<TempDir>,
}

enum Kind {
    Real(Serving, TestHome),
    Stub(#[expect(dead_code, reason = "it runs until it is dropped")] TestServer),
    Gone,
}

impl Running {
    /// Starts `gatepass serve` as the sample of a proxy says that it is started.
    pub fn real(proxy: Proxy, way: Transport) -> Self {
        let profile = match proxy.profile() {
            Profile::Exact => "exact",
            Profile::Full => "full",
        };
        let socket = (way == Transport::Unix).then(|| dir_of_group(proxy.group()));
        let unix = socket.as_ref().map(|room| format!("unix:{}/sock", room.path().display()));
        let way = match &unix {
            None => "--trusted-proxy 127.0.0.1/32".to_owned(),
            Some(address) => format!("--trusted-proxy unix --listen {address}"),
        };
        let home = home();
        let flags = format!("--profile {profile} --region {REGION} --log-allowed {way}");
        let serving = Serving::start(home.serve_command(&flags));
        let address = unix.unwrap_or_else(|| serving.address().to_string());
        Self { address, kind: Kind::Real(serving, home), decisions_read: 0, _socket: socket }
    }

    /// Starts the stub.
    pub fn stub(profile: Profile) -> Self {
        let server = stub::start(profile);
        let address = server.address().to_string();
        Self { address, kind: Kind::Stub(server), decisions_read: 0, _socket: None }
    }

    /// Brings about what a situation needs.
    pub fn r#become(&mut self, gate: Gate) {
        match (gate, &self.kind) {
            (Gate::StoreMissing, Kind::Real(serving, home)) => lose_store(serving, home),
            (Gate::Stopped, _) => self.kind = Kind::Gone,
            _ => {}
        }
    }

    /// What it told of the next decision, if it made one.
    pub fn decision(&mut self) -> Option<Value> {
        let Kind::Real(serving, _) = &self.kind else { return None };
        let begun = Instant::now();
        while begun.elapsed() < PAUSE {
            let is_decision = |line: &Value| line["event"] == "decision";
            if let Some(line) =
                serving.log().into_iter().filter(is_decision).nth(self.decisions_read)
            {
                self.decisions_read += 1;
                return Some(line);
            }
            thread::sleep(Duration::from_millis(1));
        }
        None
    }
}

/// Takes the store away, and waits until the gate no longer answers from memory.
fn lose_store(serving: &Serving, home: &TestHome) {
    fs::rename(home.store(), home.path("elsewhere")).unwrap();
    let begun = Instant::now();
    while serving.ask_ops("/readyz").status() != 503 {
        assert!(begun.elapsed() < LONGEST, "the gate does not miss its store");
        thread::sleep(Duration::from_millis(5));
    }
}

/// A folder whose sockets belong to a group, as they do where a proxy is let in by its group.
fn dir_of_group(group: Option<&str>) -> TempDir {
    let room = private_dir();
    if let Some(group) = group.filter(|_| geteuid().is_root()) {
        let groups = fs::read_to_string("/etc/group").unwrap();
        let line = groups.lines().find(|line| line.split(':').next() == Some(group)).unwrap();
        let number = line.split(':').nth(2).unwrap().parse().unwrap();
        chown(room.path(), None, Some(number)).unwrap();
        fs::set_permissions(room.path(), Permissions::from_mode(0o2750)).unwrap();
    }
    room
}
