//! Addresses for programs that can't take any free one.

use std::{
    net::{SocketAddr, TcpListener},
    process,
    sync::atomic::{AtomicU32, Ordering},
};

const LOWEST_PORT: u32 = 16_384;
const PORTS: u32 = 16_384;

/// A loopback address that nobody listens on, and that nobody else is given: below the ports that the kernel hands out,
/// each once, and from another place on in each run of the tests.
pub fn free_address() -> SocketAddr {
    static TAKEN: AtomicU32 = AtomicU32::new(0);
    loop {
        let step = process::id().wrapping_mul(128) + TAKEN.fetch_add(1, Ordering::Relaxed);
        let port = LOWEST_PORT + step % PORTS;
        if let Ok(listener) = TcpListener::bind(format!("127.0.0.1:{port}")) {
            return listener.local_addr().unwrap();
        }
    }
}
