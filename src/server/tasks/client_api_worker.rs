//! The client API worker: one thread that runs the requests of apps, which may change the store. Decisions never wait for
//! it.

use std::net::IpAddr;

use rand::CryptoRng;

use super::{
    client_request::{ClientRequest, ClientRequestQueue, QueuedClientRequest},
    context::TaskContext,
    reset_counts::{MAX_RESETS_PER_MINUTE, ResetCounts},
};
use crate::{
    domain::{
        actor::{Actor, Principal},
        directory::id::ClientId,
        request::ClientCredentials,
    },
    ops::{
        OpContext, OpError,
        app::client::{ClientResponse, reset_token, tokens},
    },
    server::{http::caller::address_text, store_handle::StoreHandle, unavailable::Unavailable},
    store::Mode,
};

/// The state of the thread.
pub struct ClientApiWorker<'t> {
    context: TaskContext<'t>,
    store: StoreHandle<'t>,
    resets: ResetCounts,
}

impl<'t> ClientApiWorker<'t> {
    /// A worker that has not opened the store yet.
    pub fn new(context: TaskContext<'t>) -> Self {
        let store = StoreHandle::new(context.open_store, Mode::Write);
        Self { context, store, resets: ResetCounts::default() }
    }

    /// Runs requests until all senders are gone. New secrets are made from `entropy`.
    pub fn run(mut self, queue: ClientRequestQueue, entropy: &mut dyn CryptoRng) {
        for QueuedClientRequest { login, request, peer, reply } in queue.0 {
            let response = self.respond(&login, request, peer, entropy);
            // The caller may have disconnected meanwhile. If a new secret is lost by that, the token must be reset again.
            let _sent = reply.send(response);
        }
    }

    fn respond(
        &mut self,
        login: &ClientCredentials,
        request: ClientRequest,
        peer: Option<IpAddr>,
        entropy: &mut dyn CryptoRng,
    ) -> Result<ClientResponse, Unavailable> {
        let is_reset = matches!(request, ClientRequest::ResetToken { .. });
        if is_reset && self.has_too_many_resets(login.client) {
            return Err(Unavailable::Overloaded);
        }
        let response = self.handle(login, request, peer, entropy).map_err(|error| {
            self.context.log.event("errand_failed", &error.to_string());
            Unavailable::StoreUnreachable
        })?;
        if is_reset && matches!(response, ClientResponse::Tokens { .. }) {
            self.resets.record(login.client);
        }
        Ok(response)
    }

    fn has_too_many_resets(&mut self, client: ClientId) -> bool {
        self.resets.count_for(client, self.context.clock.now()) >= MAX_RESETS_PER_MINUTE
    }

    fn handle(
        &mut self,
        login: &ClientCredentials,
        request: ClientRequest,
        peer: Option<IpAddr>,
        entropy: &mut dyn CryptoRng,
    ) -> Result<ClientResponse, OpError> {
        let context = &self.context;
        let principal = Principal::ApiClient { client: login.client, address: address_text(peer) };
        let client = Actor { process: context.actor.process.clone(), principal };
        let response = self.store.with(|store| {
            let op_context = OpContext::unattended(store, &*context.clock, &client);
            match request {
                ClientRequest::ListTokens(district) => {
                    tokens(&op_context, login, district, entropy)
                }
                ClientRequest::ResetToken { token, overlap_seconds } => {
                    reset_token(&op_context, login, token, overlap_seconds, entropy)
                }
            }
        })?;
        if let ClientResponse::Tokens { in_doubt: Some(change), .. } = &response {
            let text = format!("nobody knows whether change {change} of {client} was made");
            context.log.event("outcome_unknown", &text);
        }
        if matches!(response, ClientResponse::Unauthenticated) {
            context.log.event("login_refused", &client.to_string());
        }
        Ok(response)
    }
}
