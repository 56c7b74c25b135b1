//! Requests of apps on their way from the workers to the client API worker.

use std::{
    net::IpAddr,
    sync::mpsc::{Receiver, SyncSender, sync_channel},
};

use tokio::sync::oneshot;

use crate::{
    domain::{directory::id::ObjectId, request::ClientCredentials},
    ops::app::client::ClientResponse,
    server::unavailable::Unavailable,
};

/// How many requests the queue holds, so that a flood of logins does not reach the store.
const QUEUE_LENGTH: usize = 64;

/// What an app requests.
#[derive(Debug)]
pub enum ClientRequest {
    /// Its tokens: that of one district, or all of them if it is `None`.
    ListTokens(Option<ObjectId>),
    /// A new secret for a token.
    ResetToken {
        /// The token.
        token: ObjectId,
        /// How many seconds the old secret remains valid.
        overlap_seconds: i64,
    },
}

/// A request with the login of the app and the peer that it came from.
pub(super) struct QueuedClientRequest {
    pub(super) login: ClientCredentials,
    pub(super) request: ClientRequest,
    pub(super) peer: Option<IpAddr>,
    pub(super) reply: oneshot::Sender<Result<ClientResponse, Unavailable>>,
}

/// The sending end of the queue, for workers.
#[derive(Clone)]
pub struct ClientApi(SyncSender<QueuedClientRequest>);

/// The receiving end, for the client API worker.
pub struct ClientRequestQueue(pub(super) Receiver<QueuedClientRequest>);

/// Creates the queue.
pub fn channel() -> (ClientApi, ClientRequestQueue) {
    let (sender, receiver) = sync_channel(QUEUE_LENGTH);
    (ClientApi(sender), ClientRequestQueue(receiver))
}

impl ClientApi {
    /// Runs a request for the app that logs in from `peer`.
    ///
    /// # Errors
    /// [`Unavailable::Overloaded`] when the queue is full or the app resets tokens too often;
    /// [`Unavailable::StoreUnreachable`] when the store does not answer.
    pub async fn send(
        &self,
        login: ClientCredentials,
        request: ClientRequest,
        peer: Option<IpAddr>,
    ) -> Result<ClientResponse, Unavailable> {
        let (reply, response) = oneshot::channel();
        let queued = QueuedClientRequest { login, request, peer, reply };
        self.0.try_send(queued).map_err(|_| Unavailable::Overloaded)?;
        response.await.unwrap_or(Err(Unavailable::StoreUnreachable))
    }
}
