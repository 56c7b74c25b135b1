//! Listening sockets.

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

/// How many connections the kernel queues until they are accepted.
const BACKLOG: i32 = 1_024;

/// The sockets of one address.
pub enum Listener {
    /// One socket for each worker, all on the same port; the kernel distributes the connections.
    Shared(Vec<TcpListener>),
    /// One TCP socket, inherited from the service manager.
    Tcp(TcpListener),
    /// One Unix socket.
    Unix(UnixListener),
}

impl Listener {
    /// Listens at an address, with `sockets` sockets if it is a TCP address.
    ///
    /// # Errors
    /// When the address can't be bound.
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

    /// Splits it for `workers` workers: one socket for each, or a single listener whose connections are distributed.
    pub fn split(self, workers: usize) -> (Vec<Option<TcpListener>>, Option<Self>) {
        match self {
            Self::Shared(sockets) => (sockets.into_iter().map(Some).collect(), None),
            single => ((0..workers).map(|_| None).collect(), Some(single)),
        }
    }

    /// Returns the address as text.
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

/// Binds a socket that later sockets may share its port with. If it `joins` others, it shares theirs. The first one does
/// not, so that the port of another gate is refused instead of shared.
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

/// Binds a Unix socket. An abandoned socket file is replaced; one that is in use, and any other file, is kept.
fn bind_unix(path: &Path) -> io::Result<UnixListener> {
    let is_socket = fs::symlink_metadata(path).is_ok_and(|found| found.file_type().is_socket());
    // Other errors, such as a denied permission, do not prove that nobody listens.
    let is_refused = |error: io::Error| error.kind() == io::ErrorKind::ConnectionRefused;
    if is_socket && UnixStream::connect(path).err().is_some_and(is_refused) {
        fs::remove_file(path)?;
    }
    let listener = UnixListener::bind(path)?;
    // Lets a proxy with another user connect, through the group.
    fs::set_permissions(path, Permissions::from_mode(0o660))?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}
