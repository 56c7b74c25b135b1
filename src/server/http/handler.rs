//! What a connection needs of the code that answers its requests.

use std::{convert::Infallible, net::IpAddr, rc::Rc};

use hyper::{Request, body::Incoming};

use super::{connection_timer::ConnectionTimer, response::HttpResponse};

/// Answers the requests of one worker's connections. Generic, so that no request pays for a virtual call.
pub trait Handler: 'static {
    /// The response, or the computation of it.
    type Response: Future<Output = Result<HttpResponse, Infallible>> + 'static;

    /// Answers a request from `peer`, which is `None` on a Unix socket. Notifies `timer` when the response
    /// starts and when it is ready.
    fn respond(
        self: &Rc<Self>,
        request: Request<Incoming>,
        peer: Option<IpAddr>,
        timer: &Rc<ConnectionTimer>,
    ) -> Self::Response;

    /// Called at each tick of the connection timers.
    fn tick(&self);

    /// Makes each further response the last one on its connection.
    fn close_after_responses(&self);
}
