//! Maps digests to credentials: a hash table with open addressing and a fixed size.
//!
//! A digest is the output of a keyed hash, so it is its own hash value: nobody without the key can cause collisions. A
//! slot takes 12 bytes and stores 64 bits of a digest. The record of the credential stores 64 other bits of each secret
//! that is valid. Both must match.

use std::collections::BTreeMap;

use hyper::body::Bytes;

use super::pages::Pages;
use crate::{domain::credential::secret::Digest, keys::constant_time_eq};

/// How full a table may be, in percent. At 80, finding a digest takes three probes on average, and finding that there is
/// none takes thirteen (Knuth, The Art of Computer Programming, volume 3, section 6.4).
const MAX_LOAD_PERCENT: usize = 80;

/// The part of a digest that a slot stores.
type Key = [u8; 8];
/// A key and the number of its credential; number 0 marks a free slot.
type Slot = [u8; 12];

fn slot(key: &Key, seq: u32) -> Slot {
    let mut slot = Slot::default();
    slot[..8].copy_from_slice(key);
    slot[8..].copy_from_slice(&seq.to_le_bytes());
    slot
}

fn parts(slot: &Slot) -> (&Key, u32) {
    let [key @ .., a, b, c, d] = slot;
    (key, u32::from_le_bytes([*a, *b, *c, *d]))
}

/// Digests and the numbers of their credentials. Never changed once it is built.
#[derive(Clone, Default)]
pub struct DigestTable {
    slots: Bytes,
    count: usize,
}

impl DigestTable {
    /// Returns the number of the credential with this digest.
    pub fn find(&self, digest: &Digest) -> Option<u32> {
        let (key, slots) = (key(digest), self.slots());
        let (_, seq) = parts(slots.get(find_slot(slots, &key)?)?);
        Some(seq).filter(|seq| *seq != 0)
    }

    /// Returns a copy with room for `more` further digests.
    pub fn with_capacity_for(&self, more: usize) -> DigestTableBuilder {
        DigestTableBuilder::copy(self.slots(), self.count + more)
    }

    fn slots(&self) -> &[Slot] {
        self.slots.as_chunks().0
    }
}

/// A [`DigestTable`] while it is filled.
pub struct DigestTableBuilder {
    slots: Vec<Slot>,
    count: usize,
}

impl DigestTableBuilder {
    /// An empty table with room for `count` digests.
    pub fn with_capacity(count: usize) -> Self {
        Self { slots: vec![Slot::default(); slots_for(count)], count: 0 }
    }

    /// Adds a digest. One that is present keeps its credential.
    pub fn insert(&mut self, digest: &Digest, seq: u32) {
        if is_full(self.count, self.slots.len()) {
            *self = Self::copy(&self.slots, self.count + self.count / 2 + 4);
        }
        self.count += insert_if_absent(&mut self.slots, &slot(&key(digest), seq));
    }

    /// Returns the finished table.
    pub fn finish(self) -> DigestTable {
        DigestTable { slots: self.slots.into_flattened().into(), count: self.count }
    }

    fn copy(slots: &[Slot], capacity: usize) -> Self {
        let mut copy = Self::with_capacity(capacity);
        for slot in slots.iter().filter(|slot| parts(slot).1 != 0) {
            copy.count += insert_if_absent(&mut copy.slots, slot);
        }
        copy
    }
}

/// Many tables of one size in adjacent memory, while they are filled. A table that outgrows that size gets memory of its
/// own.
pub struct DigestTablesBuilder {
    pages: Pages,
    /// The slots of each table.
    length: usize,
    /// How many digests each table has.
    counts: Vec<usize>,
    /// The tables that outgrew their size, by number.
    overflowed: BTreeMap<usize, DigestTableBuilder>,
}

impl DigestTablesBuilder {
    /// `tables` empty tables with room for `count` digests each.
    pub fn with_capacity(tables: usize, count: usize) -> Self {
        let length = slots_for(count);
        Self {
            pages: Pages::with_capacity(tables * length * size_of::<Slot>()),
            length,
            counts: vec![0; tables],
            overflowed: BTreeMap::new(),
        }
    }

