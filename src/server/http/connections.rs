//! Serves the connections of one worker, up to a limit, and with time limits for slow peers.

use std::{
    io,
    net::{IpAddr, TcpListener as StdTcp},
    rc::Rc,
    sync::Arc,
    time::{Duration, Instant},
};

use hyper::{server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream, UnixStream},
    sync::mpsc::UnboundedReceiver,
    task, time,
};

use super::{
    accept::{ACCEPT_RETRY_DELAY, AcceptedConnection},
    connection_limit::{ConnectionLimit, ConnectionPermit},
    connection_timer::{ConnectionTimers, TICK},
    handler::Handler,
};
use crate::server::shutdown::Shutdown;

/// The longest head of a request, in bytes.
const HEAD_LIMIT: usize = 16 * 1024;
/// How long open requests may take to finish at shutdown.
const DRAIN_TIMEOUT: Duration = Duration::from_secs(5);
/// How often the worker checks whether they have finished.
const DRAIN_POLL_INTERVAL: Duration = Duration::from_millis(10);

/// Serves the connections that the worker's own socket accepts and those that it receives from `accepted`, until
/// shutdown. Then waits for open requests to finish.
///
/// # Errors
/// When the runtime can't watch the socket.
pub async fn serve<H: Handler>(
    handler: Rc<H>,
    socket: Option<StdTcp>,
    mut accepted: UnboundedReceiver<AcceptedConnection>,
    limit: &Arc<ConnectionLimit>,
    shutdown: &Shutdown,
) -> io::Result<()> {
    let socket = socket.map(TcpListener::from_std).transpose()?;
    let connections = Connections { handler, timers: ConnectionTimers::default(), limit };
    let mut ticks = time::interval(TICK);
    loop {
        tokio::select! {
            () = shutdown.wait() => break,
            result = accept(socket.as_ref()) => match result {
                Ok((stream, peer)) => connections.spawn_tcp(stream, peer),
                Err(_) => time::sleep(ACCEPT_RETRY_DELAY).await,
            },
            // An error means that the peer has already closed the connection.
            Some(connection) = accepted.recv() => drop(connections.spawn(connection)),
            _ = ticks.tick() => connections.tick(),
        }
    }
    drop(socket);
    connections.drain().await;
    Ok(())
}

async fn accept(listener: Option<&TcpListener>) -> io::Result<(TcpStream, IpAddr)> {
    match listener {
        Some(listener) => listener.accept().await.map(|(stream, peer)| (stream, peer.ip())),
        None => std::future::pending().await,
    }
}

struct Connections<'s, H> {
    handler: Rc<H>,
    timers: ConnectionTimers,
    limit: &'s Arc<ConnectionLimit>,
}

impl<H: Handler> Connections<'_, H> {
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
        // A response is one small write that must not wait for another. If the peer is gone already, failing here
        // changes nothing.
        let _set = stream.set_nodelay(true);
        self.spawn_stream(stream, Some(peer));
    }

    /// Serves a connection. Beyond the limit it is closed immediately, so that the open ones are not affected.
    fn spawn_stream(
        &self,
        io: impl AsyncRead + AsyncWrite + Unpin + 'static,
        peer: Option<IpAddr>,
    ) {
        let Some(permit) = ConnectionPermit::acquire(self.limit) else { return };
        let (io, timer) = self.timers.watch(io);
        let handler = self.handler.clone();
        let service = service_fn(move |request| handler.respond(request, peer, &timer));
        let connection = http1::Builder::new()
            .max_buf_size(HEAD_LIMIT)
            // A response is small: copying it into one buffer is cheaper than a vectored write.
            .writev(false)
            .serve_connection(TokioIo::new(io), service);
        task::spawn_local(async move {
            // Errors are the peer's own; hyper has already sent a status where that was possible.
            let _ended = connection.await;
            drop(permit);
        });
    }

    fn tick(&self) {
        self.timers.tick(self.limit.is_crowded());
        self.handler.tick();
    }

    /// Closes idle connections, and the others after their responses, up to the timeout.
    async fn drain(&self) {
        self.handler.close_after_responses();
        let end = Instant::now() + DRAIN_TIMEOUT;
        while Instant::now() < end {
            self.timers.expire_idle();
            if self.timers.count() == 0 {
                return;
            }
            time::sleep(DRAIN_POLL_INTERVAL).await;
        }
    }
}
