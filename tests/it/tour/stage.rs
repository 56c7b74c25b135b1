//! Runs the commands of a text at a terminal, by the clock of the machine or by another one.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpListener},
    thread,
};

use gatepass::{
    domain::instant::{Clock as _, Instant},
    host::SystemClock,
};

use rustix::process::geteuid;

use super::text::Text;
use crate::support::{
    address::free_address,
    clock::with_fixed_clock,
    process::{TestHome, finish, print_figure},
};

/// Where the tour calls an API. The test answers instead.
const API: &str = "https://api.example.com";

/// Where the tour's proxy listens.
const PROXY: &str = "http://127.0.0.1:8080";

/// Where the tour's gate listens.
const GATE: &str = "http://127.0.0.1:8710";

/// Stands before the output of each command.
const MARK: &str = "%%% next";

/// The clock of a run.
#[derive(Clone, Copy)]
pub enum Clock {
    /// That of the machine.
    Running,
    /// One that stands still at an instant, in a time zone.
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
        let home = TestHome::new();
        let stage = Stage::new();
        let mut script = stage.begin();
        for step in &text.steps {
            script.push_str(&format!("echo '{MARK}'\n{}\n", stage.play(&step.command)));
        }
        home.file("tour.bash", &script);
        // On a terminal, since that is where the reader is.
        let driver = home.file(
            "driver.bash",
            "export COLUMNS=130 NO_COLOR=1\nexec script -qec 'bash --norc tour.bash' /dev/null\n",
        );
        let mut command = home.script_command(&["bash", "--norc"], &driver);
        if let Clock::Stopped(instant, zone) = clock {
            with_fixed_clock(&mut command, instant).env("TZ", zone);
        }
        let started = clock.now();
        let ran = finish(command.spawn().unwrap());
        assert_eq!(ran.code, Some(0), "{ran:?}");
        let place = fs::canonicalize(home.root()).unwrap();
        let said = ran.stdout.replace('\r', "").replace(place.to_str().unwrap(), "~");
        let mark = format!("{MARK}\n");
        let lines = |output: &str| {
            output.lines().filter(|line| is_shown(line)).map(str::to_owned).collect()
        };
        let outputs = said.split(&mark).skip(1).map(lines).collect();
        Self { outputs, started, ended: clock.now() }
    }
}

/// Whether a text shows a line. nginx warns everyone but root that the line `user` of the sample has no effect.
fn is_shown(line: &str) -> bool {
    let is_warning = line.starts_with("nginx: [warn] the \"user\" directive makes sense only");
    if is_warning && !geteuid().is_root() {
        print_figure("tour: not root, so nginx warns of the line `user`");
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

/// What the tour finds outside: an API, and free addresses in place of those that it takes for free.
struct Stage {
    api: SocketAddr,
    gate: SocketAddr,
    ops: SocketAddr,
    proxy: SocketAddr,
}

impl Stage {
    fn new() -> Self {
        let [gate, ops, proxy] = [(); 3].map(|()| free_address());
        Self { api: serve(), gate, ops, proxy }
    }

    /// What the tour goes by. Whatever it leaves running ends with it.
    fn begin(&self) -> String {
        let Self { gate, ops, .. } = self;
        format!(
            "stty -onlcr\ntrap 'kill $(jobs -p) $(cat nginx.pid 2>/dev/null)' EXIT\n\
             export GATEPASS_LISTEN={gate} GATEPASS_OPS_LISTEN={ops}\n"
        )
    }

    /// A command as it runs here. The next one begins when what it left running listens: readers are slower.
    fn play(&self, command: &str) -> String {
        let Self { api, gate, proxy, .. } = self;
        let addresses =
            format!("proxy-config nginx --listen {proxy} --gate {gate} --backend {api}");
        let command = command
            .replace(API, &format!("http://{api}"))
            .replace(PROXY, &format!("http://{proxy}"))
            .replace(GATE, &format!("http://{gate}"))
            .replace("proxy-config nginx", &addresses)
            // A change counts within 10 ms, but not on a machine that is as busy as this one may be.
            .replace(" && curl ", " && sleep 0.5 && curl ");
        let listens = format!("(: </dev/tcp/{}/{}) 2>/dev/null", gate.ip(), gate.port());
        let wait = format!("until {listens}; do sleep 0.02; done");
        match command {
            command if command.ends_with('&') => format!("{command}\n{wait}"),
            // The gate writes its log a moment after it has answered.
            command if command.starts_with("tail ") => format!("sleep 0.5\n{command}"),
            command => command,
        }
    }
}

/// An API that answers every request alike, for as long as the test runs.
fn serve() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming().map(Result::unwrap) {
            let lines = BufReader::new(&stream).lines().map_while(Result::ok);
            lines.take_while(|line| !line.is_empty()).for_each(drop);
            let answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
            // Whoever hung up has heard enough.
            (&stream).write_all(answer.as_bytes()).ok();
        }
    });
    address
}
