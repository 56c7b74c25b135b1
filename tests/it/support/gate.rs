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
    http::Message,
    process::{GATEPASS, Home, tool_at},
    run::{World, words},
};

/// A gate that takes longer to begin, to end or to say something has failed.
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

impl Serve for World {
    fn serve(&self, flags: &str) -> Command {
        let mut command = tool_at(&self.path(""), GATEPASS);
        command.args(words(&with_ports(flags)));
        command
    }
}

/// Flags that are given twice are refused: a port is chosen only where none is.
fn with_ports(flags: &str) -> String {
    let missing = |flag: &str| {
        if flags.contains(flag) { String::new() } else { format!("{flag} 127.0.0.1:0") }
    };
    format!("serve {} {} {flags}", missing("--listen"), missing("--ops-listen"))
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

    /// The number of its process.
    pub fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }

    /// The answer to a request.
    pub fn ask(&self, request: &Message) -> Message {
        request.ask(self.address()).unwrap()
    }

    /// The answer to a question about the gate.
    pub fn tells(&self, path: &str) -> Message {
        Message::new(&format!("GET {path} HTTP/1.1"))
            .with("Host", "x")
            .ask(self.ops_address())
            .unwrap()
    }

    /// Waits until it is ready, and answers what it says then.
    pub fn ready(&self) -> Message {
        let begun = Instant::now();
        loop {
            let answer = self.tells("/readyz");
            if answer.status() == 200 {
                return answer;
            }
            assert!(begun.elapsed() < LONGEST, "{answer:?}");
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// All that comes back for some bytes, until the gate closes the connection.
    pub fn answers_to(&self, bytes: &[u8]) -> String {
        let mut stream = TcpStream::connect(self.address()).unwrap();
        stream.set_read_timeout(Some(LONGEST)).unwrap();
        // A gate that has heard enough may close before it was told everything.
        stream.write_all(bytes).ok();
        read_to_end(stream)
    }

    /// All that it has said.
    pub fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    /// Waits until it has said a text.
    pub fn wait_to_hear(&self, text: &str) {
        self.wait_for(text, |said| said.contains(text).then_some(()));
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

    /// Sends it a signal.
    pub fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).unwrap();
    }

    /// Ends it as a service manager does, and answers what it said, as [`Gate::log`] does.
    pub fn end(mut self) -> Vec<Value> {
        self.signal(Signal::TERM);
        assert_eq!(self.wait().code(), Some(0), "{}", self.said());
        self.log()
    }

    /// What it said in JSON, a line each, after its first two lines.
    pub fn log(&self) -> Vec<Value> {
        let said = self.said();
        said.lines().skip(2).map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Waits until it has ended and nothing more can be heard.
    pub fn wait(&mut self) -> ExitStatus {
        let begun = Instant::now();
        let status = loop {
            match self.child.try_wait().unwrap() {
                Some(status) => break status,
                None => {
                    assert!(begun.elapsed() < LONGEST, "the gate does not end: {}", self.said())
                }
            }
            thread::sleep(Duration::from_millis(1));
        };
        self.reader.take().into_iter().for_each(|reader| reader.join().unwrap());
        status
    }
}

impl Drop for Gate {
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

fn listen_to(stderr: impl Read, said: &Mutex<String>) {
    let mut stderr = BufReader::new(stderr);
    let mut line = String::new();
    while stderr.read_line(&mut line).is_ok_and(|length| length > 0) {
        said.lock().unwrap().push_str(&line);
        line.clear();
    }
}

/// A question for the gate with CleverTap's pair of headers.
pub fn pair(account: &str, secret: &str) -> Message {
    get("/verify").with("X-CleverTap-Account-Id", account).with("X-CleverTap-Passcode", secret)
}

/// A question for the gate with a bearer token.
pub fn bearer(secret: &str) -> Message {
    get("/verify").with("Authorization", &format!("Bearer {secret}"))
}

/// A request without anything.
pub fn get(path: &str) -> Message {
    Message::new(&format!("GET {path} HTTP/1.1")).with("Host", "gate")
}

/// One connection that many requests go over.
pub struct Line(BufReader<TcpStream>);

impl Line {
    /// Opens one.
    pub fn to(gate: SocketAddr) -> Self {
        let stream = TcpStream::connect(gate).unwrap();
        stream.set_read_timeout(Some(LONGEST)).unwrap();
        stream.set_nodelay(true).unwrap();
        Self(BufReader::new(stream))
    }

    /// The answer to a request.
    pub fn ask(&mut self, request: &Message) -> io::Result<Message> {
        self.0.get_mut().write_all(&request.bytes())?;
        Message::read(&mut self.0)?.ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }

    /// What still comes until the gate closes it.
    pub fn rest(self) -> String {
        read_to_end(self.0)
    }
}
