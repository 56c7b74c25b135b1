//! `gatepass serve` as a process.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    process::{Child, Command, ExitStatus},
    sync::{Arc, Mutex},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use super::{
    http::HttpMessage,
    process::{GATEPASS, TestHome, tool_at},
    test_env::{TestEnv, words},
};

/// The time limit for a gate to start, to stop or to log something.
const TIMEOUT: Duration = Duration::from_secs(10);

/// A running gate, which is killed when dropped.
pub struct GateProcess {
    addresses: Vec<String>,
    child: Child,
    stderr: Arc<Mutex<String>>,
    reader: Option<JoinHandle<()>>,
}

/// Prepares `gatepass serve` on free ports.
pub trait ServeCommand {
    fn serve_command(&self, flags: &str) -> Command;
}

impl ServeCommand for TestHome {
    fn serve_command(&self, flags: &str) -> Command {
        self.gatepass(&with_free_ports(flags))
    }
}

impl ServeCommand for TestEnv {
    fn serve_command(&self, flags: &str) -> Command {
        let mut command = tool_at(&self.path(""), GATEPASS);
        command.args(words(&with_free_ports(flags)));
        command
    }
}

/// Adds addresses with free ports, unless the flags have addresses.
fn with_free_ports(flags: &str) -> String {
    let missing = |flag: &str| {
        if flags.contains(flag) { String::new() } else { format!("{flag} 127.0.0.1:0") }
    };
    format!("serve {} {} {flags}", missing("--listen"), missing("--ops-listen"))
}

impl GateProcess {
    /// Starts a command of [`ServeCommand`] and waits until it listens.
    pub fn start(mut command: Command) -> Self {
        let mut child = command.spawn().unwrap();
        let (pipe, stderr) = (child.stderr.take().unwrap(), Arc::new(Mutex::new(String::new())));
        let reader = thread::spawn({
            let stderr = Arc::clone(&stderr);
            move || collect_stderr(pipe, &stderr)
        });
        let mut gate = Self { addresses: Vec::new(), child, stderr, reader: Some(reader) };
        let addresses = gate.wait_for("both addresses", |stderr| {
            let addresses = stderr.lines().filter_map(|line| {
                let api = line.strip_prefix("listening on ");
                api.or_else(|| line.strip_prefix("health and metrics on "))
            });
            Some(addresses.map(str::to_owned).collect()).filter(|both: &Vec<_>| both.len() == 2)
        });
        gate.addresses = addresses;
        gate
    }

    /// Returns the TCP address for requests.
    pub fn address(&self) -> SocketAddr {
        self.addresses[0].parse().unwrap()
    }

    /// Returns the address for health and metrics.
    pub fn ops_address(&self) -> SocketAddr {
        self.addresses[1].parse().unwrap()
    }

