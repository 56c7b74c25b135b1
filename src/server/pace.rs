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
enum Phase {
    /// The head of a request is to come: from a new peer, or from one that has begun to send it.
    Reading,
    /// A request is answered.
    Answering,
    /// It was served, and may ask again.
    Idle,
}

impl Phase {
    /// How many ticks it may last: a head 5 s, an answer with the body it is about 10 s. An idle connection is kept for
    /// 75 s: longer than proxies keep theirs, so that it is they who close, and never with a request on its way.
    fn patience(self) -> u32 {
        match self {
            Self::Reading => 20,
            Self::Answering => 40,
            Self::Idle => 300,
        }
    }
}

/// The pace of one connection.
pub struct Pace {
    phase: Cell<Phase>,
    since: Cell<u32>,
    now: Rc<Cell<u32>>,
    is_over: Cell<bool>,
    waker: RefCell<Option<Waker>>,
}

impl Pace {
    /// The head of a request is there.
    pub fn answer(&self) {
        self.enter(Phase::Answering);
    }

    /// The answer is on its way.
    pub fn idle(&self) {
        self.enter(Phase::Idle);
    }

    fn enter(&self, phase: Phase) {
        self.phase.set(phase);
        self.since.set(self.now.get());
    }

    fn hear(&self) {
        if self.phase.get() == Phase::Idle {
            self.enter(Phase::Reading);
        }
    }

    fn is_too_slow(&self) -> bool {
        self.now.get().wrapping_sub(self.since.get()) > self.phase.get().patience()
    }

    /// The connection fails the next time that anything is asked of it, which is at once.
    fn end(&self) {
        self.is_over.set(true);
        if let Some(waker) = self.waker.borrow_mut().take() {
            waker.wake();
        }
    }

    fn check(&self) -> io::Result<()> {
        if self.is_over.get() { Err(io::ErrorKind::TimedOut.into()) } else { Ok(()) }
    }

    fn wait(&self, context: &Context<'_>) {
        let mut waker = self.waker.borrow_mut();
        if !waker.as_ref().is_some_and(|waker| waker.will_wake(context.waker())) {
            *waker = Some(context.waker().clone());
        }
    }
}

/// The paces of a worker's connections.
#[derive(Default)]
pub struct Paces {
    now: Rc<Cell<u32>>,
    all: RefCell<Vec<Weak<Pace>>>,
}

impl Paces {
    /// Watches over a new connection.
    pub fn watch<S>(&self, stream: S) -> (Paced<S>, Rc<Pace>) {
        let pace = Rc::new(Pace {
            phase: Cell::new(Phase::Reading),
            since: Cell::new(self.now.get()),
            now: self.now.clone(),
            is_over: Cell::new(false),
            waker: RefCell::default(),
        });
        self.all.borrow_mut().push(Rc::downgrade(&pace));
        (Paced { stream, pace: pace.clone() }, pace)
    }

    /// A tick has passed: those that are too slow end.
    pub fn tick(&self) {
        self.now.set(self.now.get().wrapping_add(1));
        self.end_those(Pace::is_too_slow);
    }

    /// Ends those that wait for a request of which nothing was heard.
    pub fn end_idle(&self) {
        self.end_those(|pace| pace.phase.get() == Phase::Idle);
    }

    /// How many connections there are.
    pub fn count(&self) -> usize {
        self.all.borrow().iter().filter(|pace| pace.strong_count() > 0).count()
    }

    fn end_those(&self, must_end: impl Fn(&Pace) -> bool) {
        self.all.borrow_mut().retain(|pace| {
            let Some(pace) = pace.upgrade() else { return false };
            if must_end(&pace) {
                pace.end();
            }
            true
        });
    }
}

/// A stream that fails when its peer is too slow.
pub struct Paced<S> {
    stream: S,
    pace: Rc<Pace>,
}

impl<S: AsyncRead + Unpin> AsyncRead for Paced<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.pace.check()?;
        let before = into.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(context, into);
        match &read {
            Poll::Ready(_) if into.filled().len() > before => self.pace.hear(),
            Poll::Ready(_) => {}
            Poll::Pending => self.pace.wait(context),
        }
        read
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Paced<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        from: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.pace.check()?;
        Pin::new(&mut self.stream).poll_write(context, from)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        from: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.pace.check()?;
        Pin::new(&mut self.stream).poll_write_vectored(context, from)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.pace.check()?;
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
