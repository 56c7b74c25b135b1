//! The addresses and sockets that the gate listens on, and those that it rejects.

use std::{
    fs,
    net::TcpListener,
    os::{
        fd::OwnedFd,
        unix::{
            fs::{FileTypeExt, PermissionsExt},
            net::{UnixListener, UnixStream},
        },
    },
    path::Path,
    process::{Command, Stdio},
};

use insta::assert_snapshot;
use rustix::process::Signal;
use serde_json::Value;

use crate::{
    server::gate_fixture::live_fixture,
    support::{
        gate::{GateConnection, GateProcess, ServeCommand, bearer_request},
        http::{HttpMessage, ask_over},
        process::{GATEPASS, ProcessOutput, finish, tool_at},
        test_env::TestEnv,
    },
};

fn ask_at(path: &Path, request: &HttpMessage) -> HttpMessage {
    ask_over(UnixStream::connect(path).unwrap(), &request.bytes()).unwrap()
}

fn failed_start(mut command: Command) -> ProcessOutput {
    finish(command.spawn().unwrap())
}

/// Returns the exit code and the message of a gate that can't listen.
fn startup_error(env: &TestEnv, flags: &str) -> String {
    let output = failed_start(env.serve_command(flags));
    let stderr = output.stderr.replace(env.path("").to_str().unwrap(), "~/");
    format!("exit {}\n{stderr}", output.code.unwrap())
}

/// The request ids of one worker are close together, and far from those of the others.
#[test]
fn workers_share_one_port() {
    let (env, secret) = live_fixture();
    let gate = GateProcess::start(env.serve_command("--workers 4 --log-allowed"));
    let mut connections: Vec<GateConnection> =
        (0..64).map(|_| GateConnection::to(gate.address())).collect();
    for connection in &mut connections {
        assert_eq!(connection.ask(&bearer_request(&secret)).unwrap().status(), 200);
    }
    drop(connections);
    let number = |line: &Value| u64::from_str_radix(line["request_id"].as_str().unwrap(), 16);
    let mut ids: Vec<u64> = gate.end().iter().map(|line| number(line).unwrap()).collect();
    ids.sort_unstable();
    assert_eq!(ids.chunk_by(|id, next| next - id < 64).count(), 4, "{ids:x?}");
}

/// The kernel would let a second gate of the same user share the port unnoticed.
#[test]
fn a_port_in_use_is_not_shared() {
    let (env, secret) = live_fixture();
    let gate = GateProcess::start(env.serve_command("--workers 4"));
    let in_use = gate.address().to_string();
    for flags in [format!("--listen {in_use}"), format!("--ops-listen {}", gate.ops_address())] {
        let message = startup_error(&env, &flags).replace(&gate.ops_address().to_string(), &in_use);
        assert_eq!(
            message.replace(&in_use, "ADDRESS"),
            "exit 1\nerror: can't listen on ADDRESS: Address already in use (os error 98)\n"
        );
    }
    assert_eq!(gate.ask(&bearer_request(&secret)).status(), 200);
    gate.end();
    // Closed connections of the previous gate do not block the port.
    let next = GateProcess::start(env.serve_command(&format!("--listen {in_use} --workers 4")));
    assert_eq!(next.ask(&bearer_request(&secret)).status(), 200);
}

