//! Logs a cache that is too old to be used although no poll failed, because requests are then answered with status 503.

use std::time::{Duration, Instant as Timer};

use arc_swap::ArcSwap;
use tokio::time::{MissedTickBehavior, interval};

use crate::{
    config::gate_policy::GatePolicy,
    server::{
        cache::index_cache::Cache,
        log::{ErrorLatch, Log},
        shutdown::Shutdown,
    },
};

/// How often the cache is checked.
const CHECK_INTERVAL: Duration = Duration::from_millis(100);
/// A cache that is stale again and again is logged no more often than this.
const MIN_LOG_INTERVAL: Duration = Duration::from_secs(1);

/// Checks the cache until shutdown.
pub async fn monitor_cache(
    cache: &Cache,
    policy: &ArcSwap<GatePolicy>,
    log: &Log,
    shutdown: &Shutdown,
) {
    let mut monitor = CacheMonitor::default();
    let mut ticks = interval(CHECK_INTERVAL);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = shutdown.wait() => return,
            _ = ticks.tick() => monitor.check(cache, policy.load().max_stale, log),
        }
    }
}

struct CacheMonitor {
    latch: ErrorLatch,
}

impl Default for CacheMonitor {
    fn default() -> Self {
        Self { latch: ErrorLatch::with_min_interval(MIN_LOG_INTERVAL) }
    }
}

impl CacheMonitor {
    fn check(&mut self, cache: &Cache, max_stale: Duration, log: &Log) {
        if cache.is_stuck(Timer::now(), max_stale) {
            let message = "the cache is too old to be used, although no read of the store failed";
            self.latch.report(log, "cache_stale", &message);
        } else {
            self.latch.clear();
        }
    }
}
