//! Computing and verifying the MAC of a row.

use super::{
    encoder::Encoder,
    sums::{Summand, SummedTable},
};
use crate::{
    keys::{Keys, constant_time_eq},
    store::port::record::{Mac, WithMac},
};

/// A record whose fields a MAC covers.
pub trait MacFields: Sized {
    /// Writes every field to `into`. Two different records never have the same bytes.
    fn encode(&self, into: &mut Encoder);

    /// Computes the MAC over the encoded record, by default with the key for rows.
    fn mac(&self, keys: &Keys, bytes: &[u8]) -> Mac {
        keys.row.mac(bytes).0
    }
}

/// A record whose table has a sum.
pub trait Summed: MacFields {
    /// The table of the record.
    const TABLE: SummedTable;
}

/// Computes and verifies row MACs, reusing one buffer for the encoded records.
pub struct RowMac<'k> {
    keys: &'k Keys,
    buffer: std::cell::RefCell<Encoder>,
}

impl<'k> RowMac<'k> {
    /// Creates one that uses these keys.
    pub fn new(keys: &'k Keys) -> Self {
        Self { keys, buffer: std::cell::RefCell::default() }
    }

    /// Adds the MAC to a record.
    pub fn authenticate<T: MacFields>(&self, record: T) -> WithMac<T> {
        let mac = self.encoded(&record, |bytes| record.mac(self.keys, bytes));
        WithMac { record, mac }
    }

    /// Returns the record; `None` if its MAC is wrong.
    pub fn verify<T: MacFields>(&self, row: WithMac<T>) -> Option<T> {
        let mac = self.encoded(&row.record, |bytes| row.record.mac(self.keys, bytes));
        constant_time_eq(&mac, &row.mac).then_some(row.record)
    }

    /// Adds the MAC to a record, and returns what it adds to the sum of its table.
    pub fn authenticate_summed<T: Summed>(&self, record: T) -> (WithMac<T>, Summand) {
        let (mac, summand) = self.mac_and_summand(&record);
        (WithMac { record, mac }, summand)
    }

    /// Returns the record and what it adds to the sum of its table; `None` if its MAC is wrong.
    pub fn verify_summed<T: Summed>(&self, row: WithMac<T>) -> Option<(T, Summand)> {
        let (mac, summand) = self.mac_and_summand(&row.record);
        constant_time_eq(&mac, &row.mac).then_some((row.record, summand))
    }

    /// Returns what a record adds to the sum of its table.
    pub fn summand<T: Summed>(&self, record: &T) -> Summand {
        self.mac_and_summand(record).1
    }

    fn mac_and_summand<T: Summed>(&self, record: &T) -> (Mac, Summand) {
        let (mac, rest) = self.encoded(record, |bytes| self.keys.row.mac(bytes));
        (mac, Summand(u128::from_be_bytes(rest)))
    }

    fn encoded<T: MacFields, R>(&self, record: &T, compute: impl FnOnce(&[u8]) -> R) -> R {
        let mut buffer = self.buffer.borrow_mut();
        buffer.clear();
        record.encode(&mut buffer);
        compute(buffer.as_bytes())
    }
}
