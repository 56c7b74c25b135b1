//! Which credential has a digest: a table with open addressing, of a size that is told when it is made.
//!
//! Digests are the output of a keyed hash, so they are their own hash: nobody without the key can choose where one
//! falls. A slot takes 12 bytes: it keeps 64 bits of a digest, and the facts of the credential that it leads to keep
//! 64 others of each secret that opens anything. Both must fit.

use crate::{domain::secret::Digest, keys::same};

/// How full a table may be, in percent: at 80 a digest is found within three slots on average, and that there is none
/// is known within thirteen (Knuth, The Art of Computer Programming, volume 3, section 6.4).
const FULL: usize = 80;

/// As much of a digest as is kept.
type Key = [u8; 8];

#[derive(Clone, Copy, Default)]
struct Slot {
    key: Key,
    /// The number of the credential; 0 marks a free slot.
    seq: [u8; 4],
}

impl Slot {
    fn seq(&self) -> u32 {
        u32::from_le_bytes(self.seq)
    }
}

/// Digests and the numbers of their credentials.
#[derive(Clone, Default)]
pub struct Digests {
    slots: Box<[Slot]>,
    count: usize,
}

impl Digests {
    /// An empty table with room for so many.
    pub fn with_room(count: usize) -> Self {
        Self { slots: vec![Slot::default(); count * 100 / FULL + 1].into(), count: 0 }
    }

    /// The number of the credential whose digest this is.
    pub fn find(&self, digest: &Digest) -> Option<u32> {
        let key = key(digest);
        let slot = self.slots.get(self.place(&key)?)?;
        Some(slot.seq()).filter(|seq| *seq != 0)
    }

    /// A copy that has room for so many more.
    pub fn with_more(&self, more: usize) -> Self {
        let mut larger = Self::with_room(self.count + more);
        for slot in self.slots.iter().filter(|slot| slot.seq() != 0) {
            larger.put(*slot);
        }
        larger
    }

    /// Adds a digest; one that is there stays as it is.
    pub fn insert(&mut self, digest: &Digest, seq: u32) {
        if (self.count + 1) * 100 > self.slots.len() * FULL {
            *self = self.with_more(self.count / 2 + 4);
        }
        self.put(Slot { key: key(digest), seq: seq.to_le_bytes() });
    }

    fn put(&mut self, new: Slot) {
        let Some(at) = self.place(&new.key) else { return };
        if self.slots[at].seq() == 0 {
            self.slots[at] = new;
            self.count += 1;
        }
    }

    /// The slot that has the key, or the free one where it would stand; none in a table without slots.
    fn place(&self, key: &Key) -> Option<usize> {
        let length = self.slots.len();
        // The upper half of the product: the hash scaled to the number of slots, whatever that is.
        let scaled = u128::from(u64::from_le_bytes(*key)) * length as u128;
        let mut at = (scaled >> 64) as usize;
        for _ in 0..length {
            let slot = &self.slots[at];
            if slot.seq() == 0 || same(&slot.key, key) {
                return Some(at);
            }
            at = if at + 1 == length { 0 } else { at + 1 };
        }
        None
    }
}

fn key(digest: &Digest) -> Key {
    let mut key = Key::default();
    key.copy_from_slice(&digest.0[8..16]);
    key
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    use std::collections::BTreeMap;

    fn digest(bytes: [u8; 8]) -> Digest {
        let mut digest = [7; 32];
        digest[8..16].copy_from_slice(&bytes);
        Digest(digest)
    }

    proptest! {
        #[test]
        fn it_finds_what_a_map_finds(
            entries: BTreeMap<[u8; 8], u32>, others: Vec<[u8; 8]>, room in 0..20usize,
        ) {
            let mut table = Digests::with_room(room);
            for (number, key) in (1..).zip(entries.keys()) {
                table.insert(&digest(*key), number);
                table.insert(&digest(*key), number + 1_000);
            }
            let copy = table.with_more(3);
            for table in [&table, &copy] {
                prop_assert_eq!(table.count, entries.len());
                for (number, key) in (1..).zip(entries.keys()) {
                    prop_assert_eq!(table.find(&digest(*key)), Some(number));
                }
                for other in others.iter().filter(|other| !entries.contains_key(*other)) {
                    prop_assert_eq!(table.find(&digest(*other)), None);
                }
            }
        }

        #[test]
        fn keys_that_fall_on_one_slot_are_told_apart(count in 1..200u8) {
            let mut table = Digests::default();
            let key = |number: u8| digest([number, 0, 0, 0, 0, 0, 0, 9]);
            (1..=count).for_each(|number| table.insert(&key(number), u32::from(number)));
            for number in 1..=count {
                prop_assert_eq!(table.find(&key(number)), Some(u32::from(number)));
            }
            prop_assert_eq!(table.find(&key(0)), None);
        }
    }

    #[test]
    fn an_empty_table_finds_nothing() {
        assert_eq!(Digests::default().find(&digest([1; 8])), None);
        assert_eq!(Digests::with_room(0).find(&digest([0; 8])), None);
    }
}
