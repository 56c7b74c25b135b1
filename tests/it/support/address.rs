//! Addresses for programs that can't take any free one.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener},
    process,
    sync::atomic::{AtomicU32, Ordering},
};

const LOWEST_PORT: u32 = 16_384;
const PORTS: u32 = 16_384;

/// A loopback address that nobody listens on, and that nobody else is given.
pub fn free_address() -> SocketAddr {
    free_address_of(Ipv4Addr::LOCALHOST.into())
}

/// The same of another interface. Ports are below those that the kernel hands out, each is given once, and each run of
/// the tests starts at another one.
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

/// The loopback address of IPv6 is there, or the test has failed: nothing is skipped in silence.
pub fn require_ipv6() -> IpAddr {
    let loopback = IpAddr::from(Ipv6Addr::LOCALHOST);
    let is_there = TcpListener::bind((loopback, 0)).is_ok();
    assert!(is_there, "the loopback interface lacks IPv6: sysctl net.ipv6.conf.lo.disable_ipv6=0");
    loopback
}
