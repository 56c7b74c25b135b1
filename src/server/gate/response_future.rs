//! The response of a worker.

use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
};

use crate::server::http::response::HttpResponse;

/// A response that is ready, as nearly all are, or still being computed. Allocates only for the latter.
pub enum ResponseFuture {
    /// Ready. `None` once it has been taken.
    Ready(Option<HttpResponse>),
    /// Still being computed.
    Deferred(Pin<Box<dyn Future<Output = HttpResponse>>>),
}

impl Future for ResponseFuture {
    type Output = Result<HttpResponse, Infallible>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match &mut *self {
            Self::Ready(response) => match response.take() {
                Some(response) => Poll::Ready(Ok(response)),
                // A completed future must not be polled again. Never invents a response.
                None => Poll::Pending,
            },
            Self::Deferred(response) => response.as_mut().poll(context).map(Ok),
        }
    }
}
