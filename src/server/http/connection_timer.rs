//! Time limits of connections, counted in ticks so that no request reads the clock or sets a timer.

use std::{
    cell::{Cell, RefCell},
    io,
    pin::Pin,
    rc::{Rc, Weak},
    task::{Context, Poll, Waker},
    time::Duration,
};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// The length of a tick.
pub const TICK: Duration = Duration::from_millis(250);

/// What a connection is waiting for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum TimerPhase {
    /// The head of a request, from a new peer or from one that has begun to send it.
    Reading,
    /// The response to a request.
    Responding,
    /// The next request.
    Idle,
}

impl TimerPhase {
    /// Returns how many ticks it may last: 5 s for a head, 10 s for a response together with the body of its request.
    /// An idle connection is kept for 75 s. Proxies close theirs sooner, so the gate never closes one while a request
    /// is on its way. If `is_crowded`, idle connections are closed after 5 s.
    fn max_ticks(self, is_crowded: bool) -> u32 {
        match self {
            Self::Reading => 20,
            Self::Responding => 40,
            Self::Idle if is_crowded => 20,
            Self::Idle => 300,
        }
    }
}

/// The timer of one connection.
pub struct ConnectionTimer {
    phase: Cell<TimerPhase>,
    since: Cell<u32>,
    now: Rc<Cell<u32>>,
    is_expired: Cell<bool>,
    waker: RefCell<Option<Waker>>,
}

impl ConnectionTimer {
    /// The head of a request has arrived.
    pub fn start_response(&self) {
        self.enter(TimerPhase::Responding);
    }

    /// The response is being sent.
    pub fn start_idle(&self) {
        self.enter(TimerPhase::Idle);
    }

    fn enter(&self, phase: TimerPhase) {
        self.phase.set(phase);
        self.since.set(self.now.get());
    }

    fn data_received(&self) {
        if self.phase.get() == TimerPhase::Idle {
            self.enter(TimerPhase::Reading);
        }
    }

    fn is_overdue(&self, is_crowded: bool) -> bool {
        self.now.get().wrapping_sub(self.since.get()) > self.phase.get().max_ticks(is_crowded)
    }

    /// Makes the connection fail at its next read or write, and wakes it so that this happens immediately.
    fn expire(&self) {
        self.is_expired.set(true);
        if let Some(waker) = self.waker.borrow_mut().take() {
            waker.wake();
        }
    }

    fn check(&self) -> io::Result<()> {
        if self.is_expired.get() { Err(io::ErrorKind::TimedOut.into()) } else { Ok(()) }
    }

    fn register_waker(&self, context: &Context<'_>) {
        let mut waker = self.waker.borrow_mut();
        if !waker.as_ref().is_some_and(|waker| waker.will_wake(context.waker())) {
            *waker = Some(context.waker().clone());
        }
    }
}

/// The timers of a worker's connections.
#[derive(Default)]
pub struct ConnectionTimers {
    now: Rc<Cell<u32>>,
    timers: RefCell<Vec<Weak<ConnectionTimer>>>,
}

impl ConnectionTimers {
    /// Starts the timer of a new connection.
    pub fn watch<S>(&self, stream: S) -> (TimedStream<S>, Rc<ConnectionTimer>) {
        let timer = Rc::new(ConnectionTimer {
            phase: Cell::new(TimerPhase::Reading),
            since: Cell::new(self.now.get()),
            now: self.now.clone(),
            is_expired: Cell::new(false),
            waker: RefCell::default(),
        });
        self.timers.borrow_mut().push(Rc::downgrade(&timer));
        (TimedStream { stream, timer: timer.clone() }, timer)
    }

    /// Counts a tick and ends the connections that are overdue. `is_crowded` shortens how long idle ones are kept.
    pub fn tick(&self, is_crowded: bool) {
        self.now.set(self.now.get().wrapping_add(1));
        self.expire_where(|timer| timer.is_overdue(is_crowded));
    }

    /// Ends the connections that wait for a request and have received none of it.
    pub fn expire_idle(&self) {
        self.expire_where(|timer| timer.phase.get() == TimerPhase::Idle);
    }

    /// Returns how many connections are open.
    pub fn count(&self) -> usize {
        self.timers.borrow().iter().filter(|timer| timer.strong_count() > 0).count()
    }

    fn expire_where(&self, must_end: impl Fn(&ConnectionTimer) -> bool) {
        self.timers.borrow_mut().retain(|timer| {
            let Some(timer) = timer.upgrade() else { return false };
            if must_end(&timer) {
                timer.expire();
            }
            true
        });
    }
}

/// A stream that fails when its timer expires.
pub struct TimedStream<S> {
    stream: S,
    timer: Rc<ConnectionTimer>,
}

impl<S: AsyncRead + Unpin> AsyncRead for TimedStream<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.timer.check()?;
        let before = into.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(context, into);
        match &read {
            Poll::Ready(_) if into.filled().len() > before => self.timer.data_received(),
            Poll::Ready(_) => {}
            Poll::Pending => self.timer.register_waker(context),
        }
        read
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for TimedStream<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        from: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.timer.check()?;
        Pin::new(&mut self.stream).poll_write(context, from)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        from: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.timer.check()?;
        Pin::new(&mut self.stream).poll_write_vectored(context, from)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.timer.check()?;
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns whether a connection is ended after `ticks` ticks in the phase that `begin` starts.
    fn is_ended(ticks: u32, is_crowded: bool, begin: impl Fn(&ConnectionTimer)) -> bool {
        let timers = ConnectionTimers::default();
        let (_stream, timer) = timers.watch(());
        begin(&timer);
        (0..ticks).for_each(|_| timers.tick(is_crowded));
        timer.check().is_err()
    }

    #[test]
    fn each_phase_has_its_time_limit() {
        assert!(!is_ended(20, false, |_| {}) && is_ended(21, false, |_| {}), "nothing was sent");
        assert!(
            !is_ended(40, false, ConnectionTimer::start_response)
                && is_ended(41, false, ConnectionTimer::start_response)
        );
        assert!(
            !is_ended(300, false, ConnectionTimer::start_idle)
                && is_ended(301, false, ConnectionTimer::start_idle)
        );
        assert!(is_ended(21, true, ConnectionTimer::start_idle), "in a crowd");
        let begins_again = |timer: &ConnectionTimer| {
            timer.start_idle();
            timer.data_received();
        };
        assert!(!is_ended(20, false, begins_again) && is_ended(21, false, begins_again));
    }

    #[test]
    fn shutdown_ends_only_idle_connections() {
        let timers = ConnectionTimers::default();
        let [(idle, idle_timer), (busy, busy_timer)] = [(); 2].map(|()| timers.watch(()));
        idle_timer.start_idle();
        busy_timer.start_response();
        timers.expire_idle();
        assert!(idle_timer.check().is_err() && busy_timer.check().is_ok());
        assert_eq!(timers.count(), 2);
        drop((idle, idle_timer));
        assert_eq!(timers.count(), 1);
        drop(busy);
    }
}
