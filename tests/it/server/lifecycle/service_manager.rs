//! Notifications to a service manager, and sockets from one.

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

/// The longest wait for a notification.
const TIMEOUT: Duration = Duration::from_secs(10);

/// An accepted connection is read from within this time.
const PAUSE: Duration = Duration::from_millis(100);

#[test]
fn the_gate_notifies_its_service_manager() {
    let home = TestHome::with(&["create partner --days 9 --out secret"]);
    let manager = UnixDatagram::bind(home.path("notify")).unwrap();
    manager.set_read_timeout(Some(TIMEOUT)).unwrap();
    let receive = || {
        let mut text = [0; 100];
        let length = manager.recv(&mut text).unwrap();
        String::from_utf8_lossy(&text[..length]).into_owned()
    };
    let mut command = home.serve_command("");
    command.env("NOTIFY_SOCKET", home.path("notify"));
    let gate = GateProcess::start(command);
    assert_eq!(receive(), "READY=1\n");
    gate.signal(Signal::HUP);
    let reloading = receive();
    let since = reloading.strip_prefix("RELOADING=1\nMONOTONIC_USEC=").unwrap_or_default();
    assert!(since.trim_end().parse::<u64>().is_ok(), "{reloading}");
    assert_eq!(receive(), "READY=1\n");
    // A request in progress gets its response after the manager was notified of the shutdown.
    let mut request = TcpStream::connect(gate.address()).unwrap();
    request.set_read_timeout(Some(TIMEOUT)).unwrap();
    request.write_all(b"GET /verify HTTP/1.1\r\n").unwrap();
    let is_accepted = |metrics: &HttpMessage| {
        String::from_utf8_lossy(&metrics.body).contains("gatepass_connections 1\n")
    };
    while !is_accepted(&gate.ask_ops("/metrics")) {}
    thread::sleep(PAUSE);
    gate.signal(Signal::TERM);
    assert_eq!(receive(), "STOPPING=1\n");
    request.write_all(b"Host: gate\r\n\r\n").unwrap();
    let response = HttpMessage::read(&mut BufReader::new(request)).unwrap().unwrap();
    assert_eq!(response.status(), 401);
}

#[test]
fn the_second_inherited_socket_serves_health_and_metrics() {
    let home = TestHome::with(&["create partner --days 9 --out secret"]);
    let first = TcpListener::bind("127.0.0.1:0").unwrap();
    let second = TcpListener::bind((require_ipv6(), 0)).unwrap();
    let (at_first, at_second) = (first.local_addr().unwrap(), second.local_addr().unwrap());
    let gate = GateProcess::start(with_inherited_sockets(&home, first, second));
    assert_eq!((gate.address(), gate.ops_address()), (at_first, at_second));
    let request = HttpMessage::new("GET /verify HTTP/1.1").with("Host", "gate");
    assert_eq!(request.ask(at_first).unwrap().status(), 401);
    assert_eq!(gate.wait_until_ready().status(), 200);
}

#[test]
fn an_inherited_non_loopback_socket_is_rejected() {
    let home = TestHome::with(&["create partner --days 9 --out secret"]);
    let [first, second] = ["0.0.0.0:0", "127.0.0.1:0"].map(|at| TcpListener::bind(at).unwrap());
    let output = finish(with_inherited_sockets(&home, first, second).spawn().unwrap());
    assert_eq!(output.code, Some(2), "{output:?}");
    assert!(output.stderr.contains("--allow-remote"), "{output:?}");
}

/// Returns a gate's command with two sockets as file descriptors 3 and 4, as service managers pass them.
fn with_inherited_sockets(home: &TestHome, first: TcpListener, second: TcpListener) -> Command {
    let script = "LISTEN_PID=$$ LISTEN_FDS=2 exec \"$0\" serve 3<&0 4<&1 0</dev/null 1>/dev/null";
    let mut command = home.tool("sh");
    command.args(["-c", script, GATEPASS]);
    command.stdin(OwnedFd::from(first)).stdout(OwnedFd::from(second));
    command
}
