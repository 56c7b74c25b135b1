//! Which credential has a digest: a table with open addressing, of a size that is told when it is made.
//!
//! Digests are the output of a keyed hash, so they are their own hash: nobody without the key can choose where one
//! falls. A slot takes 12 bytes: it keeps 64 bits of a digest, and the facts of the credential that it leads to keep
//! 64 others of each secret that opens anything. Both must fit.

use std::collections::BTreeMap;

use hyper::body::Bytes;

use super::pages::Pages;
use crate::{domain::secret::Digest, keys::same};

/// How full a table may be, in percent: at 80 a digest is found within three slots on average, and that there is none
/// is known within thirteen (Knuth, The Art of Computer Programming, volume 3, section 6.4).
const FULL: usize = 80;

/// As much of a digest as is kept.
type Key = [u8; 8];
/// A key, and the number of the credential behind it; 0 marks a free slot.
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

/// Digests and the numbers of their credentials. Never changed.
#[derive(Clone, Default)]
pub struct Digests {
    slots: Bytes,
    count: usize,
}

impl Digests {
    /// The number of the credential whose digest this is.
    pub fn find(&self, digest: &Digest) -> Option<u32> {
        let (key, slots) = (key(digest), self.slots());
        let (_, seq) = parts(slots.get(place(slots, &key)?)?);
        Some(seq).filter(|seq| *seq != 0)
    }

    /// A copy that has room for so many more.
    pub fn with_more(&self, more: usize) -> Growing {
        Growing::copy(self.slots(), self.count + more)
    }

    fn slots(&self) -> &[Slot] {
        self.slots.as_chunks().0
    }
}

/// The same while they are added to.
pub struct Growing {
    slots: Vec<Slot>,
    count: usize,
}

impl Growing {
    /// An empty table with room for so many.
    pub fn with_room(count: usize) -> Self {
        Self { slots: vec![Slot::default(); slots_for(count)], count: 0 }
    }

    /// Adds a digest; one that is there stays as it is.
    pub fn insert(&mut self, digest: &Digest, seq: u32) {
        if is_full(self.count, self.slots.len()) {
            *self = Self::copy(&self.slots, self.count + self.count / 2 + 4);
        }
        self.count += put(&mut self.slots, &slot(&key(digest), seq));
    }

    /// The table, which is not added to any more.
    pub fn finish(self) -> Digests {
        Digests { slots: self.slots.into_flattened().into(), count: self.count }
    }

    fn copy(slots: &[Slot], room: usize) -> Self {
        let mut copy = Self::with_room(room);
        for slot in slots.iter().filter(|slot| parts(slot).1 != 0) {
            copy.count += put(&mut copy.slots, slot);
        }
        copy
    }
}

/// Many tables of one size side by side, while they are added to; those that outgrow it stand alone.
pub struct Tables {
    pages: Pages,
    /// How many slots each has.
    length: usize,
    counts: Vec<usize>,
    outgrown: BTreeMap<usize, Growing>,
}

impl Tables {
    /// So many empty tables with room for so many digests each.
    pub fn with_room(tables: usize, count: usize) -> Self {
        let length = slots_for(count);
        Self {
            pages: Pages::with_room(tables * length * size_of::<Slot>()),
            length,
            counts: vec![0; tables],
            outgrown: BTreeMap::new(),
        }
    }

    /// Adds a digest to a table; one that is there stays as it is.
    pub fn insert(&mut self, table: usize, digest: &Digest, seq: u32) {
        let slots = &mut self.pages.bytes().as_chunks_mut().0[table * self.length..][..self.length];
        let count = self.counts[table];
        if is_full(count, self.length) {
            let outgrown = self.outgrown.entry(table);
            outgrown.or_insert_with(|| Growing::copy(slots, count * 2)).insert(digest, seq);
        } else {
            self.counts[table] += put(slots, &slot(&key(digest), seq));
        }
    }

    /// The tables, which are not added to any more.
    pub fn finish(mut self) -> Vec<Digests> {
        let bytes = self.length * size_of::<Slot>();
        let shared = self.pages.share();
        let tables = self.counts.into_iter().enumerate().map(|(table, count)| {
            let slots = || shared.slice(table * bytes..(table + 1) * bytes);
            let outgrown = self.outgrown.remove(&table).map(Growing::finish);
            outgrown.unwrap_or_else(|| Digests { slots: slots(), count })
        });
        tables.collect()
    }
}

fn slots_for(count: usize) -> usize {
    count * 100 / FULL + 1
}

fn is_full(count: usize, slots: usize) -> bool {
    (count + 1) * 100 > slots * FULL
}

/// Puts in what is not there yet, and answers how many that were.
fn put(slots: &mut [Slot], new: &Slot) -> usize {
    match place(slots, parts(new).0) {
        Some(at) if parts(&slots[at]).1 == 0 => {
            slots[at] = *new;
            1
        }
        _ => 0,
    }
}

/// The slot that has the key, or the free one where it would stand; none in a table without slots.
fn place(slots: &[Slot], key: &Key) -> Option<usize> {
    // The upper half of the product: the hash scaled to the number of slots, whatever that is.
    let scaled = u128::from(u64::from_le_bytes(*key)) * slots.len() as u128;
    let mut at = (scaled >> 64) as usize;
    for _ in 0..slots.len() {
        let (other, seq) = parts(&slots[at]);
        if seq == 0 || same(other, key) {
            return Some(at);
        }
        at = if at + 1 == slots.len() { 0 } else { at + 1 };
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
        fn it_finds_what_a_map_finds(
            entries: BTreeMap<[u8; 8], u32>, others: Vec<[u8; 8]>, room in 0..20usize,
        ) {
            let (mut table, mut tables) = (Growing::with_room(room), Tables::with_room(3, room));
            for (number, key) in (1..).zip(entries.keys()) {
                for number in [number, number + 1_000] {
                    table.insert(&digest(*key), number);
                    tables.insert(1, &digest(*key), number);
                }
            }
            let (table, tables) = (table.finish(), tables.finish());
            let copy = table.with_more(3).finish();
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
        fn keys_that_fall_on_one_slot_are_told_apart(count in 1..200u8) {
            let mut table = Growing::with_room(0);
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
        assert_eq!(Digests::default().find(&digest([1; 8])), None);
        assert_eq!(Growing::with_room(0).finish().find(&digest([0; 8])), None);
    }
}
