//! Builds the server from the parts of a gate. Starts no thread.

use std::{
    net::TcpListener,
    sync::{Arc, mpsc::Receiver},
};

use arc_swap::ArcSwap;
use rand::CryptoRng;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::{
    context::WorkerContext,
    control::{Control, Distributor},
    parts::{Gate, ServicePhase},
};
use crate::{
    config::gate_policy::GatePolicy,
    domain::instant::Clock,
    keys::Keys,
    ops::outbox::send::SharedTransport,
    server::{
        cache::{
            index_cache::Cache,
            store_lookup::{self, LookupQueue},
        },
        http::listener::Listener,
        http::{accept::AcceptedConnection, connection_limit::ConnectionLimit},
        log::{self, Log, LogWriter},
        observe::{
            counters::Counters, health::HealthService, metrics::Metrics,
            outbox_gauges::OutboxGauges,
        },
        tasks::{
            client_request::{self, ClientRequestQueue},
            context::TaskContext,
            first_use::{FirstUse, first_uses},
        },
    },
};

/// Everything that the threads of the gate need.
pub struct Server<'g> {
    /// The background threads.
    pub background: Background<'g>,
    /// The control thread.
    pub control: Control<'g>,
    /// What all workers share.
    pub context: WorkerContext,
    /// What each worker has for itself.
    pub workers: Vec<WorkerParts>,
    /// The limit of connections.
    pub connection_limit: Arc<ConnectionLimit>,
    /// Notifies the service manager.
    pub notify: &'g (dyn Fn(ServicePhase) + Sync),
    /// Writes the log.
    pub log_writer: LogWriter,
}

/// What the background threads need.
pub struct Background<'g> {
    /// The store, the clock, the actor and the log.
    pub context: TaskContext<'g>,
    /// Sends messages to apps; `None` if another process does.
    pub transport: Option<SharedTransport>,
    /// The numbers of messages, for the metrics.
    pub outbox: Arc<OutboxGauges>,
    /// The randomness of new secrets.
    pub entropy: &'g mut (dyn CryptoRng + Send),
    /// The queues from the workers.
    pub queues: Queues,
}

/// The queues from the workers to the background threads. A queue ends when all workers have ended.
pub struct Queues {
    /// Secrets to look up.
    pub lookups: LookupQueue,
    /// Requests of apps.
    pub client_requests: ClientRequestQueue,
    /// Overlaps to end.
    pub first_uses: Receiver<FirstUse>,
}

/// What one worker has for itself.
pub struct WorkerParts {
    /// Its counters.
    pub counters: Arc<Counters>,
    /// Its socket; `None` if control distributes connections.
    pub socket: Option<TcpListener>,
    /// The connections that control distributes.
    pub accepted: UnboundedReceiver<AcceptedConnection>,
    /// A random number for its request ids.
    pub request_id_seed: u64,
}

/// Builds the server.
pub fn build(gate: Gate<'_>) -> Server<'_> {
    let Gate { open_store, clock, actor, transport, entropy, reload, notify, .. } = gate;
    let (log, log_writer) = log::channel(clock.clone());
    let (context, queues) = build_context(clock.clone(), gate.keys, gate.policy, log.clone());
    let connection_limit = Arc::new(ConnectionLimit::from_open_file_limit());
    let (workers, distributor) = build_workers(gate.listener, gate.request_id_seeds);
    let outbox = Arc::default();
    let metrics = Metrics {
        counters: workers.iter().map(|worker| worker.counters.clone()).collect(),
        cache: context.cache.clone(),
        connection_limit: connection_limit.clone(),
        log: log.clone(),
        outbox: Arc::clone(&outbox),
    };
    let policy = context.policy.clone();
    let health = HealthService {
        cache: context.cache.clone(),
        metrics: Arc::new(metrics),
        policy: policy.clone(),
    };
    let health_listener = gate.ops_listener;
    let control_log = log.clone();
    let task_context = TaskContext { open_store, clock, actor, log };
    Server {
        background: Background { context: task_context, transport, outbox, entropy, queues },
        control: Control {
            health,
            health_listener,
            distributor,
            policy,
            reload,
            notify,
            log: control_log,
        },
        context,
        workers,
        connection_limit,
        notify,
        log_writer,
    }
}

/// Creates what all workers share, and the receiving ends of their queues.
fn build_context(
    clock: Arc<dyn Clock>,
    keys: Keys,
    policy: GatePolicy,
    log: Log,
) -> (WorkerContext, Queues) {
    let (store_lookup, lookups) = store_lookup::channel();
    let (client_api, client_requests) = client_request::channel();
    let (first_use_sender, first_uses) = first_uses();
    let context = WorkerContext {
        cache: Arc::new(Cache::new(clock)),
        store_lookup,
        client_api,
        rate_limiter: Arc::default(),
        keys: Arc::new(keys),
        policy: Arc::new(ArcSwap::from_pointee(policy)),
        usage: Arc::default(),
        first_uses: first_use_sender,
        log,
    };
    (context, Queues { lookups, client_requests, first_uses })
}

/// Gives each worker a socket, or the end of a queue of connections.
fn build_workers(
    listener: Listener,
    request_id_seeds: Vec<u64>,
) -> (Vec<WorkerParts>, Option<Distributor>) {
    let (sockets, single) = listener.split(request_id_seeds.len());
    let (senders, receivers): (Vec<_>, Vec<_>) =
        request_id_seeds.iter().map(|_| unbounded_channel()).unzip();
    let parts = sockets.into_iter().zip(receivers).zip(request_id_seeds);
    let workers = parts.map(|((socket, accepted), request_id_seed)| WorkerParts {
        counters: Arc::default(),
        socket,
        accepted,
        request_id_seed,
    });
    let distributor = single.map(|listener| Distributor { listener, workers: senders });
    (workers.collect(), distributor)
}
