//! Control: one thread that handles signals, health checks, and a listener whose connections are distributed.

use std::{
    io,
    sync::{Arc, mpsc::Sender},
};

use arc_swap::ArcSwap;
use tokio::sync::mpsc::UnboundedSender;

use super::{
    parts::{ReloadPolicy, ServicePhase},
    signals::Signals,
    threads::run_until_shutdown,
};
use crate::{
    config::gate_policy::GatePolicy,
    server::{
        http::accept::{AcceptedConnection, distribute},
        http::listener::Listener,
        log::Log,
        observe::{
            cache_monitor::monitor_cache,
            health::{HealthService, serve_health},
        },
        shutdown::Shutdown,
    },
};

/// The state of the thread.
pub struct Control<'g> {
    /// Answers health checks and requests for metrics.
    pub health: HealthService,
    /// Accepts them.
    pub health_listener: Listener,
    /// Distributes the connections of a single listener to the workers; `None` if each worker has its own socket.
    pub distributor: Option<Distributor>,
    /// The policy that a reload replaces.
    pub policy: Arc<ArcSwap<GatePolicy>>,
    /// Reads the policy again.
    pub reload: Box<ReloadPolicy<'g>>,
    /// Notifies the service manager.
    pub notify: &'g (dyn Fn(ServicePhase) + Sync),
    /// The log.
    pub log: Log,
}

/// A listener and the workers that serve its connections.
pub struct Distributor {
    /// The listener.
    pub listener: Listener,
    /// The queue of each worker.
    pub workers: Vec<UnboundedSender<AcceptedConnection>>,
}

impl Control<'_> {
    /// Runs until shutdown. Sends to `armed` once signals are handled.
    pub fn run(self, armed: &Sender<()>, shutdown: &Shutdown) {
        let (notify, log) = (self.notify, self.log.clone());
        run_until_shutdown(self.serve(armed, shutdown), &log, shutdown);
        notify(ServicePhase::Stopping);
    }

    async fn serve(self, armed: &Sender<()>, shutdown: &Shutdown) -> io::Result<()> {
        let Self { health, health_listener, distributor, policy, mut reload, notify, log } = self;
        let signals = Signals::listen()?;
        armed.send(()).ok();
        let cache = Arc::clone(&health.cache);
        let reload = || reload_policy(&mut *reload, &policy, notify, &log);
        let watch = async {
            tokio::join!(
                signals.handle_until_shutdown(shutdown, reload),
                monitor_cache(&cache, &policy, &log, shutdown),
            );
            Ok(())
        };
        tokio::try_join!(
            watch,
            serve_health(health_listener, health, shutdown),
            distribute_connections(distributor, shutdown),
        )
        .map(drop)
    }
}

/// Replaces the policy. If it can't be read, the old one stays.
fn reload_policy(
    reload: &mut ReloadPolicy<'_>,
    policy: &ArcSwap<GatePolicy>,
    notify: &dyn Fn(ServicePhase),
    log: &Log,
) {
    notify(ServicePhase::Reloading);
    match reload() {
        Ok(new) => {
            policy.store(Arc::new(new));
            log.event("reloaded", "the gate's settings were reloaded");
        }
        Err(error) => log.event("not_reloaded", &error),
    }
    notify(ServicePhase::Ready);
}

async fn distribute_connections(
    distributor: Option<Distributor>,
    shutdown: &Shutdown,
) -> io::Result<()> {
    match distributor {
        Some(Distributor { listener, workers }) => distribute(listener, workers, shutdown).await,
        None => Ok(()),
    }
}
