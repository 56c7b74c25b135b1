//! The request to shut down, seen by every thread.

use std::{thread, time::Duration};

use tokio::sync::watch;

/// How often a sleeping thread checks whether it must stop.
const POLL_INTERVAL: Duration = Duration::from_millis(100);

/// A flag that is set once and never cleared.
pub struct Shutdown(watch::Sender<bool>);

impl Shutdown {
    pub(super) fn new() -> Self {
        Self(watch::Sender::new(false))
    }

    /// Returns whether shutdown was requested.
    pub fn is_requested(&self) -> bool {
        *self.0.borrow()
    }

    /// Requests shutdown.
    pub fn request(&self) {
        self.0.send_replace(true);
    }

    /// Waits until shutdown is requested.
    pub async fn wait(&self) {
        let mut receiver = self.0.subscribe();
        // `self` owns the sender, so the channel can't be closed.
        let _requested = receiver.wait_for(|is_requested| *is_requested).await;
    }

    /// Blocks the calling thread for `duration`, or until shortly after shutdown is requested.
    pub fn sleep(&self, duration: Duration) {
        let mut slept = Duration::ZERO;
        while slept < duration && !self.is_requested() {
            let step = POLL_INTERVAL.min(duration - slept);
            thread::sleep(step);
            slept += step;
        }
    }
}

/// Requests shutdown when it is dropped, so that an early return stops the threads that already run.
pub struct RequestShutdownOnDrop<'s>(pub &'s Shutdown);

impl Drop for RequestShutdownOnDrop<'_> {
    fn drop(&mut self) {
        self.0.request();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use std::time::Instant as Timer;

    #[test]
    fn a_sleep_ends_early_once_shutdown_is_requested() {
        let (shutdown, began) = (Shutdown::new(), Timer::now());
        shutdown.sleep(Duration::from_millis(5));
        assert!(began.elapsed() >= Duration::from_millis(5));
        drop(RequestShutdownOnDrop(&shutdown));
        assert!(shutdown.is_requested());
        shutdown.sleep(Duration::from_secs(3_600));
    }
}
