//! Rules of the model that can be wrong on purpose, to test that a wrong model is caught.

/// Rules of a model.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// The maximum number of passcodes of an account.
    pub max_passcodes: usize,
    /// The seconds between the expiry of a credential and its end; 0 is right.
    pub expiry_delay: i64,
    /// The seconds between the end of an overlap and that of the previous secret; 0 is right.
    pub overlap_delay: i64,
    /// The seconds before its expiry in which a credential is expiring.
    pub expiring_threshold: i64,
    /// Whether names that differ only in case are different names.
    pub case_sensitive_names: bool,
    /// Whether a reset ends the previous secret at once, even with an overlap.
    pub ignores_overlap: bool,
    /// Whether a reset ends the previous secret even if the new one was not delivered.
    pub ends_before_delivery: bool,
}

impl Rules {
    /// The right rules, then wrong ones with a description.
    pub const ALL: [(&'static str, Rules); 8] = [
        ("nothing", Self::RIGHT),
        ("101 slots", Self { max_passcodes: 101, ..Self::RIGHT }),
        ("valid for a second after the expiry", Self { expiry_delay: 1, ..Self::RIGHT }),
        ("overlaps last a second too long", Self { overlap_delay: 1, ..Self::RIGHT }),
        (
            "expiring a second too late",
            Self { expiring_threshold: Self::RIGHT.expiring_threshold - 1, ..Self::RIGHT },
        ),
        ("names differ in case", Self { case_sensitive_names: true, ..Self::RIGHT }),
        ("overlaps ignored", Self { ignores_overlap: true, ..Self::RIGHT }),
        (
            "the previous secret ends before the delivery",
            Self { ends_before_delivery: true, ..Self::RIGHT },
        ),
    ];

    const RIGHT: Self = Self {
        max_passcodes: 100,
        expiry_delay: 0,
        overlap_delay: 0,
        expiring_threshold: 30 * 86_400,
        case_sensitive_names: false,
        ignores_overlap: false,
        ends_before_delivery: false,
    };

    pub fn has_passed(&self, end: i64, now: i64) -> bool {
        now >= end.saturating_add(self.expiry_delay)
    }
}
