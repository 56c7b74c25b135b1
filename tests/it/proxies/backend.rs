//! The backend: it answers with the request that reached it, and says things that the gate says, too.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use serde_json::{Value, json};

use crate::support::http::{Answer, Message, Server};

/// A backend that runs.
pub struct Backend {
    server: Server,
    reached: Arc<AtomicUsize>,
}

impl Backend {
    /// Starts one.
    pub fn start() -> Self {
        let reached = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&reached);
        let server = Server::start(move |request| {
            counter.fetch_add(1, Ordering::SeqCst);
            Answer::Say(echo(request))
        });
        Self { server, reached }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.server.address()
    }

    /// How many requests have reached it.
    pub fn reached(&self) -> usize {
        self.reached.load(Ordering::SeqCst)
    }
}

/// The word in what the backend says where the gate may say it as well.
pub const OWN: &str = "backend";

fn echo(request: &Message) -> Message {
    let answer = LIMIT.into_iter().fold(told(request), |answer, name| answer.with(name, OWN));
    answer.with("Link", &format!("<{OWN}>; rel=\"next\""))
}

/// The headers that tell how much is left of a limit.
pub const LIMIT: [&str; 4] =
    ["X-Ratelimit-Bucket", "X-Ratelimit-Limit", "X-Ratelimit-Remaining", "X-Ratelimit-Reset"];

/// An answer that tells of the request.
pub fn told(request: &Message) -> Message {
    let sum: u64 = request.body.iter().map(|byte| u64::from(*byte)).sum();
    let body = json!({
        "method": request.word(0),
        "path": request.word(1),
        "headers": request.headers,
        "length": request.body.len(),
        "sum": sum,
    });
    Message::new("HTTP/1.1 200 OK").with("Content-Type", "application/json").body(body.to_string())
}

/// The request that reached the backend, or a gate that tells of it, as the answer tells it.
pub fn echoed(answer: &Message) -> Option<Message> {
    let told: Value = serde_json::from_slice(&answer.body).ok()?;
    let headers = serde_json::from_value(told.get("headers")?.clone()).ok()?;
    let first = format!("{} {}", told["method"].as_str()?, told["path"].as_str()?);
    let body = format!("{} {}", told["length"], told["sum"]);
    Some(Message { first, headers, body: body.into_bytes() })
}