    /// Adds a digest to a table. One that is present keeps its credential.
    pub fn insert(&mut self, table: usize, digest: &Digest, seq: u32) {
        let slots = &mut self.pages.bytes().as_chunks_mut().0[table * self.length..][..self.length];
        let count = self.counts[table];
        if is_full(count, self.length) {
            let overflowed = self.overflowed.entry(table);
            overflowed
                .or_insert_with(|| DigestTableBuilder::copy(slots, count * 2))
                .insert(digest, seq);
        } else {
            self.counts[table] += insert_if_absent(slots, &slot(&key(digest), seq));
        }
    }

    /// Returns the finished tables.
    pub fn finish(mut self) -> Vec<DigestTable> {
        let bytes = self.length * size_of::<Slot>();
        let shared = self.pages.share();
        let tables = self.counts.into_iter().enumerate().map(|(table, count)| {
            let slots = || shared.slice(table * bytes..(table + 1) * bytes);
            let overflowed = self.overflowed.remove(&table).map(DigestTableBuilder::finish);
            overflowed.unwrap_or_else(|| DigestTable { slots: slots(), count })
        });
        tables.collect()
    }
}

fn slots_for(count: usize) -> usize {
    count * 100 / MAX_LOAD_PERCENT + 1
}

fn is_full(count: usize, slots: usize) -> bool {
    (count + 1) * 100 > slots * MAX_LOAD_PERCENT
}

/// Inserts a slot unless its key is present, and returns how many slots were inserted.
fn insert_if_absent(slots: &mut [Slot], new: &Slot) -> usize {
    match find_slot(slots, parts(new).0) {
        Some(index) if parts(&slots[index]).1 == 0 => {
            slots[index] = *new;
            1
        }
        _ => 0,
    }
}

/// Returns the slot with the key, or the free slot where it would be inserted; `None` in a table without slots.
fn find_slot(slots: &[Slot], key: &Key) -> Option<usize> {
    // Scales the key to the number of slots, which need not be a power of two.
    let scaled = u128::from(u64::from_le_bytes(*key)) * slots.len() as u128;
    let mut index = (scaled >> 64) as usize;
    for _ in 0..slots.len() {
        let (other, seq) = parts(&slots[index]);
        if seq == 0 || constant_time_eq(other, key) {
            return Some(index);
        }
        index = if index + 1 == slots.len() { 0 } else { index + 1 };
    }
    None
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

    fn digest(bytes: [u8; 8]) -> Digest {
        let mut digest = [7; 32];
        digest[8..16].copy_from_slice(&bytes);
        Digest(digest)
    }

    proptest! {
        #[test]
        fn tables_agree_with_a_map(
            entries: BTreeMap<[u8; 8], u32>, others: Vec<[u8; 8]>, capacity in 0..20usize,
        ) {
            let (mut table, mut tables) = (DigestTableBuilder::with_capacity(capacity), DigestTablesBuilder::with_capacity(3, capacity));
            for (number, key) in (1..).zip(entries.keys()) {
                for number in [number, number + 1_000] {
                    table.insert(&digest(*key), number);
                    tables.insert(1, &digest(*key), number);
                }
            }
            let (table, tables) = (table.finish(), tables.finish());
            let copy = table.with_capacity_for(3).finish();
            for other in entries.keys() {
                prop_assert_eq!(tables[0].find(&digest(*other)), None);
            }
            for table in [&table, &copy, &tables[1]] {
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
        fn colliding_keys_are_distinguished(count in 1..200u8) {
            let mut table = DigestTableBuilder::with_capacity(0);
            let key = |number: u8| digest([number, 0, 0, 0, 0, 0, 0, 9]);
            (1..=count).for_each(|number| table.insert(&key(number), u32::from(number)));
            let table = table.finish();
            for number in 1..=count {
                prop_assert_eq!(table.find(&key(number)), Some(u32::from(number)));
            }
            prop_assert_eq!(table.find(&key(0)), None);
        }
    }

    #[test]
    fn an_empty_table_finds_nothing() {
        assert_eq!(DigestTable::default().find(&digest([1; 8])), None);
        assert_eq!(DigestTableBuilder::with_capacity(0).finish().find(&digest([0; 8])), None);
    }
}
