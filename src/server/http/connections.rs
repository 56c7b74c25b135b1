//! Connections: accepted up to a limit, each served by one worker, with bounds on what a peer may take its time for.

use std::{
    io,
    net::{IpAddr, TcpListener as StdTcp, TcpStream as StdTcpStream},
    os::unix::net::UnixStream as StdUnixStream,
    rc::Rc,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use hyper::{server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream, UnixListener, UnixStream},
    sync::mpsc::{UnboundedReceiver, UnboundedSender},
    task, time,
};

use super::{
    connection_timer::{ConnectionTimers, TICK},
    listener::Listener,
};
use crate::server::{Shutdown, gate::worker::Worker};

/// The longest head of a request, in bytes.
const HEAD_LIMIT: usize = 16 * 1024;
/// How long connections may take to end their requests when the server stops, and how often is looked whether they did.
const DRAIN_TIMEOUT: Duration = Duration::from_secs(5);
const DRAIN_POLL_INTERVAL: Duration = Duration::from_millis(10);
/// How long to wait when the machine has no more sockets for us.
pub const ACCEPT_RETRY_DELAY: Duration = Duration::from_millis(50);

/// A connection that another thread accepted.
pub enum AcceptedConnection {
    /// By TCP.
    Tcp(StdTcpStream),
    /// By a Unix socket.
    Unix(StdUnixStream),
}

/// How many connections there are, and may be.
pub struct ConnectionLimit {
    /// How many there may be.
    pub max: usize,
    /// How many there are.
    pub open: AtomicUsize,
}

impl ConnectionLimit {
    fn is_crowded(&self) -> bool {
        self.open.load(Ordering::Relaxed) > self.max / 2
    }
}

/// The place of one connection under the limit.
struct ConnectionPermit(Arc<ConnectionLimit>);

impl ConnectionPermit {
    fn acquire(limit: &Arc<ConnectionLimit>) -> Option<Self> {
        let place = Self(limit.clone());
        (limit.open.fetch_add(1, Ordering::Relaxed) < limit.max).then_some(place)
    }
}

impl Drop for ConnectionPermit {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Serves what the worker's own socket accepts and what it is handed, until `stop`; then lets requests end.
///
/// # Errors
/// When the socket is of no use.
pub async fn serve(
    worker: Rc<Worker>,
    own: Option<StdTcp>,
    mut handed: UnboundedReceiver<AcceptedConnection>,
    limit: &Arc<ConnectionLimit>,
    stop: &Shutdown,
) -> io::Result<()> {
    let own = own.map(TcpListener::from_std).transpose()?;
    let connections = Connections { worker, timers: ConnectionTimers::default(), limit };
    let mut ticks = time::interval(TICK);
    loop {
        tokio::select! {
            () = stop.wait() => break,
            accepted = accept(own.as_ref()) => match accepted {
                Ok((stream, peer)) => connections.spawn_tcp(stream, peer),
                Err(_) => time::sleep(ACCEPT_RETRY_DELAY).await,
            },
            // One that is gone again is nobody's loss.
            Some(connection) = handed.recv() => drop(connections.spawn(connection)),
            _ = ticks.tick() => connections.tick(),
        }
    }
    drop(own);
    connections.drain().await;
    Ok(())
}

async fn accept(listener: Option<&TcpListener>) -> io::Result<(TcpStream, IpAddr)> {
    match listener {
        Some(listener) => listener.accept().await.map(|(stream, peer)| (stream, peer.ip())),
        None => std::future::pending().await,
    }
}

struct Connections<'s> {
    worker: Rc<Worker>,
    timers: ConnectionTimers,
    limit: &'s Arc<ConnectionLimit>,
}

impl Connections<'_> {
    fn spawn(&self, connection: AcceptedConnection) -> io::Result<()> {
        match connection {
            AcceptedConnection::Tcp(stream) => {
                let peer = stream.peer_addr()?.ip();
                self.spawn_tcp(TcpStream::from_std(stream)?, peer);
            }
            AcceptedConnection::Unix(stream) => {
                self.spawn_stream(UnixStream::from_std(stream)?, None)
            }
        }
        Ok(())
    }

    fn spawn_tcp(&self, stream: TcpStream, peer: IpAddr) {
        // An answer is one small write: it must not wait for another. A peer that is gone again is served no worse.
        let _set = stream.set_nodelay(true);
        self.spawn_stream(stream, Some(peer));
    }

    /// One too many is closed at once: those that are open are served.
    fn spawn_stream(
        &self,
        io: impl AsyncRead + AsyncWrite + Unpin + 'static,
        peer: Option<IpAddr>,
    ) {
        let Some(place) = ConnectionPermit::acquire(self.limit) else { return };
        let (io, pace) = self.timers.watch(io);
        let worker = self.worker.clone();
        let service = service_fn(move |request| worker.respond(request, peer, &pace));
        let connection = http1::Builder::new()
            .max_buf_size(HEAD_LIMIT)
            // An answer is one piece: gathering it first is cheaper than telling the kernel of its parts.
            .writev(false)
            .serve_connection(TokioIo::new(io), service);
        task::spawn_local(async move {
            // What a peer does wrong is its own affair; it was told so, where it could be.
            let _ended = connection.await;
            drop(place);
        });
    }

    fn tick(&self) {
        self.timers.tick(self.limit.is_crowded());
        self.worker.tick();
    }

    /// Closes what is idle, and what is not with its answer; who has not ended by then is cut off.
    async fn drain(&self) {
        self.worker.close_after_responses();
        for _ in 0..DRAIN_TIMEOUT.as_millis() / DRAIN_POLL_INTERVAL.as_millis() {
            self.timers.expire_idle();
            if self.timers.count() == 0 {
                return;
            }
            time::sleep(DRAIN_POLL_INTERVAL).await;
        }
    }
}

/// Accepts from one socket and hands the connections on, in turn.
///
/// # Errors
/// When the socket is of no use.
pub async fn distribute(
    listener: Listener,
    workers: Vec<UnboundedSender<AcceptedConnection>>,
    stop: &Shutdown,
) -> io::Result<()> {
    let mut acceptor = Acceptor::new(listener)?;
    for worker in workers.iter().cycle() {
        tokio::select! {
            () = stop.wait() => break,
            accepted = acceptor.accept() => match accepted {
                // A worker that is gone takes nothing: then the server is about to end.
                Ok(connection) => _ = worker.send(connection),
                Err(_) => time::sleep(ACCEPT_RETRY_DELAY).await,
            },
        }
    }
    Ok(())
}

/// One socket that connections are accepted from, to be served elsewhere.
pub enum Acceptor {
    /// By TCP.
    Tcp(TcpListener),
    /// By a Unix socket.
    Unix(UnixListener),
}

impl Acceptor {
    /// Accepts from a listener; of several sockets, from the first.
    ///
    /// # Errors
    /// When it is of no use.
    pub fn new(listener: Listener) -> io::Result<Self> {
        match listener {
            Listener::Unix(listener) => UnixListener::from_std(listener).map(Self::Unix),
            Listener::Tcp(listener) => TcpListener::from_std(listener).map(Self::Tcp),
            Listener::Shared(mut sockets) => {
                TcpListener::from_std(sockets.remove(0)).map(Self::Tcp)
            }
        }
    }

    /// The next connection.
    ///
    /// # Errors
    /// When there is none to be had now.
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
