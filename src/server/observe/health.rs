//! Control: signals, the acceptor of a single socket, and the second listener, which tells how the gate is.

use std::{
    convert::Infallible,
    io,
    sync::Arc,
    time::{Duration, Instant as Timer},
};

use arc_swap::ArcSwap;
use http_body_util::Full;
use hyper::{
    Request, StatusCode,
    body::{Bytes, Incoming},
    header::{CONTENT_TYPE, HeaderValue},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpStream, UnixStream},
    signal::unix::{Signal, SignalKind, signal},
    task, time,
};

use super::metrics::{Metrics, render};
use crate::{
    config::gate_policy::GatePolicy,
    server::{
        Shutdown,
        cache::index_cache::Cache,
        http::{
            connections::{ACCEPT_RETRY_DELAY, AcceptedConnection, Acceptor},
            listener::Listener,
            response::HttpResponse,
        },
    },
};

const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// How long a peer of the second listener may take for a request, or idle.
const HEADER_TIMEOUT: Duration = Duration::from_secs(5);

/// What the second listener tells of.
#[derive(Clone)]
pub struct HealthService {
    /// What is known of the store.
    pub cache: Arc<Cache>,
    /// What is measured.
    pub metrics: Arc<Metrics>,
    /// What is demanded.
    pub policy: Arc<ArcSwap<GatePolicy>>,
}

/// The signals that end the server or make it read its settings again. From the moment there is this, none of them
/// has its usual effect.
pub struct Signals {
    terminate: Signal,
    interrupt: Signal,
    hang_up: Signal,
}

impl Signals {
    /// Listens for them, on the runtime of the calling thread.
    ///
    /// # Errors
    /// When signals can't be listened for.
    pub fn listen() -> io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            hang_up: signal(SignalKind::hangup())?,
        })
    }

    /// Obeys them until one ends the server, or `stop` does.
    pub async fn handle_until_shutdown(mut self, stop: &Shutdown, mut reload: impl FnMut()) {
        loop {
            tokio::select! {
                _ = self.terminate.recv() => break,
                _ = self.interrupt.recv() => break,
                _ = self.hang_up.recv() => reload(),
                () = stop.wait() => break,
            }
        }
        stop.request();
    }
}

/// Answers on the second listener until `stop`.
///
/// # Errors
/// When the listener is of no use.
pub async fn serve_health(
    listener: Listener,
    health: HealthService,
    stop: &Shutdown,
) -> io::Result<()> {
    let mut acceptor = Acceptor::new(listener)?;
    loop {
        let accepted = tokio::select! {
            () = stop.wait() => return Ok(()),
            accepted = acceptor.accept() => accepted,
        };
        match accepted {
            Ok(AcceptedConnection::Tcp(stream)) => health.spawn(TcpStream::from_std(stream)?),
            Ok(AcceptedConnection::Unix(stream)) => health.spawn(UnixStream::from_std(stream)?),
            Err(_) => time::sleep(ACCEPT_RETRY_DELAY).await,
        }
    }
}

impl HealthService {
    fn spawn(&self, io: impl AsyncRead + AsyncWrite + Unpin + 'static) {
        let health = self.clone();
        let service = service_fn(move |request: Request<Incoming>| {
            let answer = health.respond(request.uri().path());
            async move { Ok::<_, Infallible>(answer) }
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEADER_TIMEOUT)
            .serve_connection(TokioIo::new(io), service);
        task::spawn_local(async move {
            // Who asks how we are and goes away has heard enough.
            let _ended = connection.await;
        });
    }

    fn respond(&self, path: &str) -> HttpResponse {
        match path {
            "/healthz" => plain_text(StatusCode::OK, "ok\n"),
            "/readyz" if self.is_ready() => plain_text(StatusCode::OK, "ready\n"),
            "/readyz" => plain_text(StatusCode::SERVICE_UNAVAILABLE, "the store is out of reach\n"),
            "/metrics" => match render(&self.metrics) {
                Ok(text) => text_response(StatusCode::OK, text.into(), OPEN_METRICS),
                Err(_) => plain_text(StatusCode::INTERNAL_SERVER_ERROR, "no metrics\n"),
            },
            _ => plain_text(StatusCode::NOT_FOUND, "/healthz, /readyz or /metrics\n"),
        }
    }

    /// While the index is loaded every request asks the store: that is slower, and as right.
    fn is_ready(&self) -> bool {
        self.cache.is_fresh(Timer::now(), self.policy.load().max_stale)
    }
}

fn plain_text(status: StatusCode, text: &'static str) -> HttpResponse {
    text_response(status, Bytes::from_static(text.as_bytes()), "text/plain; charset=utf-8")
}

fn text_response(status: StatusCode, body: Bytes, kind: &'static str) -> HttpResponse {
    let mut answer = HttpResponse::new(Full::new(body));
    *answer.status_mut() = status;
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    answer
}
