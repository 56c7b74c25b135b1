//! Which numbers a scan has met: each may come once.

/// One bit for each number that was given.
pub(super) struct Seen {
    newest: i64,
    bits: Vec<u64>,
}

impl Seen {
    /// None of the numbers 1 to `newest`.
    pub(super) fn none_of(newest: i64) -> Self {
        let words = usize::try_from(newest).unwrap_or_default() / 64 + 1;
        Self { newest, bits: vec![0; words] }
    }

    /// Notes a number; whether it was given, and comes for the first time.
    pub(super) fn is_new(&mut self, number: i64) -> bool {
        if !(1..=self.newest).contains(&number) {
            return false;
        }
        let (word, bit) = (&mut self.bits[(number / 64) as usize], 1 << (number % 64));
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_was_given_is_new_once() {
        let mut seen = Seen::none_of(128);
        for number in [1, 63, 64, 65, 127, 128] {
            assert!(seen.is_new(number) && !seen.is_new(number), "{number}");
        }
        for never_given in [i64::MIN, -1, 0, 129, i64::MAX] {
            assert!(!seen.is_new(never_given), "{never_given}");
        }
        assert!(!Seen::none_of(0).is_new(1));
    }
}
