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
    Stop,
    listen::Listener,
    pace::{Paces, TICK},
    worker::Worker,
};

/// The longest head of a request, in bytes.
const HEAD_LIMIT: usize = 16 * 1024;
/// How long connections may take to end their requests when the server stops, and how often is looked whether they did.
const DRAIN: Duration = Duration::from_secs(5);
const STEP: Duration = Duration::from_millis(10);
/// How long to wait when the machine has no more sockets for us.
pub const EXHAUSTED: Duration = Duration::from_millis(50);

/// A connection that another thread accepted.
pub enum Connection {
    /// By TCP.
    Tcp(StdTcpStream),
    /// By a Unix socket.
    Unix(StdUnixStream),
}

/// How many connections there are, and may be.
pub struct Limit {
    /// How many there may be.
    pub most: usize,
    /// How many there are.
    pub open: AtomicUsize,
}

impl Limit {
    fn is_crowded(&self) -> bool {
        self.open.load(Ordering::Relaxed) > self.most / 2
    }
}

/// The place of one connection under the limit.
struct Place(Arc<Limit>);

impl Place {
    fn take(limit: &Arc<Limit>) -> Option<Self> {
        let place = Self(limit.clone());
        (limit.open.fetch_add(1, Ordering::Relaxed) < limit.most).then_some(place)
    }
}

impl Drop for Place {
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
    mut handed: UnboundedReceiver<Connection>,
    limit: &Arc<Limit>,
    stop: &Stop,
) -> io::Result<()> {
    let own = own.map(TcpListener::from_std).transpose()?;
    let connections = Connections { worker, paces: Paces::default(), limit };
    let mut ticks = time::interval(TICK);
    loop {
        tokio::select! {
            () = stop.wait() => break,
            accepted = accept(own.as_ref()) => match accepted {
                Ok((stream, peer)) => connections.spawn_tcp(stream, peer),
                Err(_) => time::sleep(EXHAUSTED).await,
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
    paces: Paces,
    limit: &'s Arc<Limit>,
}

impl Connections<'_> {
    fn spawn(&self, connection: Connection) -> io::Result<()> {
        match connection {
            Connection::Tcp(stream) => {
                let peer = stream.peer_addr()?.ip();
                self.spawn_tcp(TcpStream::from_std(stream)?, peer);
            }
            Connection::Unix(stream) => self.spawn_on(UnixStream::from_std(stream)?, None),
        }
        Ok(())
    }

    fn spawn_tcp(&self, stream: TcpStream, peer: IpAddr) {
        // An answer is one small write: it must not wait for another. A peer that is gone again is served no worse.
        let _set = stream.set_nodelay(true);
        self.spawn_on(stream, Some(peer));
    }

    /// One too many is closed at once: those that are open are served.
    fn spawn_on(&self, io: impl AsyncRead + AsyncWrite + Unpin + 'static, peer: Option<IpAddr>) {
        let Some(place) = Place::take(self.limit) else { return };
        let (io, pace) = self.paces.watch(io);
        let worker = self.worker.clone();
        let service = service_fn(move |request| worker.answer(request, peer, &pace));
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
        self.paces.tick(self.limit.is_crowded());
        self.worker.tick();
    }

    /// Closes what is idle, and what is not with its answer; who has not ended by then is cut off.
    async fn drain(&self) {
        self.worker.close_after_answers();
        for _ in 0..DRAIN.as_millis() / STEP.as_millis() {
            self.paces.end_idle();
            if self.paces.count() == 0 {
                return;
            }
            time::sleep(STEP).await;
        }
    }
}

/// Accepts from one socket and hands the connections on, in turn.
///
/// # Errors
/// When the socket is of no use.
pub async fn hand_on(
    listener: Listener,
    workers: Vec<UnboundedSender<Connection>>,
    stop: &Stop,
) -> io::Result<()> {
    let mut acceptor = Acceptor::new(listener)?;
    for worker in workers.iter().cycle() {
        tokio::select! {
            () = stop.wait() => break,
            accepted = acceptor.accept() => match accepted {
                // A worker that is gone takes nothing: then the server is about to end.
                Ok(connection) => _ = worker.send(connection),
                Err(_) => time::sleep(EXHAUSTED).await,
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
    pub async fn accept(&mut self) -> io::Result<Connection> {
        match self {
            Self::Tcp(listener) => listener.accept().await?.0.into_std().map(Connection::Tcp),
            Self::Unix(listener) => listener.accept().await?.0.into_std().map(Connection::Unix),
        }
    }
}
