//! Accepts connections on one socket, to be served by another thread or task.

use std::{
    io, net::TcpStream as StdTcpStream, os::unix::net::UnixStream as StdUnixStream, time::Duration,
};

use tokio::{
    net::{TcpListener, UnixListener},
    sync::mpsc::UnboundedSender,
    time,
};

use super::listener::Listener;
use crate::server::shutdown::Shutdown;

/// How long to wait after the system refused a connection, for example for lack of open files.
pub const ACCEPT_RETRY_DELAY: Duration = Duration::from_millis(50);

/// A connection that was accepted on another thread than the one that serves it.
pub enum AcceptedConnection {
    /// A TCP connection.
    Tcp(StdTcpStream),
    /// A connection to a Unix socket.
    Unix(StdUnixStream),
}

/// A socket that accepts connections for others to serve.
pub enum Acceptor {
    /// A TCP socket.
    Tcp(TcpListener),
    /// A Unix socket.
    Unix(UnixListener),
}

impl Acceptor {
    /// Accepts on a listener. If it has several sockets, only the first is used.
    ///
    /// # Errors
    /// When the runtime can't watch the socket.
    pub fn new(listener: Listener) -> io::Result<Self> {
        match listener {
            Listener::Unix(listener) => UnixListener::from_std(listener).map(Self::Unix),
            Listener::Tcp(listener) => TcpListener::from_std(listener).map(Self::Tcp),
            Listener::Shared(mut sockets) => {
                TcpListener::from_std(sockets.remove(0)).map(Self::Tcp)
            }
        }
    }

    /// Waits for the next connection.
    ///
    /// # Errors
    /// When the system can't accept one now.
    pub async fn accept(&mut self) -> io::Result<AcceptedConnection> {
        match self {
            Self::Tcp(listener) => {
                listener.accept().await?.0.into_std().map(AcceptedConnection::Tcp)
            }
            Self::Unix(listener) => {
                listener.accept().await?.0.into_std().map(AcceptedConnection::Unix)
            }
        }
    }
}

/// Accepts connections on one socket and sends them to the workers in turn.
///
/// # Errors
/// When the runtime can't watch the socket.
pub async fn distribute(
    listener: Listener,
    workers: Vec<UnboundedSender<AcceptedConnection>>,
    shutdown: &Shutdown,
) -> io::Result<()> {
    let mut acceptor = Acceptor::new(listener)?;
    for worker in workers.iter().cycle() {
        tokio::select! {
            () = shutdown.wait() => break,
            accepted = acceptor.accept() => match accepted {
                // Sending fails only if the worker has ended, and then the server is shutting down.
                Ok(connection) => _ = worker.send(connection),
                Err(_) => time::sleep(ACCEPT_RETRY_DELAY).await,
            },
        }
    }
    Ok(())
}
