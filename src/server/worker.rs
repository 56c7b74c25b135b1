//! A worker: one thread with one runtime, which answers requests and waits for nobody else.

use std::{
    cell::Cell,
    convert::Infallible,
    net::IpAddr,
    pin::Pin,
    rc::Rc,
    sync::{Arc, mpsc::Sender},
    task::{Context, Poll},
    time::Instant as Timer,
};

use arc_swap::ArcSwap;
use hyper::{
    Request,
    body::{Body, Incoming},
    header::{CONNECTION, HeaderValue},
    http::request::Parts,
};

use super::{
    answer::{self, Answer},
    ask::Asker,
    caller::Caller,
    clerk::Clerk,
    counters::Counters,
    identity::Identity,
    introspect,
    limits::Limits,
    log::Log,
    mirror::Mirror,
    oauth::{self, Route, Shape},
    pace::Pace,
    refusal::Refusal,
    uses::{Batch, Ending, Uses},
    verdict::{Early, Judge, Outcome, Question, Verdict},
};
use crate::{
    config::policy::{Policy, Profile},
    domain::decision::Reason,
    keys::Keys,
};

const INTROSPECT: &str = "/introspect";

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
    /// Who runs errands for apps.
    pub clerk: Clerk,
    /// How often each credential was used in this minute.
    pub limits: Arc<Limits>,
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
    uses: Batch,
    /// Tells request ids of this process and worker from others.
    mark: u64,
    requests: Cell<u64>,
    closes: Cell<bool>,
}

/// An answer: there already, which nearly every one is, or still to come.
pub enum Answering {
    /// There already; taken when it is asked for.
    AtOnce(Option<Answer>),
    /// Still to come.
    Later(Pin<Box<dyn Future<Output = Answer>>>),
}

impl Future for Answering {
    type Output = Result<Answer, Infallible>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match &mut *self {
            Self::AtOnce(answer) => match answer.take() {
                Some(answer) => Poll::Ready(Ok(answer)),
                // Nobody asks twice; and no answer that could be taken for one is ever made up.
                None => Poll::Pending,
            },
            Self::Later(answer) => answer.as_mut().poll(context).map(Ok),
        }
    }
}

impl Worker {
    /// A worker; `mark` is random.
    pub fn new(shared: Shared, counters: Arc<Counters>, mark: u64) -> Self {
        let uses = Batch::new(shared.uses.clone());
        Self { shared, counters, uses, mark, requests: Cell::new(0), closes: Cell::new(false) }
    }

    /// Some time has passed: what was seen until now is handed over.
    pub fn tick(&self) {
        self.uses.hand_over();
    }

    /// From now on every answer is the last one on its connection.
    pub fn close_after_answers(&self) {
        self.closes.set(true);
    }

    /// Answers a request; `peer` is who sent it, `None` on a Unix socket.
    pub fn answer(
        self: &Rc<Self>,
        request: Request<Incoming>,
        peer: Option<IpAddr>,
        pace: &Rc<Pace>,
    ) -> Answering {
        pace.answer();
        let began = Timer::now();
        let (head, body) = request.into_parts();
        let route = Route::of(head.uri.path());
        if body.size_hint().lower() > answer::BODY_LIMIT {
            let answer = route.map_or_else(answer::too_large, |(_, shape)| shape.too_large());
            return self.end(answer, pace);
        }
        if let Some(route) = route.filter(|(route, _)| *route != Route::Info) {
            return self.run_errand(route, head, body, peer, pace);
        }
        let policy = self.shared.policy.load();
        let question = match Question::read(&head, &policy, &self.shared.keys) {
            Ok(question) => question,
            Err(reason) => {
                let mut refused = Verdict::refused(reason);
                self.tell(&mut refused, &head, peer, began, &policy);
                return self.end(in_words(&refused, head, peer, &policy), pace);
            }
        };
        match self.judge(&policy).judge_at_once(&question, began) {
            Early::Decided(mut verdict) if head.uri.path() != INTROSPECT => {
                self.tell(&mut verdict, &head, peer, began, &policy);
                self.end(in_words(&verdict, head, peer, &policy), pace)
            }
            early => self.answer_later(Asked { head, body, peer, began, question }, early, pace),
        }
    }

    /// What apps ask for themselves: it is not the one who asks that is judged, but a login.
    fn run_errand(
        self: &Rc<Self>,
        route: (Route, Shape),
        head: Parts,
        body: Incoming,
        peer: Option<IpAddr>,
        pace: &Rc<Pace>,
    ) -> Answering {
        let (worker, pace) = (self.clone(), pace.clone());
        Answering::Later(Box::pin(async move {
            let policy = worker.shared.policy.load_full();
            let address = Caller::new(&head, peer, &policy.trusted).address();
            let answer = oauth::answer(route, &head, body, &worker.shared.clerk, address).await;
            worker.finish(answer, &pace)
        }))
    }

