//! The records that a store keeps besides those of the domain, and the MAC that every row carries.

mod audit;
mod counter;
mod head;
mod message_id;
mod rows;
mod secret;
mod unique_name;
mod with_mac;

pub use audit::{AuditEntry, Checkpoint};
pub use counter::{Counter, CounterKey};
pub use head::{Head, MASKED_SUMS, MASKED_SUMS_LENGTH, MaskedSums};
pub use message_id::MessageIdSeed;
pub use rows::{CredentialRow, FoundRow, MessageRow, SecretRow};
pub use secret::SecretEntry;
pub use unique_name::{Namespace, UniqueName, UniqueNameKey};
pub use with_mac::{Mac, WithMac};
