//! Runs the threads of the gate, in an order that loses nothing at startup or shutdown.

use std::{
    io::{self, Write},
    rc::Rc,
    sync::{Arc, mpsc::channel},
    thread::{Scope, ScopedJoinHandle},
};

use super::{
    build::{Background, Server, WorkerParts, build},
    context::WorkerContext,
    control::Control,
    parts::{Gate, ServicePhase},
    threads::{run_until_shutdown, spawn},
    worker::Worker,
};
use crate::server::{
    cache::{index_cache::Cache, updater},
    http::{connection_limit::ConnectionLimit, connections},
    shutdown::{RequestShutdownOnDrop, Shutdown},
    tasks::{
        client_api_worker::ClientApiWorker, usage::UsageBuffer, usage_writer::UsageWriter,
        webhook_dispatcher::WebhookDispatcher,
    },
};

/// Runs the gate until a signal ends it. Writes decisions and events to `stderr`.
///
/// # Errors
/// When a runtime or a thread can't be started.
pub fn serve(gate: Gate<'_>, stderr: &mut dyn Write) -> io::Result<()> {
    build(gate).run(stderr)
}

type Threads<'scope> = Vec<ScopedJoinHandle<'scope, ()>>;

/// The two steps of a shutdown.
struct Shutdowns {
    /// First: no more requests are accepted. For workers, control and the webhook dispatcher.
    stopping: Shutdown,
    /// Then, when all requests are answered: for the cache updater, which they need until then, and the usage writer,
    /// which writes their usage.
    finished: Shutdown,
}

impl Server<'_> {
    fn run(self, stderr: &mut dyn Write) -> io::Result<()> {
        let shutdowns = &Shutdowns { stopping: Shutdown::new(), finished: Shutdown::new() };
        let Self { background, control, context, workers, connection_limit, notify, log_writer } =
            self;
        std::thread::scope(|scope| {
            // If a thread can't be started, those that run must end.
            let _on_return = [&shutdowns.stopping, &shutdowns.finished].map(RequestShutdownOnDrop);
            let (cache, usage) = (context.cache.clone(), context.usage.clone());
            let background = start_background(scope, background, cache, usage, shutdowns)?;
            let mut front = vec![start_control(scope, control, shutdowns)?];
            front.extend(start_workers(scope, context, workers, connection_limit, shutdowns)?);
            notify(ServicePhase::Ready);
            start_closer(scope, front, shutdowns)?;
            log_writer.run(stderr, || background.iter().all(ScopedJoinHandle::is_finished));
            Ok(())
        })
    }
}

fn start_background<'scope, 'g: 'scope>(
    scope: &'scope Scope<'scope, '_>,
    background: Background<'g>,
    cache: Arc<Cache>,
    usage: Arc<UsageBuffer>,
    shutdowns: &'scope Shutdowns,
) -> io::Result<Threads<'scope>> {
    let Background { context, transport, outbox, entropy, queues } = background;
    let Shutdowns { stopping, finished } = shutdowns;
    let (open, log, lookup_log) = (context.open_store, context.log.clone(), context.log.clone());
    let dispatcher = WebhookDispatcher::new(context.clone(), transport, outbox);
    let client_api = ClientApiWorker::new(context.clone());
    let usage_writer = UsageWriter::new(context, usage);
    Ok(vec![
        spawn(scope, "cache-updater", move || updater::run(open, &cache, &log, finished))?,
        spawn(scope, "dispatcher", move || dispatcher.run(stopping))?,
        spawn(scope, "store-lookup", move || queues.lookups.run(open, &lookup_log))?,
        spawn(scope, "client-api", move || client_api.run(queues.client_requests, entropy))?,
        spawn(scope, "usage-writer", move || usage_writer.run(&queues.first_uses, finished))?,
    ])
}

/// Returns once signals are handled, so that no request is answered before.
fn start_control<'scope, 'g: 'scope>(
    scope: &'scope Scope<'scope, '_>,
    control: Control<'g>,
    shutdowns: &'scope Shutdowns,
) -> io::Result<ScopedJoinHandle<'scope, ()>> {
    let (armed, is_armed) = channel();
    let thread = spawn(scope, "control", move || control.run(&armed, &shutdowns.stopping))?;
    // An error means that control has failed, and thereby requested shutdown.
    is_armed.recv().ok();
    Ok(thread)
}

/// Consumes the context: once the workers have ended, the queues to the background threads end as well.
fn start_workers<'scope>(
    scope: &'scope Scope<'scope, '_>,
    context: WorkerContext,
    workers: Vec<WorkerParts>,
    connection_limit: Arc<ConnectionLimit>,
    shutdowns: &'scope Shutdowns,
) -> io::Result<Threads<'scope>> {
    let start = |parts: WorkerParts| {
        let (context, connection_limit) = (context.clone(), connection_limit.clone());
        spawn(scope, "worker", move || {
            run_worker(context, parts, &connection_limit, &shutdowns.stopping);
        })
    };
    workers.into_iter().map(start).collect()
}

fn run_worker(
    context: WorkerContext,
    parts: WorkerParts,
    connection_limit: &Arc<ConnectionLimit>,
    shutdown: &Shutdown,
) {
    let log = context.log.clone();
    let WorkerParts { counters, socket, accepted, request_id_seed } = parts;
    let worker = Rc::new(Worker::new(context, counters, request_id_seed));
    let serving = connections::serve(worker, socket, accepted, connection_limit, shutdown);
    run_until_shutdown(serving, &log, shutdown);
}

/// Starts the second step of the shutdown when all requests are answered. In a thread of its own, because the calling
/// thread may be blocked by a log that nobody reads, and usage must be written even then.
fn start_closer<'scope>(
    scope: &'scope Scope<'scope, '_>,
    front: Threads<'scope>,
    shutdowns: &'scope Shutdowns,
) -> io::Result<()> {
    spawn(scope, "closer", move || {
        front.into_iter().for_each(|thread| drop(thread.join()));
        shutdowns.finished.request();
    })
    .map(drop)
}
