//! The gate: a server that proxies ask whether a request may pass.
//!
//! Workers answer, each on a core of its own, from what they hold in memory. Around them stand a follower, which keeps
//! that memory true; an asker, which looks up in the store what memory can't tell; a clerk, which does what apps ask for
//! themselves; a courier, which tells them of their tokens; a writer of what was used; control, which listens for
//! signals and tells how the gate is; and the calling thread, which writes the log.

pub mod cache;
pub mod decision;
pub mod gate;
pub mod http;
mod log;
pub mod oauth;
pub mod observe;
pub mod tasks;

pub use decision::reason_table::{ReasonRow, reason_rows};
pub use http::headers::{HEADERS, Header};

use std::{
    io::{self, Write},
    net::TcpListener,
    rc::Rc,
    sync::{Arc, atomic::AtomicUsize, mpsc::channel},
    thread::{self, Scope, ScopedJoinHandle},
};

use arc_swap::ArcSwap;
use rand::CryptoRng;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::{
    runtime::{Builder, LocalOptions},
    sync::{mpsc::unbounded_channel, watch},
};

use self::{
    cache::index_cache::Cache,
    gate::worker::{Worker, WorkerContext},
    http::{connections::ConnectionLimit, listener::Listener},
    log::Log,
    observe::{
        counters::Counters,
        health::{HealthService, Signals},
        metrics::Metrics,
    },
    tasks::{
        client_api_worker::ClientApiWorker, usage::UsageWriter,
        webhook_dispatcher::WebhookDispatcher,
    },
};
use crate::{
    config::gate_policy::GatePolicy,
    domain::{actor::Actor, instant::Clock},
    keys::Keys,
    ops::outbox::send::SharedTransport,
    store::{Store, StoreError, sqlite::Mode},
};

/// How many connections there may be at most, where the machine permits as many open files.
const MAX_CONNECTIONS: usize = 16_384;
/// How many tasks a thread runs at most before it asks the kernel for new events: in a rush, more than tokio's 61 are
/// ready at once, and to ask in between costs more than it brings.
const EVENT_INTERVAL: u32 = 256;
/// How many open files are left for other things than connections.
const RESERVED_FILES: u64 = 128;

/// The way to the store; every thread that needs it opens its own.
pub type OpenStore = dyn Fn(Mode) -> Result<Store, StoreError> + Send + Sync;
/// What reads the settings again.
pub type ReloadPolicy<'r> = dyn FnMut() -> Result<GatePolicy, String> + Send + 'r;

/// What a gate is made of.
pub struct Gate<'g> {
    /// Where requests come from.
    pub listener: Listener,
    /// Where questions about the gate itself come from.
    pub ops_listener: Listener,
    /// What is demanded.
    pub policy: GatePolicy,
    /// The way to the store.
    pub open_store: &'g OpenStore,
    /// Its keys.
    pub keys: Keys,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// On whose behalf overlaps end.
    pub actor: &'g Actor,
    /// Who carries messages to apps, if this gate tells them.
    pub transport: Option<SharedTransport>,
    /// What the secrets are made of that apps pick up.
    pub entropy: &'g mut (dyn CryptoRng + Send),
    /// A random number for the request ids of each worker; as many as there are to be workers.
    pub request_id_seeds: Vec<u64>,
    /// What reads the settings again.
    pub reload: Box<ReloadPolicy<'g>>,
    /// What tells the service manager how the gate is.
    pub notify: &'g (dyn Fn(ServicePhase) + Sync),
}

/// How far a gate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServicePhase {
    /// It listens.
    Ready,
    /// It reads its settings again.
    Reloading,
    /// It ends.
    Stopping,
}

/// Told once, heard by every thread.
pub struct Shutdown(watch::Sender<bool>);

impl Shutdown {
    fn new() -> Self {
        Self(watch::Sender::new(false))
    }

    /// Whether it was told.
    pub fn is_requested(&self) -> bool {
        *self.0.borrow()
    }

    /// Tells it.
    pub fn request(&self) {
        self.0.send_replace(true);
    }

    /// Waits until it is told.
    pub async fn wait(&self) {
        // The sender is here: it can't be gone.
        let mut told = self.0.subscribe();
        let _told = told.wait_for(|is_set| *is_set).await;
    }
}

/// Tells it at the latest when it is dropped.
struct RequestShutdownOnDrop<'s>(&'s Shutdown);

impl Drop for RequestShutdownOnDrop<'_> {
    fn drop(&mut self) {
        self.0.request();
    }
}

