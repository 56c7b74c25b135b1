//! Compares the dates of a text with those of a run.

use gatepass::domain::instant::{DAY, Instant};

const MINUTE: i64 = 60;

/// What relates the dates of a text to those of a run: a date is compared by its distance from the instant as of which
/// the text is written, or at which the run started.
#[derive(Clone, Copy)]
pub struct Times {
    /// The instant as of which the text is written.
    pub written: Instant,
    /// When the run started.
    pub started: Instant,
    /// When it ended. A date may be later than expected by as much as the run took.
    pub ended: Instant,
}

impl Times {
    /// Returns whether a run may print `actual` where the text has `expected`.
    ///
    /// Midnights are compared by whole days and full minutes by whole minutes, since they stand for a date and for the
    /// end of a window; everything else is compared to the second.
    pub fn agree(&self, expected: Instant, actual: Instant) -> bool {
        let unit = match expected.unix() {
            seconds if seconds % DAY == 0 => DAY,
            seconds if seconds % MINUTE == 0 => MINUTE,
            _ => 1,
        };
        let units = |later: Instant, earlier: Instant| later.unix() / unit - earlier.unix() / unit;
        let late = units(actual, self.started) - units(expected, self.written);
        actual.unix() % unit == 0 && (0..=units(self.ended, self.started)).contains(&late)
    }

    /// Returns whether a run may print `actual` days where the text has `expected`: fewer only if its seconds end a day.
    pub fn agree_on_days(&self, expected: i64, actual: i64) -> bool {
        let least = (expected * DAY - self.ended.since(self.started)).div_euclid(DAY);
        (least..=expected).contains(&actual)
    }
}
