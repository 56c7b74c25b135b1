//! How the gate begins, changes its mind and ends.

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

/// How long requests may take to end.
const DRAIN_TIME: Duration = Duration::from_secs(5);

#[test]
fn requests_in_progress_are_answered_before_shutdown() {
    let (mut world, secret) = live_fixture();
    world.run_ok("edit acme --introspect on");
    let mut gate = GateProcess::start(world.serve_command("--workers 1"));
    let mut idle = GateConnection::to(gate.address());
    assert_eq!(idle.ask(&bearer_request(&secret)).unwrap().status(), 200);
    let question = HttpMessage {
        start_line: "POST /introspect HTTP/1.1".to_owned(),
        ..bearer_request(&secret)
    };
    let question = question.body(format!("token={secret}")).bytes();
    let (begin, rest) = question.split_at(question.len() - 9);
    let mut begun = TcpStream::connect(gate.address()).unwrap();
    begun.write_all(begin).unwrap();
    thread::sleep(Duration::from_millis(100));

    let told = Instant::now();
    gate.signal(Signal::TERM);
    assert_eq!(idle.read_rest(), "", "an idle connection is closed");
    assert!(TcpStream::connect(gate.address()).is_err(), "somebody new was let in");
    begun.write_all(rest).unwrap();
    let answer = HttpMessage::read(&mut BufReader::new(begun)).unwrap().unwrap();
    assert_eq!((answer.status(), answer.single("connection")), (200, Some("close")));
    assert_eq!(gate.wait().code(), Some(0));
    assert!(told.elapsed() < DRAIN_TIME / 2, "{:?}", told.elapsed());
}

#[test]
fn shutdown_waits_at_most_five_seconds() {
    let (world, secret) = live_fixture();
    let mut gate = GateProcess::start(world.serve_command(""));
    let mut slow = TcpStream::connect(gate.address()).unwrap();
    let question = bearer_request(&secret).body("x".repeat(100)).bytes();
    slow.write_all(&question[..40]).unwrap();
    thread::sleep(Duration::from_millis(100));
    let told = Instant::now();
    gate.signal(Signal::TERM);
    assert_eq!(gate.wait().code(), Some(0));
    assert!(told.elapsed() < DRAIN_TIME + Duration::from_secs(1), "{:?}", told.elapsed());
    assert_eq!(read_to_end(slow), "");
}

#[test]
fn sighup_reloads_the_settings() {
    let (world, secret) = live_fixture();
    let config = world.file("config.toml", "[serve]\nregion = 'in1'\n");
    let start = |flags: &str| {
        let mut command = world.serve_command(flags);
        command.env("GATEPASS_CONFIG", &config);
        GateProcess::start(command)
    };
    let (mut gate, determined) = (start(""), start("--region us1"));
    let status = |gate: &GateProcess| gate.ask(&bearer_request(&secret)).status();
    let hang_up = |gate: &mut GateProcess, text: &str| {
        world.file("config.toml", text);
        gate.signal(Signal::HUP);
    };
    assert_eq!(status(&gate), 403);
    hang_up(&mut gate, "[serve]\nregion = 'eu1'\n");
    gate.wait_for_stderr("\"reloaded\"");
    assert_eq!(status(&gate), 200);
    // A file that says nothing sensible changes nothing.
    hang_up(&mut gate, "[serve]\nregion = 'mars'\n");
    gate.wait_for_stderr("\"not_reloaded\"");
    assert_eq!(status(&gate), 200);
    hang_up(&mut gate, "[serve]\nregion = 'us1'\nlog-allowed = true\nnothing = 1\n");
    gate.wait_for_stderr("nothing");
    assert_eq!(status(&gate), 200);
    let told: Vec<_> = gate.log().iter().map(|line| line["event"].to_string()).collect();
    let reloaded = ["\"decision\"", "\"reloaded\"", "\"not_reloaded\"", "\"not_reloaded\""];
    assert_eq!(told, reloaded, "the refusal of before, and what became of the settings");
    // What the command line says stays.
    world.file("config.toml", "[serve]\nregion = 'eu1'\n");
    determined.signal(Signal::HUP);
    determined.wait_for_stderr("\"reloaded\"");
    assert_eq!(status(&determined), 403);
}

