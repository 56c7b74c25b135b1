//! The router: leads each request to the handler of its endpoint.

use std::{net::IpAddr, rc::Rc, time::Instant as Timer};

use hyper::{
    Request,
    body::{Body, Incoming},
};

use super::{
    handlers::{client_request, decide, introspect, passcode_check, token_info, verify},
    response_future::ResponseFuture,
    worker::Worker,
};
use crate::server::{
    http::{
        body::BODY_LIMIT,
        connection_timer::ConnectionTimer,
        handler::Handler,
        request_context::RequestContext,
        response::{HttpResponse, too_large},
        route::{Endpoint, Route},
    },
    oauth::openapi::openapi,
};

impl Handler for Worker {
    type Response = ResponseFuture;

    fn respond(
        self: &Rc<Self>,
        request: Request<Incoming>,
        peer: Option<IpAddr>,
        timer: &Rc<ConnectionTimer>,
    ) -> ResponseFuture {
        timer.start_response();
        let began = Timer::now();
        let (head, body) = request.into_parts();
        let route = Route::parse(head.uri.path());
        let request = RequestContext { route, head, peer, began };
        if body.size_hint().lower() > BODY_LIMIT {
            return self.ready(body_too_large(route), timer);
        }
        match route.endpoint {
            Endpoint::Verify => decide(self, request, body, timer, verify),
            Endpoint::PasscodeCheck => decide(self, request, body, timer, passcode_check),
            Endpoint::TokenInfo => decide(self, request, body, timer, token_info),
            Endpoint::Introspect => introspect(self, request, body, timer),
            Endpoint::ListTokens | Endpoint::ResetToken => {
                client_request(self, request, body, timer)
            }
            Endpoint::OpenApi => self.ready(openapi(&request), timer),
            Endpoint::UnknownOauth => self.ready(route.error_style.not_found(), timer),
        }
    }

    fn tick(&self) {
        self.flush_usage();
    }

    fn close_after_responses(&self) {
        self.close_connections();
    }
}

fn body_too_large(route: Route) -> HttpResponse {
    if route.endpoint.is_for_apps() { route.error_style.too_large() } else { too_large() }
}
