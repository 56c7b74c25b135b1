//! Real proxies, started with what `gatepass proxy-config` prints.

use std::{
    fs::{self, OpenOptions},
    net::{SocketAddr, TcpStream},
    process::{Child, Command},
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, geteuid, kill_process_group};

use super::gate::Profile;
use crate::support::{
    address::free_address,
    process::{TestHome, print_figure, require_tool},
    test_env::words,
};

/// The longest a proxy may take to listen.
const TIMEOUT: Duration = Duration::from_secs(10);

/// The proxies that Debian packages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proxy {
    Nginx,
    Caddy,
    Haproxy,
}

impl Proxy {
    /// Every proxy.
    pub const ALL: [Self; 3] = [Self::Nginx, Self::Caddy, Self::Haproxy];

    /// Returns the name of its program and of its package, which is also that for `proxy-config`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nginx => "nginx",
            Self::Caddy => "caddy",
            Self::Haproxy => "haproxy",
        }
    }

    /// Returns the profile of the gate that its sample requires.
    pub fn profile(self) -> Profile {
        match self {
            Self::Nginx => Profile::Exact,
            Self::Caddy | Self::Haproxy => Profile::Full,
        }
    }

    /// Returns the group of its workers if root starts it; `None` if it stays the user's.
    pub fn group(self) -> Option<&'static str> {
        match self {
            Self::Nginx => Some("www-data"),
            Self::Caddy => None,
            Self::Haproxy => Some("haproxy"),
        }
    }

    /// Returns the file name of its sample.
    pub fn file(self) -> &'static str {
        match self {
            Self::Nginx => "nginx.conf",
            Self::Caddy => "Caddyfile",
            Self::Haproxy => "haproxy.cfg",
        }
    }

    /// Creates a home with its sample for these options.
    pub fn prepare_home(self, options: &str) -> TestHome {
        let (home, name) = (TestHome::new(), self.name());
        let sample = home.ok(&format!("proxy-config {name} {options}"));
        fs::write(home.path(self.file()), startable(self, &sample)).unwrap();
        if self == Self::Haproxy {
            fs::write(home.path("gatepass.lua"), home.ok("proxy-config haproxy --lua")).unwrap();
        }
        home
    }

    /// Returns the command that runs it in the foreground, or only checks its sample.
    pub fn command(self, home: &TestHome, check_only: bool) -> Command {
        require_tool(self.name(), self.name());
        let mut command = home.tool(self.name());
        let file = self.file();
        let (check, run) = match self {
            // Settings that the sample leaves to the package, in the home.
            Self::Nginx => ("-p . -e stderr -t -g 'pid nginx.pid;' -c", NGINX),
            Self::Caddy => ("validate --config", "run --config"),
            Self::Haproxy => ("-c -f", "-db -f"),
        };
        command.args(words(if check_only { check } else { run })).arg(file);
        command
    }
}

const NGINX: &str = "-p . -e stderr -g 'daemon off; pid nginx.pid; error_log stderr;' -c";

/// Returns the sample, without the lines that make HAProxy change its user unless root runs it.
fn startable(proxy: Proxy, sample: &str) -> String {
    if proxy != Proxy::Haproxy || geteuid().is_root() {
        return sample.to_owned();
    }
    print_figure("proxies: not root, so haproxy runs without its lines `user` and `group`");
    sample.replace("    user haproxy\n    group haproxy\n", "")
}

/// A proxy, which runs until it is dropped.
pub struct Started {
    /// The address that it listens on.
    pub address: SocketAddr,
    home: TestHome,
    child: Child,
}

impl Started {
    /// Starts a proxy between a gate and a backend, with its sample as `edit` changes it.
    pub fn new(
        proxy: Proxy,
        gate: &str,
        backend: SocketAddr,
        edit: &dyn Fn(String) -> String,
    ) -> Self {
        let address = free_address();
        let options = format!("--listen {address} --gate {gate} --backend {backend}");
        let home = proxy.prepare_home(&options);
        let sample = fs::read_to_string(home.path(proxy.file())).unwrap();
        fs::write(home.path(proxy.file()), edit(sample)).unwrap();
        let log = OpenOptions::new().append(true).create(true).open(home.path("log")).unwrap();
        let child = proxy
            .command(&home, false)
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut started = Self { address, home, child };
        started.await_listening();
        started
    }

    /// Returns its log. It lacks what nginx's sample sends to the journal, unless that was changed to `log`.
    pub fn log(&self) -> String {
        fs::read_to_string(self.home.path("log")).unwrap()
    }

    fn await_listening(&mut self) {
        let start = Instant::now();
        while TcpStream::connect(self.address).is_err() {
            let status = self.child.try_wait().unwrap();
            let is_late = start.elapsed() > TIMEOUT;
            assert!(status.is_none() && !is_late, "{status:?}: {}", self.log());
            thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        // Its workers are in its process group.
        kill_process_group(Pid::from_child(&self.child), Signal::KILL).ok();
        self.child.wait().ok();
    }
}
