//! Malformed requests, slow clients and floods: the gate rejects or disconnects them, and serves other clients on time.

use std::{
    fs,
    io::{ErrorKind, Read, Write},
    net::TcpStream,
    process::Command,
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use insta::assert_snapshot;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::{
    server::{
        gate_fixture::live_fixture,
        lifecycle::scheduling::{own_time_without_core, times_without_core},
    },
    support::{
        gate::{GateConnection, GateProcess, ServeCommand, bearer_request, get_request},
        http::HttpMessage,
        process::{GATEPASS, finish, is_full, print_figure, require_tool, tool_at},
        test_env::{TestEnv, words},
    },
};

/// How long a client may take to send a head.
const HEAD_TIMEOUT: Duration = Duration::from_secs(5);

/// The longest a well-behaved client may wait for a response on an idle machine.
const MAX_WAIT: Duration = Duration::from_secs(1);

/// Attacks a gate while a client sends requests to it without pause, and returns the longest that the client waited.
///
/// On a busy machine, the client may wait longer by as long as it and the gate waited for a core.
fn assert_unaffected(gate: &GateProcess, secret: &str, attack: impl FnOnce()) -> Duration {
    let (is_done, address) = (AtomicBool::new(false), gate.address());
    let send_requests = || {
        let (mut connection, mut worst) = (GateConnection::to(address), Duration::ZERO);
        while !is_done.load(Ordering::Relaxed) {
            let start = Instant::now();
            assert_eq!(connection.ask(&bearer_request(secret)).unwrap().status(), 200);
            worst = worst.max(start.elapsed());
            thread::sleep(Duration::from_millis(1));
        }
        (worst, own_time_without_core())
    };
    let (worst, delay) = thread::scope(|scope| {
        let client = scope.spawn(send_requests);
        let longest = || times_without_core(gate).into_iter().max().unwrap();
        let before = longest();
        attack();
        is_done.store(true, Ordering::Relaxed);
        let (worst, delay) = client.join().unwrap();
        (worst, delay + longest().saturating_sub(before))
    });
    assert!(
        worst < MAX_WAIT + delay,
        "a client waited {worst:?}; it and the gate waited {delay:?} for a core"
    );
    worst
}

/// Returns the memory of a gate, in KiB.
fn memory(gate: &GateProcess) -> u64 {
    let status =
        fs::read_to_string(format!("/proc/{}/status", gate.pid().as_raw_nonzero())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim_end_matches("kB").trim().parse().unwrap()
}

#[test]
fn malformed_requests_are_rejected() {
    let (env, secret) = live_fixture();
    let gate = GateProcess::start(env.serve_command("--workers 1"));
    let head = format!(
        "GET /verify HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {secret}\r\n"
    );
    let with = |rest: &str| [head.as_bytes(), rest.as_bytes()].concat();
    let long = "x".repeat(16 * 1024);
    let rows: [(&str, Vec<u8>); 20] = [
        ("valid request", with("\r\n")),
        ("HTTP/1.0", with("\r\n").replace_all(b"HTTP/1.1", b"HTTP/1.0")),
        ("HTTP/0.9", b"GET /verify\r\n\r\n".to_vec()),
        ("HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0".to_vec()),
        ("HTTP/3.0", b"GET /verify HTTP/3.0\r\n\r\n".to_vec()),
        ("TLS", b"\x16\x03\x01\x00\xc4\x01\x00\x00\xc0\x03\x03".to_vec()),
        (
            "PROXY protocol",
            [b"PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n", with("\r\n").as_slice()].concat(),
        ),
        ("garbage", b"\xff\xfe\0\x01\n\n".to_vec()),
        ("long header", with(&format!("X-Long: {long}\r\n\r\n"))),
        ("many headers", with(&format!("{}\r\n", "X: y\r\n".repeat(200)))),
        ("long URL", format!("GET /{long} HTTP/1.1\r\n\r\n").into_bytes()),
        ("announced body too long", with("Content-Length: 65537\r\n\r\n")),
        ("body length of 20 digits", with("Content-Length: 99999999999999999999\r\n\r\n")),
        ("two lengths", with("Content-Length: 1\r\nContent-Length: 2\r\n\r\nab")),
        (
            "length and chunks",
            with("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        ),
        ("unknown transfer coding", with("Transfer-Encoding: gzip\r\n\r\n")),
        ("folded header", with("X-A: b\r\n c\r\n\r\n")),
        ("space before the colon", with("X-A : b\r\n\r\n")),
        ("NUL", with("X-A: \0\r\n\r\n")),
        ("bare line feeds", with("\r\n").replace_all(b"\r\n", b"\n")),
    ];
    let mut first_lines = String::new();
    assert_unaffected(&gate, &secret, || {
        for (name, bytes) in &rows {
            let response = gate.send_raw(bytes);
            first_lines += &format!("{name:<36}{}\n", response.lines().next().unwrap_or("-"));
        }
    });
    assert_snapshot!(first_lines, @"
    valid request                       HTTP/1.1 200 OK
    HTTP/1.0                            HTTP/1.0 200 OK
    HTTP/0.9                            HTTP/1.1 400 Bad Request
    HTTP/2                              -
    HTTP/3.0                            HTTP/1.1 400 Bad Request
    TLS                                 HTTP/1.1 400 Bad Request
    PROXY protocol                      HTTP/1.1 400 Bad Request
    garbage                             HTTP/1.1 400 Bad Request
    long header                         HTTP/1.1 431 Request Header Fields Too Large
    many headers                        HTTP/1.1 431 Request Header Fields Too Large
    long URL                            HTTP/1.1 431 Request Header Fields Too Large
    announced body too long             HTTP/1.1 413 Payload Too Large
    body length of 20 digits            HTTP/1.1 400 Bad Request
    two lengths                         HTTP/1.1 400 Bad Request
    length and chunks                   HTTP/1.1 200 OK
    unknown transfer coding             HTTP/1.1 400 Bad Request
    folded header                       HTTP/1.1 400 Bad Request
    space before the colon              HTTP/1.1 400 Bad Request
    NUL                                 HTTP/1.1 400 Bad Request
    bare line feeds                     HTTP/1.1 200 OK
    ");
    assert!(gate.end().is_empty(), "a malformed request is not a decision");
}

/// Replaces bytes by other bytes.
trait ReplaceAll {
    fn replace_all(self, from: &[u8], to: &[u8]) -> Vec<u8>;
}

impl ReplaceAll for Vec<u8> {
    fn replace_all(self, from: &[u8], to: &[u8]) -> Vec<u8> {
        let text = String::from_utf8(self).unwrap();
        let [from, to] = [from, to].map(|bytes| std::str::from_utf8(bytes).unwrap());
        text.replace(from, to).into_bytes()
    }
}

/// Request smuggling: the bytes of a body that the gate does not read must not be taken for a request.
#[test]
fn a_body_is_never_parsed_as_a_request() {
    let (env, secret) = live_fixture();
    let gate = GateProcess::start(env.serve_command("--log-allowed"));
    let inner = String::from_utf8(get_request("/verify").bytes()).unwrap();
    let outer =
        HttpMessage { start_line: "POST /verify HTTP/1.1".to_owned(), ..bearer_request(&secret) };
    let outer = outer.with("Connection", "close");
    for request in [outer.clone(), outer.with("Transfer-Encoding", "chunked")] {
        let response = gate.send_raw(&request.body(inner.as_str()).bytes());
        assert_eq!(response.matches("HTTP/1.1 ").count(), 1, "{response}");
    }
    let log = gate.end();
    assert!(log.len() == 2 && log.iter().all(|line| line["allowed"] == true), "{log:?}");
}

#[test]
fn slow_clients_are_disconnected_after_five_seconds() {
    let (env, secret) = live_fixture();
    let gate = GateProcess::start(env.serve_command("--workers 2"));
    let connect = |bytes: &[u8]| {
        let mut stream = TcpStream::connect(gate.address()).unwrap();
        stream.write_all(bytes).unwrap();
        stream.set_nonblocking(true).unwrap();
        stream
    };
    let head = bearer_request(&secret).bytes();
    let body = HttpMessage {
        start_line: "POST /introspect HTTP/1.1".to_owned(),
        ..bearer_request(&secret)
    };
    let body = body.body("x".repeat(999)).bytes();
    let start = Instant::now();
    let mut open: Vec<TcpStream> = Vec::new();
    open.extend((0..200).map(|_| connect(&head[..20])));
    open.extend((0..20).map(|_| connect(b"")));
    open.extend((0..20).map(|_| connect(&body[..body.len() - 500])));
    let worst = assert_unaffected(&gate, &secret, || {
        while !open.is_empty() && start.elapsed() < 2 * HEAD_TIMEOUT {
            thread::sleep(Duration::from_millis(100));
            // One more byte each, as over a slow network.
            open.retain_mut(|stream| is_open(stream) && stream.write_all(b"x").is_ok());
        }
    });
    let took = start.elapsed();
    print_figure(&format!(
        "hostile clients: 240 slow ones disconnected after {took:?}; another client waited {worst:?}"
    ));
    assert!(
        open.is_empty() && took >= HEAD_TIMEOUT - Duration::from_millis(100),
        "{} left after {took:?}",
        open.len()
    );
}

/// Reads and discards what was sent, and returns whether the other end is still open.
fn is_open(stream: &mut TcpStream) -> bool {
    let mut received = [0; 1_024];
    loop {
        match stream.read(&mut received) {
            Ok(0) => return false,
            Ok(_) => {}
            Err(error) => return error.kind() == ErrorKind::WouldBlock,
        }
    }
}

/// Raises this process's limit of open files to its maximum, and returns it.
fn open_files() -> u64 {
    let files = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: files.maximum, ..files }).unwrap();
    getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX)
}

#[test]
fn thousands_of_idle_connections_cost_little() {
    let wanted = if is_full() { 10_000 } else { 2_000 };
    let count = wanted.min(open_files().saturating_sub(1_000) as usize);
    if count < wanted {
        print_figure(&format!(
            "hostile clients: only {count} connections are permitted here: ulimit -Hn"
        ));
    }
    let (env, secret) = live_fixture();
    let gate = GateProcess::start(env.serve_command("--workers 2"));
    gate.wait_until_ready();
    let (before, start) = (memory(&gate), Instant::now());
    let mut during = 0;
    let worst = assert_unaffected(&gate, &secret, || {
        let mut open: Vec<TcpStream> = (0..count)
            .map(|_| {
                let stream = TcpStream::connect(gate.address()).unwrap();
                stream.set_nonblocking(true).unwrap();
                stream
            })
            .collect();
        during = memory(&gate);
        while !open.is_empty() && start.elapsed() < 3 * HEAD_TIMEOUT {
            thread::sleep(Duration::from_millis(100));
            open.retain_mut(is_open);
        }
        assert!(open.is_empty(), "{} are still open", open.len());
    });
    let after = memory(&gate);
    print_figure(&format!(
        "hostile clients: {count} idle connections: {before} KiB before, {during} during, {after} after; another client waited {worst:?}"
    ));
    assert!(during < before + count as u64 * 16, "more than 16 KiB each");
}

/// A client that does not read its responses costs no more memory than a few responses take.
#[test]
fn clients_that_do_not_read_are_disconnected() {
    let (env, secret) = live_fixture();
    let gate = GateProcess::start(env.serve_command("--workers 2"));
    gate.wait_until_ready();
    let (before, requests) = (memory(&gate), bearer_request(&secret).bytes().repeat(50));
    let worst = assert_unaffected(&gate, &secret, || {
        let mut silent: Vec<TcpStream> =
            (0..50).map(|_| TcpStream::connect(gate.address()).unwrap()).collect();
        for stream in &mut silent {
            stream.set_write_timeout(Some(Duration::from_millis(20))).unwrap();
            while stream.write_all(&requests).is_ok() {}
        }
    });
    let after = memory(&gate);
    print_figure(&format!(
        "hostile clients: 50 that do not read: {before} KiB before, {after} after; another client waited {worst:?}"
    ));
    assert!(after < before + 50 * 64, "{before} KiB, then {after}");
}

/// Starts a gate with a limit of open files.
fn with_open_file_limit(env: &TestEnv, files: u64) -> GateProcess {
    let mut command: Command = tool_at(&env.path(""), "sh");
    command.args(["-c", &format!("ulimit -n {files}; exec \"$0\" \"$@\""), GATEPASS]);
    command.args(words("serve --workers 2 --listen 127.0.0.1:0 --ops-listen 127.0.0.1:0"));
    GateProcess::start(command)
}

#[test]
fn a_connection_over_the_limit_is_closed() {
    let (env, secret) = live_fixture();
    let gate = with_open_file_limit(&env, 160);
    let most = 160 - 128;
    let mut connections: Vec<GateConnection> =
        (0..most).map(|_| GateConnection::to(gate.address())).collect();
    for connection in &mut connections {
        assert_eq!(connection.ask(&bearer_request(&secret)).unwrap().status(), 200);
    }
    assert_eq!(GateConnection::to(gate.address()).read_rest(), "");
    assert!(
        String::from_utf8(gate.ask_ops("/metrics").body)
            .unwrap()
            .contains(&format!("gatepass_connections {most}\n"))
    );
    assert_eq!(connections[0].ask(&bearer_request(&secret)).unwrap().status(), 200);
    connections.truncate(most - 1);
    thread::sleep(Duration::from_millis(100));
    assert_eq!(gate.ask(&bearer_request(&secret)).status(), 200);
}

/// slowhttptest sends slow heads and slow bodies, and reads slowly.
#[test]
fn slowhttptest_does_not_bring_it_down() {
    if !is_full() {
        return;
    }
    require_tool("slowhttptest", "slowhttptest");
    let (env, secret) = live_fixture();
    let gate = GateProcess::start(env.serve_command(""));
    for attack in ["-H", "-B", "-X"] {
        let mut tool = tool_at(&env.path(""), "slowhttptest");
        let url = format!("http://{}/verify", gate.address());
        tool.args(words(&format!("{attack} -c 1000 -r 500 -i 1 -l 12 -p 3 -u {url}")));
        let worst = assert_unaffected(&gate, &secret, || {
            let output = finish(tool.spawn().unwrap());
            assert_eq!(output.code, Some(0), "{output:?}");
        });
        print_figure(&format!(
            "hostile clients: slowhttptest {attack}: another client waited {worst:?}, {} KiB",
            memory(&gate)
        ));
    }
}
