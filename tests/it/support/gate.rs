//! A gate: the real binary as `gatepass serve`, until it is dropped.

use std::{
    io::{BufRead, BufReader, Read},
    net::SocketAddr,
    process::{Child, Command},
    sync::{Arc, Mutex},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use super::{http::Message, process::Home};

/// A gate that takes longer to begin or to say something has failed.
const LONGEST: Duration = Duration::from_secs(10);

/// A gate that runs.
pub struct Gate {
    listens: Vec<String>,
    child: Child,
    said: Arc<Mutex<String>>,
    reader: Option<JoinHandle<()>>,
}

/// `gatepass serve` in a home, on free ports, not yet started.
pub trait Serve {
    /// With these flags.
    fn serve(&self, flags: &str) -> Command;
}

impl Serve for Home {
    fn serve(&self, flags: &str) -> Command {
        self.gatepass(&with_ports(flags))
    }
}

fn with_ports(flags: &str) -> String {
    let free = "127.0.0.1:0";
    let listen = if flags.contains("--listen") { "" } else { "--listen 127.0.0.1:0" };
    format!("serve {listen} --ops-listen {free} {flags}")
}

impl Gate {
    /// Starts what [`Serve::serve`] prepares, and waits until it listens.
    pub fn start(mut command: Command) -> Self {
        let mut child = command.spawn().unwrap();
        let (stderr, said) = (child.stderr.take().unwrap(), Arc::new(Mutex::new(String::new())));
        let reader = thread::spawn({
            let said = Arc::clone(&said);
            move || listen_to(stderr, &said)
        });
        let mut gate = Self { listens: Vec::new(), child, said, reader: Some(reader) };
        let both = gate.wait_for("both addresses", |said| {
            let told = said.lines().filter_map(|line| {
                let told = line.strip_prefix("gatepass serves ");
                told.or_else(|| line.strip_prefix("and tells how it is at "))
            });
            Some(told.map(str::to_owned).collect()).filter(|told: &Vec<_>| told.len() == 2)
        });
        gate.listens = both;
        gate
    }

    /// Where requests go, by TCP.
    pub fn address(&self) -> SocketAddr {
        self.listens[0].parse().unwrap()
    }

    /// Where questions about the gate go.
    pub fn ops_address(&self) -> SocketAddr {
        self.listens[1].parse().unwrap()
    }

    /// The answer to a question about the gate.
    pub fn tells(&self, path: &str) -> Message {
        Message::new(&format!("GET {path} HTTP/1.1"))
            .with("Host", "x")
            .ask(self.ops_address())
            .unwrap()
    }

    /// All that it has said.
    pub fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    /// Sends it a signal.
    pub fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }

    /// Waits until what it has said is enough.
    fn wait_for<T>(&self, what: &str, enough: impl Fn(&str) -> Option<T>) -> T {
        let begun = Instant::now();
        loop {
            let said = self.said();
            if let Some(found) = enough(&said) {
                return found;
            }
            let has_ended = self.reader.as_ref().is_none_or(JoinHandle::is_finished);
            assert!(!has_ended && begun.elapsed() < LONGEST, "no {what} in: {said}");
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// What it said in JSON, a line each, after its first two lines.
    pub fn log(&self) -> Vec<Value> {
        let said = self.said();
        said.lines().skip(2).map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn listen_to(stderr: impl Read, said: &Mutex<String>) {
    let mut stderr = BufReader::new(stderr);
    let mut line = String::new();
    while stderr.read_line(&mut line).is_ok_and(|length| length > 0) {
        said.lock().unwrap().push_str(&line);
        line.clear();
    }
}
