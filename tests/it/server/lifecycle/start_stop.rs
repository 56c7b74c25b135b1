//! How the gate starts, reloads its settings and stops.

use std::{
    io::{BufReader, Read, Write},
    net::TcpStream,
    os::{fd::OwnedFd, unix::net::UnixStream},
    process::{Child, Command},
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};

use crate::{
    server::gate_fixture::live_fixture,
    support::{
        gate::{GateConnection, GateProcess, ServeCommand, bearer_request, read_to_end},
        http::{HttpMessage, ask_over},
        process::{GATEPASS, ProcessOutput, TestHome, finish, print_figure, tool_at},
        test_env::{TestEnv, words},
    },
};

/// How long a shutdown waits for requests in progress.
const DRAIN_TIME: Duration = Duration::from_secs(5);

#[test]
fn requests_in_progress_are_answered_before_shutdown() {
    let (mut env, secret) = live_fixture();
    env.run_ok("edit acme --introspect on");
    let mut gate = GateProcess::start(env.serve_command("--workers 1"));
    let mut idle = GateConnection::to(gate.address());
    assert_eq!(idle.ask(&bearer_request(&secret)).unwrap().status(), 200);
    let request = HttpMessage {
        start_line: "POST /introspect HTTP/1.1".to_owned(),
        ..bearer_request(&secret)
    };
    let request = request.body(format!("token={secret}")).bytes();
    let (begin, rest) = request.split_at(request.len() - 9);
    let mut stream = TcpStream::connect(gate.address()).unwrap();
    stream.write_all(begin).unwrap();
    thread::sleep(Duration::from_millis(100));

    let signalled = Instant::now();
    gate.signal(Signal::TERM);
    assert_eq!(idle.read_rest(), "", "an idle connection is closed");
    assert!(TcpStream::connect(gate.address()).is_err(), "a new connection was accepted");
    stream.write_all(rest).unwrap();
    let response = HttpMessage::read(&mut BufReader::new(stream)).unwrap().unwrap();
    assert_eq!((response.status(), response.single("connection")), (200, Some("close")));
    assert_eq!(gate.wait().code(), Some(0));
    assert!(signalled.elapsed() < DRAIN_TIME / 2, "{:?}", signalled.elapsed());
}

#[test]
fn shutdown_waits_at_most_five_seconds() {
    let (env, secret) = live_fixture();
    let mut gate = GateProcess::start(env.serve_command(""));
    let mut slow = TcpStream::connect(gate.address()).unwrap();
    let request = bearer_request(&secret).body("x".repeat(100)).bytes();
    slow.write_all(&request[..40]).unwrap();
    thread::sleep(Duration::from_millis(100));
    let signalled = Instant::now();
    gate.signal(Signal::TERM);
    assert_eq!(gate.wait().code(), Some(0));
    let took = signalled.elapsed();
    assert!(took < DRAIN_TIME + Duration::from_secs(1), "{took:?}");
    assert_eq!(read_to_end(slow), "");
}

#[test]
fn sighup_reloads_the_settings() {
    let (env, secret) = live_fixture();
    let config = env.file("config.toml", "[serve]\nregion = 'in1'\n");
    let start = |flags: &str| {
        let mut command = env.serve_command(flags);
        command.env("GATEPASS_CONFIG", &config);
        GateProcess::start(command)
    };
    let (mut gate, with_flag) = (start(""), start("--region us1"));
    let status = |gate: &GateProcess| gate.ask(&bearer_request(&secret)).status();
    let hang_up = |gate: &mut GateProcess, text: &str| {
        env.file("config.toml", text);
        gate.signal(Signal::HUP);
    };
    assert_eq!(status(&gate), 403);
    hang_up(&mut gate, "[serve]\nregion = 'eu1'\n");
    gate.wait_for_stderr("\"reloaded\"");
    assert_eq!(status(&gate), 200);
    // An invalid file changes nothing.
    hang_up(&mut gate, "[serve]\nregion = 'mars'\n");
    gate.wait_for_stderr("\"not_reloaded\"");
    assert_eq!(status(&gate), 200);
    hang_up(&mut gate, "[serve]\nregion = 'us1'\nlog-allowed = true\nnothing = 1\n");
    gate.wait_for_stderr("nothing");
    assert_eq!(status(&gate), 200);
    let events: Vec<_> = gate.log().iter().map(|line| line["event"].to_string()).collect();
    let reloaded = ["\"decision\"", "\"reloaded\"", "\"not_reloaded\"", "\"not_reloaded\""];
    assert_eq!(events, reloaded, "the first decision, and the result of each reload");
    // A flag of the command line overrides the file.
    env.file("config.toml", "[serve]\nregion = 'eu1'\n");
    with_flag.signal(Signal::HUP);
    with_flag.wait_for_stderr("\"reloaded\"");
    assert_eq!(status(&with_flag), 403);
}

