//! The flag of resets during an overlap.

use clap::Args;

use crate::domain::credential::{DuringOverlap, Retiring};

/// What a reset does during the overlap of an earlier one.
#[derive(Clone, Copy, Debug, Args)]
pub struct EndRetiringArgs {
    /// End the old secret of an earlier reset before its date
    ///
    /// During an overlap, a reset is refused without this flag: the earlier reset promised how long the old secret stays
    /// valid.
    #[arg(long)]
    end_retiring: bool,
}

impl EndRetiringArgs {
    /// Returns what was requested.
    pub fn given(self) -> DuringOverlap {
        if self.end_retiring { DuringOverlap::EndRetiring } else { DuringOverlap::Refuse }
    }
}

/// Returns the sentence that a question says about a retiring secret that the reset ends.
pub fn end_retiring_text(retiring: &Retiring) -> String {
    format!(
        "The old secret that an earlier reset keeps valid until {} stops working immediately.",
        retiring.until
    )
}
