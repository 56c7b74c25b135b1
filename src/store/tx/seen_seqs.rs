//! The set of credential numbers that a scan has seen, because each of them may occur once only.

use crate::domain::seq::CredentialSeq;

/// A set of numbers from 1 to `newest`, with one bit for each.
pub(super) struct SeenSeqs {
    newest: CredentialSeq,
    bits: Vec<u64>,
}

impl SeenSeqs {
    /// Creates an empty set for the numbers 1 to `newest`.
    pub(super) fn up_to(newest: CredentialSeq) -> Self {
        let words = usize::try_from(newest.0).unwrap_or_default() / 64 + 1;
        Self { newest, bits: vec![0; words] }
    }

    /// Inserts a number. Returns `false` if it was already in the set or is out of range.
    pub(super) fn insert(&mut self, number: CredentialSeq) -> bool {
        if !(CredentialSeq::FIRST..=self.newest).contains(&number) {
            return false;
        }
        let (word, bit) = (&mut self.bits[(number.0 / 64) as usize], 1 << (number.0 % 64));
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_seq_is_new_once() {
        let mut seen = SeenSeqs::up_to(CredentialSeq(128));
        for number in [1, 63, 64, 65, 127, 128].map(CredentialSeq) {
            assert!(seen.insert(number) && !seen.insert(number), "{number}");
        }
        for out_of_range in [i64::MIN, -1, 0, 129, i64::MAX].map(CredentialSeq) {
            assert!(!seen.insert(out_of_range), "{out_of_range}");
        }
        assert!(!SeenSeqs::up_to(CredentialSeq::NONE).insert(CredentialSeq::FIRST));
    }
}