/// Returns the output of a gate that must fail to start.
fn failed_start(mut command: Command) -> ProcessOutput {
    finish(command.spawn().unwrap())
}

#[test]
fn the_gate_does_not_start_without_a_store() {
    let output = failed_start(TestHome::new().serve_command(""));
    assert_eq!((output.code, output.stdout.as_str()), (Some(3), ""), "{output:?}");
    assert!(output.stderr.contains("store.db"), "{output:?}");
}

/// A gate that can't start all its threads stops those that it has started. Each takes 1 GiB, and 9 GiB are allowed.
#[test]
fn the_gate_does_not_start_without_its_threads() {
    let (env, _) = live_fixture();
    let mut command = tool_at(&env.path(""), "sh");
    let serve = "serve --workers 99 --listen 127.0.0.1:0 --ops-listen 127.0.0.1:0";
    command.args(["-c", "ulimit -v 9437184; exec \"$0\" \"$@\"", GATEPASS]).args(words(serve));
    command.env("RUST_MIN_STACK", (1 << 30).to_string());
    let output = failed_start(command);
    assert_eq!(output.code, Some(1), "{output:?}");
    assert!(output.stderr.contains("error: "), "{output:?}");
}

/// Starts a gate at a Unix socket that logs to `log`, and sends it 3,000 requests.
fn busy_gate(env: &TestEnv, secret: &str, log: UnixStream) -> Child {
    let path = env.path("gate.sock");
    let mut command = env.serve_command(&format!("--log-allowed --listen unix:{}", path.display()));
    let mut gate = command.stderr(OwnedFd::from(log)).spawn().unwrap();
    while UnixStream::connect(&path).is_err() {
        assert!(gate.try_wait().unwrap().is_none(), "the gate has stopped");
    }
    for _ in 0..3_000 {
        let response =
            ask_over(UnixStream::connect(&path).unwrap(), &bearer_request(secret).bytes());
        assert_eq!(response.unwrap().status(), 200);
    }
    gate
}

/// A log that is full because nobody reads it blocks neither responses nor the uses that are written at the end.
#[test]
fn an_unread_log_does_not_block_requests() {
    let (mut env, secret) = live_fixture();
    let (log, _unread) = UnixStream::pair().unwrap();
    let mut gate = busy_gate(&env, &secret, log);
    kill_process(Pid::from_child(&gate), Signal::TERM).unwrap();
    let start = Instant::now();
    while env.run_ok("show acme --field uses").trim() != "3000" {
        assert!(start.elapsed() < DRAIN_TIME / 2, "the uses were not written");
    }
    gate.kill().unwrap();
    gate.wait().unwrap();
}

#[test]
fn a_closed_log_does_not_block_requests() {
    let (mut env, secret) = live_fixture();
    let (log, mut reader) = UnixStream::pair().unwrap();
    thread::spawn(move || reader.read_exact(&mut [0; 100]));
    let gate = busy_gate(&env, &secret, log);
    kill_process(Pid::from_child(&gate), Signal::TERM).unwrap();
    let output = finish(gate);
    assert_eq!((output.code, env.run_ok("show acme --field uses").trim()), (Some(0), "3000"));
}

/// A gate killed under load leaves nothing that delays or breaks the next one.
#[test]
fn a_killed_gate_restarts_at_once() {
    let (mut env, secret) = live_fixture();
    let users: String = (0..10_000).map(|n| format!("user-{n}@example.org\n")).collect();
    env.file("users.csv", format!("email\n{users}"));
    env.run_ok("grant-user --from ~/users.csv --days 9 --out ~/secrets");
    let mut delays = Vec::new();
    for _ in 0..20 {
        let start = Instant::now();
        let gate = GateProcess::start(env.serve_command("--workers 2"));
        assert_eq!(gate.ask(&bearer_request(&secret)).status(), 200);
        delays.push(start.elapsed());
        thread::scope(|scope| {
            for _ in 0..2 {
                let mut connection = GateConnection::to(gate.address());
                let request = bearer_request(&secret);
                scope.spawn(move || while connection.ask(&request).is_ok() {});
            }
            thread::sleep(Duration::from_millis(20));
            gate.signal(Signal::KILL);
        });
    }
    delays.sort_unstable();
    print_figure(&format!(
        "start and stop: 20 restarts with 10,000 credentials: median {:?}, worst {:?}",
        delays[10], delays[19]
    ));
    assert!(delays[19] < Duration::from_secs(2), "{delays:?}");
    assert_eq!(env.run("doctor").exit, 0);
}
