//! What the gate and a service manager tell each other.

use std::{
    io::{BufReader, Write},
    net::{TcpListener, TcpStream},
    os::{fd::OwnedFd, unix::net::UnixDatagram},
    process::Command,
    thread,
    time::Duration,
};

use rustix::process::Signal;

use crate::support::{
    address::require_ipv6,
    gate::{GateProcess, ServeCommand},
    http::HttpMessage,
    process::{GATEPASS, TestHome, finish},
};

/// What takes longer is not told any more.
const LONGEST: Duration = Duration::from_secs(10);

/// A connection that was taken is read from within this.
const PAUSE: Duration = Duration::from_millis(100);

#[test]
fn the_gate_notifies_its_service_manager() {
    let home = TestHome::with(&["create partner --days 9 --out secret"]);
    let manager = UnixDatagram::bind(home.path("notify")).unwrap();
    manager.set_read_timeout(Some(LONGEST)).unwrap();
    let hear = || {
        let mut text = [0; 100];
        let length = manager.recv(&mut text).unwrap();
        String::from_utf8_lossy(&text[..length]).into_owned()
    };
    let mut command = home.serve_command("");
    command.env("NOTIFY_SOCKET", home.path("notify"));
    let gate = GateProcess::start(command);
    assert_eq!(hear(), "READY=1\n");
    gate.signal(Signal::HUP);
    let reloading = hear();
    let since = reloading.strip_prefix("RELOADING=1\nMONOTONIC_USEC=").unwrap_or_default();
    assert!(since.trim_end().parse::<u64>().is_ok(), "{reloading}");
    assert_eq!(hear(), "READY=1\n");
    // A request in flight: it is still answered when the manager knows that the gate ends.
    let mut request = TcpStream::connect(gate.address()).unwrap();
    request.set_read_timeout(Some(LONGEST)).unwrap();
    request.write_all(b"GET /verify HTTP/1.1\r\n").unwrap();
    let is_taken = |metrics: &HttpMessage| {
        String::from_utf8_lossy(&metrics.body).contains("gatepass_connections 1\n")
    };
    while !is_taken(&gate.ask_ops("/metrics")) {}
    thread::sleep(PAUSE);
    gate.signal(Signal::TERM);
    assert_eq!(hear(), "STOPPING=1\n");
    request.write_all(b"Host: gate\r\n\r\n").unwrap();
    let answer = HttpMessage::read(&mut BufReader::new(request)).unwrap().unwrap();
    assert_eq!(answer.status(), 401);
}

#[test]
fn the_second_inherited_socket_serves_health_and_metrics() {
    let home = TestHome::with(&["create partner --days 9 --out secret"]);
    let first = TcpListener::bind("127.0.0.1:0").unwrap();
    let second = TcpListener::bind((require_ipv6(), 0)).unwrap();
    let (at_first, at_second) = (first.local_addr().unwrap(), second.local_addr().unwrap());
    let gate = GateProcess::start(with_inherited_sockets(&home, first, second));
    assert_eq!((gate.address(), gate.ops_address()), (at_first, at_second));
    let question = HttpMessage::new("GET /verify HTTP/1.1").with("Host", "gate");
    assert_eq!(question.ask(at_first).unwrap().status(), 401);
    assert_eq!(gate.wait_until_ready().status(), 200);
}

#[test]
fn an_inherited_non_loopback_socket_is_rejected() {
    let home = TestHome::with(&["create partner --days 9 --out secret"]);
    let [first, second] = ["0.0.0.0:0", "127.0.0.1:0"].map(|at| TcpListener::bind(at).unwrap());
    let ended = finish(with_inherited_sockets(&home, first, second).spawn().unwrap());
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(ended.stderr.contains("--allow-remote"), "{ended:?}");
}

/// A gate that is handed two sockets, as a service manager hands them: as files 3 and 4.
fn with_inherited_sockets(home: &TestHome, first: TcpListener, second: TcpListener) -> Command {
    let script = "LISTEN_PID=$$ LISTEN_FDS=2 exec \"$0\" serve 3<&0 4<&1 0</dev/null 1>/dev/null";
    let mut command = home.tool("sh");
    command.args(["-c", script, GATEPASS]);
    command.stdin(OwnedFd::from(first)).stdout(OwnedFd::from(second));
    command
}
