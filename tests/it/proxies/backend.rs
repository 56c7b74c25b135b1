//! The backend: it answers with the request that reached it, and says things that the gate says, too.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use serde_json::{Value, json};

use crate::support::http::{HttpMessage, ServerReply, TestServer};

/// A backend that runs.
pub struct Backend {
    server: TestServer,
    reached: Arc<AtomicUsize>,
}

impl Backend {
    /// Starts one.
    pub fn start() -> Self {
        let reached = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&reached);
        let server = TestServer::start(move |request| {
            counter.fetch_add(1, Ordering::SeqCst);
            ServerReply::Respond(echo(request))
        });
        Self { server, reached }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.server.address()
    }

    /// How many requests have reached it.
    pub fn request_count(&self) -> usize {
        self.reached.load(Ordering::SeqCst)
    }
}

/// The word in what the backend says where the gate may say it as well.
pub const OWN_SERVER: &str = "backend";

fn echo(request: &HttpMessage) -> HttpMessage {
    let answer = RATE_LIMIT_HEADERS
        .into_iter()
        .fold(own_headers(request), |answer, name| answer.with(name, OWN_SERVER));
    answer.with("Link", &format!("<{OWN_SERVER}>; rel=\"next\""))
}

/// The headers that tell how much is left of a limit.
pub const RATE_LIMIT_HEADERS: [&str; 4] =
    ["X-Ratelimit-Bucket", "X-Ratelimit-Limit", "X-Ratelimit-Remaining", "X-Ratelimit-Reset"];

/// An answer that tells of the request.
pub fn own_headers(request: &HttpMessage) -> HttpMessage {
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

/// The request that reached the backend, or a gate that tells of it, as the answer tells it.
pub fn echoed(answer: &HttpMessage) -> Option<HttpMessage> {
    let told: Value = serde_json::from_slice(&answer.body).ok()?;
    let headers = serde_json::from_value(told.get("headers")?.clone()).ok()?;
    let first = format!("{} {}", told["method"].as_str()?, told["path"].as_str()?);
    let body = format!("{} {}", told["length"], told["sum"]);
    Some(HttpMessage { start_line: first, headers, body: body.into_bytes() })
}