#[test]
fn a_non_loopback_address_needs_a_flag() {
    let (env, _) = live_fixture();
    assert_snapshot!(startup_error(&env, "--listen 0.0.0.0:0"), @"
    exit 2
    error: 0.0.0.0:0 can be reached from other machines, and secrets are then sent unencrypted
    hint: listen on 127.0.0.1 or a Unix socket; if you use a tunnel, add --allow-remote
    ");
    assert_snapshot!(startup_error(&env, "--ops-listen [::]:0"), @"
    exit 2
    error: [::]:0 can be reached from other machines, and secrets are then sent unencrypted
    hint: listen on 127.0.0.1 or a Unix socket; if you use a tunnel, add --allow-remote
    ");
    let gate = GateProcess::start(env.serve_command("--listen 0.0.0.0:0 --allow-remote"));
    assert_eq!(gate.address().ip().to_string(), "0.0.0.0");
}

#[test]
fn a_unix_socket_is_accessible_to_owner_and_group_only() {
    let (env, secret) = live_fixture();
    let path = env.path("gate.sock");
    let flags = format!("--listen unix:{} --trusted-proxy unix --log-allowed", path.display());
    let mut gate = GateProcess::start(env.serve_command(&flags));
    let metadata = fs::metadata(&path).unwrap();
    assert!(metadata.file_type().is_socket());
    assert_eq!(metadata.permissions().mode() & 0o777, 0o660);
    let error = startup_error(&env, &flags);
    assert!(error.starts_with("exit 1\n") && error.contains("already in use"), "{error}");
    assert_eq!(ask_at(&path, &bearer_request(&secret)).status(), 200);
    gate.signal(Signal::KILL);
    gate.wait();
    // The socket that it leaves behind does not block the next gate.
    assert!(path.exists());
    let next = GateProcess::start(env.serve_command(&flags));
    let for_another = bearer_request(&secret).with("X-Forwarded-For", "192.0.2.1");
    assert_eq!(ask_at(&path, &for_another).status(), 200);
    assert_eq!(ask_at(&path, &bearer_request(&secret)).status(), 200);
    let log = next.end();
    let peers: Vec<&str> = log.iter().map(|line| line["peer"].as_str().unwrap()).collect();
    assert_eq!(peers, ["192.0.2.1", "unix"]);
}

#[test]
fn a_file_that_is_not_a_socket_is_kept() {
    let (env, _) = live_fixture();
    let path = env.file("precious", "precious");
    assert_snapshot!(startup_error(&env, &format!("--listen unix:{}", path.display())), @"
    exit 1
    error: can't listen on unix:~/precious: Address already in use (os error 98)
    ");
    assert_eq!(fs::read_to_string(path).unwrap(), "precious");
    let missing = env.path("missing/gate.sock");
    assert_snapshot!(startup_error(&env, &format!("--listen unix:{}", missing.display())), @"
    exit 1
    error: can't listen on unix:~/missing/gate.sock: No such file or directory (os error 2)
    ");
}

/// Starts a gate as systemd does, with these sockets as file descriptors 3 and 4.
fn start_with_sockets(env: &TestEnv, sockets: [OwnedFd; 2]) -> GateProcess {
    let script =
        "exec 3<&0 4<&1 </dev/null >&2; LISTEN_PID=$$ LISTEN_FDS=2 exec \"$0\" serve --workers 2";
    let [first, second] = sockets.map(Stdio::from);
    let mut command = tool_at(&env.path(""), "sh");
    command.args(["-c", script, GATEPASS]).stdin(first).stdout(second);
    GateProcess::start(command)
}

#[test]
fn sockets_are_inherited_from_a_service_manager() {
    let (env, secret) = live_fixture();
    let listen = || TcpListener::bind("127.0.0.1:0").unwrap();
    let (first, second) = (listen(), listen());
    let addresses = (first.local_addr().unwrap(), second.local_addr().unwrap());
    // A connection from before the gate's start is served.
    let mut early = GateConnection::to(addresses.0);
    let gate = start_with_sockets(&env, [first.into(), second.into()]);
    assert_eq!((gate.address(), gate.ops_address()), addresses);
    assert_eq!(early.ask(&bearer_request(&secret)).unwrap().status(), 200);
    for _ in 0..4 {
        assert_eq!(gate.ask(&bearer_request(&secret)).status(), 200);
    }
    gate.wait_until_ready();
    assert!(gate.end().is_empty());
}

#[test]
fn a_unix_socket_is_inherited_too() {
    let (env, secret) = live_fixture();
    let path = env.path("gate.sock");
    let ops = TcpListener::bind("127.0.0.1:0").unwrap();
    let gate = start_with_sockets(&env, [UnixListener::bind(&path).unwrap().into(), ops.into()]);
    assert_eq!(ask_at(&path, &bearer_request(&secret)).status(), 200);
    gate.wait_until_ready();
}
