//! The progress bar of bulk commands.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::commands::session::Session;

/// A shorter run needs no progress bar.
const DELAY: Duration = Duration::from_secs(1);

/// A progress bar on stderr, which appears after a second. Dropping it leaves nothing behind.
pub struct Progress {
    bar: ProgressBar,
    is_possible: bool,
}

impl Progress {
    /// Creates a progress bar for `length` credentials; it never appears unless stderr is a terminal that can redraw it.
    pub fn new(session: &Session<'_, '_>, length: usize) -> Self {
        let terminal = session.host.terminal;
        let bar = ProgressBar::with_draw_target(Some(length as u64), ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template("{pos} of {len} granted, {eta} left")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        Self { bar: bar.with_style(style), is_possible: terminal.stderr && !terminal.is_dumb }
    }

    /// Counts one credential.
    pub fn add_one(&self) {
        if self.is_possible && self.bar.is_hidden() && self.bar.elapsed() >= DELAY {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
