//! Free addresses for programs that cannot choose one themselves.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener},
    process,
    sync::atomic::{AtomicU32, Ordering},
};

const LOWEST_PORT: u32 = 16_384;
const PORTS: u32 = 16_384;

/// Returns a loopback address on which no process listens.
pub fn free_address() -> SocketAddr {
    free_address_of(Ipv4Addr::LOCALHOST.into())
}

/// Like [`free_address`], for another interface. Ports are below those that the kernel assigns. Each is returned once, and
/// each run of the tests starts at another one.
pub fn free_address_of(ip: IpAddr) -> SocketAddr {
    static TAKEN: AtomicU32 = AtomicU32::new(0);
    loop {
        let step = process::id().wrapping_mul(128) + TAKEN.fetch_add(1, Ordering::Relaxed);
        let port = LOWEST_PORT + step % PORTS;
        if let Ok(listener) = TcpListener::bind((ip, u16::try_from(port).unwrap())) {
            return listener.local_addr().unwrap();
        }
    }
}

/// Returns the IPv6 loopback address. Panics if there is none: nothing is skipped silently.
pub fn require_ipv6() -> IpAddr {
    let loopback = IpAddr::from(Ipv6Addr::LOCALHOST);
    let exists = TcpListener::bind((loopback, 0)).is_ok();
    assert!(exists, "the loopback interface lacks IPv6: sysctl net.ipv6.conf.lo.disable_ipv6=0");
    loopback
}
