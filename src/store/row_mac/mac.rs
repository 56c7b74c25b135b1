//! Computing and verifying the MAC of a row.

use super::encoder::Encoder;
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
        keys.row.mac(bytes)
    }
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
        let mac = self.mac(&record);
        WithMac { record, mac }
    }

    /// Returns the record; `None` if its MAC is wrong.
    pub fn verify<T: MacFields>(&self, row: WithMac<T>) -> Option<T> {
        let is_valid = constant_time_eq(&self.mac(&row.record), &row.mac);
        is_valid.then_some(row.record)
    }

    fn mac<T: MacFields>(&self, record: &T) -> Mac {
        let mut buffer = self.buffer.borrow_mut();
        buffer.clear();
        record.encode(&mut buffer);
        record.mac(self.keys, buffer.as_bytes())
    }
}
