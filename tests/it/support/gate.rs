//! A gate: the real binary as `gatepass serve`, until it is dropped.

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

/// A gate that takes longer to begin, to end or to say something has failed.
const TIMEOUT: Duration = Duration::from_secs(10);

/// A gate that runs.
pub struct GateProcess {
    addresses: Vec<String>,
    child: Child,
    said: Arc<Mutex<String>>,
    reader: Option<JoinHandle<()>>,
}

/// `gatepass serve` in a home, on free ports, not yet started.
pub trait ServeCommand {
    /// With these flags.
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

/// Flags that are given twice are refused: a port is chosen only where none is.
fn with_free_ports(flags: &str) -> String {
    let missing = |flag: &str| {
        if flags.contains(flag) { String::new() } else { format!("{flag} 127.0.0.1:0") }
    };
    format!("serve {} {} {flags}", missing("--listen"), missing("--ops-listen"))
}

impl GateProcess {
    /// Starts what [`Serve::serve`] prepares, and waits until it listens.
    pub fn start(mut command: Command) -> Self {
        let mut child = command.spawn().unwrap();
        let (stderr, said) = (child.stderr.take().unwrap(), Arc::new(Mutex::new(String::new())));
        let reader = thread::spawn({
            let said = Arc::clone(&said);
            move || collect_stderr(stderr, &said)
        });
        let mut gate = Self { addresses: Vec::new(), child, said, reader: Some(reader) };
        let both = gate.wait_for("both addresses", |said| {
            let told = said.lines().filter_map(|line| {
                let told = line.strip_prefix("gatepass serves ");
                told.or_else(|| line.strip_prefix("and tells how it is at "))
            });
            Some(told.map(str::to_owned).collect()).filter(|told: &Vec<_>| told.len() == 2)
        });
        gate.addresses = both;
        gate
    }

    /// Where requests go, by TCP.
    pub fn address(&self) -> SocketAddr {
        self.addresses[0].parse().unwrap()
    }

    /// Where questions about the gate go.
    pub fn ops_address(&self) -> SocketAddr {
        self.addresses[1].parse().unwrap()
    }

    /// The number of its process.
    pub fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }

    /// The answer to a request.
    pub fn ask(&self, request: &HttpMessage) -> HttpMessage {
        request.ask(self.address()).unwrap()
    }

    /// The answer to a question about the gate.
    pub fn ask_ops(&self, path: &str) -> HttpMessage {
        HttpMessage::new(&format!("GET {path} HTTP/1.1"))
            .with("Host", "x")
            .ask(self.ops_address())
            .unwrap()
    }

    /// Waits until it is ready, and answers what it says then.
    pub fn wait_until_ready(&self) -> HttpMessage {
        let begun = Instant::now();
        loop {
            let answer = self.ask_ops("/readyz");
            if answer.status() == 200 {
                return answer;
            }
            assert!(begun.elapsed() < TIMEOUT, "{answer:?}");
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// All that comes back for some bytes, until the gate closes the connection.
    pub fn send_raw(&self, bytes: &[u8]) -> String {
        let mut stream = TcpStream::connect(self.address()).unwrap();
        stream.set_read_timeout(Some(TIMEOUT)).unwrap();
        // A gate that has heard enough may close before it was told everything.
        stream.write_all(bytes).ok();
        read_to_end(stream)
    }

    /// All that it has said.
    pub fn stderr(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    /// Waits until it has said a text.
    pub fn wait_for_stderr(&self, text: &str) {
        self.wait_for(text, |said| said.contains(text).then_some(()));
    }

    /// Waits until what it has said is enough.
    fn wait_for<T>(&self, what: &str, enough: impl Fn(&str) -> Option<T>) -> T {
        let begun = Instant::now();
        loop {
            let said = self.stderr();
            if let Some(found) = enough(&said) {
                return found;
            }
            let has_ended = self.reader.as_ref().is_none_or(JoinHandle::is_finished);
            assert!(!has_ended && begun.elapsed() < TIMEOUT, "no {what} in: {said}");
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// Sends it a signal.
    pub fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).unwrap();
    }

    /// Ends it as a service manager does, and answers what it said, as [`Gate::log`] does.
    pub fn end(mut self) -> Vec<Value> {
        self.signal(Signal::TERM);
        assert_eq!(self.wait().code(), Some(0), "{}", self.stderr());
        self.log()
    }

    /// What it said in JSON, a line each, after its first two lines.
    pub fn log(&self) -> Vec<Value> {
        let said = self.stderr();
        said.lines().skip(2).map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Waits until it has ended and nothing more can be heard.
    pub fn wait(&mut self) -> ExitStatus {
        let begun = Instant::now();
        let status = loop {
            match self.child.try_wait().unwrap() {
                Some(status) => break status,
                None => {
                    assert!(begun.elapsed() < TIMEOUT, "the gate does not end: {}", self.stderr())
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

/// What still comes over a connection, as text. A connection that breaks has ended, too.
pub fn read_to_end(mut stream: impl Read) -> String {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).ok();
    String::from_utf8_lossy(&bytes).into_owned()
}

fn collect_stderr(stderr: impl Read, said: &Mutex<String>) {
    let mut stderr = BufReader::new(stderr);
    let mut line = String::new();
    while stderr.read_line(&mut line).is_ok_and(|length| length > 0) {
        said.lock().unwrap().push_str(&line);
        line.clear();
    }
}

/// A question for the gate with CleverTap's pair of headers.
pub fn passcode_request(account: &str, secret: &str) -> HttpMessage {
    get_request("/verify")
        .with("X-CleverTap-Account-Id", account)
        .with("X-CleverTap-Passcode", secret)
}

/// A question for the gate with a bearer token.
pub fn bearer_request(secret: &str) -> HttpMessage {
    get_request("/verify").with("Authorization", &format!("Bearer {secret}"))
}

/// A request without anything.
pub fn get_request(path: &str) -> HttpMessage {
    HttpMessage::new(&format!("GET {path} HTTP/1.1")).with("Host", "gate")
}

/// One connection that many requests go over.
pub struct GateConnection(BufReader<TcpStream>);

impl GateConnection {
    /// Opens one.
    pub fn to(gate: SocketAddr) -> Self {
        let stream = TcpStream::connect(gate).unwrap();
        stream.set_read_timeout(Some(TIMEOUT)).unwrap();
        stream.set_nodelay(true).unwrap();
        Self(BufReader::new(stream))
    }

    /// The answer to a request.
    pub fn ask(&mut self, request: &HttpMessage) -> io::Result<HttpMessage> {
        self.0.get_mut().write_all(&request.bytes())?;
        HttpMessage::read(&mut self.0)?.ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }

    /// What still comes until the gate closes it.
    pub fn read_rest(self) -> String {
        read_to_end(self.0)
    }
}
