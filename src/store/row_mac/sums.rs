//! Sums over the rows of each table, so that a row that was removed, added or replaced by an older version is noticed.
//!
//! The HMAC of a row has 32 bytes. The row stores the first half as its MAC. The other half is stored nowhere; it is the
//! summand of the row, and the sum of a table is the sum of its summands modulo 2^128 (Clarke, Devadas, van Dijk, Gassend
//! and Suh, "Incremental Multiset Hash Functions", 2003). A change subtracts the summand of each row that it read and
//! adds that of each row that it writes.
//!
//! The head stores the sums masked. Differences between unmasked sums would reveal sums of few summands, and enough of
//! those allow forgeries (Wagner's generalized birthday). The nonce of the mask is computed from the sums themselves, as
//! in synthetic IV mode (RFC 5297), so that two different states never share a mask, also after an older copy of the
//! store was put back.

use crate::{
    keys::SumKey,
    store::port::record::{MASKED_SUMS, MaskedSums},
};

/// The tables that have a sum. The order is that of the stored sums and never changes; those that are read together share
/// a block of the mask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SummedTable {
    Accounts,
    Apps,
    Credentials,
    Secrets,
    Districts,
    UniqueNames,
    Counters,
    LastUses,
    Messages,
    DailyUses,
}

impl SummedTable {
    /// All tables, in the order of the stored sums.
    pub const ALL: [Self; MASKED_SUMS] = [
        Self::Accounts,
        Self::Apps,
        Self::Credentials,
        Self::Secrets,
        Self::Districts,
        Self::UniqueNames,
        Self::Counters,
        Self::LastUses,
        Self::Messages,
        Self::DailyUses,
    ];

    /// Returns what the rows of the table are, in the plural.
    pub fn rows(self) -> &'static str {
        match self {
            Self::Accounts => "accounts",
            Self::Apps => "apps",
            Self::Credentials => "credentials",
            Self::Secrets => "digests",
            Self::Districts => "districts",
            Self::UniqueNames => "names",
            Self::Counters => "counters",
            Self::LastUses => "last uses",
            Self::Messages => "messages",
            Self::DailyUses => "daily uses",
        }
    }
}

/// What a row adds to the sum of its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summand(pub(super) u128);

/// The sum of each table, or what a change adds to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableSums([u128; MASKED_SUMS]);

impl TableSums {
    /// Adds a row.
    pub fn add(&mut self, table: SummedTable, Summand(summand): Summand) {
        let sum = &mut self.0[table as usize];
        *sum = sum.wrapping_add(summand);
    }

    /// Removes a row.
    pub fn subtract(&mut self, table: SummedTable, Summand(summand): Summand) {
        let sum = &mut self.0[table as usize];
        *sum = sum.wrapping_sub(summand);
    }

    /// Returns whether nothing was added, or everything was removed again.
    pub fn is_zero(&self) -> bool {
        self.0.iter().all(|sum| *sum == 0)
    }

    /// Returns the sum of a table.
    pub fn of(&self, table: SummedTable) -> u128 {
        self.0[table as usize]
    }

    /// Returns the stored sums after a change that adds these.
    pub fn added_to(&self, stored: &MaskedSums, key: &SumKey) -> MaskedSums {
        let mut sums = self.clone();
        let masks = masks(&stored.nonce, key);
        for ((sum, masked), mask) in sums.0.iter_mut().zip(&stored.masked).zip(masks) {
            *sum = sum.wrapping_add(u128::from_be_bytes(*masked) ^ mask);
        }
        sums.masked(key)
    }

    /// Masks the sums, to be stored.
    pub fn masked(&self, key: &SumKey) -> MaskedSums {
        let plain: Vec<u8> = self.0.iter().flat_map(|sum| sum.to_be_bytes()).collect();
        let nonce = key.nonce(&plain);
        let mut masked = [[0; 16]; MASKED_SUMS];
        for ((sum, mask), masked) in self.0.iter().zip(masks(&nonce, key)).zip(&mut masked) {
            *masked = (sum ^ mask).to_be_bytes();
        }
        MaskedSums { nonce, masked }
    }
}

/// Returns the stored sum of a table.
pub fn unmasked(
    MaskedSums { nonce, masked }: &MaskedSums,
    key: &SumKey,
    table: SummedTable,
) -> u128 {
    let position = table as usize;
    let block = key.mask(nonce, (position / 2) as u8);
    u128::from_be_bytes(masked[position]) ^ half(&block, position % 2)
}

fn masks<'k>(nonce: &'k [u8; 16], key: &'k SumKey) -> impl Iterator<Item = u128> + 'k {
    (0..).map(|block| key.mask(nonce, block)).flat_map(|block| [half(&block, 0), half(&block, 1)])
}

fn half(block: &[u8; 32], position: usize) -> u128 {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&block[16 * position..][..16]);
    u128::from_be_bytes(bytes)
}
