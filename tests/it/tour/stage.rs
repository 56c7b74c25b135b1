//! Runs the commands of a text at a terminal, with the clock of the machine or with another one.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpListener},
    thread,
    time::Duration,
};

use gatepass::{
    domain::instant::{Clock as _, Instant},
    host::SystemClock,
};

use rustix::process::geteuid;

use super::{remote::Remote, text::Text};
use crate::support::{
    address::free_address,
    clock::with_fixed_clock,
    process::{TestHome, finish_within, print_figure},
};

/// The time limit of a run.
const TIME_LIMIT: Duration = Duration::from_secs(180);

/// The API in the documents; a server of the test takes its place.
const API: &str = "https://api.example.com";

/// The address of the proxy in the documents.
const PROXY: &str = "http://127.0.0.1:8080";

/// The address of the gate in the documents.
const GATE: &str = "http://127.0.0.1:8710";

/// Printed before the output of each command.
const MARK: &str = "%%% next";

/// The clock of a run.
#[derive(Clone, Copy)]
pub enum Clock {
    /// The clock of the machine.
    Running,
    /// A clock that stands still at an instant, in a time zone.
    Stopped(Instant, &'static str),
}

/// What the commands of a text printed.
pub struct Run {
    /// The lines that each command printed.
    pub outputs: Vec<Vec<String>>,
    /// When the first one started.
    pub started: Instant,
    /// When the last one had ended.
    pub ended: Instant,
}

impl Run {
    /// Runs the commands of a text in a home of their own.
    pub fn of(text: &Text, clock: Clock) -> Self {
        Self::in_home(&TestHome::new(), text, clock, None)
    }

    /// Runs the commands of a text in this home, on a remote store if one is given.
    pub fn in_home(home: &TestHome, text: &Text, clock: Clock, remote: Option<&Remote>) -> Self {
        let setup = Setup::new();
        let mut script = setup.begin();
        script.push_str(&remote.map(|remote| remote.begin(home)).unwrap_or_default());
        for step in &text.steps {
            let command = setup.adapt(&step.command);
            let command = if remote.is_some() { Remote::adapt(&command) } else { command };
            script.push_str(&format!("echo '{MARK}'\n{command}\n"));
        }
        home.file("document.bash", &script);
        // At a terminal, as a reader would run them.
        let driver = home.file(
            "driver.bash",
            "export COLUMNS=130 NO_COLOR=1\nexec script -qec 'bash --norc document.bash' /dev/null\n",
        );
        let mut command = home.script_command(&["bash", "--norc"], &driver);
        if let Clock::Stopped(instant, zone) = clock {
            with_fixed_clock(&mut command, instant).env("TZ", zone);
        }
        let started = clock.now();
        let output = finish_within(command.spawn().unwrap(), TIME_LIMIT);
        assert_eq!(output.code, Some(0), "{output:?}");
        let root = fs::canonicalize(home.root()).unwrap();
        let printed = output.stdout.replace('\r', "").replace(root.to_str().unwrap(), "~");
        let mark = format!("{MARK}\n");
        let lines =
            |text: &str| text.lines().filter(|line| is_shown(line)).map(str::to_owned).collect();
        let outputs = printed.split(&mark).skip(1).map(lines).collect();
        Self { outputs, started, ended: clock.now() }
    }
}

/// Returns whether a text shows a line. nginx warns users other than root that the line `user` of the sample has no
/// effect.
fn is_shown(line: &str) -> bool {
    let is_warning = line.starts_with("nginx: [warn] the \"user\" directive makes sense only");
    if is_warning && !geteuid().is_root() {
        print_figure("documents: not root, so nginx warns of the line `user`");
    }
    geteuid().is_root() || !is_warning
}

impl Clock {
    fn now(self) -> Instant {
        match self {
            Self::Running => SystemClock.now(),
            Self::Stopped(instant, _) => instant,
        }
    }
}

/// The surroundings of a run: an API, and free addresses in place of the documented ones.
struct Setup {
    api: SocketAddr,
    gate: SocketAddr,
    ops: SocketAddr,
    proxy: SocketAddr,
}

impl Setup {
    fn new() -> Self {
        let [gate, ops, proxy] = [(); 3].map(|()| free_address());
        Self { api: serve(), gate, ops, proxy }
    }

    /// Returns the start of the script. Whatever the script leaves running is killed at its end.
    fn begin(&self) -> String {
        let Self { gate, ops, .. } = self;
        format!(
            "stty -onlcr\ntrap '{{ kill $(jobs -p) $(cat nginx.pid); }} 2>/dev/null' EXIT\n\
             export GATEPASS_LISTEN={gate} GATEPASS_OPS_LISTEN={ops}\n"
        )
    }

    /// Returns a command as it runs here. After a command that starts a gate, the script waits until that listens.
    fn adapt(&self, command: &str) -> String {
        let Self { api, gate, proxy, .. } = self;
        let addresses =
            format!("proxy-config nginx --listen {proxy} --gate {gate} --backend {api}");
        let command = command
            .replace(API, &format!("http://{api}"))
            .replace(PROXY, &format!("http://{proxy}"))
            .replace(GATE, &format!("http://{gate}"))
            .replace("proxy-config nginx", &addresses)
            // A change counts within 10 ms, but later on a busy machine.
            .replace(" && curl ", " && sleep 0.5 && curl ");
        let listens = format!("(: </dev/tcp/{}/{}) 2>/dev/null", gate.ip(), gate.port());
        let wait = format!("until {listens}; do sleep 0.02; done");
        match command {
            command if command.ends_with('&') => format!("{command}\n{wait}"),
            // The gate writes its log a moment after the response.
            command if command.starts_with("tail ") => format!("sleep 0.5\n{command}"),
            command => command,
        }
    }
}

/// Starts an API that sends the same response to every request, as long as the test runs.
fn serve() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming().map(Result::unwrap) {
            let lines = BufReader::new(&stream).lines().map_while(Result::ok);
            lines.take_while(|line| !line.is_empty()).for_each(drop);
            let response = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
            // A client may close the connection early.
            (&stream).write_all(response.as_bytes()).ok();
        }
    });
    address
}
