//! The second listener, for monitoring: `/healthz`, `/readyz` and `/metrics`.

use std::{
    convert::Infallible,
    io,
    sync::Arc,
    time::{Duration, Instant as Timer},
};

use arc_swap::ArcSwap;
use hyper::{Request, StatusCode, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpStream, UnixStream},
    task, time,
};

use super::metrics::{Metrics, render};
use crate::{
    config::gate_policy::GatePolicy,
    server::{
        cache::index_cache::Cache,
        http::listener::Listener,
        http::{
            accept::{ACCEPT_RETRY_DELAY, AcceptedConnection, Acceptor},
            response::{HttpResponse, plain_text, text_response},
        },
        shutdown::Shutdown,
    },
};

const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// How long a peer may take to send a request, and how long its connection may be idle.
const HEADER_TIMEOUT: Duration = Duration::from_secs(5);

/// Answers health checks and renders metrics.
#[derive(Clone)]
pub struct HealthService {
    /// The cache of the store.
    pub cache: Arc<Cache>,
    /// The sources of all metrics.
    pub metrics: Arc<Metrics>,
    /// The policy.
    pub policy: Arc<ArcSwap<GatePolicy>>,
}

/// Serves the second listener until shutdown.
///
/// # Errors
/// When the runtime can't watch the socket.
pub async fn serve_health(
    listener: Listener,
    health: HealthService,
    shutdown: &Shutdown,
) -> io::Result<()> {
    let mut acceptor = Acceptor::new(listener)?;
    loop {
        let accepted = tokio::select! {
            () = shutdown.wait() => return Ok(()),
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
            let response = health.respond(request.uri().path());
            async move { Ok::<_, Infallible>(response) }
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEADER_TIMEOUT)
            .serve_connection(TokioIo::new(io), service);
        task::spawn_local(async move {
            // Errors are the peer's own.
            let _ended = connection.await;
        });
    }

    fn respond(&self, path: &str) -> HttpResponse {
        match path {
            "/healthz" => plain_text(StatusCode::OK, "ok\n"),
            "/readyz" if self.is_ready() && self.cache.is_tampered() => plain_text(
                StatusCode::OK,
                "ready, but store_tampered: the store failed verification (gatepass doctor)\n",
            ),
            "/readyz" if self.is_ready() => plain_text(StatusCode::OK, "ready\n"),
            "/readyz" => plain_text(StatusCode::SERVICE_UNAVAILABLE, "the store is out of reach\n"),
            "/metrics" => self.render_metrics(),
            _ => plain_text(StatusCode::NOT_FOUND, "/healthz, /readyz or /metrics\n"),
        }
    }

    fn render_metrics(&self) -> HttpResponse {
        match render(&self.metrics) {
            Ok(text) => text_response(StatusCode::OK, text.into(), OPEN_METRICS),
            Err(error) => {
                self.metrics.log.event("metrics_failed", &error.to_string());
                plain_text(StatusCode::INTERNAL_SERVER_ERROR, "no metrics\n")
            }
        }
    }

    /// Ready also without an index: requests are then looked up in the store, which is slower but gives the same
    /// decisions.
    fn is_ready(&self) -> bool {
        self.cache.is_fresh(Timer::now(), self.policy.load().max_stale)
    }
}
