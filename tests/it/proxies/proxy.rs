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

/// A proxy that is slower to listen has failed.
const LONGEST: Duration = Duration::from_secs(10);

/// The proxies that Debian packages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proxy {
    Nginx,
    Caddy,
    Haproxy,
}

impl Proxy {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Nginx, Self::Caddy, Self::Haproxy];

    /// Its name: of the program, of the package, and for `proxy-config`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nginx => "nginx",
            Self::Caddy => "caddy",
            Self::Haproxy => "haproxy",
        }
    }

    /// The profile that its sample asks of the gate.
    pub fn profile(self) -> Profile {
        match self {
            Self::Nginx => Profile::Exact,
            Self::Caddy | Self::Haproxy => Profile::Full,
        }
    }

    /// The group of its workers, where root starts it.
    pub fn group(self) -> Option<&'static str> {
        match self {
            Self::Nginx => Some("www-data"),
            Self::Caddy => None,
            Self::Haproxy => Some("haproxy"),
        }
    }

    /// The file of its sample.
    pub fn file(self) -> &'static str {
        match self {
            Self::Nginx => "nginx.conf",
            Self::Caddy => "Caddyfile",
            Self::Haproxy => "haproxy.cfg",
        }
    }

    /// A room with its sample for these options.
    pub fn prepare_home(self, options: &str) -> TestHome {
        let (home, name) = (TestHome::new(), self.name());
        let sample = home.ok(&format!("proxy-config {name} {options}"));
        fs::write(home.path(self.file()), startable(self, &sample)).unwrap();
        if self == Self::Haproxy {
            fs::write(home.path("gatepass.lua"), home.ok("proxy-config haproxy --lua")).unwrap();
        }
        home
    }

    /// Starts it in the foreground, or has it only examine its sample.
    pub fn command(self, home: &TestHome, is_examination: bool) -> Command {
        require_tool(self.name(), self.name());
        let mut command = home.tool(self.name());
        let file = self.file();
        let (examine, start) = match self {
            // What the sample leaves to the package, in the private room.
            Self::Nginx => ("-p . -e stderr -t -g 'pid nginx.pid;' -c", NGINX),
            Self::Caddy => ("validate --config", "run --config"),
            Self::Haproxy => ("-c -f", "-db -f"),
        };
        command.args(words(if is_examination { examine } else { start })).arg(file);
        command
    }
}

const NGINX: &str = "-p . -e stderr -g 'daemon off; pid nginx.pid; error_log stderr;' -c";

/// The sample as it is, but for who is not root and can't become haproxy.
fn startable(proxy: Proxy, sample: &str) -> String {
    if proxy != Proxy::Haproxy || geteuid().is_root() {
        return sample.to_owned();
    }
    print_figure("proxies: not root, so haproxy runs without its lines `user` and `group`");
    sample.replace("    user haproxy\n    group haproxy\n", "")
}

/// A proxy that runs, until it is dropped.
pub struct Started {
    /// Where it listens.
    pub address: SocketAddr,
    home: TestHome,
    child: Child,
}

impl Started {
    /// Starts one between a gate and a backend, with its sample as `altered` makes it.
    pub fn new(
        proxy: Proxy,
        gate: &str,
        backend: SocketAddr,
        altered: &dyn Fn(String) -> String,
    ) -> Self {
        let address = free_address();
        let options = format!("--listen {address} --gate {gate} --backend {backend}");
        let home = proxy.prepare_home(&options);
        let sample = fs::read_to_string(home.path(proxy.file())).unwrap();
        fs::write(home.path(proxy.file()), altered(sample)).unwrap();
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

    /// All that it has logged; not what nginx's sample sends to the journal, unless it was altered to go to `log`.
    pub fn log(&self) -> String {
        fs::read_to_string(self.home.path("log")).unwrap()
    }

    fn await_listening(&mut self) {
        let begun = Instant::now();
        while TcpStream::connect(self.address).is_err() {
            let ended = self.child.try_wait().unwrap();
            let is_late = begun.elapsed() > LONGEST;
            assert!(ended.is_none() && !is_late, "{ended:?}: {}", self.log());
            thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        // Its workers are in the group that it leads.
        kill_process_group(Pid::from_child(&self.child), Signal::KILL).ok();
        self.child.wait().ok();
    }
}
