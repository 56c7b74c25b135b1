//! Change ids: what identifies a change when nobody knows whether its commit succeeded.

use std::fmt;

use super::record::ChainLink;
use crate::domain::seq::AuditSeq;

/// The number of bytes of a link that an id contains.
const LINK_BYTES: usize = 8;

/// The id of a change: the number of its last audit record, and the first 16 hex digits of the link of that record, such
/// as `42-0123456789abcdef`. The record exists only if the change was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChangeId {
    /// The number of the audit record.
    pub seq: AuditSeq,
    link: [u8; LINK_BYTES],
}

impl ChangeId {
    /// Returns the id of the change whose last audit record has this number and link.
    pub fn new(seq: AuditSeq, link: &ChainLink) -> Self {
        let mut start = [0; LINK_BYTES];
        start.copy_from_slice(&link[..LINK_BYTES]);
        Self { seq, link: start }
    }

    /// Parses the text that [`fmt::Display`] writes.
    ///
    /// # Errors
    /// The text is not a change id. The error describes the form.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        const EXPECTED: &str = "expected a number, a hyphen and 16 hex digits";
        let (seq, link) = text.split_once('-').ok_or(EXPECTED)?;
        let is_hex =
            link.len() == 2 * LINK_BYTES && link.bytes().all(|byte| byte.is_ascii_hexdigit());
        let is_number = !seq.is_empty() && seq.bytes().all(|byte| byte.is_ascii_digit());
        match (seq.parse(), u64::from_str_radix(link, 16)) {
            (Ok(seq), Ok(link)) if is_hex && is_number => {
                Ok(Self { seq: AuditSeq(seq), link: link.to_be_bytes() })
            }
            _ => Err(EXPECTED),
        }
    }

    /// Returns whether a link begins as the id says.
    pub fn matches(&self, link: &ChainLink) -> bool {
        link.starts_with(&self.link)
    }
}

impl fmt::Display for ChangeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:016x}", self.seq, u64::from_be_bytes(self.link))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_parsed_as_they_are_written() {
        let link: ChainLink = std::array::from_fn(|at| at as u8);
        let id = ChangeId::new(AuditSeq(42), &link);
        assert_eq!(id.to_string(), "42-0001020304050607");
        assert_eq!(ChangeId::parse("42-0001020304050607"), Ok(id));
        assert!(id.matches(&link) && !id.matches(&[0; 32]));
        for text in [
            "",
            "42",
            "42-",
            "-0001020304050607",
            "42-000102030405060",
            "x-0001020304050607",
            "+4-0001020304050607",
            "42-00010203040506+7",
        ] {
            assert!(ChangeId::parse(text).is_err(), "{text}");
        }
    }
}
