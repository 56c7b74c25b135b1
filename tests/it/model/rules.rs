//! The rules that the model may be told wrongly, to see that a wrong model is caught.

/// What the model believes.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// The places of an account.
    pub max_passcodes: usize,
    /// How many seconds after its end a credential is believed to die.
    pub expiry_delay: i64,
    /// How many seconds after the end of its overlap an old secret is believed to die.
    pub overlap_delay: i64,
    /// How long before its end a credential is believed to be expiring, in seconds.
    pub expiring_threshold: i64,
    /// Whether names are believed to differ when only the case of their letters does.
    pub case_sensitive_names: bool,
    /// Whether a reset is believed to make the old secret end at once, whatever is said of an overlap.
    pub ignores_overlap: bool,
}

impl Rules {
    /// The right ones, and what is wrong with each of the others.
    pub const ALL: [(&'static str, Rules); 7] = [
        ("nothing", Self::RIGHT),
        ("101 places", Self { max_passcodes: 101, ..Self::RIGHT }),
        ("dead a second after the end", Self { expiry_delay: 1, ..Self::RIGHT }),
        ("overlaps a second too long", Self { overlap_delay: 1, ..Self::RIGHT }),
        (
            "expiring a second too late",
            Self { expiring_threshold: Self::RIGHT.expiring_threshold - 1, ..Self::RIGHT },
        ),
        ("names differ in case", Self { case_sensitive_names: true, ..Self::RIGHT }),
        ("overlaps ignored", Self { ignores_overlap: true, ..Self::RIGHT }),
    ];

    const RIGHT: Self = Self {
        max_passcodes: 100,
        expiry_delay: 0,
        overlap_delay: 0,
        expiring_threshold: 30 * 86_400,
        case_sensitive_names: false,
        ignores_overlap: false,
    };

    pub fn has_passed(&self, end: i64, now: i64) -> bool {
        now >= end.saturating_add(self.expiry_delay)
    }
}
