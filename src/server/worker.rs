//! A worker: one thread with one runtime, which answers requests and waits for nobody else.

use std::{
    cell::Cell,
    net::IpAddr,
    sync::{Arc, mpsc::Sender},
    time::Instant as Timer,
};

use arc_swap::ArcSwap;
use hyper::{
    Request,
    body::{Body, Incoming},
    http::request::Parts,
};

use super::{
    answer::{self, Answer},
    ask::Asker,
    caller::Caller,
    counters::Counters,
    introspect,
    log::Log,
    mirror::Mirror,
    uses::{Ending, Uses},
    verdict::{Judge, Verdict},
};
use crate::{config::policy::Policy, keys::Keys};

/// The most bytes of a body that are taken; proxies send none.
pub const BODY_LIMIT: u64 = 64 * 1024;

/// What all workers share.
#[derive(Clone)]
pub struct Shared {
    /// What is known of the store.
    pub mirror: Arc<Mirror>,
    /// Who can be asked about it.
    pub asker: Asker,
    /// The keys of the store.
    pub keys: Arc<Keys>,
    /// What is demanded.
    pub policy: Arc<ArcSwap<Policy>>,
    /// What was used.
    pub uses: Arc<Uses>,
    /// Which overlaps end.
    pub endings: Sender<Ending>,
    /// Where decisions are told.
    pub log: Log,
}

/// One worker's own things.
pub struct Worker {
    shared: Shared,
    counters: Arc<Counters>,
    /// Tells request ids of this process and worker from others.
    mark: u64,
    requests: Cell<u64>,
}

impl Worker {
    /// A worker; `mark` is random.
    pub fn new(shared: Shared, counters: Arc<Counters>, mark: u64) -> Self {
        Self { shared, counters, mark, requests: Cell::new(0) }
    }

    /// Answers a request; `peer` is who sent it, `None` on a Unix socket.
    pub async fn answer(&self, request: Request<Incoming>, peer: Option<IpAddr>) -> Answer {
        let began = Timer::now();
        let (head, body) = request.into_parts();
        if body.size_hint().lower() > BODY_LIMIT {
            return answer::too_large();
        }
        let policy = self.shared.policy.load_full();
        let Shared { mirror, asker, keys, .. } = &self.shared;
        let judge = Judge { mirror, asker, keys, policy: &policy };
        let verdict = judge.judge(&head).await;
        self.counters.count(verdict.outcome, began.elapsed());
        self.note(&verdict, &head, peer, &policy);
        match head.uri.path() {
            "/introspect" => introspect::introspect(&judge, &verdict, &head, body).await,
            path if is_verify(path) => answer::verify(&verdict, policy.profile, &head.headers),
            _ => answer::connect(&verdict, policy.profile, &head.headers),
        }
    }

    /// Notes a use, begins the end of an overlap, and tells of the decision.
    fn note(&self, verdict: &Verdict, head: &Parts, peer: Option<IpAddr>, policy: &Policy) {
        let caller = Caller::new(head, peer, &policy.trusted);
        if let Some(identity) = verdict.identity.as_ref().filter(|_| verdict.is_allowed()) {
            let Shared { uses, endings, mirror, .. } = &self.shared;
            uses.note(identity.seq, mirror.now(), caller.address());
            if let Some(digest) = identity.ends_overlap {
                // The writer lives as long as the workers.
                let _sent = endings.send(Ending { seq: identity.seq, digest });
            }
            if !policy.log_allowed {
                return;
            }
        }
        let made = format!("{:016x}", self.mark.wrapping_add(self.requests.get()));
        self.requests.set(self.requests.get() + 1);
        self.shared.log.decision(verdict, &caller, caller.request_id().unwrap_or(&made));
    }
}

fn is_verify(path: &str) -> bool {
    path.strip_prefix("/verify").is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
