//! Request bodies.

use std::time::Duration;

use http_body_util::{BodyExt, Limited};
use hyper::body::{Bytes, Incoming};
use tokio::time;

/// The longest body that is read, in bytes. Proxies send none.
pub const BODY_LIMIT: u64 = 64 * 1024;
/// How long a peer may take to send a body.
const BODY_TIMEOUT: Duration = Duration::from_secs(5);

/// Why a body could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyError {
    /// It is longer than [`BODY_LIMIT`], or the connection broke.
    TooLarge,
    /// It did not arrive within five seconds.
    TimedOut,
}

/// Reads a whole body.
///
/// # Errors
/// See [`BodyError`].
pub async fn read_body(body: Incoming) -> Result<Bytes, BodyError> {
    let limited = Limited::new(body, BODY_LIMIT as usize);
    match time::timeout(BODY_TIMEOUT, limited.collect()).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(_)) => Err(BodyError::TooLarge),
        Err(_) => Err(BodyError::TimedOut),
    }
}
