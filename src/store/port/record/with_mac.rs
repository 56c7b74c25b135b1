//! A row with its MAC.

/// The MAC of a row: HMAC-SHA256 over its encoded fields, truncated to 16 bytes (RFC 2104, section 5).
pub type Mac = [u8; 16];

/// A record with its MAC, as read from the database or to be written to it.
///
/// The MAC of a row that was read is not yet verified: the record must not be used before the MAC is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WithMac<T> {
    /// The record, not yet verified if it was read.
    pub record: T,
    /// The MAC that was read, or the one to write.
    pub mac: Mac,
}