    /// What can't be answered from memory, and what is about another secret than the caller's.
    fn answer_later(self: &Rc<Self>, asked: Asked, early: Early, pace: &Rc<Pace>) -> Answering {
        let (worker, pace) = (self.clone(), pace.clone());
        Answering::Later(Box::pin(async move {
            let policy = worker.shared.policy.load_full();
            let judge = worker.judge(&policy);
            let Asked { head, body, peer, began, question } = asked;
            let mut verdict = judge.judge_later(&question, early).await;
            worker.tell(&mut verdict, &head, peer, began, &policy);
            let answer = match head.uri.path() {
                INTROSPECT => {
                    let answer =
                        introspect::introspect(&judge, &verdict, &head, &question, body).await;
                    about_caller(answer, &verdict)
                }
                _ => in_words(&verdict, head, peer, &policy),
            };
            worker.finish(answer, &pace)
        }))
    }

    fn judge<'j>(&'j self, policy: &'j Policy) -> Judge<'j> {
        let Shared { mirror, asker, keys, .. } = &self.shared;
        Judge { mirror, asker, keys, policy }
    }

    fn end(&self, answer: Answer, pace: &Pace) -> Answering {
        Answering::AtOnce(Some(self.finish(answer, pace)))
    }

    fn finish(&self, mut answer: Answer, pace: &Pace) -> Answer {
        if self.closes.get() {
            answer.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        }
        pace.idle();
        answer
    }

    /// Counts a verdict and notes what follows from it.
    fn tell(
        &self,
        verdict: &mut Verdict,
        head: &Parts,
        peer: Option<IpAddr>,
        began: Timer,
        policy: &Policy,
    ) {
        self.limit(verdict);
        self.counters.count(verdict.outcome, began.elapsed());
        self.note(verdict, &Caller::new(head, peer, &policy.trusted), policy);
    }

    /// The second step: what would pass may be one of too many.
    fn limit(&self, verdict: &mut Verdict) {
        let is_allowed = verdict.is_allowed();
        let Some(identity) = verdict.identity.as_mut().filter(|_| is_allowed) else { return };
        let Some(limit) = identity.limit else { return };
        let quota = self.shared.limits.count(identity.seq, limit, identity.at);
        identity.quota = Some(quota);
        if quota.is_over {
            verdict.outcome = Outcome::Limited;
        }
    }

    /// Notes a use, begins the end of an overlap, and tells of the decision.
    fn note(&self, verdict: &Verdict, caller: &Caller<'_>, policy: &Policy) {
        // Also of what was one too many: its holder has the new secret.
        if let Some(Identity { seq, ends_overlap: Some(digest), .. }) = verdict.identity {
            // The writer lives as long as the workers.
            let _sent = self.shared.endings.send(Ending { seq, digest });
        }
        if let Some(identity) = verdict.identity.as_ref().filter(|_| verdict.is_allowed()) {
            self.uses.note(identity.seq, identity.at, caller.address());
            if !policy.log_allowed {
                return;
            }
        }
        let made = format!("{:016x}", self.mark.wrapping_add(self.requests.get()));
        self.requests.set(self.requests.get() + 1);
        self.shared.log.decision(verdict, caller, caller.request_id().unwrap_or(&made));
    }
}

/// A request that is answered later.
struct Asked {
    head: Parts,
    body: Incoming,
    peer: Option<IpAddr>,
    began: Timer,
    question: Question,
}

/// Puts a verdict in the words of its route.
fn in_words(verdict: &Verdict, head: Parts, peer: Option<IpAddr>, policy: &Policy) -> Answer {
    let Some(refusal) = Refusal::of(verdict.outcome) else {
        return allow(verdict.identity.as_ref(), head);
    };
    let caller = Caller::new(&head, peer, &policy.trusted);
    let profile = match Route::of(head.uri.path()) {
        // An app asks by itself: there is no proxy that has to carry the status.
        Some(_) => Profile::Full,
        None => policy.profile,
    };
    about_caller(refusal.answer(profile, &head.headers, caller.path()), verdict)
}

/// Adds to an answer what is said of the caller's own credential: what is left of this minute, and, where that is why
/// it is refused, what ends or has ended.
fn about_caller(mut answer: Answer, verdict: &Verdict) -> Answer {
    let Some(identity) = &verdict.identity else { return answer };
    identity.tell_quota(answer.headers_mut());
    if matches!(verdict.outcome, Outcome::Limited | Outcome::Decided(Reason::LegacySunset)) {
        identity.tell_farewell(answer.headers_mut());
    }
    answer
}

/// The answer of a route to who passes.
fn allow(identity: Option<&Identity>, head: Parts) -> Answer {
    let path = head.uri.path();
    if is_verify(path) {
        return answer::allow(identity, head.headers);
    }
    match (Route::of(path), identity) {
        (Some((Route::Info, shape)), Some(identity)) => oauth::info(shape, identity, &head.method),
        _ => answer::allow_connect(identity, head.headers),
    }
}

fn is_verify(path: &str) -> bool {
    path.strip_prefix("/verify").is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
