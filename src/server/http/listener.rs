//! Listening: where requests come from.

use std::{
    fs::{self, Permissions},
    io,
    net::{SocketAddr, TcpListener},
    os::unix::{
        fs::{FileTypeExt, PermissionsExt},
        net::{UnixListener, UnixStream},
    },
    path::Path,
};

use socket2::{Domain, Protocol, Socket, Type};

use crate::config::address::ListenAddress;

/// How many connections may wait to be accepted.
const BACKLOG: i32 = 1_024;

/// Something that connections come from.
pub enum Listener {
    /// One socket for each worker, all at the same port: the kernel deals the connections out.
    Shared(Vec<TcpListener>),
    /// One TCP socket that we were handed.
    Tcp(TcpListener),
    /// One Unix socket.
    Unix(UnixListener),
}

impl Listener {
    /// Listens at an address, with so many sockets where that is possible.
    ///
    /// # Errors
    /// When the address can't be had.
    pub fn bind(address: &ListenAddress, sockets: usize) -> io::Result<Self> {
        match address {
            ListenAddress::Unix(path) => bind_unix(path).map(Self::Unix),
            ListenAddress::Tcp(address) => {
                let first = bind_tcp(*address, false)?;
                let address = first.local_addr()?;
                let others = (1..sockets).map(|_| bind_tcp(address, true));
                Ok(Self::Shared([Ok(first)].into_iter().chain(others).collect::<Result<_, _>>()?))
            }
        }
    }

    /// Where it listens, as it is written.
    pub fn address(&self) -> String {
        let tcp = |listener: &TcpListener| listener.local_addr().map(|at| at.to_string()).ok();
        let text = match self {
            Self::Shared(sockets) => sockets.first().and_then(tcp),
            Self::Tcp(listener) => tcp(listener),
            Self::Unix(listener) => {
                let path = listener.local_addr().ok();
                let path = path.and_then(|at| at.as_pathname().map(Path::to_owned));
                path.map(|path| ListenAddress::Unix(path).to_string())
            }
        };
        text.unwrap_or_else(|| "an unknown address".to_owned())
    }
}

/// Binds a socket that shares its port with those that are bound after it and, if it `joins` them, before it. The first
/// one does not: a port that another gate has is not silently taken a share of.
fn bind_tcp(address: SocketAddr, joins: bool) -> io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    socket.set_reuse_address(true)?;
    socket.set_reuse_port(joins)?;
    socket.set_nonblocking(true)?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    socket.set_reuse_port(true)?;
    Ok(socket.into())
}

/// A socket that nobody listens at any more is taken away; one that is in use, or is no socket, stays.
fn bind_unix(path: &Path) -> io::Result<UnixListener> {
    let is_socket = fs::symlink_metadata(path).is_ok_and(|found| found.file_type().is_socket());
    // One that we may not connect to can be in use as well.
    let is_refused = |error: io::Error| error.kind() == io::ErrorKind::ConnectionRefused;
    if is_socket && UnixStream::connect(path).err().is_some_and(is_refused) {
        fs::remove_file(path)?;
    }
    let listener = UnixListener::bind(path)?;
    // The group may connect: that is how a proxy with another user is let in.
    fs::set_permissions(path, Permissions::from_mode(0o660))?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}
