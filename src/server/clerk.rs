//! The clerk: one thread that looks up and changes in the store what apps ask for themselves. No request for a verdict
//! waits for it.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::mpsc::{Receiver, SyncSender, sync_channel},
};

use rand::CryptoRng;
use tokio::sync::oneshot;

use super::{Open, caller::address_text, log::Log, mirror::NoAnswer};
use crate::{
    domain::{
        actor::Actor,
        id::{ClientId, ObjectId},
        instant::{Clock, Instant},
        limit::WINDOW,
        request::ClientLogin,
    },
    ops::{
        Desk, OpError,
        client::{Reply, reset_own, tokens},
    },
    store::{Store, sqlite::Mode},
};

/// How many errands may wait: a flood of logins does not reach the store.
const WAITING: usize = 64;
/// How many new secrets an app may give its tokens in a minute: each one stays in the log and among the digests for good.
const RESETS: u32 = 60;

/// What an app's program wants.
#[derive(Debug)]
pub enum Errand {
    /// Its tokens, all of them or that of one district.
    Tokens(Option<ObjectId>),
    /// A new secret for one of them, whose old one lives on for so many seconds.
    Reset(ObjectId, i64),
}

struct Order {
    login: ClientLogin,
    errand: Errand,
    peer: Option<IpAddr>,
    reply: oneshot::Sender<Result<Reply, NoAnswer>>,
}

/// Where workers put errands.
#[derive(Clone)]
pub struct Clerk(SyncSender<Order>);

/// The errands, for the one thread that runs them.
pub struct Errands(Receiver<Order>);

/// Both ends.
pub fn clerk() -> (Clerk, Errands) {
    let (sender, receiver) = sync_channel(WAITING);
    (Clerk(sender), Errands(receiver))
}

impl Clerk {
    /// Runs an errand for who logs in so from `peer`.
    ///
    /// # Errors
    /// [`NoAnswer::TooMany`] when too many wait, or an app gives its tokens new secrets too often; [`NoAnswer::Stale`]
    /// when the store does not answer.
    pub async fn run(
        &self,
        login: ClientLogin,
        errand: Errand,
        peer: Option<IpAddr>,
    ) -> Result<Reply, NoAnswer> {
        let (reply, replied) = oneshot::channel();
        let order = Order { login, errand, peer, reply };
        self.0.try_send(order).map_err(|_| NoAnswer::TooMany)?;
        replied.await.unwrap_or(Err(NoAnswer::Stale))
    }
}

/// What errands are run with.
pub struct Tools<'t> {
    /// The way to the store.
    pub open: &'t Open,
    /// The clock.
    pub clock: &'t dyn Clock,
    /// On whose behalf the gate runs.
    pub actor: &'t Actor,
    /// Where trouble is told.
    pub log: &'t Log,
}

impl Errands {
    /// Runs errands until nobody can ask any more.
    pub fn run(self, tools: &Tools<'_>, entropy: &mut dyn CryptoRng) {
        let (mut kept, mut resets) = (None, Resets::default());
        for Order { login, errand, peer, reply } in self.0 {
            let is_reset = matches!(errand, Errand::Reset(..));
            if is_reset && resets.of(login.client, tools.clock.now()) >= RESETS {
                let _heard = reply.send(Err(NoAnswer::TooMany));
                continue;
            }
            let ran = tools.run(&mut kept, &login, errand, peer, entropy);
            if is_reset && matches!(ran, Ok(Reply::Tokens(_))) {
                resets.count(login.client);
            }
            let ran = ran.inspect_err(|error| tools.log.event("errand_failed", &error.to_string()));
            // Who asked may have hung up. A token that was picked up meanwhile has to be reset.
            let _heard = reply.send(ran.map_err(|_| NoAnswer::Stale));
        }
    }
}

/// How many new secrets each app has given its tokens in this minute: apps alone, since only what was done is counted.
#[derive(Default)]
struct Resets {
    minute: i64,
    counts: HashMap<ClientId, u32>,
}

impl Resets {
    fn of(&mut self, client: ClientId, now: Instant) -> u32 {
        let minute = now.unix().div_euclid(WINDOW);
        if minute != self.minute {
            *self = Self { minute, counts: HashMap::new() };
        }
        self.counts.get(&client).copied().unwrap_or_default()
    }

    fn count(&mut self, client: ClientId) {
        *self.counts.entry(client).or_default() += 1;
    }
}

impl Tools<'_> {
    /// A store that did not answer is opened anew for the next errand.
    fn run(
        &self,
        kept: &mut Option<Store>,
        login: &ClientLogin,
        errand: Errand,
        peer: Option<IpAddr>,
        entropy: &mut dyn CryptoRng,
    ) -> Result<Reply, OpError> {
        let store = match kept.take().filter(Store::is_in_place) {
            Some(store) => store,
            None => (self.open)(Mode::Write)?,
        };
        // Whoever it was, it came through the gate: the client is who changes something.
        let client = Actor {
            user: format!("client {}", login.client),
            host: address_text(peer),
            login_uid: None,
            sudo_user: None,
            ..self.actor.clone()
        };
        let desk = Desk::unattended(&store, self.clock, &client);
        let reply = match errand {
            Errand::Tokens(district) => tokens(&desk, login, district, entropy),
            Errand::Reset(token, overlap) => reset_own(&desk, login, token, overlap, entropy),
        }?;
        *kept = Some(store);
        if matches!(reply, Reply::Stranger) {
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
        let mut resets = Resets::default();
        let [one, other] = ["a", "b"].map(|digit| ClientId::parse(&digit.repeat(20)).unwrap());
        let at = |seconds: i64| Instant::from_unix(1_795_328_280 + seconds);
        for expected in 0..3 {
            assert_eq!(resets.of(one, at(59)), expected);
            resets.count(one);
        }
        assert_eq!((resets.of(one, at(59)), resets.of(other, at(59))), (3, 0));
        assert_eq!(resets.of(one, at(60)), 0);
    }
}
