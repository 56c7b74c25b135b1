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
            let message = "the cache is stale although no read of the store failed";
            self.latch.report(log, "cache_stale", &message);
        } else {
            self.latch.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use std::sync::Arc;

    use crate::{
        domain::instant::{Clock, Instant},
        server::log::channel,
    };

    struct StoppedClock;

    impl Clock for StoppedClock {
        fn now(&self) -> Instant {
            Instant::from_unix(100)
        }
    }

    /// How many lines the checks of a cache log whose last poll was this long ago.
    fn logged_lines(age: Duration) -> usize {
        let (log, writer) = channel(Arc::new(StoppedClock));
        let mut cache = Cache::new(Arc::new(StoppedClock));
        let number = cache.begin_poll();
        cache.end_poll(number, Some((Timer::now(), Instant::from_unix(1))));
        cache.age_by(age);
        let mut monitor = CacheMonitor::default();
        (0..3).for_each(|_| monitor.check(&cache, Duration::from_secs(1), &log));
        drop(log);
        let mut text = Vec::new();
        writer.run(&mut text, || true);
        let text = String::from_utf8(text).unwrap();
        assert!(text.lines().all(|line| line.contains("\"event\":\"cache_stale\"")), "{text}");
        text.lines().count()
    }

    #[test]
    fn a_stale_cache_is_logged_once() {
        assert_eq!(logged_lines(Duration::ZERO), 0);
        assert_eq!(logged_lines(Duration::from_secs(2)), 1);
    }
}
