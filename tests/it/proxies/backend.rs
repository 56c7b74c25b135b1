//! The backend: it responds with the request that it got, and sets headers that the gate sets, too.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use serde_json::{Value, json};

use crate::support::http::{HttpMessage, ServerReply, TestServer};

/// A backend, which runs until it is dropped.
pub struct Backend {
    server: TestServer,
    reached: Arc<AtomicUsize>,
}

impl Backend {
    /// Starts a backend.
    pub fn start() -> Self {
        let reached = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&reached);
        let server = TestServer::start(move |request| {
            counter.fetch_add(1, Ordering::SeqCst);
            ServerReply::Respond(echo(request))
        });
        Self { server, reached }
    }

    /// Returns the address that it listens on.
    pub fn address(&self) -> SocketAddr {
        self.server.address()
    }

    /// Returns how many requests it got.
    pub fn request_count(&self) -> usize {
        self.reached.load(Ordering::SeqCst)
    }
}

/// The value of headers that both the backend and the gate may set, as the backend sets them.
pub const OWN_SERVER: &str = "backend";

fn echo(request: &HttpMessage) -> HttpMessage {
    let response = RATE_LIMIT_HEADERS
        .into_iter()
        .fold(echo_request(request), |response, name| response.with(name, OWN_SERVER));
    response.with("Link", &format!("<{OWN_SERVER}>; rel=\"next\""))
}

/// The headers about a rate limit.
pub const RATE_LIMIT_HEADERS: [&str; 4] =
    ["X-Ratelimit-Bucket", "X-Ratelimit-Limit", "X-Ratelimit-Remaining", "X-Ratelimit-Reset"];

/// Returns a response that describes a request.
pub fn echo_request(request: &HttpMessage) -> HttpMessage {
    let sum: u64 = request.body.iter().map(|byte| u64::from(*byte)).sum();
    let body = json!({
        "method": request.start_line_word(0),
        "path": request.start_line_word(1),
        "headers": request.headers,
        "length": request.body.len(),
        "sum": sum,
    });
    HttpMessage::new("HTTP/1.1 200 OK")
        .with("Content-Type", "application/json")
        .body(body.to_string())
}

/// Returns the request that a response describes; `None` if it describes none.
pub fn echoed(response: &HttpMessage) -> Option<HttpMessage> {
    let shown: Value = serde_json::from_slice(&response.body).ok()?;
    let headers = serde_json::from_value(shown.get("headers")?.clone()).ok()?;
    let first = format!("{} {}", shown["method"].as_str()?, shown["path"].as_str()?);
    let body = format!("{} {}", shown["length"], shown["sum"]);
    Some(HttpMessage { start_line: first, headers, body: body.into_bytes() })
}
