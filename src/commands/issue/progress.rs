//! The progress bar of bulk commands.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::commands::session::Session;

/// Returns a progress bar for `length` credentials; hidden unless stderr is a terminal.
pub fn progress_bar(session: &Session<'_, '_>, length: usize) -> ProgressBar {
    let target = match session.host.terminal.stderr {
        true => ProgressDrawTarget::stderr(),
        false => ProgressDrawTarget::hidden(),
    };
    let bar = ProgressBar::with_draw_target(Some(length as u64), target);
    let style = ProgressStyle::with_template("{pos} of {len} granted, {eta} left")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    bar.with_style(style).with_elapsed(Duration::ZERO)
}