/// Answers until a signal ends it. Decisions and events go to `stderr`.
///
/// # Errors
/// When a runtime or a thread can't be had.
pub fn serve(gate: Gate<'_>, stderr: &mut dyn Write) -> io::Result<()> {
    let Gate { open_store: open, actor, entropy, mut reload, notify, .. } = gate;
    let (log, lines) = log::channel(gate.clock.clone());
    let (asker, questions) = cache::store_lookup::channel();
    let (clerk, errands) = tasks::client_api_worker::channel();
    let (endings, ended) = tasks::usage::overlap_ends();
    let limit = Arc::new(ConnectionLimit { max: max_connections(), open: AtomicUsize::new(0) });
    let counters: Vec<Arc<Counters>> =
        gate.request_id_seeds.iter().map(|_| Arc::default()).collect();
    let shared = WorkerContext {
        cache: Arc::new(Cache::new(gate.clock.clone())),
        store_lookup: asker,
        client_api: clerk,
        rate_limiter: Arc::default(),
        keys: Arc::new(gate.keys),
        policy: Arc::new(ArcSwap::from_pointee(gate.policy)),
        usage: Arc::default(),
        overlap_ends: endings,
        log: log.clone(),
    };
    let WorkerContext { cache: mirror, policy, usage: uses, .. } = shared.clone();
    let measured = Metrics {
        counters: counters.clone(),
        cache: mirror.clone(),
        connection_limit: limit.clone(),
        log: log.clone(),
        outbox: Arc::default(),
    };
    let outbox = Arc::clone(&measured.outbox);
    let health = HealthService {
        cache: mirror.clone(),
        metrics: Arc::new(measured),
        policy: policy.clone(),
    };
    let (own, single) = split_listener(gate.listener, counters.len());
    let (stop, over) = (Shutdown::new(), Shutdown::new());
    thread::scope(|scope| {
        let tools = ClientApiWorker { open_store: open, clock: &*gate.clock, actor, log: &log };
        let writer =
            UsageWriter { open_store: open, clock: &*gate.clock, actor, usage: &uses, log: &log };
        let (over, mirror, stop, limit, log) = (&over, &mirror, &stop, &limit, &log);
        let round = WebhookDispatcher {
            open_store: open,
            clock: &*gate.clock,
            actor,
            transport: gate.transport,
            log,
        };
        // When a thread can't be had, those that were started have to end.
        let _ends = [RequestShutdownOnDrop(stop), RequestShutdownOnDrop(over)];
        let background = [
            spawn(scope, "follower", || cache::updater::run(open, mirror, log, over))?,
            spawn(scope, "courier", move || round.run(&outbox, stop))?,
            spawn(scope, "asker", || questions.run(open))?,
            spawn(scope, "clerk", move || errands.run(&tools, entropy))?,
            spawn(scope, "writer", move || writer.run(&ended, over))?,
        ];
        let (hands, handed): (Vec<_>, Vec<_>) =
            counters.iter().map(|_| unbounded_channel()).unzip();
        let (armed, is_armed) = channel();
        let control = move || {
            let read_again = || {
                notify(ServicePhase::Reloading);
                match reload() {
                    Ok(new) => {
                        policy.store(Arc::new(new));
                        log.event("reloaded", "what is demanded was read again");
                    }
                    Err(why) => log.event("not_reloaded", &why),
                }
                notify(ServicePhase::Ready);
            };
            let tell = observe::health::serve_health(gate.ops_listener, health, stop);
            let hand_on = async {
                match single {
                    Some(listener) => http::connections::distribute(listener, hands, stop).await,
                    None => Ok(()),
                }
            };
            let controlled = run_on_runtime(async {
                let signals = Signals::listen()?;
                armed.send(()).ok();
                let obey = async {
                    signals.handle_until_shutdown(stop, read_again).await;
                    Ok(())
                };
                tokio::try_join!(obey, tell, hand_on).map(drop)
            });
            shut_down_after(controlled, log, stop);
            notify(ServicePhase::Stopping);
        };
        let mut workers = vec![spawn(scope, "control", control)?];
        // Nobody is answered before a signal is understood; a control that failed has ended the server already.
        is_armed.recv().ok();
        let own = own.into_iter().zip(handed);
        for (((own, handed), counters), mark) in own.zip(counters).zip(gate.request_id_seeds) {
            let shared = shared.clone();
            let work = move || {
                let worker = Worker::new(shared, counters, mark);
                let served = run_on_runtime(http::connections::serve(
                    Rc::new(worker),
                    own,
                    handed,
                    limit,
                    stop,
                ));
                shut_down_after(served, log, stop);
            };
            workers.push(spawn(scope, "worker", work)?);
        }
        // The asker ends when nobody can ask any more.
        drop(shared);
        notify(ServicePhase::Ready);
        // Not by this thread: a log that nobody reads can hold it up, and uses are to be written all the same.
        spawn(scope, "closer", move || {
            workers.into_iter().for_each(|worker| drop(worker.join()));
            over.request();
        })?;
        lines.run(stderr, || background.iter().all(ScopedJoinHandle::is_finished));
        Ok(())
    })
}

fn spawn<'s>(
    scope: &'s Scope<'s, '_>,
    name: &str,
    work: impl FnOnce() + Send + 's,
) -> io::Result<ScopedJoinHandle<'s, ()>> {
    thread::Builder::new().name(name.to_owned()).spawn_scoped(scope, work)
}

/// One socket for each worker, or a single one whose connections are handed on.
fn split_listener(
    listener: Listener,
    workers: usize,
) -> (Vec<Option<TcpListener>>, Option<Listener>) {
    match listener {
        Listener::Shared(sockets) => (sockets.into_iter().map(Some).collect(), None),
        single => ((0..workers).map(|_| None).collect(), Some(single)),
    }
}

/// Runs one thread's work on a runtime of its own.
fn run_on_runtime(work: impl Future<Output = io::Result<()>>) -> io::Result<()> {
    let runtime = Builder::new_current_thread()
        .enable_all()
        .event_interval(EVENT_INTERVAL)
        .build_local(LocalOptions::default())?;
    runtime.block_on(work)
}

/// A thread that could not do its work ends the server: it would be half a gate.
fn shut_down_after(ended: io::Result<()>, log: &Log, stop: &Shutdown) {
    if let Err(error) = ended {
        log.event("failed", &error.to_string());
    }
    stop.request();
}

/// As many as the machine permits, and no more than we want.
fn max_connections() -> usize {
    let files = getrlimit(Resource::Nofile);
    // The greatest that is permitted; a refusal leaves things as they were.
    setrlimit(Resource::Nofile, Rlimit { current: files.maximum, ..files }).ok();
    let files = getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX);
    let sockets = usize::try_from(files.saturating_sub(RESERVED_FILES)).unwrap_or(MAX_CONNECTIONS);
    sockets.clamp(1, MAX_CONNECTIONS)
}
