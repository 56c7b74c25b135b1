//! A gate in this process, on a store behind a network.

use std::{io, os::unix::net::UnixStream, path::PathBuf, thread, time::Duration};

use rustix::process::{Signal, getpid, kill_process};

use crate::support::{
    gate::get_request,
    http::{HttpMessage, ask_over},
    process::signals::exit_on_signals,
    test_env::TestEnv,
};

/// How soon a response is requested again.
const RETRY_INTERVAL: Duration = Duration::from_millis(1);

/// A gate that serves on Unix sockets.
pub struct LocalGate {
    socket: PathBuf,
}

impl LocalGate {
    /// Runs `gatepass serve` while `work` runs, which begins when the gate is ready.
    pub fn run<T>(env: &mut TestEnv, work: impl FnOnce(&Self) -> T) -> T {
        let (gate, ops) =
            (Self { socket: env.path("gate.sock") }, Self { socket: env.path("ops.sock") });
        let line = format!(
            "serve --no-deliver --max-stale 60 --listen unix:{} --ops-listen unix:{}",
            gate.socket.display(),
            ops.socket.display()
        );
        let result = thread::scope(|scope| {
            let server = scope.spawn(|| env.run(&line));
            while !ops.ask(&get_request("/readyz")).is_ok_and(|response| response.status() == 200) {
                assert!(!server.is_finished(), "the gate ended before it was ready");
                thread::sleep(RETRY_INTERVAL);
            }
            let _on_return = ShutDownOnDrop;
            work(&gate)
        });
        exit_on_signals();
        result
    }

    /// Returns the response to a request on a connection of its own.
    pub fn ask(&self, request: &HttpMessage) -> io::Result<HttpMessage> {
        ask_over(UnixStream::connect(&self.socket)?, &request.bytes())
    }

    /// Waits until a request gets another status than `status`.
    pub fn wait_while(&self, request: &HttpMessage, status: u16) {
        while self.ask(request).unwrap().status() == status {
            thread::sleep(RETRY_INTERVAL);
        }
    }
}

/// Shuts down the gate of this process, which handles the signal as soon as it is ready.
struct ShutDownOnDrop;

impl Drop for ShutDownOnDrop {
    fn drop(&mut self) {
        kill_process(getpid(), Signal::TERM).unwrap();
    }
}
