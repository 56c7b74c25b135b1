//! The clerk: one thread that looks up and changes in the store what apps ask for themselves. No request for a verdict
//! waits for it.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::mpsc::{Receiver, SyncSender, sync_channel},
};

use rand::CryptoRng;
use tokio::sync::oneshot;

use crate::{
    domain::{
        actor::Actor,
        credential::rate_limit::WINDOW,
        directory::id::{ClientId, ObjectId},
        instant::{Clock, Instant},
        request::ClientCredentials,
    },
    ops::{
        OpContext, OpError,
        app::client::{ClientResponse, reset_token, tokens},
    },
    server::{OpenStore, cache::index_cache::Unavailable, http::caller::address_text, log::Log},
    store::{Store, sqlite::Mode},
};

/// How many errands may wait: a flood of logins does not reach the store.
const QUEUE_LENGTH: usize = 64;
/// How many new secrets an app may give its tokens in a minute: each one stays in the log and among the digests for good.
const MAX_RESETS_PER_MINUTE: u32 = 60;

/// What an app's program wants.
#[derive(Debug)]
pub enum ClientRequest {
    /// Its tokens, all of them or that of one district.
    ListTokens(Option<ObjectId>),
    /// A new secret for one of them, whose old one lives on for so many seconds.
    ResetToken(ObjectId, i64),
}

struct QueuedClientRequest {
    login: ClientCredentials,
    request: ClientRequest,
    peer: Option<IpAddr>,
    reply: oneshot::Sender<Result<ClientResponse, Unavailable>>,
}

/// Where workers put errands.
#[derive(Clone)]
pub struct ClientApi(SyncSender<QueuedClientRequest>);

/// The errands, for the one thread that runs them.
pub struct ClientRequestQueue(Receiver<QueuedClientRequest>);

/// Both ends.
pub fn channel() -> (ClientApi, ClientRequestQueue) {
    let (sender, receiver) = sync_channel(QUEUE_LENGTH);
    (ClientApi(sender), ClientRequestQueue(receiver))
}

impl ClientApi {
    /// Runs an errand for who logs in so from `peer`.
    ///
    /// # Errors
    /// [`NoAnswer::TooMany`] when too many wait, or an app gives its tokens new secrets too often; [`NoAnswer::Stale`]
    /// when the store does not answer.
    pub async fn send(
        &self,
        login: ClientCredentials,
        errand: ClientRequest,
        peer: Option<IpAddr>,
    ) -> Result<ClientResponse, Unavailable> {
        let (reply, replied) = oneshot::channel();
        let order = QueuedClientRequest { login, request: errand, peer, reply };
        self.0.try_send(order).map_err(|_| Unavailable::Overloaded)?;
        replied.await.unwrap_or(Err(Unavailable::StoreUnreachable))
    }
}

/// What errands are run with.
pub struct ClientApiWorker<'t> {
    /// The way to the store.
    pub open_store: &'t OpenStore,
    /// The clock.
    pub clock: &'t dyn Clock,
    /// On whose behalf the gate runs.
    pub actor: &'t Actor,
    /// Where trouble is told.
    pub log: &'t Log,
}

impl ClientRequestQueue {
    /// Runs errands until nobody can ask any more.
    pub fn run(self, tools: &ClientApiWorker<'_>, entropy: &mut dyn CryptoRng) {
        let (mut kept, mut resets) = (None, ResetCounts::default());
        for QueuedClientRequest { login, request: errand, peer, reply } in self.0 {
            let is_reset = matches!(errand, ClientRequest::ResetToken(..));
            if is_reset
                && resets.count_for(login.client, tools.clock.now()) >= MAX_RESETS_PER_MINUTE
            {
                let _heard = reply.send(Err(Unavailable::Overloaded));
                continue;
            }
            let ran = tools.handle(&mut kept, &login, errand, peer, entropy);
            if is_reset && matches!(ran, Ok(ClientResponse::Tokens(_))) {
                resets.record(login.client);
            }
            let ran = ran.inspect_err(|error| tools.log.event("errand_failed", &error.to_string()));
            // Who asked may have hung up. A token that was picked up meanwhile has to be reset.
            let _heard = reply.send(ran.map_err(|_| Unavailable::StoreUnreachable));
        }
    }
}

/// How many new secrets each app has given its tokens in this minute: apps alone, since only what was done is counted.
#[derive(Default)]
struct ResetCounts {
    minute: i64,
    counts: HashMap<ClientId, u32>,
}

impl ResetCounts {
    fn count_for(&mut self, client: ClientId, now: Instant) -> u32 {
        let minute = now.unix().div_euclid(WINDOW);
        if minute != self.minute {
            *self = Self { minute, counts: HashMap::new() };
        }
        self.counts.get(&client).copied().unwrap_or_default()
    }

    fn record(&mut self, client: ClientId) {
        *self.counts.entry(client).or_default() += 1;
    }
}

impl ClientApiWorker<'_> {
    /// A store that did not answer is opened anew for the next errand.
    fn handle(
        &self,
        kept: &mut Option<Store>,
        login: &ClientCredentials,
        errand: ClientRequest,
        peer: Option<IpAddr>,
        entropy: &mut dyn CryptoRng,
    ) -> Result<ClientResponse, OpError> {
        let store = match kept.take().filter(Store::is_same_database) {
            Some(store) => store,
            None => (self.open_store)(Mode::Write)?,
        };
        // Whoever it was, it came through the gate: the client is who changes something.
        let client = Actor {
            user: format!("client {}", login.client),
            host: address_text(peer),
            login_uid: None,
            sudo_user: None,
            ..self.actor.clone()
        };
        let desk = OpContext::unattended(&store, self.clock, &client);
        let reply = match errand {
            ClientRequest::ListTokens(district) => tokens(&desk, login, district, entropy),
            ClientRequest::ResetToken(token, overlap) => {
                reset_token(&desk, login, token, overlap, entropy)
            }
        }?;
        *kept = Some(store);
        if matches!(reply, ClientResponse::Unauthenticated) {
            let Actor { user, host, .. } = &client;
            self.log.event("login_refused", &format!("{user} from {host}"));
        }
        Ok(reply)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resets_are_counted_by_app_and_minute() {
        let mut resets = ResetCounts::default();
        let [one, other] = ["a", "b"].map(|digit| ClientId::parse(&digit.repeat(20)).unwrap());
        let at = |seconds: i64| Instant::from_unix(1_795_328_280 + seconds);
        for expected in 0..3 {
            assert_eq!(resets.count_for(one, at(59)), expected);
            resets.record(one);
        }
        assert_eq!((resets.count_for(one, at(59)), resets.count_for(other, at(59))), (3, 0));
        assert_eq!(resets.count_for(one, at(60)), 0);
    }
}
