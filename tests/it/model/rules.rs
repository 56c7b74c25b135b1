//! The rules that the model may be told wrongly, to see that a wrong model is caught.

/// What the model believes.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// The places of an account.
    pub cap: usize,
    /// How many seconds after its end a credential is believed to die.
    pub end_late: i64,
    /// How many seconds after the end of its overlap an old secret is believed to die.
    pub overlap_late: i64,
    /// How long before its end a credential is believed to be expiring, in seconds.
    pub expiring: i64,
    /// Whether names are believed to differ when only the case of their letters does.
    pub exact_names: bool,
    /// Whether a reset is believed to make the old secret end at once, whatever is said of an overlap.
    pub ends_at_once: bool,
}

impl Rules {
    /// The right ones, and what is wrong with each of the others.
    pub const ALL: [(&'static str, Rules); 7] = [
        ("nothing", Self::RIGHT),
        ("101 places", Self { cap: 101, ..Self::RIGHT }),
        ("dead a second after the end", Self { end_late: 1, ..Self::RIGHT }),
        ("overlaps a second too long", Self { overlap_late: 1, ..Self::RIGHT }),
        ("expiring a second too late", Self { expiring: Self::RIGHT.expiring - 1, ..Self::RIGHT }),
        ("names differ in case", Self { exact_names: true, ..Self::RIGHT }),
        ("overlaps ignored", Self { ends_at_once: true, ..Self::RIGHT }),
    ];

    const RIGHT: Self = Self {
        cap: 100,
        end_late: 0,
        overlap_late: 0,
        expiring: 30 * 86_400,
        exact_names: false,
        ends_at_once: false,
    };

    pub fn is_over(&self, end: i64, now: i64) -> bool {
        now >= end.saturating_add(self.end_late)
    }
}