    pub fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }

    /// Sends a request and returns the response.
    pub fn ask(&self, request: &HttpMessage) -> HttpMessage {
        request.ask(self.address()).unwrap()
    }

    /// Returns the response for a path at the address for health and metrics.
    pub fn ask_ops(&self, path: &str) -> HttpMessage {
        HttpMessage::new(&format!("GET {path} HTTP/1.1"))
            .with("Host", "x")
            .ask(self.ops_address())
            .unwrap()
    }

    /// Waits until the gate is ready, and returns the response.
    pub fn wait_until_ready(&self) -> HttpMessage {
        let start = Instant::now();
        loop {
            let response = self.ask_ops("/readyz");
            if response.status() == 200 {
                return response;
            }
            assert!(start.elapsed() < TIMEOUT, "{response:?}");
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// Sends bytes and returns the response until the gate closes the connection.
    pub fn send_raw(&self, bytes: &[u8]) -> String {
        let mut stream = TcpStream::connect(self.address()).unwrap();
        stream.set_read_timeout(Some(TIMEOUT)).unwrap();
        // The gate may close the connection before it has read everything.
        stream.write_all(bytes).ok();
        read_to_end(stream)
    }

    /// Returns the stderr so far.
    pub fn stderr(&self) -> String {
        self.stderr.lock().unwrap().clone()
    }

    /// Waits until stderr contains a text.
    pub fn wait_for_stderr(&self, text: &str) {
        self.wait_for(text, |stderr| stderr.contains(text).then_some(()));
    }

    /// Waits until `find` finds something in stderr.
    fn wait_for<T>(&self, description: &str, find: impl Fn(&str) -> Option<T>) -> T {
        let start = Instant::now();
        loop {
            let stderr = self.stderr();
            if let Some(found) = find(&stderr) {
                return found;
            }
            let has_ended = self.reader.as_ref().is_none_or(JoinHandle::is_finished);
            assert!(!has_ended && start.elapsed() < TIMEOUT, "no {description} in: {stderr}");
            thread::sleep(Duration::from_millis(1));
        }
    }

    pub fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).unwrap();
    }

    /// Stops the gate as a service manager does, and returns its log, as [`Self::log`] does.
    pub fn end(mut self) -> Vec<Value> {
        self.signal(Signal::TERM);
        assert_eq!(self.wait().code(), Some(0), "{}", self.stderr());
        self.log()
    }

    /// Returns the log, which follows the first two lines of stderr.
    pub fn log(&self) -> Vec<Value> {
        let stderr = self.stderr();
        stderr.lines().skip(2).map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Waits until the process has ended and its output is complete.
    pub fn wait(&mut self) -> ExitStatus {
        let start = Instant::now();
        let status = loop {
            match self.child.try_wait().unwrap() {
                Some(status) => break status,
                None => {
                    assert!(start.elapsed() < TIMEOUT, "the gate does not end: {}", self.stderr())
                }
            }
            thread::sleep(Duration::from_millis(1));
        };
        self.reader.take().into_iter().for_each(|reader| reader.join().unwrap());
        status
    }
}

impl Drop for GateProcess {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// Reads text until the connection is closed or broken.
pub fn read_to_end(mut stream: impl Read) -> String {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).ok();
    String::from_utf8_lossy(&bytes).into_owned()
}

fn collect_stderr(pipe: impl Read, stderr: &Mutex<String>) {
    let mut pipe = BufReader::new(pipe);
    let mut line = String::new();
    while pipe.read_line(&mut line).is_ok_and(|length| length > 0) {
        stderr.lock().unwrap().push_str(&line);
        line.clear();
    }
}

/// Returns a request with the headers for passcodes.
pub fn passcode_request(account: &str, secret: &str) -> HttpMessage {
    get_request("/verify")
        .with("X-CleverTap-Account-Id", account)
        .with("X-CleverTap-Passcode", secret)
}

/// Returns a request with a bearer token.
pub fn bearer_request(secret: &str) -> HttpMessage {
    get_request("/verify").with("Authorization", &format!("Bearer {secret}"))
}

/// Returns a request without credentials.
pub fn get_request(path: &str) -> HttpMessage {
    HttpMessage::new(&format!("GET {path} HTTP/1.1")).with("Host", "gate")
}

/// A connection for several requests.
pub struct GateConnection(BufReader<TcpStream>);

impl GateConnection {
    pub fn to(gate: SocketAddr) -> Self {
        let stream = TcpStream::connect(gate).unwrap();
        stream.set_read_timeout(Some(TIMEOUT)).unwrap();
        stream.set_nodelay(true).unwrap();
        Self(BufReader::new(stream))
    }

    /// Sends a request and returns the response.
    pub fn ask(&mut self, request: &HttpMessage) -> io::Result<HttpMessage> {
        self.0.get_mut().write_all(&request.bytes())?;
        HttpMessage::read(&mut self.0)?.ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }

    /// Reads until the gate closes the connection.
    pub fn read_rest(self) -> String {
        read_to_end(self.0)
    }
}