/// A gate that does not come to be says why.
fn failed_start(mut command: Command) -> ProcessOutput {
    finish(command.spawn().unwrap())
}

#[test]
fn the_gate_does_not_start_without_a_store() {
    let ended = failed_start(TestHome::new().serve_command(""));
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(3), ""), "{ended:?}");
    assert!(ended.stderr.contains("store.db"), "{ended:?}");
}

/// A gate that can't have all its threads ends those that it has. Each takes a GiB of the nine that there are.
#[test]
fn the_gate_does_not_start_without_its_threads() {
    let (world, _) = live_fixture();
    let mut command = tool_at(&world.path(""), "sh");
    let serve = "serve --workers 99 --listen 127.0.0.1:0 --ops-listen 127.0.0.1:0";
    command.args(["-c", "ulimit -v 9437184; exec \"$0\" \"$@\"", GATEPASS]).args(words(serve));
    command.env("RUST_MIN_STACK", (1 << 30).to_string());
    let ended = failed_start(command);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.stderr.contains("error: "), "{ended:?}");
}

/// A gate at a Unix socket whose log goes to `log`, after it has let three thousand requests pass.
fn busy_gate(world: &TestEnv, secret: &str, log: UnixStream) -> Child {
    let path = world.path("gate.sock");
    let mut command =
        world.serve_command(&format!("--log-allowed --listen unix:{}", path.display()));
    let mut gate = command.stderr(OwnedFd::from(log)).spawn().unwrap();
    while UnixStream::connect(&path).is_err() {
        assert!(gate.try_wait().unwrap().is_none(), "it has ended");
    }
    for _ in 0..3_000 {
        let answer = ask_over(UnixStream::connect(&path).unwrap(), &bearer_request(secret).bytes());
        assert_eq!(answer.unwrap().status(), 200);
    }
    gate
}

/// A log that is full, because nobody reads it, stops neither answers nor what is written at the end.
#[test]
fn an_unread_log_does_not_block_requests() {
    let (mut world, secret) = live_fixture();
    let (log, _unread) = UnixStream::pair().unwrap();
    let mut gate = busy_gate(&world, &secret, log);
    kill_process(Pid::from_child(&gate), Signal::TERM).unwrap();
    let begun = Instant::now();
    while world.run_ok("show acme --field uses").trim() != "3000" {
        assert!(begun.elapsed() < DRAIN_TIME / 2, "the uses were not written");
    }
    gate.kill().unwrap();
    gate.wait().unwrap();
}

#[test]
fn a_closed_log_does_not_block_requests() {
    let (mut world, secret) = live_fixture();
    let (log, mut reader) = UnixStream::pair().unwrap();
    thread::spawn(move || reader.read_exact(&mut [0; 100]));
    let gate = busy_gate(&world, &secret, log);
    kill_process(Pid::from_child(&gate), Signal::TERM).unwrap();
    let ended = finish(gate);
    assert_eq!((ended.code, world.run_ok("show acme --field uses").trim()), (Some(0), "3000"));
}

/// Killed in the middle of work it begins again as if nothing had been.
#[test]
fn a_killed_gate_restarts_at_once() {
    let (mut world, secret) = live_fixture();
    let users: String = (0..10_000).map(|n| format!("user-{n}@example.org\n")).collect();
    world.file("users.csv", format!("email\n{users}"));
    world.run_ok("grant-user --from ~/users.csv --days 9 --out ~/secrets");
    let mut delays = Vec::new();
    for _ in 0..20 {
        let begun = Instant::now();
        let gate = GateProcess::start(world.serve_command("--workers 2"));
        assert_eq!(gate.ask(&bearer_request(&secret)).status(), 200);
        delays.push(begun.elapsed());
        thread::scope(|scope| {
            for _ in 0..2 {
                let mut line = GateConnection::to(gate.address());
                let request = bearer_request(&secret);
                scope.spawn(move || while line.ask(&request).is_ok() {});
            }
            thread::sleep(Duration::from_millis(20));
            gate.signal(Signal::KILL);
        });
    }
    delays.sort_unstable();
    print_figure(&format!(
        "life: 20 restarts with 10,000 credentials: median {:?}, worst {:?}",
        delays[10], delays[19]
    ));
    assert!(delays[19] < Duration::from_secs(2), "{delays:?}");
    assert_eq!(world.run("doctor").exit, 0);
}
