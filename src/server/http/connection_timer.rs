//! Pace: how long a peer may take, measured in ticks, so that no request asks the clock or sets a timer for it.

use std::{
    cell::{Cell, RefCell},
    io,
    pin::Pin,
    rc::{Rc, Weak},
    task::{Context, Poll, Waker},
    time::Duration,
};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// How long a tick is.
pub const TICK: Duration = Duration::from_millis(250);

/// What a connection is doing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum TimerPhase {
    /// The head of a request is to come: from a new peer, or from one that has begun to send it.
    Reading,
    /// A request is answered.
    Responding,
    /// It was served, and may ask again.
    Idle,
}

impl TimerPhase {
    /// How many ticks it may last: a head 5 s, an answer with the body it is about 10 s. An idle connection is kept for
    /// 75 s: longer than proxies keep theirs, so that it is they who close, and never with a request on its way. In a
    /// crowd nobody idles longer than a head may take.
    fn max_ticks(self, is_crowded: bool) -> u32 {
        match self {
            Self::Reading => 20,
            Self::Responding => 40,
            Self::Idle if is_crowded => 20,
            Self::Idle => 300,
        }
    }
}

/// The pace of one connection.
pub struct ConnectionTimer {
    phase: Cell<TimerPhase>,
    since: Cell<u32>,
    now: Rc<Cell<u32>>,
    is_expired: Cell<bool>,
    waker: RefCell<Option<Waker>>,
}

impl ConnectionTimer {
    /// The head of a request is there.
    pub fn start_response(&self) {
        self.enter(TimerPhase::Responding);
    }

    /// The answer is on its way.
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

    /// The connection fails the next time that anything is asked of it, which is at once.
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

/// The paces of a worker's connections.
#[derive(Default)]
pub struct ConnectionTimers {
    now: Rc<Cell<u32>>,
    timers: RefCell<Vec<Weak<ConnectionTimer>>>,
}

impl ConnectionTimers {
    /// Watches over a new connection.
    pub fn watch<S>(&self, stream: S) -> (TimedStream<S>, Rc<ConnectionTimer>) {
        let pace = Rc::new(ConnectionTimer {
            phase: Cell::new(TimerPhase::Reading),
            since: Cell::new(self.now.get()),
            now: self.now.clone(),
            is_expired: Cell::new(false),
            waker: RefCell::default(),
        });
        self.timers.borrow_mut().push(Rc::downgrade(&pace));
        (TimedStream { stream, timer: pace.clone() }, pace)
    }

    /// A tick has passed: those that are too slow end. It is crowded when half of all connections there may be are open.
    pub fn tick(&self, is_crowded: bool) {
        self.now.set(self.now.get().wrapping_add(1));
        self.expire_where(|pace| pace.is_overdue(is_crowded));
    }

    /// Ends those that wait for a request of which nothing was heard.
    pub fn expire_idle(&self) {
        self.expire_where(|pace| pace.phase.get() == TimerPhase::Idle);
    }

    /// How many connections there are.
    pub fn count(&self) -> usize {
        self.timers.borrow().iter().filter(|pace| pace.strong_count() > 0).count()
    }

    fn expire_where(&self, must_end: impl Fn(&ConnectionTimer) -> bool) {
        self.timers.borrow_mut().retain(|pace| {
            let Some(pace) = pace.upgrade() else { return false };
            if must_end(&pace) {
                pace.expire();
            }
            true
        });
    }
}

/// A stream that fails when its peer is too slow.
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

    /// Whether a connection in some phase is ended after so many ticks.
    fn is_ended(ticks: u32, is_crowded: bool, begin: impl Fn(&ConnectionTimer)) -> bool {
        let paces = ConnectionTimers::default();
        let (_stream, pace) = paces.watch(());
        begin(&pace);
        (0..ticks).for_each(|_| paces.tick(is_crowded));
        pace.check().is_err()
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
        let begins_again = |pace: &ConnectionTimer| {
            pace.start_idle();
            pace.data_received();
        };
        assert!(!is_ended(20, false, begins_again) && is_ended(21, false, begins_again));
    }

    #[test]
    fn shutdown_ends_only_idle_connections() {
        let paces = ConnectionTimers::default();
        let [(idle, at_rest), (busy, at_work)] = [(); 2].map(|()| paces.watch(()));
        at_rest.start_idle();
        at_work.start_response();
        paces.expire_idle();
        assert!(at_rest.check().is_err() && at_work.check().is_ok());
        assert_eq!(paces.count(), 2);
        drop((idle, at_rest));
        assert_eq!(paces.count(), 1);
        drop(busy);
    }
}
