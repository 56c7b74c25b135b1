//! The signals that control the gate.

use std::io;

use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::server::shutdown::Shutdown;

/// SIGTERM and SIGINT, which shut the gate down, and SIGHUP, which reloads its policy. While this exists, none of them has
/// its default effect.
pub struct Signals {
    terminate: Signal,
    interrupt: Signal,
    hang_up: Signal,
}

impl Signals {
    /// Starts to handle the signals on the runtime of the calling thread.
    ///
    /// # Errors
    /// When the system does not permit it.
    pub fn listen() -> io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            hang_up: signal(SignalKind::hangup())?,
        })
    }

    /// Handles signals until one requests shutdown, or something else does.
    pub async fn handle_until_shutdown(mut self, shutdown: &Shutdown, mut reload: impl FnMut()) {
        loop {
            tokio::select! {
                _ = self.terminate.recv() => break,
                _ = self.interrupt.recv() => break,
                _ = self.hang_up.recv() => reload(),
                () = shutdown.wait() => break,
            }
        }
        shutdown.request();
    }
}
